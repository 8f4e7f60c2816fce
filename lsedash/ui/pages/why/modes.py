"""Modes: the contribution of each mode to the loss, and the path in the modes' coordinates."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import streamlit as st

from lsedash.checking.verification import departure, verify
from lsedash.checking.verified import Verified
from lsedash.experiment import Experiment
from lsedash.figures.curves import (
    Curve,
    Figure,
    coordinate_figure,
    drawable,
    loss_curve,
    path_figure,
)
from lsedash.figures.modes import (
    Stack,
    directions_figure,
    mode_data,
    mode_plane,
    stack,
    stack_figure,
    titled,
    to_scale,
    window_of,
)
from lsedash.figures.path import PathData, parabola_data, plane_data
from lsedash.figures.style import Stroke, stroke
from lsedash.figures.view import COORDINATES, View
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison, Run
from lsedash.tables.table import table_html
from lsedash.text.subject import subject
from lsedash.text.words import ZERO, brief, tell_apart
from lsedash.theory.closed_form import Theory
from lsedash.theory.modes import groups, shares
from lsedash.theory.zero import rounding_loss
from lsedash.ui.pages.why.modes_table import modes_table
from lsedash.ui.state import edits
from lsedash.ui.widgets.charts import chart
from lsedash.ui.widgets.cursor import Marked, cursor
from lsedash.ui.widgets.progress import ProgressPlace

ALIKE = 0.01  # largest relative difference at which predicted shares describe a measured loss
MEANING = (
    "A mode is one direction of x, a right singular vector vᵢ of A. Each iteration multiplies the "
    "distance to the limit along it by the mode's own factor. The loss is the sum over the modes, "
    "stacked on a log axis, where heights are not shares"
)
SHADOW = "The contours show the loss in a plane through the limit; the path is projected onto it."
FALLS = ": it falls with the fast modes and bends where a slow one takes over."
STAYS = ": with a factor of 1 or more, or -1 or less, it does not converge."
FROZEN = " Along a frozen mode A x does not change, so the gradient is 0 and x stays as it starts."
AT_THE_LIMIT = (
    " A is at the limit of float64: some modes count as frozen only because rounding hides them."
)
FLOOR = " The floor is the smallest possible loss: no A x reaches that part of b."

NO_SHARES = (
    " This start has the smallest possible loss up to rounding, so no mode has a share to remove."
)


def modes(checked: Verified, theory: Theory, _place: ProgressPlace) -> None:
    """Draw the part."""
    comparison = checked.comparison
    experiment, run = comparison.experiment, comparison.runs[0]
    spoken = edits.spoken()
    losses = spoken.loss(run.losses)
    measured = loss_curve(VARIANTS.title_of(run.key), run.points, losses, thin(run))
    layers = stack(theory, experiment.x0, experiment.learning_rate, measured.x, spoken)
    left, right = st.columns([8, 5], gap="medium")
    with left:
        parts = shares(theory, experiment.x0, experiment.learning_rate)
        table = modes_table(parts, theory, experiment.learning_rate, spoken)
        st.container(key="modes_table").html(table_html(table))  # first.css reserves room
        st.caption(
            MEANING
            + (FALLS if theory.converges(experiment.learning_rate) else STAYS)
            + (FROZEN if theory.rank < theory.system.n else "")
            + ("" if theory.rank_is_exact else AT_THE_LIMIT)
            + (FLOOR if theory.least_loss else "")
            + (NO_SHARES if theory.starts_at_limit(experiment.x0) else "")
        )
    with right:
        shown = subject("Loss as a stack of its modes", experiment, rate=experiment.learning_rate)
        figure = stack_figure(layers, measured, spoken.loss_name)
        chart("modes_loss", figure, "The loss as a stack of its modes", shown)
    paths = _paths(comparison, theory)
    low, _ = window_of(measured.y)
    marked = Marked("modes_loss", measured.x, np.maximum(measured.y, 10.0**low), along=True)
    limit = theory.descent_limit(experiment.x0)
    rounding = spoken.loss(rounding_loss(theory.system, limit, experiment.dtype))
    texts = readouts(layers, measured, run, reason_for_difference(comparison, theory), rounding)
    along = theory.system.n == 1
    places = [Marked(path.key, path.curve.x, path.curve.y, along=along) for path in paths]
    cursor(measured.x.astype(int).tolist(), texts, [marked, *places])
    _draw(paths, experiment)
    if theory.system.n > 2:
        st.caption(SHADOW)


def reason_for_difference(comparison: Comparison, theory: Theory) -> str:
    """Why the first program's losses may differ from the predicted ones."""
    first = Comparison(comparison.experiment, comparison.runs[:1])
    if not verify(first, theory).departing:
        return "The rest is rounding."
    return departure(theory) or "Rounding does not explain so much."


def readouts(
    layers: Stack, measured: Curve, run: Run, why: str, rounding: float = 0.0
) -> list[str]:
    """A text for each point: the loss and its largest mode; at the last point also the status.

    Args:
        why: the reason to give where the loss differs from the prediction.
        rounding: a loss up to this is 0 to rounding, and nothing is a share of it.
    """
    texts = []
    for k, loss, tops in zip(measured.x, measured.y, layers.tops, strict=True):
        at = f"k = {k:.0f} of {measured.x[-1]:.0f}: loss"
        text = f"{at} {brief(loss)}"
        if max(loss, tops[-1]) <= rounding:
            text = f"{at} {ZERO}"
        elif abs(loss - tops[-1]) > ALIKE * tops[-1]:
            measured_loss, predicted = tell_apart(loss, tops[-1])
            text = f"{at} {measured_loss}. Theory has {predicted}. {why}"
        elif tops[-1] > 0:
            parts = np.diff(tops, prepend=0.0) / tops[-1]
            largest = int(parts.argmax())
            text += f", {brief(100 * parts[largest], 3)} % of it {layers.names[largest]}"
        texts.append(text)
    if run.status != "finished":
        texts[-1] += f" ({run.status})"
    return texts


def thin(run: Run) -> Stroke:
    """A program's stroke where it is drawn alone, thin enough to show what lies under it."""
    return replace(stroke(run.key), width=2.5)


class _Path(NamedTuple):
    """A chart of the path: its key, its name, the figure, and the path in it."""

    key: str
    name: str
    figure: Figure
    curve: Curve


def _paths(comparison: Comparison, theory: Theory) -> list[_Path]:
    """The path in x and in the modes' coordinates."""
    if theory.system.n == 1:
        name = "The only unknown over the iterations"
        return [_Path("modes_x", name, *_line(comparison, theory))]
    return [
        _Path("modes_x", "The path in x, with the modes' directions", *_in_x(comparison, theory)),
        _Path("modes_v", "The path in the modes' own coordinates", *_in_modes(comparison, theory)),
    ]


def _draw(paths: Sequence[_Path], experiment: Experiment) -> None:
    for column, path in zip(st.columns(len(paths)), paths, strict=True):
        title = path.name.removeprefix("The ").capitalize()
        with column:
            shown = subject(title, experiment, rate=experiment.learning_rate)
            chart(path.key, path.figure, path.name, shown)


def _line(comparison: Comparison, theory: Theory) -> tuple[Figure, Curve]:
    data, run = parabola_data(comparison, theory, edits.meaning()), comparison.runs[0]
    ks, path = data.paths[run.key]
    curve = Curve(VARIANTS.title_of(run.key), ks.astype(float), path[:, 0], thin(run))
    return coordinate_figure([curve], data), curve


def _in_x(comparison: Comparison, theory: Theory) -> tuple[Figure, Curve]:
    view = edits.view(theory.system.n)
    plane = (view if view.kind == COORDINATES else View()).plane(theory, edits.meaning())
    data = plane_data(comparison, theory, plane)
    arrows = mode_plane(theory).directions @ plane.directions.T
    curve = _curve(comparison, data)
    last = len(list(groups(theory.rank))) - 1
    figure = directions_figure([curve], data, arrows, (0, max(last, 1)))
    return titled(figure, "the path in x, with the directions of two modes" + _scale(figure)), curve


def _in_modes(comparison: Comparison, theory: Theory) -> tuple[Figure, Curve]:
    data = mode_data(comparison, theory)
    curve = _curve(comparison, data)
    figure = to_scale(path_figure([curve], data, data.window), data.window)
    return titled(figure, "the same path along these modes, from the limit" + _scale(figure)), curve


def _scale(figure: Figure) -> str:
    return "" if figure.layout.yaxis.scaleanchor else " (axes not to scale)"


def _curve(comparison: Comparison, data: PathData) -> Curve:
    run = comparison.runs[0]
    path = data.paths[run.key][1]
    curve = Curve(VARIANTS.title_of(run.key), path[:, 0], path[:, 1], thin(run))
    return drawable(curve, data.window)
