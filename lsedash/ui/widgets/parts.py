"""The choice between the parts of a page."""

from collections.abc import Mapping

import streamlit as st

from lsedash.ui.state import edits
from lsedash.ui.state.controls import controlled
from lsedash.ui.state.readers import one_of


def choose_part(name: str, titles: Mapping[str, str], shown: str) -> str:
    """Draw the choice; the key of the chosen part, the first one if the link names none.

    Args:
        name: the name of the field.
        titles: the parts' titles, by key.
        shown: the `show` of the page's link.
    """
    part = shown or next(iter(titles))
    st.segmented_control(
        "What to look at",
        list(titles),
        format_func=titles.__getitem__,
        required=True,
        label_visibility="collapsed",
        **controlled(name, part, one_of(titles), edits.show),
    )
    return part
