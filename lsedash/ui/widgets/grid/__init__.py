"""A component: the augmented grid A | b with the start x0 under its columns.

`st.data_editor` silently turns `1e-3`, typed into a number column, into -13. Here every entry is a
text field, kept as typed and read by `lsedash.text.notation`.
"""

from collections.abc import Callable
from pathlib import Path

from lsedash.problem import InvalidInput
from lsedash.ui.js import component
from lsedash.ui.state.draft import Draft
from lsedash.ui.state.limits import GRID_ROWS

HERE = Path(__file__).parent
HTML = '<div class="grid" role="group" aria-label="A, b and the start x0"></div>'


def grid(
    draft: Draft,
    fault: InvalidInput | None,
    *,
    key: str,
    revision: int,
    on_edit: Callable[[], None],
    on_paste: Callable[[], None],
) -> None:
    """Show the grid; it says its texts as "cells", and a pasted block as "block".

    A new `revision` replaces the texts in the browser; otherwise the browser's texts are newer.
    """
    fault_data = fault and {
        "field": fault.field,
        "row": fault.row,
        "column": fault.column,
        "message": str(fault),
    }
    component(HERE / "grid.js", html=HTML, style=HERE / "grid.css")(
        key=key,
        data={
            "A": draft.A,
            "b": draft.b,
            "x0": draft.x0,
            "revision": revision,
            "most": GRID_ROWS,
            "fault": fault_data,
        },
        on_cells_change=on_edit,
        on_block_change=on_paste,
    )
