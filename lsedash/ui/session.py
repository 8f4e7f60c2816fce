"""One visitor's state: the draft in the fields, the experiment it amounts to, the link in the URL.

Data flows one way. A widget's callback changes the draft; every run of the page reads the draft
into an experiment and writes the experiment into the link. Widgets show the draft and hold nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from lsedash.experiment import Experiment
from lsedash.link import DEFAULT, query_string, read_link, write_link
from lsedash.problem import InvalidSystem
from lsedash.ui.draft import Draft, draft_of, read_draft
from lsedash.ui.limits import LONGEST_LINK


def open_link() -> None:
    """Take over the URL's experiment on the first visit and whenever the URL was changed by hand.

    A change of our own may still be on its way to the browser while the visitor edits on, so the
    URL that comes with an edit is not looked at.
    """
    state = st.session_state
    edited = state.pop("edited", False)
    link = st.query_params.to_dict()
    if "draft" in state and (edited or link == state.link):
        return
    opened = read_link(link)
    state.last = DEFAULT
    state.variants = opened.variants
    state.link = link
    adopt(opened.experiment)
    state.problems = opened.problems
    state.edited = False


def adopt(experiment: Experiment) -> None:
    """Put an experiment into the fields."""
    set_draft(draft_of(experiment))


def set_draft(draft: Draft) -> None:
    """Replace the whole draft; the grid is told to show the new one."""
    state = st.session_state
    state.draft = draft
    state.problems = ()
    state.revision = state.get("revision", 0) + 1
    state.edited = True


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

    def changed() -> None:
        given = state[key]
        if given != seen[key]:
            seen[key] = given
            act(given)

    return {"key": key, "on_change": changed}


def edit(**changes: Any) -> None:
    """Change some texts of the draft, as a widget's callback does."""
    st.session_state.draft = replace(st.session_state.draft, **changes)
    st.session_state.problems = ()
    st.session_state.edited = True


def read() -> tuple[Experiment, dict[str, InvalidSystem]]:
    """The experiment in the fields and what is wrong in them, by field."""
    state = st.session_state
    experiment, faults = read_draft(state.draft, state.last)
    state.last = experiment
    return experiment, faults


def write_query(experiment: Experiment) -> None:
    """Put the experiment into the URL, if it changed."""
    state = st.session_state
    link = write_link(experiment, state.variants)
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
