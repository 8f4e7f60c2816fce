"""What all pages share: links from one to the other, notices, and the fragment that a page is."""

from collections.abc import Callable

import streamlit as st

from lsedash.experiment import Experiment
from lsedash.problem import InvalidSystem
from lsedash.text.link import write_link
from lsedash.ui.state import session

Body = Callable[[Experiment, dict[str, InvalidSystem]], None]


def page(body: Body) -> None:
    """Draw a page: what is said of the link, then the page's body as a fragment."""
    with st.container():  # always there, so that what is below keeps its place
        _notices()
    _live(body)
    st.session_state.whole = False


@st.fragment
def _live(body: Body) -> None:
    """All that the page's own controls change; when only they do, only this runs."""
    session.refresh_all()
    experiment, faults = session.read()
    session.write_query(experiment)
    _navigation(experiment)
    body(experiment, faults)
    st.session_state.pop("work", None)  # what is not finished by now is of no use to this page


def _navigation(experiment: Experiment) -> None:
    """Links to all pages, each with the whole experiment and with what it showed last.

    (Streamlit's own navigation drops the query, and what is written after it is one more step for
    the back button.)
    """
    state = st.session_state
    with st.container(key="pages", horizontal=True, gap="small"):
        for target in state.pages:
            link = write_link(experiment, state.variants, state.show.get(target.url_path, ""))
            st.page_link(target, label=target.title, query_params=link)


def _notices() -> None:
    state = st.session_state
    if state.problems:
        listed = "\n".join(f"- {session.plain(problem)}" for problem in state.problems)
        st.warning(
            f"Part of the link could not be used; the worked example stands in for it.\n\n{listed}",
            icon=":material/link_off:",
        )
    if state.unknown:
        st.warning(
            f"This page has nothing to show called {session.plain(repr(state.unknown[:40]))}; it "
            "shows what it opens with.",
            icon=":material/link_off:",
        )
    if state.long_link:
        st.warning(
            "The link to this experiment is longer than 8 kB: not every program passes on so long "
            "a link, and beyond 64 kB a server may refuse it.",
            icon=":material/link:",
        )
