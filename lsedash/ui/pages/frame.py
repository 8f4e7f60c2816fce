"""What surrounds every page: notices, links to all pages, and the fragment that the page is."""

from collections.abc import Sequence

import streamlit as st

from lsedash.ui.compat import is_fragment_run
from lsedash.ui.pages.page import Page
from lsedash.ui.state import address, results
from lsedash.ui.state.visit import current, inputs
from lsedash.ui.widgets.notes import plain


def draw(page: Page, links: Sequence[st.Page]) -> None:
    """Draw a page: what is to be said of the link, then the page's body as a fragment.

    Args:
        links: all pages, as Streamlit has them.
    """
    with st.container():  # always there, so that what is below keeps its place
        _notices()
    _live(page, links)


@st.fragment
def _live(page: Page, links: Sequence[st.Page]) -> None:
    """All that the page's own controls change; when only they do, only this runs."""
    if is_fragment_run():
        address.continue_run()
    _navigation(links)
    page.body(inputs())
    results.drop_work()


def _navigation(links: Sequence[st.Page]) -> None:
    """Links to all pages, each with the whole experiment and with what it showed last.

    (Streamlit's own navigation drops the query, and what is written after it is one more step for
    the back button.)
    """
    with st.container(key="pages", horizontal=True, gap="small"):
        for link in links:
            query = address.link_to(link.url_path)
            st.page_link(link, label=link.title, query_params=query)


def _notices() -> None:
    visit = current()
    if visit.problems:
        listed = "\n".join(f"- {plain(problem)}" for problem in visit.problems)
        st.warning(
            f"Part of the link could not be used; the worked example stands in for it.\n\n{listed}",
            icon=":material/link_off:",
        )
    if visit.unknown_show:
        st.warning(
            f"This page has nothing to show called {plain(repr(visit.unknown_show[:40]))}; it "
            "shows what it opens with.",
            icon=":material/link_off:",
        )
    if address.link_is_long():
        st.warning(
            "The link to this experiment is longer than 8 kB: not every program passes on so long "
            "a link, and beyond 64 kB a server may refuse it.",
            icon=":material/link:",
        )
