"""The script that Streamlit runs for every visit and every edit: navigation, sidebar, page."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from lsedash.ui.dashboard import sidebar
from lsedash.ui.pages import frame
from lsedash.ui.pages.page import Page
from lsedash.ui.pages.registry import PAGES
from lsedash.ui.state import address
from lsedash.ui.state.turnstile import turnstile
from lsedash.ui.state.visit import inputs, wanted_page
from lsedash.ui.widgets.line import line


def drawing(page: Page) -> Callable[[], None]:
    """The function that Streamlit calls to draw a page."""
    return lambda: frame.draw(page, links)


with turnstile.turn():
    st.html(Path(__file__).with_name("page.css"))
    links = [
        st.Page(drawing(page), title=page.title, url_path=page.path, default=not page.path)
        for page in PAGES
    ]
    chosen = st.navigation(links, position="hidden")
    (opened,) = (page for page in PAGES if page.path == chosen.url_path)
    name = f"{opened.title} · lsedash" if opened.path else "lsedash"
    st.set_page_config(
        name,
        layout="wide",
        initial_sidebar_state="collapsed" if st.context.is_embedded else "auto",  # in a frame
    )
    address.begin_run(opened.path, opened.showable)
    if (path := wanted_page()) is not None:
        st.switch_page(next(link for link in links if link.url_path == path))
    line(opened.title)
    with st.sidebar:
        sidebar.show(inputs())
    address.sidebar_drawn()
    chosen.run()
