"""The page Pitfalls: programs that go wrong, run on the visitor's own system."""

import traceback
from math import inf
from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike, NDArray

from lsedash.experiment import Experiment
from lsedash.figures.curves import (
    PREDICTED,
    Curve,
    Figure,
    coordinate_figure,
    loss_curve,
    loss_figure,
    path_figure,
    shown_window,
)
from lsedash.figures.style import Stroke, stroke
from lsedash.inspect.graph import count_nodes
from lsedash.pitfalls import PITFALLS, Pitfall
from lsedash.pitfalls.predictions import Prediction
from lsedash.problem import Array, InvalidSystem
from lsedash.runner import Comparison, Program, Run
from lsedash.theory import Theory
from lsedash.ui import session
from lsedash.ui.computing import comparison_of
from lsedash.ui.pages import page
from lsedash.ui.source import difference_html
from lsedash.ui.stage.payload import SPACE, View, path_of
from lsedash.ui.table import run_status
from lsedash.verification import largest_norm, relative_difference

BY_KEY = {pitfall.key: pitfall for pitfall in PITFALLS}
SHOWABLE = BY_KEY.keys()  # by a link
ORDER = list(BY_KEY)
MOST_COUNTED = 1000  # losses
BROKEN = Stroke("#D55E00", "", "x", 3)


class Case(NamedTuple):
    """A pitfall that has been run on an experiment beside the right program."""

    pitfall: Pitfall
    comparison: Comparison
    theory: Theory
    prediction: Prediction

    @property
    def run(self) -> Run:
        return self.comparison[self.pitfall.key]

    @property
    def right(self) -> Run:
        return self.comparison[self.pitfall.variant.key]

    @property
    def comparable(self) -> bool:
        """Whether it got far enough to be held against its prediction."""
        return self.prediction.iterates is not None and len(self.run.points) > 0


def show() -> None:
    """Draw the page."""
    page(_body)


def _body(experiment: Experiment, _faults: dict[str, InvalidSystem]) -> None:
    place = st.empty()
    pitfall = BY_KEY[session.shown(ORDER[0])]
    programs: list[Program] = [pitfall.variant, pitfall]
    if pitfall.twin is not None:
        programs.append(pitfall.twin)
    comparison = comparison_of(experiment, programs, place, keep="pitfall_run")
    case = Case(pitfall, comparison, Theory(experiment.system), pitfall.prediction(experiment))
    left, right = st.columns([2, 7], gap="medium")
    with left:
        _catalogue(pitfall)
    with right:
        _title(case)
        _evidence(case)
        _advice(case)


def _catalogue(pitfall: Pitfall) -> None:
    st.radio(
        "Pitfalls",
        ORDER,
        format_func=lambda key: BY_KEY[key].title,
        **session.choice("pitfall", pitfall.key, _choose),
    )


def _choose(key: str) -> None:
    session.show("" if key == ORDER[0] else key)


def _title(case: Case) -> None:
    pitfall = case.pitfall
    at = ORDER.index(pitfall.key)
    words, former, latter = st.columns([6, 1, 1], vertical_alignment="center")
    words.markdown(f"#### {at + 1}. {session.plain(pitfall.title)}")
    for place, name, step in ((former, "Previous", -1), (latter, "Next", 1)):
        place.button(
            name,
            key=name,
            disabled=not 0 <= at + step < len(ORDER),
            on_click=_choose,
            args=(ORDER[(at + step) % len(ORDER)],),
            width="stretch",
        )
    st.markdown(
        f"**{session.plain(pitfall.symptom)}** From {pitfall.variant.title}, with what is marked "
        "gone and new:"
    )


def _evidence(case: Case) -> None:
    """What was changed and what came of it."""
    left, right = st.columns(2, gap="medium")
    with left:
        st.html(difference_html(case.pitfall.variant.source, case.pitfall.source))
        _chart(f"loss_{case.pitfall.key}", loss_chart(case), "Loss, as each program has it")
    with right:
        _said(case)
        st.markdown(f"**What theory says.** {session.plain(_theory(case))}")
        _chart(f"path_{case.pitfall.key}", path_chart(case), "Path of each program")


def _chart(key: str, figure: Figure, alt: str) -> None:
    words = f"{alt}: the right one, the wrong one, and what is predicted of it"
    st.plotly_chart(figure, key=key, alt=words, config={"displayModeBar": False})


def _said(case: Case) -> None:
    """What Python said, in full, and how the run ended."""
    run = case.run
    ended = run_status(run)
    if run.exception is None and not run.warnings:
        st.markdown(f"**What Python says:** nothing. The run {ended}, without a warning.")
        return
    st.markdown(f"**What Python says.** The run {ended}.")
    said = list(run.warnings)
    if run.exception is not None:
        said.append(raised(run.exception, case.pitfall.key))
    st.code("\n\n".join(said), language=None, wrap_lines=True)


def raised(exception: Exception, key: str) -> str:
    """The traceback as Python prints it, of the program's own lines."""
    steps = traceback.extract_tb(exception.__traceback__)
    ours = [step for step in steps if step.filename.endswith(f"{key}.py")]
    lines = [f'  File "{key}.py", line {s.lineno}, in {s.name}\n    {s.line}' for s in ours]
    last = "".join(traceback.format_exception_only(exception)).strip()
    return "\n".join(["Traceback (most recent call last):", *lines, last])


def loss_chart(case: Case) -> Figure:
    """The wrong losses over the right ones, with dots where theory has them."""
    curves = [
        loss_curve("right", case.right.points, case.right.losses, _ghost(case.right), ghost=True),
        loss_curve("wrong", case.run.points, case.run.losses, BROKEN),
    ]
    if case.comparable and case.prediction.losses is not None:
        dots = thinned(case.run.points)
        predicted = case.prediction.losses(dots)
        curves.append(Curve("predicted", dots, predicted, PREDICTED, dots=True))
    return loss_figure(curves, "loss, as the program has it")


def thinned(ks: NDArray[np.int64], most: int = 26) -> Array:
    """At most so many of the points, evenly spaced: predictions are dots over a curve."""
    return ks[:: -(-len(ks) // most)].astype(float)


def _ghost(run: Run) -> Stroke:
    return Stroke(stroke(run.key).colour, "", "circle", 6)


def path_chart(case: Case) -> Figure:
    """The wrong path over the right one; of a single unknown, x over the iterations."""
    view = st.session_state.get("view", View()).fitted(case.theory.system.n)
    data = path_of(case.comparison, case.theory, View() if view.kind == SPACE else view)
    alone = case.theory.system.n == 1
    looks = {case.right.key: ("right", _ghost(case.right)), case.run.key: ("wrong", BROKEN)}
    curves = [
        _along(name, *data.paths[key], look, over_time=alone, ghost=name == "right")
        for key, (name, look) in looks.items()
    ]
    if case.comparable and case.prediction.iterates is not None:
        ks = thinned(case.run.points)
        path = case.prediction.iterates(ks) @ data.directions.T
        curves.append(_along("predicted", ks, path, PREDICTED, over_time=alone, dots=True))
    bounded = case.comparison.experiment.learning_rate < case.prediction.edge
    if alone:
        return coordinate_figure(curves, data)
    wrong = data.paths[case.run.key][1]
    return path_figure(curves, data, shown_window(data, [wrong] if bounded else []))


def _along(
    name: str, ks: ArrayLike, path: Array, look: Stroke, *, over_time: bool, **options: bool
) -> Curve:
    across = np.asarray(ks, dtype=float) if over_time else path[:, 0]
    return Curve(name, across, path[:, -1], look, **options)


def _advice(case: Case) -> None:
    pitfall = case.pitfall
    for place, title, text in zip(
        st.columns(3, gap="medium"),
        ("The lesson", "The fix", "Where it bites"),
        (pitfall.lesson, pitfall.fix, pitfall.bites),
        strict=True,
    ):
        place.markdown(f"**{title}.** {session.plain(text)}")


def _theory(case: Case) -> str:
    """The prediction, how well it is met, and what else was measured."""
    words = [case.prediction.words]
    if case.comparable:
        words.append(f"Run and prediction {_difference(departure(case))}.")
    if case.pitfall.twin is not None:
        words.append(
            f"Measured against {case.pitfall.twin.title}, the paths "
            f"{_difference(apart(case.run, case.comparison[case.pitfall.twin.key]))}."
        )
    if case.pitfall.key == "graphs_kept":
        words.append(graphs_alive(case.pitfall, case.comparison.experiment))
    return " ".join(words)


def _difference(relative: float) -> str:
    if not relative < inf:
        return "cannot be compared: x is no longer finite"
    return f"differ by {relative:.1e} of the largest x" if relative else "are equal to the last bit"


def departure(case: Case) -> float:
    """The largest difference in x between run and prediction, over the largest x."""
    assert case.prediction.iterates is not None
    measured = case.run.iterates.astype(float)
    size = largest_norm(np.vstack([measured, case.comparison.experiment.x0]))
    return relative_difference(measured, case.prediction.iterates(case.run.points), size)


def apart(run: Run, other: Run) -> float:
    """The largest difference in x between two runs, over the largest x of the first."""
    shared = min(len(run.points), len(other.points))
    mine, theirs = (r.iterates[:shared].astype(float) for r in (run, other))
    return relative_difference(mine, theirs, largest_norm(mine))


def graphs_alive(pitfall: Pitfall, experiment: Experiment) -> str:
    """How many nodes of graphs the list of losses keeps, counted in the running program."""
    steps = iter(pitfall(*experiment.arguments()))
    count = min(experiment.iterations + 1, MOST_COUNTED)
    for _ in range(count):
        _, loss = next(steps)
    kept = count_nodes(steps.gi_frame.f_locals["losses"])  # type: ignore[attr-defined]
    one = count_nodes([loss])
    return (
        f"Counted after {count} losses: the list keeps {kept} nodes of graphs alive, {one} for "
        f"each; the right program keeps {one} in all."
    )
