"""What the parts of the page Learning rates share: a tolerance, and the paths of several runs."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from lsedash.experiment import Experiment
from lsedash.figures.plane import Plane
from lsedash.figures.rates import lane_figure
from lsedash.figures.view import View, path_of
from lsedash.running.run import Comparison, Run
from lsedash.text.subject import subject
from lsedash.theory.closed_form import Theory
from lsedash.ui.state import edits
from lsedash.ui.widgets.charts import chart

NOTHING_TO_LOSE = (
    "The start already has the smallest possible loss, up to rounding. There is no loss to remove, "
    "and so no share of it to count iterations to."
)


def tolerance_of(experiment: Experiment, theory: Theory) -> float | None:
    """The experiment's tolerance; if none, the loss at which 1 % of the removable loss is left.

    None if neither is there: the start has the smallest possible loss up to rounding.
    """
    if experiment.tolerance is not None:
        return experiment.tolerance
    if theory.starts_at_limit(experiment.x0):
        return None
    start = float(theory.losses(experiment.x0, 1.0, [0])[0])
    return theory.least_loss + 0.01 * (start - theory.least_loss)


def without_rate(experiment: Experiment) -> Experiment:
    """The experiment with a fixed rate and no tolerance, on which runs at many rates depend."""
    return replace(experiment, learning_rate=1.0, tolerance=None)


def lane_key(i: int) -> str:
    """The key of the chart of the i-th path."""
    return f"lane_{i}"


def lane_view(theory: Theory) -> View:
    """The view of the paths: the visitor's, if it is a plane."""
    return edits.view(theory.system.n).flat


def lane_plane(theory: Theory) -> Plane:
    """The plane of the paths, of two or more unknowns."""
    return lane_view(theory).plane(theory, edits.meaning())


def path_charts(
    lanes: Sequence[tuple[str, float, Run]], experiment: Experiment, theory: Theory
) -> None:
    """Draw small charts of the paths of (name, rate, run), in one window; none for one unknown."""
    if theory.system.n == 1:
        return
    view = lane_view(theory)
    width = 4 if len(lanes) == 4 else 3
    for i, (name, rate, run) in enumerate(lanes):
        if i % width == 0:  # a row of its own, so that they keep their order one below the other
            columns = st.columns(width)
        data = path_of(Comparison(experiment, (run,)), theory, view, edits.meaning())
        figure = lane_figure(name, i, data.paths[run.key][1], data, data.window)
        with columns[i % width]:
            title = f"Path {name.partition(':')[0]}"
            shown = subject(title, experiment, rate=rate, own_heading=True)
            chart(lane_key(i), figure, f"Path of {name}", shown)
