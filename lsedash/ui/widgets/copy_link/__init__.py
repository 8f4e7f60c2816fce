"""A button that copies the page's address, which holds the whole experiment."""

from pathlib import Path

from lsedash.ui.js import component

HERE = Path(__file__).parent
HTML = '<button type="button" class="copy-link" aria-live="polite">Copy link</button>'


def copy_link() -> None:
    """Show the button."""
    component(HERE / "copy_link.js", html=HTML, style=HERE / "copy_link.css")(
        key="copy_link", width="content"
    )
