"""Modes: the loss taken apart, and the path in its own coordinates, one k marked in all charts."""

from dataclasses import replace

import numpy as np
import streamlit as st

from lsedash.checking.verification import departure, verify
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
from lsedash.theory.closed_form import Theory
from lsedash.theory.modes import groups, shares
from lsedash.ui.compat import Container
from lsedash.ui.pages.why.modes_table import modes_table
from lsedash.ui.state import edits
from lsedash.ui.widgets.charts import chart
from lsedash.ui.widgets.cursor import Marked, cursor
from lsedash.ui.widgets.table import table_html

ALIKE = 0.01  # measured and predicted loss, for a share of the one to be one of the other
MEANING = (
    "A mode is one direction of x, a right singular vector vᵢ of A. Each iteration multiplies it "
    "by its own factor, whatever the others do. The loss is their sum, stacked on a log axis, "
    "where heights are no shares"
)
SHADOW = "The contours are the loss in the plane through the limit; the path is its shadow on it."
FALLS = ": it falls with the fast modes and bends where a slow one takes over."
STAYS = ": with a factor of 1 or more, or -1 or less, it does not come to rest."
FROZEN = " Along a frozen mode A x does not change: nothing pulls, and x keeps what it starts with."
FLOOR = " The floor is what no x removes: the part of b that A cannot reach."


def modes(comparison: Comparison, theory: Theory, _container: Container) -> None:
    """Draw the part."""
    experiment, run = comparison.experiment, comparison.runs[0]
    measured = loss_curve(VARIANTS.title_of(run.key), run.points, run.losses, thin(run))
    layers = stack(theory, experiment.x0, experiment.learning_rate, measured.x)
    left, right = st.columns([8, 5], gap="medium")
    with left:
        found = shares(theory, experiment.x0, experiment.learning_rate)
        st.html(table_html(modes_table(found, theory, experiment.learning_rate)))
        st.caption(
            MEANING
            + (FALLS if theory.converges(experiment.learning_rate) else STAYS)
            + (FROZEN if theory.rank < theory.system.n else "")
            + (FLOOR if theory.least_loss else "")
        )
    with right:
        chart("modes_loss", stack_figure(layers, measured), "The loss as a stack of its modes")
    bar = st.container()
    charts = _paths(comparison, theory)
    if theory.system.n > 2:
        st.caption(SHADOW)
    low, _ = window_of(measured.y)
    losses = Marked("modes_loss", measured.x, np.maximum(measured.y, 10.0**low), along=True)
    with bar:
        texts = spoken(layers, measured, run, otherwise(comparison, theory))
        cursor(measured.x.astype(int).tolist(), texts, [losses, *charts])


def otherwise(comparison: Comparison, theory: Theory) -> str:
    """Why the first program's losses may not be those that theory has."""
    alone = Comparison(comparison.experiment, comparison.runs[:1])
    if not verify(alone, theory).departing:
        return "The rest is rounding."
    return departure(theory) or "Rounding does not explain so much."


def spoken(layers: Stack, measured: Curve, run: Run, why: str) -> list[str]:
    """What is said at each point: the loss, and which mode most of it is; at the last, its end.

    Args:
        why: what is said where the loss is not the one that theory has.
    """
    texts = []
    for k, loss, tops in zip(measured.x, measured.y, layers.tops, strict=True):
        said = f"k = {k:.0f} of {measured.x[-1]:.0f}: loss {loss:.4g}"
        if abs(loss - tops[-1]) > ALIKE * tops[-1]:
            said += f". Theory has {tops[-1]:.4g}. {why}"
        elif tops[-1] > 0:
            parts = np.diff(tops, prepend=0.0) / tops[-1]
            largest = int(parts.argmax())
            said += f", {100 * parts[largest]:.3g} % of it {layers.names[largest]}"
        texts.append(said)
    if run.status != "finished":
        texts[-1] += f" ({run.status})"
    return texts


def thin(run: Run) -> Stroke:
    """A program's look where it is alone: the charts under it are to be seen."""
    return replace(stroke(run.key), width=2.5)


def _paths(comparison: Comparison, theory: Theory) -> list[Marked]:
    """Draw the path in x and in the modes' coordinates; where each chart has its points."""
    if theory.system.n == 1:
        drawn = [("modes_x", "The only unknown over the iterations", _line(comparison, theory))]
    else:
        drawn = [
            ("modes_x", "The path in x, with the modes' directions", _in_x(comparison, theory)),
            ("modes_v", "The path in the modes' own coordinates", _in_modes(comparison, theory)),
        ]
    for column, (key, alt, (figure, _)) in zip(st.columns(len(drawn)), drawn, strict=True):
        with column:
            chart(key, figure, alt)
    return [
        Marked(key, curve.x, curve.y, along=theory.system.n == 1) for key, _, (_, curve) in drawn
    ]


def _line(comparison: Comparison, theory: Theory) -> tuple[Figure, Curve]:
    data, run = parabola_data(comparison, theory), comparison.runs[0]
    points, places = data.paths[run.key]
    curve = Curve(VARIANTS.title_of(run.key), points.astype(float), places[:, 0], thin(run))
    return coordinate_figure([curve], data), curve


def _in_x(comparison: Comparison, theory: Theory) -> tuple[Figure, Curve]:
    view = edits.view(theory.system.n)
    plane = (view if view.kind == COORDINATES else View()).plane(theory)
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
    return "" if figure.layout.yaxis.scaleanchor else " (axes not to one scale)"


def _curve(comparison: Comparison, data: PathData) -> Curve:
    run = comparison.runs[0]
    places = data.paths[run.key][1]
    curve = Curve(VARIANTS.title_of(run.key), places[:, 0], places[:, 1], thin(run))
    return drawable(curve, data.window)
