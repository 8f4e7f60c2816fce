"""The address bar: read when a link is opened, and written after edits.

An edit of the experiment, and another part of a page, is a step in the browser's history. Another
setting of a page is none: it replaces the address. An opened link stays in the address as it is
until the visitor changes something.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from lsedash.text.convention import spoken_in
from lsedash.text.fields import FIELDS, PARAMETERS
from lsedash.text.lesson_settings import LESSON, STEP
from lsedash.text.link import (
    SHOW,
    Opened,
    query_string,
    read_link,
    split_link,
    unused_parts,
    write_link,
)
from lsedash.text.packing import PACKED
from lsedash.text.settings import BY_KEY, HIDDEN, LOSS, OF_LESSONS
from lsedash.ui.compat import went_back
from lsedash.ui.state import lessons
from lsedash.ui.state import visit as visits
from lsedash.ui.state.lesson_place import results_hidden, usable
from lsedash.ui.state.limits import LONGEST_LINK, LONGEST_PART
from lsedash.ui.state.line import hear, heard_beside, heard_of_watch
from lsedash.ui.state.messages import Return
from lsedash.ui.state.opening import settings_of, take_over
from lsedash.ui.state.speaking import speak
from lsedash.ui.state.visit import Visit, advance

OF_EXPERIMENT = {PACKED, *(field.key for field in PARAMETERS)}
OF_LESSON = {part.key for part in OF_LESSONS}
# A step of a lesson is one in the browser's history, too; of the other settings none is.
KEPT_IN_HISTORY = {LESSON.key, STEP.key}


def begin_run(page: str, showable: Collection[str]) -> None:
    """Begin a run of the whole script: open the link if it is new, advance, write the link.

    The link in the address is opened on the first visit and when the visitor goes back or forward.
    (A link pasted into the address bar is a first visit.) At other times the address may be older
    than the draft, because our last link may not have reached the browser yet; and a link to
    another page of the dashboard says nothing of the experiment, because the visit knows it.

    Args:
        page: the page's path.
        showable: the values of the link's `show` that the page knows.
    """
    hear()
    visits.current().pressed.clear()
    link = st.query_params.to_dict()
    visit = visits.current()
    is_first_run, moved = visit.page is None, visit.page != page
    if moved:
        visit.before, visit.wanted = visit.page or "", None
    visit.page = page
    if is_first_run or (link != visit.link and went_back()):
        opened = read_link(link, LONGEST_PART)
        _open(visit, opened)
        _take_over_show(visit, opened.show, showable)
        lessons.arrive(visit, at_start=not OF_EXPERIMENT & opened.link.keys())
        visit.link, visit.as_opened = link_to(page), True
    elif moved and went_back():
        visit.link, visit.as_opened = link, True
        _take_over_show(visit, link.get(SHOW, ""), showable)
    elif moved:
        visit.link, visit.as_opened = link_to(page), False  # the address bar is to be told
        visit.written += 1
    advance(visit)
    if visit.wanted is None:
        write(visit)


def come_back(told: Return) -> None:
    """Note that the line is back; a server that began anew takes the settings from the address.

    (Streamlit hands it the link of the last edit of the experiment, and what is said again has only
    what was not heard.)
    """
    visit = visits.current()
    if told.session != visit.identity and not visit.returns:
        opened = read_link(split_link(told.query), LONGEST_PART)
        speak(opened.settings[LOSS])
        visit.settings = settings_of(visit, opened, visit.page)
    visit.returns += 1


def continue_run() -> None:
    """Begin a run of the page's fragment alone: advance and write the link.

    If a callback changed what the sidebar shows, or a component there is to be told that it was
    heard, the whole script runs instead.
    """
    hear()
    visit = visits.current()
    visit.pressed.clear()
    if visit.wanted is not None or sidebar_content(visit) != visit.sidebar:
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
    messages = visit.problems, visit.decoded, visit.unknown_show, dict(visit.notes)
    return (
        draft,
        visit.settings[LOSS],
        visit.variants,
        visit.meaning,
        visit.brought,
        visit.remark,
        messages,
        visit.fields.revision,
        results_hidden(visit.settings),
        visit.settings[HIDDEN],
        heard_beside(visit),
    )


def write(visit: Visit) -> None:
    """Put the experiment and the page's settings into the address, if they changed."""
    link = link_to(visit.page or "")
    if link == visit.link:
        return
    if _without_settings(link) != _without_settings(visit.link):
        st.query_params.from_dict(link)  # a newer run may break in here, before it is done
    visit.link, visit.as_opened = link, False
    visit.written += 1


def for_the_browser(pages: Mapping[str, str]) -> dict[str, Any]:
    """What the browser's address has to say, with a number that tells one from the next.

    (Streamlit makes a step in the history of everything that it writes into the address.)

    Args:
        pages: the paths of all pages, by title.

    Returns:
        "number"; "query", None for the link that was opened; "links", the query of the link to each
        page, by title, or nothing if they are long: then they lead where the address leads;
        "heard", of the component that watches the line, which a run of the page's part draws not.
    """
    visit = visits.current()
    query = query_string(visit.link)
    links = {}
    if len(query) <= LONGEST_LINK:
        links = {title: query_string(link_to(path)) for title, path in pages.items()}
    number = f"{visit.identity} {visit.written}"
    heard = heard_of_watch()
    shown = None if visit.as_opened else query
    return {"number": number, "query": shown, "links": links, "heard": heard}


def link_is_long() -> bool:
    """Whether the link is too long for some programs that send or open links."""
    return len(query_string(visits.current().link)) > LONGEST_LINK


def link_before() -> tuple[str, dict[str, str]]:
    """The path of the page that was open before this one, and the link to it without a lesson."""
    path = visits.current().before
    kept = {key: text for key, text in link_to(path).items() if key not in OF_LESSON}
    return path, kept


def link_to(path: str) -> dict[str, str]:
    """The query of a link to a page: the whole experiment, and what the page showed last."""
    visit = visits.current()
    shown = visit.shown.get(path, "")
    link = write_link(visit.experiment, visit.variants, shown, visit.settings, path, visit.meaning)
    link |= visit.unused
    if LESSON.key in link and not OF_EXPERIMENT & link.keys():  # else it begins with the step
        spoken = spoken_in(visit.settings[LOSS], visit.experiment.system.m)
        link |= {"lr": FIELDS["lr"].write(visit.experiment.learning_rate, spoken)}
    return link


def _without_settings(link: dict[str, str]) -> dict[str, str]:
    left_out = BY_KEY.keys() - KEPT_IN_HISTORY
    return {key: text for key, text in link.items() if key not in left_out}


def _open(visit: Visit, opened: Opened) -> None:
    """Take over a link; what the dashboard does not accept in it is told like the rest."""
    take_over(visit, opened, visit.page or "")
    visit.settings, wrong = usable(visit.settings)
    visit.problems = (*opened.problems, *map(str, visit.faults.values()), *wrong)
    visit.unused = opened.unused | unused_parts(opened.link, list(visit.faults))
    visit.decoded = opened.decoded


def _take_over_show(visit: Visit, requested: str, showable: Collection[str]) -> None:
    """Show what a link asks for, or note that the page does not know it."""
    known = requested if requested in showable else ""
    visit.shown = visit.shown | {visit.page or "": known}
    visit.unknown_show = "" if known == requested else requested
