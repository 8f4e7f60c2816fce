"""A component: A | b of a system that is too large for the grid, with the start x0 below it.

A table that scrolls; only the rows in view are in the page. One entry is edited at a time, and only
that entry is sent. The texts come in a component of their own, which shows nothing: its message
stays the same until many of them change, so Streamlit sends it once and then refers to it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lsedash.meaning import Meaning
from lsedash.problem import InvalidInput
from lsedash.text.unknowns import coordinate_names
from lsedash.ui.js import component
from lsedash.ui.state.draft import Draft
from lsedash.ui.state.entries import texts_of
from lsedash.ui.state.line import Actions, talking
from lsedash.ui.state.messages import block, entry
from lsedash.ui.state.sent import Block, Entry

HERE = Path(__file__).parent
HTML = '<div class="entries" role="group" aria-label="A, b and the start x0"></div>'


def entries(
    draft: Draft,
    fault: InvalidInput | None,
    *,
    key: str,
    revision: int,
    on_edit: Callable[[Entry], None],
    on_paste: Callable[[Block], None],
    meaning: Meaning | None = None,
) -> None:
    """Show the table.

    Args:
        revision: of the draft; an edit names the one it belongs to.
        on_edit: called after an entry was changed.
        on_paste: called after a block was pasted.
        meaning: what the columns of A mean, if it is known; as many terms as columns.
    """
    texts, changes = texts_of(draft)
    shown = {"number": texts.number, "A": texts.A, "b": texts.b}
    component(HERE / "texts.js", html="<span hidden></span>")(
        key="texts", data=shown | _heads(len(draft.x0), meaning)
    )
    marked = fault and {"field": fault.field, "row": fault.row, "column": fault.column}
    data = {
        "number": texts.number,
        "changes": changes,
        "x0": draft.x0,
        "revision": revision,
        "fault": marked and marked | {"message": str(fault)},
    }
    actions: Actions = {"entry": (entry, on_edit), "block": (block, on_paste)}
    show = component(HERE / "entries.js", html=HTML, style=HERE / "entries.css")
    show(**talking(key, data, actions))


def _heads(n: int, meaning: Meaning | None) -> dict[str, Any]:
    """The heads of the columns, and whether they are names that mean something."""
    if meaning is None or len(meaning.terms) != n:
        return {"names": coordinate_names(n), "target": "b", "meant": False}
    return {"names": meaning.names, "target": meaning.target, "meant": True}
