"""A component: a program whose lines can be chosen."""

from collections.abc import Callable, Collection
from pathlib import Path

from lsedash.ui.js import component
from lsedash.ui.state.line import talking
from lsedash.ui.state.readers import one_of

HERE = Path(__file__).parent
HTML = '<div class="listing"></div>'


def choosable(html: str, lines: Collection[int], on_line: Callable[[int], None]) -> None:
    """Show a listing.

    Args:
        html: a `listing_html`.
        lines: the numbers of the lines that can be chosen.
        on_line: called with the number of the line that was chosen.
    """

    actions = {"line": (one_of(lines), on_line)}
    component(HERE / "listing.js", html=HTML)(**talking("listing", {"html": html}, actions))
