"""A component: what helps a visitor to find the way, on every page in the same place.

It stands among the links to the pages. A link that leads past everything else is the first stop of
the Tab key, and the links are a landmark that says which page is open. (Streamlit's page links are
no landmark and do not say it.) *About* says what this is, and every word with `data-term` opens its
meaning; both show `ui/dashboard/about.py`.
"""

from pathlib import Path

from lsedash.ui.js import component

HERE = Path(__file__).parent
MODULE = HERE / "guide.js"
HTML = """<button type="button" class="about" aria-haspopup="dialog">About</button>
<dialog class="book" aria-label="About lsedash" closedby="any"></dialog>
<div class="meaning" popover role="dialog" tabindex="-1"></div>"""


def guide(title: str, content: str) -> None:
    """Show it.

    Args:
        title: of the page that is open, as its link has it.
        content: where the first link leads, as in "Skip to ...".
    """
    component(MODULE, html=HTML, style=HERE / "guide.css")(
        key="guide", width="content", data={"title": title, "content": content}
    )
