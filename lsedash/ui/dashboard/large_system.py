"""The table of a system that is too large for the grid, in the sidebar."""

from collections.abc import Callable

import streamlit as st

from lsedash.problem import InvalidInput
from lsedash.ui.state import edits
from lsedash.ui.state.draft import Draft
from lsedash.ui.state.entries import with_entry
from lsedash.ui.state.sent import Block, Entry
from lsedash.ui.widgets.entries import entries


def large_system(
    draft: Draft, fault: InvalidInput | None, *, on_paste: Callable[[Block], None]
) -> None:
    """Draw the table."""
    with st.container(key="large_system"):  # first.css reserves room
        entries(
            draft,
            fault,
            key="entries",
            revision=edits.revision(),
            on_edit=_edited,
            on_paste=on_paste,
            meaning=edits.meaning(),
        )


def _edited(sent: Entry) -> None:
    """Take over one entry, unless it belongs to an older revision."""
    draft = edits.draft()
    if sent.revision == edits.revision():
        changed = with_entry(draft, sent)
        edits.edit(A=changed.A, b=changed.b, x0=changed.x0)
