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
from lsedash.notation import format_number
from lsedash.problem import InvalidSystem, LinearSystem
from lsedash.theory import Theory
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
    state.setdefault("follow", False)
    state.variants = opened.variants
    state.link = link
    adopt(opened.experiment)
    state.problems = opened.problems
    state.edited = False


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
    state.edited = True


def end_edit() -> None:
    """At the start of a fragment: an edit made in it is not one that the URL could be older than.

    Runs the whole script if the fragment alone would leave fields behind that show what was before.
    """
    state = st.session_state
    if state.whole:
        return
    state.edited = False
    if state.pop("refresh", False):
        state.edited = True
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

    def changed() -> None:
        given = state[key]
        if given != seen[key]:
            seen[key] = given
            act(given)

    return {"key": key, "on_change": changed}


def edit(**changes: Any) -> None:
    """Change some texts of the draft, as a widget's callback does."""
    state = st.session_state
    state.draft = replace(state.draft, **changes)
    state.refresh = bool(state.problems)
    state.problems = ()
    state.edited = True


def read() -> tuple[Experiment, dict[str, InvalidSystem]]:
    """The experiment in the fields and what is wrong in them, by field."""
    state = st.session_state
    experiment, faults = read_draft(state.draft, state.last)
    adopted = state.pop("adopted", False)  # with a learning rate of its own
    if state.follow and not adopted and experiment.system != state.last.system:
        experiment = _followed(experiment, state.last.system)
        state.draft = replace(state.draft, learning_rate=format_number(experiment.learning_rate))
    state.last = experiment
    return experiment, faults


def _followed(experiment: Experiment, former: LinearSystem) -> Experiment:
    """The same with alpha lambda_max as it was in the former system, if both have one."""
    before, now = (Theory(system).curvatures[0] for system in (former, experiment.system))
    if not (before and now):
        return experiment
    return replace(experiment, learning_rate=experiment.learning_rate * float(before / now))


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
