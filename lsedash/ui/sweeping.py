"""A sweep: real runs at up to 200 learning rates, with what theory says of each."""

from functools import partial

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lsedash.experiment import Experiment
from lsedash.figures.rates import factor_figure, gap_figure, heat_figure, reached_figure
from lsedash.pitfalls import PITFALLS
from lsedash.pitfalls.pitfall import PACKAGE
from lsedash.problem import Array
from lsedash.runner import Program
from lsedash.scan import Scan, stream_scan
from lsedash.sweep import sweep as batched
from lsedash.theory import Theory
from lsedash.ui.computing import result_of
from lsedash.ui.limits import SWEEP_DEADLINE
from lsedash.ui.rate_charts import chart, tolerance_of
from lsedash.ui.table import TITLES
from lsedash.variants import VARIANTS, Variant

COUNTS = (25, 50, 100, 200)
MEAN_WITH_HALF = next(pitfall for pitfall in PITFALLS if pitfall.key == "mean_with_half")
MEAN = Variant("mean_without_half", "MSELoss, mean, no half", "", package=PACKAGE)
NAMES = TITLES | {MEAN_WITH_HALF.key: "MSELoss, mean, half", MEAN.key: MEAN.title}


def swept(theory: Theory, count: int, *, mean: bool) -> Array:
    """The rates of a sweep, ascending: to beyond the edge, or with `mean` beyond m times it."""
    edge = theory.critical_learning_rate
    if mean:
        return np.geomspace(0.02 * edge, 1.3 * theory.system.m * edge, count)
    return np.linspace(edge / count, 1.15 * edge, count)


def sweep(experiment: Experiment, theory: Theory, place: DeltaGenerator) -> None:
    """Draw the sweep."""
    left, middle, right = st.columns([6, 3, 3], vertical_alignment="bottom")
    keys = left.pills(
        "Programs to sweep",
        list(TITLES),
        selection_mode="multi",
        default=list(TITLES),
        format_func=TITLES.__getitem__,
        key="sweep_programs",
    )
    count = middle.segmented_control("Rates", COUNTS, default=50, required=True, key="sweep_count")
    mean = right.toggle("MSELoss with reduction='mean' too", key="sweep_mean")
    programs: list[Program] = [variant for variant in VARIANTS if variant.key in keys] or list(
        VARIANTS[:1]
    )
    asked = programs + ([MEAN_WITH_HALF, MEAN] if mean else [])
    rates, tolerance = swept(theory, count, mean=mean), tolerance_of(experiment, theory)
    wanted = experiment, count, mean, tuple(program.key for program in asked)
    start = partial(stream_scan, experiment, rates, asked, tolerance, SWEEP_DEADLINE)
    scan: Scan = result_of("scan", wanted, start, place)
    if len(scan.learning_rates) < len(rates):
        st.info(
            f"Stopped: {len(scan.learning_rates)} of {len(rates)} rates were run, coarse first."
        )
    if not len(scan.learning_rates):
        return
    with st.container(key="answer"):
        if mean:
            st.markdown(_why_mean(theory))
        _sweep_charts(experiment, theory, scan, tolerance, mean=mean)


def _apart(scan: Scan, expected: Array) -> str:
    """Where measured and predicted counts of the programs that sum up differ by more than one."""
    own = [reached for key, reached in scan.reached.items() if key in TITLES]
    off = [~(np.abs(reached - expected) <= 1) & ~np.isnan(expected + reached) for reached in own]
    count = int(np.any(off, axis=0).sum()) if off else 0
    if not count:
        return "Measured and predicted are within one of each other."
    return f"At {count} rates they are more than one off the prediction: there rounding decides."


def _why_mean(theory: Theory) -> str:
    m = theory.system.m
    return (
        f"The mean is the sum over m = {m}: with the half kept the effective rate is α/m and the "
        f"edge lies m times higher; without the half it is 2α/m, and the edge m/2 times higher."
    )


def _sweep_charts(
    experiment: Experiment, theory: Theory, scan: Scan, tolerance: float, *, mean: bool
) -> None:
    rates, n = scan.learning_rates, experiment.iterations
    edge = theory.critical_learning_rate
    edges = {"edge": edge}
    if mean:
        m = theory.system.m
        edges |= {"edge · m": m * edge, "edge · m/2": m * edge / 2}
    predicted = np.array([theory.losses(experiment.x0, rate, [n])[0] for rate in rates])
    reached = [theory.iterations_to(tolerance, experiment.x0, rate) for rate in rates]
    expected = np.array([np.nan if k is None or k > n else k for k in reached], dtype=float)
    gap = gap_figure(scan, NAMES, theory.least_loss, predicted - theory.least_loss, edges)
    needed = reached_figure(scan, NAMES, expected, edges)
    losses = batched(experiment, rates)
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**After {n} iterations.** Click a point and the experiment takes its rate.")
        chart("sweep_gap", gap, "Final loss over the rate", log_rates=mean, takes=True)
        st.markdown("**Factor per iteration**, one line for each mode; the fastest rate is where "
                    "steepest and flattest cross.")  # fmt: skip
        chart("sweep_factor", factor_figure(theory, rates), "Factors", log_rates=mean, takes=True)
    with right:
        st.markdown(
            f"**Iterations until the loss is at most {tolerance:.3g}.** {_apart(scan, expected)}"
        )
        chart("sweep_reached", needed, "Iterations over the rate", log_rates=mean, takes=True)
        st.markdown("**The loss at every rate and iteration**, all rates in one batch.")
        chart("sweep_heat", heat_figure(rates, losses), "Loss", log_rates=mean)
