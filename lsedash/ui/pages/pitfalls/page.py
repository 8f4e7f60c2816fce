"""The page Pitfalls: programs that go wrong, run on the visitor's own system."""

import traceback
from functools import partial
from math import inf

import numpy as np
import streamlit as st

from lsedash.checking.endings import run_status
from lsedash.checking.verification import largest_norm, relative_difference
from lsedash.figures.curves import Figure
from lsedash.looking.measured import stream_measured
from lsedash.programs.pitfalls import PITFALLS
from lsedash.programs.program import Program, Runnable
from lsedash.running.run import Run
from lsedash.text.subject import subject
from lsedash.text.words import brief, number_word
from lsedash.theory.closed_form import Theory
from lsedash.theory.pitfalls import predict
from lsedash.ui.pages.page import Page
from lsedash.ui.pages.pitfalls.charts import Case, loss_chart, path_chart
from lsedash.ui.state import edits
from lsedash.ui.state.controls import controlled
from lsedash.ui.state.limits import why_within, within
from lsedash.ui.state.line import pressing
from lsedash.ui.state.readers import one_of
from lsedash.ui.state.visit import Inputs
from lsedash.ui.widgets.charts import chart
from lsedash.ui.widgets.computing import result_of, verified
from lsedash.ui.widgets.notes import plain
from lsedash.ui.widgets.progress import ProgressPlace
from lsedash.ui.widgets.source import difference_html

ORDER = PITFALLS.keys


def _body(inputs: Inputs) -> None:
    experiment, place = inputs.experiment, ProgressPlace()
    pitfall = PITFALLS.named(inputs.shown or ORDER[0])
    left, right = st.columns([2, 7], gap="medium")
    with left:
        _catalogue(pitfall)
    allowed = within(pitfall, experiment)
    comparison = verified(allowed, beside(pitfall), place, name="pitfall_run").comparison
    start = partial(stream_measured, pitfall, allowed)
    measured: str = result_of("measured", start, place)
    same = allowed.system == experiment.system
    theory = inputs.theory if same else Theory(allowed.system)
    case = Case(pitfall, comparison, theory, predict(pitfall.key, allowed), measured)
    with right, st.container(key="answer"):
        _title(case)
        with st.container():  # whatever is said, the charts keep their places
            if words := inputs.spoken.in_programs(experiment.learning_rate):
                st.caption(f"{words} All numbers on this page are the programs' own.")
            if why := why_within(pitfall, experiment):
                st.info(why)
        _evidence(case)
        _advice(case)


def beside(pitfall: Program) -> tuple[Runnable, ...]:
    """The programs that run with a pitfall: its variant first, then the pitfall itself."""
    twin = () if pitfall.twin is None else (pitfall.twin,)
    return (pitfall.variant, pitfall, *twin)


def _catalogue(pitfall: Program) -> None:
    st.radio(
        "Pitfalls",
        ORDER,
        format_func=lambda key: f"{ORDER.index(key) + 1}. {plain(PITFALLS.title_of(key))}",
        **controlled("pitfall", pitfall.key, one_of(ORDER), _choose),
    )


def _choose(key: str) -> None:
    edits.show("" if key == ORDER[0] else key)


def _title(case: Case) -> None:
    pitfall = case.pitfall
    index = ORDER.index(pitfall.key)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"#### {index + 1}. {plain(pitfall.title)}", width="stretch")
        for name, step in (("Previous", -1), ("Next", 1)):
            neighbour = ORDER[(index + step) % len(ORDER)]
            st.button(name, **pressing(name, partial(_choose, neighbour)))
    st.markdown(
        f"**{plain(pitfall.symptom)}** The program is {pitfall.variant.title} with these changes:"
    )


def _evidence(case: Case) -> None:
    """Draw the change and its consequences."""
    left, right = st.columns(2, gap="medium")
    with left:
        change = difference_html(case.pitfall.variant.source, case.pitfall.source)
        st.container(key="change").html(change)  # first.css reserves room
        _chart("loss", case, loss_chart(case), "Loss, as each program has it")
    with right:
        _python_messages(case)
        st.markdown(f"**What theory says.** {plain(_theory(case))}")
        _chart("path", case, path_chart(case), "Path of each program")


def _chart(kind: str, case: Case, figure: Figure, name: str) -> None:
    experiment, title = case.comparison.experiment, f"{kind.capitalize()}: {case.pitfall.title}"
    shown = subject(title, experiment, rate=experiment.learning_rate)
    chart(f"{kind}_{case.pitfall.key}", figure, name, shown)


def _python_messages(case: Case) -> None:
    """Draw Python's warnings and exception in full, and how the run ended."""
    run = case.run
    ended = run_status(run)
    if run.exception is None and not run.warnings:
        st.markdown(f"**What Python says:** nothing. The run {ended}, without a warning.")
        return
    st.markdown(f"**What Python says.** The run {ended}.")
    messages = list(run.warnings)
    if run.exception is not None:
        messages.append(raised(run, case.pitfall.key))
    st.code("\n\n".join(messages), language=None, wrap_lines=True)


def raised(run: Run, key: str) -> str:
    """The traceback as Python prints it, reduced to the program's own lines."""
    assert run.exception is not None
    ours = [step for step in run.traceback if step.filename.endswith(f"{key}.py")]
    lines = [f'  File "{key}.py", line {s.lineno}, in {s.name}\n    {s.line}' for s in ours]
    last = "".join(traceback.format_exception_only(run.exception)).strip()
    return "\n".join(["Traceback (most recent call last):", *lines, last])


def _advice(case: Case) -> None:
    pitfall = case.pitfall
    for column, title, text in zip(
        st.columns(3, gap="medium"),
        ("The lesson", "The fix", "Where it bites"),
        (pitfall.lesson, pitfall.fix, pitfall.bites),
        strict=True,
    ):
        column.markdown(f"**{title}.** {plain(text)}")


def _theory(case: Case) -> str:
    """The prediction, how closely the run meets it, and what else was measured."""
    sentences = [case.prediction.words]
    if case.comparable:
        sentences.append(f"Run and prediction {_difference(departure(case))}.")
    if case.pitfall.twin is not None:
        difference = difference_between(case.run, case.comparison[case.pitfall.twin.key])
        sentences.append(
            f"Measured against {case.pitfall.twin.title}, the paths {_difference(difference)}."
        )
    sentences.append(case.measured)
    return " ".join(filter(None, sentences))


def _difference(relative: float) -> str:
    if not relative < inf:
        return "cannot be compared: x is no longer finite"
    return (
        f"differ by {brief(relative, 2)} of the largest x"
        if relative
        else "are equal to the last bit"
    )


def departure(case: Case) -> float:
    """The largest difference in x between run and prediction, over the largest x."""
    assert case.prediction.iterates is not None
    measured = case.run.iterates.astype(float)
    size = largest_norm(np.vstack([measured, case.comparison.experiment.x0]))
    return relative_difference(measured, case.prediction.iterates(case.run.points), size)


def difference_between(run: Run, other: Run) -> float:
    """The largest difference in x between two runs, over the largest x of the first."""
    shared = min(len(run.points), len(other.points))
    path, other_path = (r.iterates[:shared].astype(float) for r in (run, other))
    return relative_difference(path, other_path, largest_norm(path))


PAGE = Page(
    "Pitfalls",
    "pitfalls",
    f"{number_word(len(PITFALLS)).capitalize()} mistakes, run on your system: the wrong lines, "
    "what comes of them, and why.",
    _body,
    showable=PITFALLS.keys,
)
