"""A component that shows nothing: it changes what the whole page does with touches and numbers.

A finger that swipes over a chart scrolls the page, and a number field says what does not fit.
"""

from pathlib import Path

from lsedash.ui.js import component

HERE = Path(__file__).parent


def touch() -> None:
    """Let a finger scroll over every chart, and number fields say what does not fit."""
    component(HERE / "touch.js", html='<div class="touch"></div>')(key="touch")
