"""The panels beside a source on the page Code: losses, X-ray, graph, and a copy to take home."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import streamlit as st

from lsedash.checking.endings import disagreement_words, run_status
from lsedash.experiment import Experiment
from lsedash.explaining.remarks import Remark
from lsedash.figures.curves import loss_curve, loss_figure
from lsedash.figures.style import stroke
from lsedash.looking.graph import dot
from lsedash.looking.listing import is_repeated
from lsedash.looking.steps import Place, place_after, place_before
from lsedash.looking.take_home import notebook, printed_lines, script
from lsedash.looking.xray import NoGraph, stream_graph, stream_xray
from lsedash.programs.program import Program
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison, Progress, Run
from lsedash.text.convention import Spoken
from lsedash.text.settings import EXACT, GRADIENTS, ITERATION
from lsedash.text.subject import subject
from lsedash.text.words import brief, differs_in_x
from lsedash.ui.compat import Container
from lsedash.ui.pages.code.objects import state_html
from lsedash.ui.pages.code.place import iteration_of
from lsedash.ui.state import edits
from lsedash.ui.state.controls import controlled, remembered
from lsedash.ui.state.line import pressing
from lsedash.ui.state.readers import whole
from lsedash.ui.widgets.charts import chart
from lsedash.ui.widgets.computing import result_of
from lsedash.ui.widgets.html import draw
from lsedash.ui.widgets.notes import plain
from lsedash.ui.widgets.pictures import graph_subject
from lsedash.ui.widgets.progress import ProgressPlace

STOPPED = "Stopped before that iteration. Choose it again, or an earlier one."


class Look(NamedTuple):
    """A program to look into, and the place in its run."""

    program: Program
    experiment: Experiment
    line: int
    remark: Remark | None
    last: int  # the last iteration of the run
    place: ProgressPlace  # of the progress bar
    go_to: Callable[[Place], None]  # shows another place of the program


def loss(key: str, comparison: Comparison) -> None:
    """Draw the losses of one variant and how its run ended."""
    run, first, variant = comparison[key], comparison.runs[0], VARIANTS.named(key)
    spoken = edits.spoken()
    st.markdown(f"**{variant.lesson}** {_outcome(run, spoken)}")
    curve, experiment = (
        loss_curve(variant.title, run.points, spoken.loss(run.losses), stroke(key)),
        comparison.experiment,
    )
    shown = subject(f"Loss of {variant.title}", experiment, rate=experiment.learning_rate)
    chart(f"loss_{key}", loss_figure([curve], spoken.loss_name), "Loss", shown)
    if key != first.key:
        amount = disagreement_words(comparison.largest_disagreement()[key])
        st.markdown(f"{differs_in_x(VARIANTS.title_of(first.key))}: {amount}.")


def _outcome(run: Run, spoken: Spoken) -> str:
    ended = f"The run {run_status(run)}"
    return (
        f"{ended}, with a loss of {brief(spoken.loss(run.losses[-1]))}."
        if len(run.points)
        else f"{ended}."
    )


def _iteration(look: Look) -> int:
    """Draw the choice of an iteration; the iteration that is chosen."""
    last = look.last
    chosen = min(iteration_of(look.remark), last)
    choose = partial(edits.choose, ITERATION)
    field = controlled(f"iteration_{last}", chosen, whole(0, last), choose)
    st.number_input(f"Iteration (0 to {last})", 0, last, **field)
    return chosen


def _result(name: str, look: Look, stream: Callable[..., Iterator[Progress]], *place: int) -> Any:
    """The result of a stream of `looking.xray`, kept under a name, at a place in the program."""
    start = partial(stream, look.program, look.experiment, *place)
    return result_of(name, start, look.place)


def xray(look: Look) -> None:
    """Draw what the program holds after a line of an iteration."""
    line, source = look.line, look.program.source
    repeated = is_repeated(source, line)
    field, back, forward = st.columns([3, 2, 2], vertical_alignment="bottom")
    with field:
        iteration = _iteration(look) if repeated else 0
    _steps(look, Place(line, iteration), back, forward)
    state = _result("xray", look, stream_xray, iteration, line)
    when = f"in iteration {iteration}" if repeated else "before the loop"
    if state is None:
        st.warning(STOPPED)
        return
    if not state.frames:
        reason = plain(state.raised) or "the program ends before."
        st.warning(f"Line {line} is not reached {when}: {reason}")
        return
    recording = "" if state.recording else " Autograd does not record here."
    text = source.splitlines()[line - 1].strip()
    st.markdown(f"After line {line}, {when}: `{text}`.{recording}")
    if state.raised:
        st.error(plain(state.raised))
    exact, digits = remembered(EXACT)
    st.toggle("All digits", **digits)
    st.html(state_html(state, look.remark.look if look.remark else (), exact=exact))
    if words := edits.spoken().in_programs(look.experiment.learning_rate):
        st.caption(words)
    st.caption("To choose a line, click on its number, or press Up or Down and then Enter.")


def _steps(look: Look, place: Place, back: Container, forward: Container) -> None:
    """Draw the buttons that step line by line, and on into the next iteration."""
    for column, name, key, neighbour in (
        (back, "Back", "Shift+Up", place_before(look.program.source, place, look.last)),
        (forward, "Step", "Shift+Down", place_after(look.program.source, place, look.last)),
    ):
        column.button(
            name,
            help=f"One line, and from the loop's end into the next iteration ({key})",
            shortcut=key,
            disabled=neighbour is None,
            width="stretch",
            **pressing(f"step_{name.lower()}", partial(look.go_to, neighbour or place)),
        )


def graph(look: Look) -> None:
    """Draw the autograd graph of the loss at an iteration."""
    if "import torch" not in look.program.source:
        st.markdown("NumPy records no graph; the gradient is a formula that we wrote.")
        return
    iteration = _iteration(look)
    gradients, field = remembered(GRADIENTS)
    st.toggle("Show the gradient that reaches each node", **field)
    try:
        recorded = _result("graph_of_loss", look, stream_graph, iteration)
    except NoGraph as fault:
        st.warning(plain(str(fault)))
        return
    if recorded is None:
        st.warning(STOPPED)
        return
    st.html(draw("pages/code/graph_key.html"))
    title = f"Graph of the loss of {look.program.title} at iteration {iteration}"
    rate = look.experiment.learning_rate
    with st.container(key="graph"):
        graph_subject(replace(subject(title, look.experiment, rate=rate), iterations=None))
        st.graphviz_chart(dot(recorded, gradients=gradients), width="content")
    st.caption(
        f"The graph of the loss at iteration {iteration}, before backward() walks it from the top "
        "down. Each arrow is labelled with the shape of the tensor that is passed forward."
    )


def home(key: str, comparison: Comparison) -> None:
    """Draw the variant as a file with the experiment's numbers."""
    variant = VARIANTS.named(key)
    experiment, run = comparison.experiment, comparison[key]
    st.markdown(
        "The program with this experiment's A, b, x0, learning rate and iterations runs without "
        f"lsedash. It prints {_printed(run)}:"
    )
    spoken = edits.spoken()
    if words := spoken.in_programs(experiment.learning_rate):
        st.caption(words)
    st.code("\n".join(printed_lines(run, experiment)), language=None)
    left, right = st.columns(2)
    for column, name, kind, make, mime in (
        (left, "script", "py", script, "text/x-python"),
        (right, "notebook", "ipynb", notebook, "application/x-ipynb+json"),
    ):
        column.download_button(
            f"Download the {name}",
            partial(make, variant, experiment, meaning=edits.meaning(), spoken=spoken),
            file_name=f"{key}.{kind}",
            mime=mime,
            key=f"download_{name}",
            on_click="ignore",
            width="stretch",
        )


def _printed(run: Run) -> str:
    if run.status == "diverged":
        return "these lines"
    if run.status == "stopped":
        return "these losses, the losses of the iterations that did not run here, and the last x"
    return "these losses, then the last x"
