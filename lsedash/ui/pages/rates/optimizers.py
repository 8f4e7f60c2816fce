"""Other optimizers and schedules in the loop of the variant Optimizer, compared with plain SGD."""

from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from lsedash.checking.endings import final_loss, run_status
from lsedash.experiment import Experiment
from lsedash.figures.curves import PREDICTED, Curve, loss_figure
from lsedash.figures.rates import LANES, race_losses
from lsedash.programs.optimizers import OPTIMIZERS, SGD
from lsedash.programs.program import Program
from lsedash.running.run import Comparison, Run
from lsedash.running.runner import stream
from lsedash.tables.table import Cell, Row, Table, table_html
from lsedash.text.convention import OURS, Spoken
from lsedash.text.settings import BETA, COMPARED_OPTIMIZERS, LINES_OF, MOST_MOMENTUM
from lsedash.text.subject import subject
from lsedash.text.words import LONG_RUN, best_for, brief, tell_apart, why_two_rates
from lsedash.theory.closed_form import Theory
from lsedash.theory.momentum import convergence_factor, losses, optimal_momentum
from lsedash.theory.named_rates import rates_to_choose
from lsedash.ui.compat import Container
from lsedash.ui.pages.rates.shared import NOTHING_TO_LOSE, path_charts, tolerance_of
from lsedash.ui.state import edits
from lsedash.ui.state.controls import controlled, remembered, remembered_several
from lsedash.ui.state.limits import DEADLINE, most_points
from lsedash.ui.state.line import pressing
from lsedash.ui.state.readers import one_of
from lsedash.ui.widgets.charts import chart
from lsedash.ui.widgets.computing import result_of
from lsedash.ui.widgets.explained import meaning_caption
from lsedash.ui.widgets.progress import ProgressPlace
from lsedash.ui.widgets.source import difference_html

MOST = 5  # optimizers beside plain SGD
WITH_MOMENTUM = {"sgd_momentum": False, "sgd_nesterov": True}  # True for Nesterov's momentum


def optimizers(experiment: Experiment, theory: Theory, place: ProgressPlace) -> None:
    """Draw the comparison of optimizers."""
    tolerance = tolerance_of(experiment, theory)
    keys, beta = _choices(theory, experiment)
    programs = [SGD, *(_program(key, beta) for key in keys)]
    experiment = replace(experiment, tolerance=None)  # so that all run to the end
    points = most_points(experiment.system.n)
    start = partial(stream, experiment, tuple(programs), points, DEADLINE, tolerance)
    comparison: Comparison = result_of("optimized", start, place)
    with st.container(key="answer"):
        left, right = st.columns([5, 6], gap="medium")
        with left:
            _losses(comparison, theory, beta)
            if words := _at_which_rate(experiment, edits.spoken()):
                st.caption(words)
        with right:
            table = optimizer_table(comparison, theory, beta, tolerance, edits.spoken())
            st.html(table_html(table))
            meaning_caption("SGD")
            if tolerance is None:
                st.markdown(NOTHING_TO_LOSE)
            _factors(theory, experiment, beta)
        rate = experiment.learning_rate
        lanes = [(_title(run.key), rate, run) for run in comparison.runs if len(run.points)]
        path_charts(lanes, experiment, theory)
        if keys:
            _lines_that_differ(keys, beta)


def _at_which_rate(experiment: Experiment, spoken: Spoken) -> str:
    """At which rate the optimizers run, and for which of them it is the course's."""
    if spoken.ours:
        return ""
    alpha = experiment.learning_rate
    return (
        f"{spoken.in_programs(alpha)} So SGD does what it does in your convention, with momentum "
        "too. Adam, Adagrad, RMSprop and L-BFGS divide by the size of the gradients: for them a "
        f"learning rate hardly depends on the convention, and theirs is {brief(alpha)} here."
    )


def _choices(theory: Theory, experiment: Experiment) -> tuple[list[str], float]:
    """Draw the choice of optimizers and of their momentum; the keys and the momentum."""
    keys, chosen = remembered_several(COMPARED_OPTIMIZERS)
    st.pills(
        f"Compare with plain SGD (up to {MOST})",
        OPTIMIZERS.keys,
        selection_mode="multi",
        format_func=OPTIMIZERS.title_of,
        **chosen,
    )
    with st.container():  # with or without the sentence, the fields keep their places
        if len(keys) > MOST:
            st.markdown(f":red[At most {MOST} fit beside plain SGD. The first {MOST} are shown.]")
    beta, field = remembered(BETA)
    left, middle, right, _ = st.columns([2, 3, 3, 1], vertical_alignment="bottom")
    left.number_input(
        "Momentum β",
        0.0,
        MOST_MOMENTUM,
        step=0.01,
        format="%.4g",
        **field,
    )
    rate, best = fastest(theory)
    spoken = edits.spoken()
    middle.button(
        "Fastest in the long run",
        help=f"For Momentum: α = {brief(spoken.rate(rate))} and β = {brief(best)}. "
        "The other optimizers may grow at this α.",
        width="stretch",
        **pressing("fastest_momentum", partial(_take_fastest, rate, best)),
    )
    _best_for_sgd(theory, experiment, right)
    return [key for key in OPTIMIZERS.keys if key in keys][:MOST], beta


def _best_for_sgd(theory: Theory, experiment: Experiment, container: Container) -> None:
    """Draw the button that takes the best rate for these iterations, if there is one."""
    name = best_for(experiment.iterations)
    best = rates_to_choose(theory, experiment).get(name)
    if best is not None:
        container.button(
            name.capitalize(),
            help=f"For plain SGD: α = {brief(edits.spoken().rate(best))}. "
            f"{why_two_rates(experiment.iterations)}",
            width="stretch",
            **pressing("best_for_sgd", partial(edits.take_rate, best)),
        )


def fastest(theory: Theory) -> tuple[float, float]:
    """The heavy ball's rate and beta that are fastest in the long run.

    Beta is at most the page's `MOST_MOMENTUM`.
    """
    rate, beta = optimal_momentum(theory)
    if beta <= MOST_MOMENTUM:
        return rate, beta
    # Half of 2 (1 + beta) / lambda_max, which is the largest stable rate for this beta.
    return (1 + MOST_MOMENTUM) / float(theory.curvatures[0]), MOST_MOMENTUM


def _take_fastest(rate: float, beta: float) -> None:
    edits.choose(BETA, beta)
    edits.take_rate(rate)


def _program(key: str, beta: float) -> Program:
    optimizer = OPTIMIZERS.named(key)
    return optimizer.with_options(momentum=beta) if key in WITH_MOMENTUM else optimizer


def _title(key: str) -> str:
    return "SGD" if key == SGD.key else OPTIMIZERS.title_of(key)


def _losses(comparison: Comparison, theory: Theory, beta: float) -> None:
    runs = [run for run in comparison.runs if len(run.points)]
    spoken = edits.spoken()
    curves = race_losses([(_title(run.key), run.points, spoken.loss(run.losses)) for run in runs])
    for run in runs:
        if run.key in WITH_MOMENTUM:
            ks = run.points[:: -(-len(run.points) // 26)]
            predicted = spoken.loss(_predicted(comparison.experiment, theory, beta, run)[ks])
            curves.append(Curve("predicted", ks.astype(float), predicted, PREDICTED, dots=True))
    experiment = comparison.experiment
    shown = subject("Losses of optimizers", experiment, rate=experiment.learning_rate)
    figure = loss_figure(curves, spoken.loss_name)
    chart("optimizer_losses", figure, "Losses, one curve for each optimizer", shown)


def _predicted(experiment: Experiment, theory: Theory, beta: float, run: Run) -> np.ndarray:
    settings = experiment.x0, experiment.learning_rate, beta, experiment.iterations
    return losses(theory, *settings, nesterov=WITH_MOMENTUM[run.key])


def optimizer_table(
    comparison: Comparison,
    theory: Theory,
    beta: float,
    tolerance: float | None,
    spoken: Spoken = OURS,
) -> Table:
    """One row for each optimizer: what it does and what it reached."""
    to_tolerance = (
        [] if tolerance is None else [f"iterations to {brief(spoken.loss(tolerance), 3)}"]
    )
    heads = ("", "what it does", *to_tolerance, "final loss", "from prediction")
    rows: list[Row] = []
    for i, run in enumerate(comparison.runs):
        lesson = (
            f"The step is {spoken.with_alpha('')} times the gradient."
            if run.key == SGD.key
            else OPTIMIZERS.named(run.key).lesson
        )
        deviation = ""
        if run.key in WITH_MOMENTUM and len(run.points):
            predicted = _predicted(comparison.experiment, theory, beta, run)[run.points]
            largest = float(run.losses.max()) or 1.0
            deviation = brief(np.abs(predicted - run.losses).max() / largest, 2)
        finished = run.status == "finished"
        cells = (
            *("-" if run.reached is None else str(run.reached) for _ in to_tolerance),
            final_loss(run, comparison.experiment, spoken) if finished else run_status(run),
            deviation,
        )
        title = Cell(_title(run.key), "words", lane=LANES[i].colour)
        rows.append((title, Cell(lesson, "words"), *cells))
    return Table("The optimizers in numbers", heads, rows)


def _factors(theory: Theory, experiment: Experiment, beta: float) -> None:
    """Draw what theory says about momentum at this rate."""
    rate, spoken = experiment.learning_rate, edits.spoken()
    told, told_best = (brief(spoken.rate(alpha)) for alpha in (rate, optimal_momentum(theory)[0]))
    plain = theory.convergence_factor(rate)
    ball, nesterov = (convergence_factor(theory, rate, beta, nesterov=n) for n in (False, True))
    _, best = optimal_momentum(theory)
    factors = tell_apart(plain, ball, nesterov)
    st.markdown(
        "With momentum a mode's distance to the limit depends on the last two iterations. In the "
        "long run it shrinks by the larger root of that recurrence. "
        f"At α = {told} the convergence factor is {factors[0]} without momentum, "
        f"**{factors[1]}** with β = {brief(beta)} and {factors[2]} with Nesterov's momentum. "
        f"Momentum is {LONG_RUN} at α = {told_best} and β = {brief(best)}: "
        f"its factor is √β = {brief(best**0.5, 6)}."
    )


def _lines_that_differ(keys: list[str], beta: float) -> None:
    st.markdown(f"**The lines that differ** from {SGD.title}'s:")
    chosen = edits.setting(LINES_OF)
    key = chosen if chosen in keys else keys[0]
    st.segmented_control(
        "Lines of",
        keys,
        required=True,
        format_func=OPTIMIZERS.title_of,
        label_visibility="collapsed",
        **controlled(
            f"lines_of_{'_'.join(keys)}", key, one_of(keys), partial(edits.choose, LINES_OF)
        ),
    )
    st.html(difference_html(SGD.source, OPTIMIZERS.named(key).source))
    if key in WITH_MOMENTUM:
        st.caption(f"It ran with momentum={brief(beta, 6)}.")
