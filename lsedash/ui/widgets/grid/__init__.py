"""A component: the augmented grid A | b with the start x0 under its columns.

`st.data_editor` silently turns `1e-3`, typed into a number column, into -13. Here every entry is a
text field, kept as typed and read by `lsedash.text.notation`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lsedash.meaning import Meaning
from lsedash.problem import InvalidInput
from lsedash.ui.js import component
from lsedash.ui.state.draft import Draft
from lsedash.ui.state.limits import GRID_ROWS
from lsedash.ui.state.line import Actions, talking
from lsedash.ui.state.messages import block, cells
from lsedash.ui.state.sent import Block, Cells

HERE = Path(__file__).parent
HTML = '<div class="grid" role="group" aria-label="A, b and the start x0"></div>'


def grid(
    draft: Draft,
    fault: InvalidInput | None,
    *,
    key: str,
    revision: int,
    on_edit: Callable[[Cells], None],
    on_paste: Callable[[Block], None],
    meaning: Meaning | None = None,
) -> None:
    """Show the grid.

    A new `revision` replaces the texts in the browser; otherwise the browser's texts are newer.

    Args:
        on_edit: called with all texts after some were changed.
        on_paste: called after a block was pasted.
        meaning: what the columns of A mean, if it is known.
    """
    fault_data = fault and {
        "field": fault.field,
        "row": fault.row,
        "column": fault.column,
        "message": str(fault),
    }
    data: dict[str, Any] = {
        "A": draft.A,
        "b": draft.b,
        "x0": draft.x0,
        "revision": revision,
        "most": GRID_ROWS,
        "fault": fault_data,
    }
    if meaning is not None:
        data["names"] = meaning.names
        data["target"] = meaning.target
    actions: Actions = {"cells": (cells, on_edit), "block": (block, on_paste)}
    component(HERE / "grid.js", html=HTML, style=HERE / "grid.css")(**talking(key, data, actions))
