"""A component: presenter mode, in which the stage or one chart fills the screen before a class.

It shows the button among the links to the pages. What it does in the browser, `presenter.js` says;
Python knows which chart fills the screen, so that the link has it.
"""

from collections.abc import Iterable
from pathlib import Path

from lsedash.text.settings import PRESENT
from lsedash.ui.js import component, prefix
from lsedash.ui.state import edits
from lsedash.ui.state.line import Actions, talking
from lsedash.ui.state.messages import presenter_texts

HERE = Path(__file__).parent
HTML = """<button type="button" class="begin-talk"
  title="Fill the screen for a class: the stage, or a chart (key P)">Present</button>"""


def presenter(pages: Iterable[str]) -> None:
    """Show the button, and present if the link says so.

    Args:
        pages: the paths of all pages, the first page's first.
    """
    actions: Actions = {"present": (presenter_texts, edits.choose_texts)}
    data = {
        "present": PRESENT.write(edits.setting(PRESENT)),
        "pages": [f"{prefix()}/{path}" for path in pages],
    }
    show = component(HERE / "presenter.js", html=HTML)
    show(width="content", **talking("presenter", data, actions))
