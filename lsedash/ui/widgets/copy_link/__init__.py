"""Buttons that hand on the page's address, which holds the whole experiment.

They copy it or show its QR code (`ui/js/code.js`). The server draws the code
(`ui/serving/codes.py`): it knows under which address others reach it.
"""

from pathlib import Path

from lsedash.ui.js import component

HERE = Path(__file__).parent
HTML = """<div class="share">
<button type="button" class="copy-link" aria-live="polite">Copy link</button>
<button type="button" class="show-code" aria-haspopup="dialog">QR code</button>
</div>"""


def copy_link() -> None:
    """Show the buttons."""
    component(HERE / "copy_link.js", html=HTML, style=HERE / "copy_link.css")(
        key="copy_link", width="content"
    )
