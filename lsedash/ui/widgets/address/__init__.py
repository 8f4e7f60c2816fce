"""A component without a face: it puts what a page shows into the browser's address.

It also lets the links to all pages lead there when they are opened in another tab.
"""

from collections.abc import Mapping
from pathlib import Path

from lsedash.ui.js import component
from lsedash.ui.state.address import for_the_browser

MODULE = Path(__file__).parent / "address.js"


def address(pages: Mapping[str, str]) -> None:
    """Let the address say what the page shows, without a step in the browser's history.

    Args:
        pages: the paths of all pages, by title.
    """
    show = component(MODULE, html="<div></div>")  # page.css lets it take no room
    show(key="address_bar", data=for_the_browser(pages))
