"""The frame of every page: notices, links to all pages, heading, and the page as a fragment."""

from collections.abc import Sequence

import streamlit as st

from lsedash.text.settings import HIDDEN
from lsedash.ui.compat import is_fragment_run
from lsedash.ui.pages.lesson import lesson_part
from lsedash.ui.pages.page import Page
from lsedash.ui.state import address, edits, results
from lsedash.ui.state.callbacks import WHOLE_PAGE
from lsedash.ui.state.turnstile import turnstile
from lsedash.ui.state.visit import current, inputs
from lsedash.ui.widgets.address import address as address_bar
from lsedash.ui.widgets.guide import guide
from lsedash.ui.widgets.html import draw as draw_html
from lsedash.ui.widgets.notes import few, plain
from lsedash.ui.widgets.pictures import picture_buttons
from lsedash.ui.widgets.presenter import presenter
from lsedash.ui.widgets.touch import touch


def draw(page: Page, links: Sequence[st.Page]) -> None:
    """Draw a page: the notices about the link, then the page's body as a fragment.

    Args:
        links: all pages, as Streamlit has them.
    """
    with st.container():  # always there, so that the elements below keep their positions
        _notices()
    _navigation(page, links)
    st.html(draw_html("pages/heading.html", title=page.title, sentence=page.sentence))
    _live(page, links)


@st.fragment
def _live(page: Page, links: Sequence[st.Page]) -> None:
    """The part that the page's own controls change; after such a change only this part runs."""
    if not is_fragment_run():
        _draw_live(page, links)
        return
    with turnstile.turn():
        address.continue_run()
        _draw_live(page, links)


def _draw_live(page: Page, links: Sequence[st.Page]) -> None:
    address_bar({link.title: link.url_path for link in links})
    may_show = lesson_part(inputs())
    if may_show or not page.has_results:
        page.body(inputs())
    if page.path:  # the stage of the first page has buttons of its own
        picture_buttons()
    results.leave_unfinished()


def _navigation(page: Page, links: Sequence[st.Page]) -> None:
    """Links to all pages.

    They say nothing of the experiment, so that an edit need not draw them again: Python knows it,
    and puts it into the address of the page that is opened. For a link that is opened elsewhere,
    `widgets/address` adds it in the browser.
    """
    with st.container(key="pages", horizontal=True, gap="small", vertical_alignment="center"):
        for link in links if "pages" not in edits.setting(HIDDEN) else ():
            st.page_link(link, label=link.title)
        guide(page.title, page.content)
        presenter([link.url_path for link in links])
        touch()


def _notices() -> None:
    visit = current()
    if WHOLE_PAGE in visit.notes:
        st.error(plain(str(visit.notes[WHOLE_PAGE])))
    if visit.decoded:
        st.info(
            "The link was encoded twice; it was decoded once more. No other reading is possible.",
            icon=":material/link:",
        )
    if visit.problems:
        listed = "\n".join(f"- {plain(problem)}" for problem in few(visit.problems))
        st.warning(
            "Parts of the link could not be used; defaults stand in for missing values. The "
            f"address keeps the link until you change something.\n\n{listed}",
            icon=":material/link_off:",
        )
    if visit.unknown_show:
        st.warning(
            f"This page has nothing to show called {plain(repr(visit.unknown_show[:40]))}; it "
            "shows its first view instead.",
            icon=":material/link_off:",
        )
    if address.link_is_long():
        st.warning(
            "The link to this experiment is longer than 8 kB. Some programs do not accept such a "
            "link, and a server may refuse a link beyond 64 kB.",
            icon=":material/link:",
        )
