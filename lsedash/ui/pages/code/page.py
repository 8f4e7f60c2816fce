"""The page Code: the five sources, side by side or one at a time with what it does as it runs."""

from functools import partial
from itertools import pairwise

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lsedash.experiment import Experiment
from lsedash.explaining.remarks import PROGRAMS, REMARKS, Remark
from lsedash.looking.listing import PHASES, first_of_loop, lines_to_choose
from lsedash.problem import InvalidSystem
from lsedash.programs.pitfalls import Pitfall
from lsedash.programs.program import Program
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison
from lsedash.theory.closed_form import Theory
from lsedash.ui.pages.code import panels
from lsedash.ui.pages.code.panels import GRAPH, HOME, LOSS, XRAY, Look
from lsedash.ui.pages.frame import page
from lsedash.ui.state import session
from lsedash.ui.state.limits import within
from lsedash.ui.widgets.computing import comparison_of, progress_place
from lsedash.ui.widgets.listing import choosable
from lsedash.ui.widgets.runs_table import TITLES
from lsedash.ui.widgets.source import listing_html, programs_html

ALL = "all"
BOOKMARKS = {f"remark_{remark.number}": remark for remark in REMARKS}
SHOWABLE = {*PROGRAMS, *BOOKMARKS}  # by a link
BEFORE = {after.key: before for before, after in pairwise(VARIANTS)}


def show() -> None:
    """Draw the page."""
    page(_body)


def _body(experiment: Experiment, _faults: dict[str, InvalidSystem]) -> None:
    state = st.session_state
    for name, value in (("panel", LOSS), ("looked_at", 0), ("line", {}), ("arrived", "")):
        state.setdefault(name, value)
    place = progress_place()
    shown = session.shown(ALL)
    remark = BOOKMARKS.get(shown)
    if state.arrived != shown and remark is not None:
        _go_to(remark)
    state.arrived = shown
    program = remark.program if remark else shown
    _choices(program, remark)
    comparison = comparison_of(experiment, VARIANTS, place)
    with st.container(key="answer"):
        if program == ALL:
            _side_by_side(comparison)
        else:
            _one(PROGRAMS[program], remark, comparison, place)


def _go_to(remark: Remark) -> None:
    """Look where a remark can be seen."""
    state = st.session_state
    state.panel, state.looked_at = GRAPH if remark.graph else XRAY, remark.iteration
    state.line = state.line | {remark.program: remark.line}


def _choices(program: str, remark: Remark | None) -> None:
    """Which program, and the remarks that lead to one."""
    left, right = st.columns([7, 4], gap="medium", vertical_alignment="bottom")
    options = [ALL, *TITLES, *({program} - {ALL, *TITLES})]
    left.segmented_control(
        "Program",
        options,
        format_func=_title,
        required=True,
        **session.choice("program", program, lambda key: session.show("" if key == ALL else key)),
    )
    right.selectbox(
        "The article's remarks",
        REMARKS,
        format_func=lambda one: f"{one.number}. {one.title}",
        placeholder="Choose one to see it happen",
        **session.choice("remark", remark, lambda one: session.show(f"remark_{one.number}")),
    )


def _title(key: str) -> str:
    if key == ALL:
        return "All five"
    return TITLES.get(key, "A pitfall")


def _look_behind(program: str, line: int) -> None:
    """The X-ray of another line."""
    state = st.session_state
    state.line, state.panel = state.line | {program: line}, XRAY
    session.show(program)


def _side_by_side(comparison: Comparison) -> None:
    left, right = st.columns([6, 5], gap="medium", vertical_alignment="center")
    lit = left.pills("Light up a phase", PHASES, key="lit")
    marked = right.toggle("Mark what is new in each program", True, key="marked")
    theory = Theory(comparison.experiment.system)
    st.html(programs_html(comparison, theory, lit=lit, marked=marked))
    st.caption(
        "Without comments and the head of the loop; one at a time, each is shown as its file."
    )


def _one(
    program: Program | Pitfall,
    remark: Remark | None,
    comparison: Comparison,
    place: DeltaGenerator,
) -> None:
    """A source, and beside it what is asked about it."""
    key, panel = program.key, _panel(program.key)
    line = st.session_state.line.get(key, first_of_loop(program.source))
    left, right = st.columns([6, 5], gap="medium")
    with left, st.container(key="program"):
        _source(program, remark, line if panel == XRAY else None)
    with right, st.container(key="side"):
        if remark is not None:
            st.info(f"**{remark.number}.** {session.plain(remark.text)}")
            if remark.number == 8:
                st.markdown(_apart(comparison))
        _choose_panel(key, panel)
        look = _look(program, remark, line, comparison, place)
        if panel == LOSS:
            panels.loss(key, comparison)
        elif panel == XRAY:
            panels.xray(look)
        elif panel == GRAPH:
            panels.graph(look)
        else:
            panels.home(key, comparison)


def _source(program: Program | Pitfall, remark: Remark | None, chosen: int | None) -> None:
    """The program, its lines to be chosen, compared with the one it comes from."""
    key = program.key
    former = program.variant if isinstance(program, Pitfall) else BEFORE.get(key)
    compared = former is not None and st.toggle(
        f"Compare with {former.title}",
        key in TITLES and remark is None,
        key=f"compared_{key}_{remark is None}",
    )
    html = listing_html(
        program.source,
        chosen=chosen,
        choices=lines_to_choose(program.source),
        former=former.source if former and compared else None,
    )
    choosable(html, on_line=partial(_look_behind, key))


def _choose_panel(key: str, panel: str) -> None:
    st.segmented_control(
        "Look at",
        (LOSS, XRAY, GRAPH, HOME) if key in TITLES else (XRAY, GRAPH),
        required=True,
        label_visibility="collapsed",
        **session.choice(f"panel_{key}", panel, lambda name: st.session_state.update(panel=name)),
    )


def _look(
    program: Program | Pitfall,
    remark: Remark | None,
    line: int,
    comparison: Comparison,
    place: DeltaGenerator,
) -> Look:
    experiment = within(program, comparison.experiment)
    key, last = program.key, experiment.iterations
    if key in comparison and comparison[key].status == "diverged":
        last = max(comparison[key].last_point, 0)
    return Look(program, experiment, line, remark, last, place)


def _apart(comparison: Comparison) -> str:
    """How far the programs end from the first one, measured."""
    first, *others = comparison.runs
    apart = comparison.disagreement()
    ends = ", ".join(
        f"{TITLES[run.key]} {_brief(apart[run.key][-1])}" for run in others if len(run.points)
    )
    return f"Largest difference in x from {TITLES[first.key]} at the end: {ends}."


def _brief(difference: float) -> str:
    return f"{difference:.1e}" if difference else "0"


def _panel(key: str) -> str:
    """The panel asked for; of a pitfall, which has a page of its own for the rest, one of two."""
    panel: str = st.session_state.panel
    return panel if key in TITLES or panel == GRAPH else XRAY
