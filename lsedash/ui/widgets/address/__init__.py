"""A component without a face: it puts what a page shows into the browser's address."""

from pathlib import Path

import streamlit as st

from lsedash.ui.js import component
from lsedash.ui.state.address import for_the_browser

MODULE = Path(__file__).parent / "address.js"


def address() -> None:
    """Let the address say what the page shows, without a step in the browser's history."""
    with st.container(key="address"):  # page.css lets it take no room
        component(MODULE, html="<div></div>")(key="address_bar", data=for_the_browser())
