"""A sweep: real runs at up to 200 learning rates, and the prediction for each."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from lsedash.experiment import Experiment
from lsedash.figures.rates import factor_figure, gap_figure, heat_figure, reached_figure
from lsedash.figures.style import drawn_points
from lsedash.problem import Array
from lsedash.programs.pitfalls import MEAN_WITHOUT_HALF as MEAN
from lsedash.programs.pitfalls import PITFALLS
from lsedash.programs.variants import NUMPY, VARIANTS
from lsedash.running.batch import stream_sweep
from lsedash.running.rates import Scan, stream_scan
from lsedash.text.convention import HALF_SUM, Spoken
from lsedash.text.settings import SWEEP_COUNT, SWEEP_COUNTS, SWEEP_MEAN, SWEEP_PROGRAMS
from lsedash.text.subject import subject
from lsedash.text.words import LONG_RUN, brief, tell_apart
from lsedash.theory.closed_form import Theory
from lsedash.theory.named_rates import rates_to_choose, why_they_differ
from lsedash.theory.remedy import SAME
from lsedash.ui.pages.rates.shared import NOTHING_TO_LOSE, tolerance_of, without_rate
from lsedash.ui.state import edits
from lsedash.ui.state.controls import remembered, remembered_several
from lsedash.ui.state.limits import DEADLINE, SWEEP_DEADLINE
from lsedash.ui.state.results import ended_by
from lsedash.ui.widgets.charts import chart
from lsedash.ui.widgets.computing import result_of
from lsedash.ui.widgets.progress import ProgressPlace

CROSSING = (
    f"The rate that is {LONG_RUN} is where the lines of the steepest and the flattest mode cross."
)
ALL_ALIKE = (
    "All modes are equally steep and share one line; "
    f"the rate that is {LONG_RUN} solves them in one step."
)
ONE_MODE = f"There is one mode; the rate that is {LONG_RUN} solves it in one step."
MEAN_WITH_HALF = PITFALLS.named("mean_with_half")
NAMES = {variant.key: variant.title for variant in VARIANTS} | {
    MEAN_WITH_HALF.key: "MSELoss, mean, half",
    MEAN.key: "MSELoss, mean, no half",
}


def swept(theory: Theory, count: int, *, mean: bool) -> Array:
    """The rates of a sweep, ascending, to beyond the edge; with `mean`, beyond m times the edge."""
    edge = theory.critical_learning_rate
    if mean:
        return np.geomspace(0.02 * edge, 1.3 * theory.system.m * edge, count)
    return np.linspace(edge / count, 1.15 * edge, count)


def sweep(experiment: Experiment, theory: Theory, place: ProgressPlace) -> None:
    """Draw the sweep."""
    left, middle, right = st.columns([5, 4, 4], vertical_alignment="bottom")
    keys, field = remembered_several(SWEEP_PROGRAMS)
    left.pills(
        "Programs to sweep",
        VARIANTS.keys,
        selection_mode="multi",
        format_func=VARIANTS.title_of,
        **field,
    )
    count, field = remembered(SWEEP_COUNT)
    middle.segmented_control("Rates", SWEEP_COUNTS, required=True, **field)
    mean, field = remembered(SWEEP_MEAN)
    right.toggle("with reduction='mean'", help="Sweep MSELoss with its mean too.", **field)
    programs = [*(VARIANTS.chosen(keys) or [NUMPY]), *([MEAN_WITH_HALF, MEAN] if mean else [])]
    rates, tolerance = swept(theory, count, mean=mean), tolerance_of(experiment, theory)
    swept_at = without_rate(experiment)
    start = partial(stream_scan, swept_at, rates, tuple(programs), tolerance, SWEEP_DEADLINE)
    scan: Scan = result_of("scan", start, place)
    with st.container():  # whatever is said, the charts keep their places
        if len(scan.learning_rates) < len(rates):
            st.info(
                f"Stopped {ended_by('scan', SWEEP_DEADLINE)}: {len(scan.learning_rates)} of "
                f"{len(rates)} rates were run, coarse first."
            )
    if not len(scan.learning_rates):
        return
    with st.container(key="answer"):
        with st.container():
            if mean:
                st.markdown(_why_mean(theory, edits.spoken()))
        points = drawn_points(experiment.iterations + 1)
        batch = partial(stream_sweep, swept_at, scan.learning_rates, points, DEADLINE)
        losses = result_of("batch", batch, place)
        _sweep_charts(experiment, theory, scan, losses, tolerance, mean=mean)


def _as_spoken(scan: Scan, spoken: Spoken) -> Scan:
    losses = {key: spoken.loss(values) for key, values in scan.losses.items()}
    return replace(scan, learning_rates=spoken.rate(scan.learning_rates), losses=losses)


def _agreement(scan: Scan, expected: Array) -> str:
    """How closely the variants' measured iteration counts agree with the expected ones."""
    counts = np.array([reached for key, reached in scan.reached.items() if key in VARIANTS.keys])
    measured, predicted = ~np.isnan(counts), ~np.isnan(expected)
    if not (measured.any() or predicted.any()):
        return "No rate gets there within these iterations."
    both = measured & predicted
    with np.errstate(invalid="ignore"):
        differs = (measured != predicted) | (both & (np.abs(counts - expected) > 1))
    rates = scan.learning_rates[differs.any(axis=0)]
    if not len(rates):
        return "Measured and predicted are within one of each other."
    first, last = tell_apart(rates[0], rates[-1], digits=3)
    return (
        f"At {len(rates)} rates, from {first} to {last}, measured and predicted "
        "differ by more than one or only one of them gets there, because the tolerance is so close "
        "to the smallest possible loss that rounding matters."
    )


def _why_mean(theory: Theory, spoken: Spoken) -> str:
    m = theory.system.m
    whose = (
        "" if spoken.ours else f" Here α is the programs' learning_rate, for {HALF_SUM.formula}."
    )
    return (
        f"The mean is the sum divided by m = {m}. With the half, the effective rate is α/m, so the "
        "edge is m times higher. Without the half it is 2α/m, and the edge is m/2 times higher."
        f"{whose}"
    )


def _sweep_charts(
    experiment: Experiment,
    theory: Theory,
    scan: Scan,
    losses: Array,
    tolerance: float | None,
    *,
    mean: bool,
) -> None:
    rates, n, spoken = scan.learning_rates, experiment.iterations, edits.spoken()
    edges = _spoken_rates(_edges(theory, mean=mean), spoken)
    predicted = np.array([theory.losses(experiment.x0, rate, [n])[0] for rate in rates])
    gaps = spoken.loss(predicted - theory.least_loss)
    choices = {} if mean else _spoken_rates(rates_to_choose(theory, experiment), spoken)
    told, least = _as_spoken(scan, spoken), spoken.loss(theory.least_loss)
    gap = gap_figure(told, NAMES, least, gaps, choices | edges, log_rates=mean)
    factors = factor_figure(theory, rates, log_rates=mean, spoken=spoken)
    left, right = st.columns(2, gap="medium")
    with left:
        why = "" if mean else why_they_differ(theory, experiment)
        st.markdown(f"**After {n} iterations.** Click a point to take its learning rate. {why}")
        shown = subject("Final loss over the rate", experiment)
        chart("sweep_gap", gap, "Final loss over the rate", shown, log_rates=mean, sets_rate=True)
        st.markdown("**Factor per iteration.** " + _lines(theory))
        shown = replace(subject("Factor per iteration over the rate", experiment), iterations=None)
        chart("sweep_factor", factors, "Factors", shown, log_rates=mean, sets_rate=True)
    with right:
        if tolerance is None:
            st.markdown(NOTHING_TO_LOSE)
        else:
            _iterations_needed(experiment, theory, scan, tolerance, edges, mean=mean)
        _heat(experiment, told.learning_rates, spoken.loss(losses), log_rates=mean)


def _spoken_rates(rates: Mapping[str, float], spoken: Spoken) -> dict[str, float]:
    return {name: spoken.rate(rate) for name, rate in rates.items()}


def _heat(experiment: Experiment, rates: Array, losses: Array, *, log_rates: bool) -> None:
    """Draw the losses of all rates; the batch may have been stopped before its end."""
    points = drawn_points(experiment.iterations + 1)[: len(losses)]
    ended = ""
    if points[-1] < experiment.iterations:
        ended = f" It was stopped {ended_by('batch', DEADLINE)}."
    st.markdown(f"**The loss at every rate and iteration**, all rates in one batch.{ended}")
    shown = subject("Loss at every rate and iteration", experiment)
    figure = heat_figure(rates, losses, points)
    chart("sweep_heat", figure, "Loss", shown, log_rates=log_rates)


def _iterations_needed(
    experiment: Experiment,
    theory: Theory,
    scan: Scan,
    tolerance: float,
    edges: dict[str, float],
    *,
    mean: bool,
) -> None:
    x0, n = experiment.x0, experiment.iterations
    reached = [theory.iterations_to(tolerance, x0, rate) for rate in scan.learning_rates]
    expected = np.array([np.nan if k is None or k > n else k for k in reached], dtype=float)
    spoken = edits.spoken()
    told, loss = _as_spoken(scan, spoken), brief(spoken.loss(tolerance), 3)
    title = f"**Iterations until the loss is at most {loss}.**"
    st.markdown(f"{title} {_agreement(told, expected)}")
    needed = reached_figure(told, NAMES, expected, edges, log_rates=mean)
    shown = subject(f"Iterations to a loss of {loss} over the rate", experiment)
    alt = "Iterations over the rate"
    chart("sweep_reached", needed, alt, shown, log_rates=mean, sets_rate=True)


def _lines(theory: Theory) -> str:
    """What the chart of factors shows."""
    flattest = theory.curvatures[theory.rank - 1]
    if theory.rank == 1:
        return ONE_MODE
    same = theory.curvatures[0] - flattest <= SAME * theory.curvatures[0]
    return ALL_ALIKE if same else f"One line for each mode. {CROSSING}"


def _edges(theory: Theory, *, mean: bool) -> dict[str, float]:
    """The largest stable rates, by name."""
    edge, m = theory.critical_learning_rate, theory.system.m
    return {"edge": edge} | ({"edge · m/2": m * edge / 2, "edge · m": m * edge} if mean else {})
