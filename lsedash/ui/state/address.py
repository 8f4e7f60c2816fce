"""The address bar: read when a link is opened, and written after edits."""

from collections.abc import Collection
from dataclasses import replace

import streamlit as st

from lsedash.text.fields import DEFAULT
from lsedash.text.link import SHOW, query_string, read_link, write_link
from lsedash.theory.closed_form import Theory
from lsedash.ui.compat import went_back
from lsedash.ui.state import visit as visits
from lsedash.ui.state.edits import adopt_into
from lsedash.ui.state.limits import LONGEST_LINK
from lsedash.ui.state.visit import Visit, advance


def begin_run(page: str, showable: Collection[str]) -> None:
    """Begin a run of the whole script: open the link if it is new, advance, write the link.

    The link in the address is opened on the first visit and when the visitor goes back or forward.
    (A link pasted into the address bar is a first visit.) At other times the address may be older
    than the draft, because our last link may not have reached the browser yet. After a change of
    the page the address holds the link that led to this page.

    Args:
        page: the page's path.
        showable: the values of the link's `show` that the page knows.
    """
    link = st.query_params.to_dict()
    visit = visits.current()
    is_first_run, moved = visit.page is None, visit.page != page
    visit.page = page
    if is_first_run or (link != visit.link and went_back()):
        _open(visit, link)
        _take_over_show(visit, link, showable)
    elif moved:
        visit.link = link
        _take_over_show(visit, link, showable)
    advance(visit)
    write(visit)


def continue_run() -> None:
    """Begin a run of the page's fragment alone: advance and write the link.

    If a callback changed what the sidebar shows, the whole script runs instead.
    """
    visit = visits.current()
    if sidebar_content(visit) != visit.sidebar:
        visits.run_again(whole=True)
    advance(visit)
    write(visit)


def sidebar_drawn() -> None:
    """Note what the sidebar shows now."""
    visit = visits.current()
    visit.sidebar = sidebar_content(visit)


def sidebar_content(visit: Visit) -> object:
    """What the sidebar and the notices show. (The first page shows the rate on its stage.)"""
    draft = visit.draft if visit.page else replace(visit.draft, learning_rate="")
    messages = visit.problems, visit.unknown_show, dict(visit.notes)
    return draft, visit.variants, messages, visit.fields.revision


def write(visit: Visit) -> None:
    """Put the experiment into the address, if it changed."""
    shown = visit.shown.get(visit.page or "", "")
    link = write_link(visit.experiment, visit.variants, shown)
    if link != visit.link:
        st.query_params.from_dict(link)  # a newer run may break in here, before it is done
        visit.link = link


def link_is_long() -> bool:
    """Whether the link is too long for some programs that send or open links."""
    return len(query_string(visits.current().link)) > LONGEST_LINK


def link_to(path: str) -> dict[str, str]:
    """The query of a link to a page: the whole experiment, and what the page showed last."""
    visit = visits.current()
    return write_link(visit.experiment, visit.variants, visit.shown.get(path, ""))


def _open(visit: Visit, link: dict[str, str]) -> None:
    opened = read_link(link)
    visit.experiment, visit.theory = DEFAULT, Theory(DEFAULT.system)
    visit.variants, visit.link = opened.variants, link
    adopt_into(visit, opened.experiment)
    visit.problems = opened.problems


def _take_over_show(visit: Visit, link: dict[str, str], showable: Collection[str]) -> None:
    """Show what a link asks for, or note that the page does not know it."""
    requested = link.get(SHOW, "")
    known = requested if requested in showable else ""
    visit.shown = visit.shown | {visit.page or "": known}
    visit.unknown_show = "" if known == requested else requested
