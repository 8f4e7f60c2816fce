"""A component: a program whose lines can be chosen."""

from collections.abc import Callable
from pathlib import Path

from lsedash.ui.js import component
from lsedash.ui.state.line import talking

HERE = Path(__file__).parent
HTML = '<div class="listing"></div>'


def choosable(html: str, on_line: Callable[[int], None]) -> None:
    """Show a listing.

    Args:
        html: a `listing_html`.
        on_line: called with the number of the line that was chosen.
    """

    actions = {"line": lambda line: on_line(int(line))}
    component(HERE / "listing.js", html=HTML)(**talking("listing", {"html": html}, actions))
