"""A component without a face: it puts what a page shows into the browser's address.

It also lets the links to all pages lead there, and says the presses of buttons in the page's part:
the component that watches the line is outside of that part, so the whole page would be drawn.
"""

from collections.abc import Mapping
from pathlib import Path

from lsedash.ui.js import component
from lsedash.ui.state.address import for_the_browser
from lsedash.ui.state.line import Actions, press, talking
from lsedash.ui.state.messages import typed

MODULE = Path(__file__).parent / "address.js"


def address(pages: Mapping[str, str]) -> None:
    """Let the address say what the page shows, without a step in the browser's history.

    Args:
        pages: the paths of all pages, by title.
    """
    show = component(MODULE, html="<div></div>")  # page.css lets it take no room
    actions: Actions = {"pressed": (typed, press)}
    show(**talking("address_bar", for_the_browser(pages), actions))
