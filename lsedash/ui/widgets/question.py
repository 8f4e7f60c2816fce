"""What is said about a pasted block, and the question how to read it if there are several ways."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from lsedash.ui.state import edits
from lsedash.ui.state.draft import Ambiguous
from lsedash.ui.state.line import pressing
from lsedash.ui.widgets.notes import fault_note, plain

MOST_ROWS, MOST_COLUMNS = 3, 4  # of a table that only shows how it was read


def note_or_question(place: str) -> None:
    """Show the fault that is noted at a place, and a button for each way to read the block."""
    fault = edits.noted(place)
    fault_note(fault)
    with st.container():  # with or without a question, what stands below keeps its place
        choices = fault.choices if isinstance(fault, Ambiguous) else ()
        columns = st.columns(2) if choices else []
        for i, choice in enumerate(choices):
            with columns[i % 2]:
                st.code(_preview(choice.table), language=None)
                st.caption(plain(choice.said))
                use = partial(edits.replace_draft, choice.draft)
                key = f"{place}_reading_{i + 1}".replace(" ", "_")
                st.button(f"Read it so ({i + 1})", **pressing(key, use))


def _preview(table: Sequence[Sequence[str]]) -> str:
    """The first numbers of a table, aligned."""
    rows = [list(row[:MOST_COLUMNS]) for row in table[:MOST_ROWS]]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    wide = " …" if len(table[0]) > MOST_COLUMNS else ""
    more = ["…"] if len(table) > MOST_ROWS else []
    return "\n".join([line + wide for line in lines] + more)
