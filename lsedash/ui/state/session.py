"""One visitor's state: the draft in the fields, the experiment it amounts to, the link in the URL.

Data flows one way. A widget's callback changes the draft; every run of the page reads the draft
into an experiment and writes the experiment into the link. Widgets show the draft and hold nothing.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from math import inf
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lsedash.experiment import Experiment
from lsedash.problem import InvalidSystem, LinearSystem
from lsedash.text.link import DEFAULT, query_string, read_link, write_link
from lsedash.text.notation import format_number
from lsedash.theory.closed_form import Theory
from lsedash.ui.state.draft import Draft, draft_of, read_draft
from lsedash.ui.state.limits import LONGEST_LINK
from lsedash.ui.state.unbroken import unbroken

MOST_SEEN = 200  # fields remembered


def open_link(page: str, showable: Collection[str]) -> None:
    """Take over the URL's experiment on the first visit and when the visitor goes back or forward.

    (A link pasted into the address bar is a first visit.) At any other time the URL may be older
    than the draft: what we wrote last can still be on its way to the browser. But after a change of
    the page it is what the link to that page held.

    Args:
        page: the page's path.
        showable: what a link can ask it to show.
    """
    state = st.session_state
    link = st.query_params.to_dict()
    moved, state.page = state.get("page") != page, page
    if "draft" in state and (link == state.link or not _went_back()):
        if moved:
            state.link, state.unknown = link, ""
            _take_over_show(page, link, showable)
        return
    opened = read_link(link)
    state.last = DEFAULT
    state.setdefault("follow", False)
    state.variants = opened.variants
    state.link = link
    adopt(opened.experiment)
    state.problems = opened.problems
    _take_over_show(page, link, showable)


def _take_over_show(page: str, link: Mapping[str, str], showable: Collection[str]) -> None:
    """Show what a link asks for, or note that there is no such thing."""
    state, asked = st.session_state, read_link(link).show
    known = asked if asked in showable else ""
    state.show = state.get("show", {}) | {page: known}
    state.unknown = "" if known == asked else asked


def _went_back() -> bool:
    """Whether this run was caused by the browser's back or forward button."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def adopt(experiment: Experiment) -> None:
    """Put an experiment into the fields."""
    st.session_state.adopted = True
    set_draft(draft_of(experiment))


def set_draft(draft: Draft) -> None:
    """Replace the whole draft; the grid is told to show the new one."""
    state = st.session_state
    state.draft = draft
    state.problems = ()
    state.revision = state.get("revision", 0) + 1


def refresh_all() -> None:
    """Run the whole script where a fragment alone would leave fields that show what was before."""
    if st.session_state.pop("refresh", False) and not st.session_state.whole:
        st.rerun()


def field(name: str, value: Any, act: Callable[[Any], None]) -> dict[str, Any]:
    """What makes a widget show a part of the draft: its `key` and its `on_change`.

    A browser that has not heard of the last change yet hands in what its fields held before. So a
    replaced draft has fields of new keys, and under each key only a value not seen there acts.

    Args:
        name: the field's name; it must change with `value` where nobody touched the field.
        value: what the field shows.
        act: what to do with another value.
    """
    state = st.session_state
    seen, key = state.setdefault("seen", {}), f"{name}_{state.revision}"
    state[key] = seen[key] = value
    if len(seen) > MOST_SEEN:
        seen.pop(next(iter(seen)))  # no browser is that slow

    @unbroken
    def changed() -> None:
        given = state[key]
        if given != seen.get(key):
            act(given)
            seen[key] = given

    return {"key": key, "on_change": changed}


def choice(name: str, value: Any, act: Callable[[Any], None]) -> dict[str, Any]:
    """A `field` for what is no part of the draft: it starts afresh where something else set it."""
    state = st.session_state
    turns = state.setdefault("turns", {})
    turn, last = turns.get(name, (0, value))
    if state.get(f"{name}_{turn}_{state.revision}", last) != value:
        turn += 1
    turns[name] = turn, value
    return field(f"{name}_{turn}", value, act)


def remembered(name: str, default: Any) -> tuple[Any, dict[str, Any]]:
    """A choice that outlives its widget: its value, and what makes a widget show it."""
    kept = st.session_state.setdefault("kept", {})
    value = kept.setdefault(name, default)
    return value, choice(name, value, lambda chosen: kept.update({name: chosen}))


def shown(default: str) -> str:
    """What the page shows, as its link has it."""
    return st.session_state.show.get(st.session_state.page) or default


def show(what: str) -> None:
    """Show something else on this page; "" for what it shows by itself."""
    state = st.session_state
    state.refresh = bool(state.unknown)
    state.show, state.unknown = state.show | {state.page: what}, ""


def edit(**changes: Any) -> None:
    """Change some texts of the draft, as a widget's callback does."""
    state = st.session_state
    state.draft = replace(state.draft, **changes)
    state.refresh = bool(state.problems)
    state.problems = ()


def read() -> tuple[Experiment, dict[str, InvalidSystem]]:
    """The experiment in the fields and what is wrong in them, by field."""
    state = st.session_state
    experiment, faults = read_draft(state.draft, state.last)
    adopted = state.pop("adopted", False)  # with a learning rate of its own
    moved = not adopted and experiment.system != state.last.system
    if state.follow and moved and "lr" not in faults:
        experiment = _followed(experiment, state.last.system)
        state.draft = replace(state.draft, learning_rate=format_number(experiment.learning_rate))
    state.last = experiment
    return experiment, faults


def _followed(experiment: Experiment, former: LinearSystem) -> Experiment:
    """The same with alpha lambda_max as it was in the former system, where that can be."""
    before, now = (float(Theory(s).curvatures[0]) for s in (former, experiment.system))
    rate = experiment.learning_rate * before / now if now else 0.0
    return replace(experiment, learning_rate=rate) if 0 < rate < inf else experiment


def write_query(experiment: Experiment) -> None:
    """Put the experiment into the URL, if it changed."""
    state = st.session_state
    link = write_link(experiment, state.variants, shown(""))
    if link != state.link:
        state.link = link
        st.query_params.from_dict(link)
    state.long_link = len(query_string(link)) > LONGEST_LINK


def fault_note(faults: dict[str, InvalidSystem], *fields: str) -> None:
    """One sentence under a field that cannot be read."""
    for field in fields:
        if field in faults:
            st.markdown(f":red[{plain(str(faults[field]))}]")


def plain(text: str) -> str:
    """What was typed is shown as typed, not as Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+!|<>$~:" else c for c in text)
