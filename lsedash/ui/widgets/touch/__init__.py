"""A component that shows nothing: a finger that swipes over a chart scrolls the page."""

from pathlib import Path

from lsedash.ui.js import component

HERE = Path(__file__).parent


def touch() -> None:
    """Let a finger scroll over every chart of the page."""
    component(HERE / "touch.js", html='<div class="touch"></div>')(key="touch")
