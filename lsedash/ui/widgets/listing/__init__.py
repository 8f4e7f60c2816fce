"""A component: a program whose lines can be chosen."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from lsedash.ui.js import loader
from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.controls import value_of

HERE = Path(__file__).parent


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "lsedash_listing",
        html='<div class="listing"></div>',
        js=loader(HERE / "listing.js"),
        isolate_styles=False,
    )


def choosable(html: str, on_line: Callable[[int], None]) -> None:
    """Show a listing.

    Args:
        html: a `listing_html`.
        on_line: called with the number of the line that was chosen.
    """

    @unbroken
    def report() -> None:
        on_line(int(value_of("listing").line))

    _component()(key="listing", data={"html": html}, on_line_change=report)
