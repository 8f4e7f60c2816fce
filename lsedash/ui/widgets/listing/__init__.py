"""A component: a program whose lines can be chosen."""

from collections.abc import Callable
from pathlib import Path

from lsedash.ui.js import component
from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.controls import value_of

HERE = Path(__file__).parent
HTML = '<div class="listing"></div>'


def choosable(html: str, on_line: Callable[[int], None]) -> None:
    """Show a listing.

    Args:
        html: a `listing_html`.
        on_line: called with the number of the line that was chosen.
    """

    @unbroken
    def report() -> None:
        on_line(int(value_of("listing").line))

    component(HERE / "listing.js", html=HTML)(
        key="listing", data={"html": html}, on_line_change=report
    )
