"""The fields of *Paste…*: a pasted block becomes the system, or a part of it."""

import streamlit as st

from lsedash.problem import InvalidInput
from lsedash.text.words import brief, spaced
from lsedash.ui.state import edits
from lsedash.ui.state.controls import field_value
from lsedash.ui.state.draft import pasted
from lsedash.ui.state.limits import LARGEST_ENTRY, MOST_CHARACTERS, SIZES, SMALLEST_ENTRY
from lsedash.ui.state.line import pressing
from lsedash.ui.state.readers import one_of, text
from lsedash.ui.widgets.question import note_or_question

PASTED = ("A | b", "A", "b", "x0")


def paste_box() -> None:
    what = st.radio("The block is", PASTED, key="paste_what", horizontal=True)
    st.text_area(
        "Numbers",
        key="paste_text",
        height=110,
        max_chars=MOST_CHARACTERS,
        placeholder="1 2 0 | 1\n0 1 0 | 2\n0 0 1 | 3",
        help="Rows on lines, with blanks, commas, semicolons, tabs or bars between; a title line, "
        "decimal commas and fractions such as 1/3; lists and matrices of Python, NumPy, PyTorch, "
        "MATLAB, Julia, R and LaTeX. If a block can be read in two ways, you are asked.",
    )
    note_or_question("paste box")  # where the button was when it was pressed: in view
    st.button("Use it", type="primary", **pressing("paste_use", _use_paste))
    if what == "A | b":
        st.caption("The last column is b.")
    st.caption(
        f"A has {SIZES}; the text has up to {spaced(MOST_CHARACTERS)} characters. Entries are up "
        f"to {brief(LARGEST_ENTRY)}, and those of A are 0 or at least {brief(SMALLEST_ENTRY)} in "
        "size."
    )


def _use_paste() -> None:
    block = field_value("paste_text", text(MOST_CHARACTERS))
    what = field_value("paste_what", one_of(PASTED))
    try:
        other_system = what in ("A | b", "A")
        edits.replace_draft(pasted(edits.draft(), block, what), other_system=other_system)
    except InvalidInput as fault:
        edits.note("paste box", fault)
