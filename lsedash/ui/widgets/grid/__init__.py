"""A component: the augmented grid A | b with the start x0 under its columns.

`st.data_editor` silently turns `1e-3`, typed into a number column, into -13. Here every entry is a
text field, kept as typed and read by `lsedash.text.notation`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lsedash.problem import InvalidInput
from lsedash.ui.js import component
from lsedash.ui.state.draft import Draft
from lsedash.ui.state.limits import GRID_ROWS
from lsedash.ui.state.line import talking

HERE = Path(__file__).parent
HTML = '<div class="grid" role="group" aria-label="A, b and the start x0"></div>'


def grid(
    draft: Draft,
    fault: InvalidInput | None,
    *,
    key: str,
    revision: int,
    on_edit: Callable[[dict[str, Any]], None],
    on_paste: Callable[[dict[str, Any]], None],
) -> None:
    """Show the grid.

    A new `revision` replaces the texts in the browser; otherwise the browser's texts are newer.

    Args:
        on_edit: called with "A", "b", "x0" and the "revision" of the texts that were changed.
        on_paste: called with the "text" of a pasted block, and its "field", "row" and "column".
    """
    fault_data = fault and {
        "field": fault.field,
        "row": fault.row,
        "column": fault.column,
        "message": str(fault),
    }
    data = {
        "A": draft.A,
        "b": draft.b,
        "x0": draft.x0,
        "revision": revision,
        "most": GRID_ROWS,
        "fault": fault_data,
    }
    actions = {"cells": on_edit, "block": on_paste}
    component(HERE / "grid.js", html=HTML, style=HERE / "grid.css")(**talking(key, data, actions))
