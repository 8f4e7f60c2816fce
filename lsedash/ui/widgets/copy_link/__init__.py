"""A button that copies the page's address, which holds the whole experiment."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from lsedash.ui.js import loader

HERE = Path(__file__).parent


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "lsedash_copy_link",
        html='<button type="button" class="copy-link" aria-live="polite">Copy link</button>',
        css=(HERE / "copy_link.css").read_text(encoding="utf-8"),
        js=loader(HERE / "copy_link.js"),
        isolate_styles=False,
    )


def copy_link() -> None:
    """Show the button."""
    _component()(key="copy_link", width="content")
