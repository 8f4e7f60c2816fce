"""The page Code: the five sources, what each holds as it runs, its graph, a copy to take home."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any, TypeVar

import streamlit as st

from lsedash.experiment import Experiment
from lsedash.figures.curves import loss_curve, loss_figure
from lsedash.figures.style import stroke
from lsedash.inspect.export import notebook, printed_lines, script
from lsedash.inspect.graph import dot
from lsedash.inspect.listing import PHASES
from lsedash.inspect.remarks import PROGRAMS, REMARKS, Remark
from lsedash.inspect.xray import Readable, graph_at, is_repeated, lines_to_choose, xray
from lsedash.pitfalls import Pitfall
from lsedash.problem import InvalidSystem
from lsedash.runner import Comparison, Run
from lsedash.theory import Theory
from lsedash.ui import session
from lsedash.ui.computing import comparison_of
from lsedash.ui.listing import choosable
from lsedash.ui.pages import page
from lsedash.ui.source import listing_html, programs_html
from lsedash.ui.state_html import state_html
from lsedash.ui.table import LESSONS, TITLES, run_status
from lsedash.variants import VARIANTS, Variant

T = TypeVar("T")

ALL = "all"
LOSS, XRAY, GRAPH, HOME = "Loss", "X-ray", "Graph", "Take home"
PANELS = (LOSS, XRAY, GRAPH, HOME)
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
    place = st.empty()
    comparison = comparison_of(experiment, VARIANTS, place)
    shown = session.shown(ALL)
    remark = BOOKMARKS.get(shown)
    if state.arrived != shown and remark is not None:
        _go_to(remark)
    state.arrived = shown
    program = remark.program if remark else shown
    _choices(program, remark)
    if program == ALL:
        _side_by_side(comparison)
    else:
        _one(PROGRAMS[program], remark, comparison)


def _go_to(remark: Remark) -> None:
    """Look where a remark can be seen."""
    state = st.session_state
    state.panel, state.looked_at = GRAPH if remark.graph else XRAY, remark.iteration
    state.line = state.line | {remark.program: remark.line}


def _choices(program: str, remark: Remark | None) -> None:
    """Which program, and the remarks that lead to one."""
    left, right = st.columns([6, 5], gap="medium", vertical_alignment="bottom")
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


def _one(program: Variant | Pitfall, remark: Remark | None, comparison: Comparison) -> None:
    """A source, and beside it what is asked about it."""
    key = program.key
    experiment = comparison.experiment
    former = program.variant if isinstance(program, Pitfall) else BEFORE.get(key)
    left, right = st.columns([6, 5], gap="medium")
    with left:
        compared = former is not None and st.toggle(
            f"Compare with {former.title}", key in TITLES, key=f"compared_{key}"
        )
        _source(program, former if compared else None)
    with right:
        if remark is not None:
            st.info(f"**{remark.number}.** {session.plain(remark.text)}")
        st.segmented_control(
            "Look at",
            PANELS if key in TITLES else (XRAY, GRAPH),
            required=True,
            label_visibility="collapsed",
            **session.choice(f"panel_{key}", _panel(key), _choose_panel),
        )
        if _panel(key) == LOSS:
            _loss(key, comparison)
        elif _panel(key) == XRAY:
            _xray(program, remark, experiment)
        elif _panel(key) == GRAPH:
            _graph(program, experiment)
        else:
            _home(key, comparison)


def _panel(key: str) -> str:
    panel: str = st.session_state.panel
    return panel if key in TITLES or panel == GRAPH else XRAY


def _choose_panel(panel: str) -> None:
    st.session_state.panel = panel


def _source(program: Readable, former: Readable | None) -> None:
    choosable(
        listing_html(
            program.source,
            chosen=_line(program) if _panel(program.key) == XRAY else None,
            choices=lines_to_choose(program),
            former=former.source if former else None,
        ),
        on_line=partial(_look_behind, program.key),
    )


def _line(program: Readable) -> int:
    """The line looked behind: the one chosen, or the first of the loop that does something."""
    choices = lines_to_choose(program)
    repeated = [line for line in choices if is_repeated(program, line)]
    chosen: int = st.session_state.line.get(program.key, repeated[1])
    return chosen


def _loss(key: str, comparison: Comparison) -> None:
    run, first = comparison[key], comparison.runs[0]
    st.markdown(f"**{LESSONS[key]}** {_outcome(run)}")
    st.plotly_chart(
        loss_figure([loss_curve(TITLES[key], run.points, run.losses, stroke(key))]),
        key=f"loss_{key}",
        alt=f"Loss of {TITLES[key]} over the iterations",
        config={"displayModeBar": False},
    )
    if key != first.key:
        apart = float(comparison.disagreement()[key].max(initial=0.0))
        differs = "not at all" if apart == 0 else f"by at most {apart:.1e}"
        st.markdown(f"It differs in x from {TITLES[first.key]} {differs}.")


def _outcome(run: Run) -> str:
    ended = f"The run {run_status(run)}"
    return f"{ended}, with a loss of {run.losses[-1]:.3e}." if len(run.points) else f"{ended}."


def _iteration(experiment: Experiment) -> int:
    """The iteration looked at, chosen among those there are."""
    state, last = st.session_state, experiment.iterations
    at: int = min(state.looked_at, last)
    st.number_input(
        f"Iteration (0 to {last})",
        0,
        last,
        **session.choice(f"looked_at_{last}", at, lambda k: state.update(looked_at=int(k))),
    )
    return at


def _xray(program: Readable, remark: Remark | None, experiment: Experiment) -> None:
    line = _line(program)
    text = program.source.splitlines()[line - 1].strip()
    repeated = is_repeated(program, line)
    at = _iteration(experiment) if repeated else 0
    state = _kept("xray", xray, program, experiment, at, line)
    when = f"in iteration {at}" if repeated else "before the loop"
    if not state.frames:
        st.warning(
            f"Line {line} is not reached {when}: "
            + (session.plain(state.raised) or "the program ends before.")
        )
        return
    recording = "" if state.recording else " Autograd does not record here."
    st.markdown(f"After line {line}, {when}: `{text}`.{recording}")
    if state.raised:
        st.error(session.plain(state.raised))
    st.html(state_html(state, remark.look if remark else ()))
    st.caption("Choose a line of the program by its number, with the mouse or with Up and Down.")


def _kept(name: str, look: Callable[..., T], program: Readable, *where: Any) -> T:
    """What was seen last, if it is the same that is asked for; else the program runs there."""
    state, wanted = st.session_state, (program.key, *where)
    if state.get(name, (None,))[0] != wanted:
        with st.spinner("Running the program to this point…"):
            state[name] = wanted, look(program, *where)
    seen: T = state[name][1]
    return seen


def _graph(program: Readable, experiment: Experiment) -> None:
    if program.key == "numpy_by_hand":
        st.markdown("NumPy records nothing: there is no graph, the gradient is a formula of ours.")
        return
    at = _iteration(experiment)
    gradients = st.toggle("Show the gradients that arrive", key="gradients")
    try:
        graph = _kept("graph", graph_at, program, experiment, at)
    except ValueError as fault:
        st.warning(f"{session.plain(str(fault)).capitalize()}.")
        return
    st.html(
        '<p class="graph-key"><span class="leaf">leaf that receives a gradient</span> '
        '<span class="operation">operation</span> '
        '<span class="saved">tensor saved for the way back</span></p>'
    )
    with st.container(key="graph"):
        st.graphviz_chart(dot(graph, gradients=gradients), width="content")
    st.caption(
        f"The graph of the loss at iteration {at}, before backward() walks it from the top down. "
        "On the lines, the shapes of what flows."
    )


def _home(key: str, comparison: Comparison) -> None:
    (variant,) = (variant for variant in VARIANTS if variant.key == key)
    experiment, run = comparison.experiment, comparison[key]
    st.markdown(
        "The program with this experiment's A, b, x0, learning rate and iterations; it runs by "
        "itself and prints these losses and the last x:"
    )
    st.code("\n".join(printed_lines(run, experiment)), language=None)
    left, right = st.columns(2)
    for place, name, kind, make, mime in (
        (left, "script", "py", script, "text/x-python"),
        (right, "notebook", "ipynb", notebook, "application/x-ipynb+json"),
    ):
        place.download_button(
            f"Download the {name}",
            partial(make, variant, experiment),
            file_name=f"{key}.{kind}",
            mime=mime,
            key=f"download_{name}",
            on_click="ignore",
            width="stretch",
        )
