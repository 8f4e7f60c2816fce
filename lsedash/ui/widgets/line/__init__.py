"""A component that shows nothing while the line to the server holds.

When the line is down it says so. When it is back, it has the whole page drawn again, so that
everything is heard that was let go meanwhile, and brings the visitor back to where he was.
"""

from pathlib import Path

from lsedash.ui.js import component
from lsedash.ui.state.address import come_back
from lsedash.ui.state.line import BACK, WATCH, Actions, press, talking
from lsedash.ui.state.messages import returned, typed

MODULE = Path(__file__).parent / "line.js"


def line(title: str) -> None:
    """Watch the line.

    Args:
        title: of the page that is open, as its link has it.
    """
    show = component(MODULE, html="<div></div>")  # page.css lets it take no room
    actions: Actions = {BACK: (returned, come_back), "pressed": (typed, press)}
    show(**talking(WATCH, {"title": title}, actions))
