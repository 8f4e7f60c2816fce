"""Charts of the modes: the loss as a stack of modes, and the path in the modes' coordinates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

import numpy as np
from plotly.graph_objects import Figure

from lsedash.figures.curves import (
    HIGHEST,
    QUIET,
    TALL,
    Curve,
    finished,
    log_axis,
    name_zero,
    path_figure,
    trace,
)
from lsedash.figures.loss import LOWEST
from lsedash.figures.path import PathData, plane_data
from lsedash.figures.plane import Plane, eigen_plane
from lsedash.problem import Array
from lsedash.running.run import Comparison
from lsedash.text.convention import OURS, Spoken
from lsedash.theory.closed_form import Theory
from lsedash.theory.modes import groups, losses_by_group

# Okabe and Ito's colours, the steepest mode first, each with its own hatching.
FILLS = (
    ("#0072B2", ""),
    ("#E69F00", "/"),
    ("#009E73", "."),
    ("#CC79A7", "\\"),
    ("#D55E00", "-"),
    ("#56B4E9", "x"),
    ("#6f6f6f", "|"),
    ("#7f6a00", "+"),
)
WIDEST = 38  # letters in a line of a title: as many as a phone has room for
SQUASHED = 5.0  # axes are to scale unless one would be more than this factor shorter


@dataclass(frozen=True, eq=False)
class Stack:
    """The loss over the iterations, as a stack of modes.

    Attributes:
        points: k, (points,).
        names: of the layers from the bottom: the floor (the smallest possible loss), if it is above
            0, then the modes, the flattest first.
        tops: the upper edge of each layer, (points, layers); the last is the loss.
        numbers: the group of modes of each layer, from 0; -1 for the floor.
    """

    points: Array
    names: tuple[str, ...]
    tops: Array
    numbers: tuple[int, ...]


def stack(
    theory: Theory, x0: Array, learning_rate: float, points: Array, spoken: Spoken = OURS
) -> Stack:
    """Gather the stack at some points k, (points,), with losses as they are spoken."""
    parts = losses_by_group(theory, x0, learning_rate, points)[:, ::-1]
    names = [f"mode {a}" if a == b else f"modes {a} to {b}" for a, b in groups(theory.rank)][::-1]
    numbers = list(range(len(names)))[::-1]
    if theory.least_loss > 0:
        floor = np.full((len(points), 1), theory.least_loss)
        parts = np.hstack([floor, parts])
        names, numbers = ["floor", *names], [-1, *numbers]
    with np.errstate(over="ignore"):
        tops = spoken.loss(parts.cumsum(axis=1))
    return Stack(np.asarray(points, dtype=float), tuple(names), tops, tuple(numbers))


def window_of(losses: Array) -> tuple[float, float]:
    """The exponents of ten at the ends of a log axis for the positive, finite losses."""
    positive = losses[(losses > 0) & np.isfinite(losses)]
    low, high = (positive.min(), positive.max()) if len(positive) else (1.0, 1.0)
    edge = max(float(np.floor(np.log10(low) - 0.3)), LOWEST)
    return edge, min(max(float(np.log10(high)) + 0.3, edge + 1), HIGHEST)


def stack_figure(layers: Stack, measured: Curve, title: str = OURS.loss_name) -> Figure:
    """The stack with filled layers, and over it the losses that a program measured."""
    low, high = window_of(measured.y)
    bottom = 10.0**low
    figure = Figure()
    figure.add_scatter(
        x=layers.points,
        y=np.full(len(layers.points), bottom),
        mode="lines",
        line={"width": 0},
        showlegend=False,
        hoverinfo="skip",
    )
    for name, number, top in zip(layers.names, layers.numbers, layers.tops.T, strict=True):
        heights = np.clip(np.where(np.isfinite(top), top, 10.0**HIGHEST), bottom, 10.0**HIGHEST)
        _add_layer(figure, layers.points, heights, name, number)
    figure.add_trace(trace(measured, np.maximum(measured.y, bottom)))
    if (measured.y == 0).any():
        name_zero(figure)
    log_axis(figure, low, high)
    finished(figure, "iteration k", title)
    return figure.update_layout(legend_traceorder="reversed")


def _add_layer(figure: Figure, points: Array, heights: Array, name: str, number: int) -> None:
    colour, hatching = FILLS[number % len(FILLS)] if number >= 0 else (QUIET, "")
    figure.add_scatter(
        x=points,
        y=heights,
        name=name,
        mode="lines",
        fill="tonexty",
        line={"width": 1, "color": colour},
        fillpattern={"shape": hatching, "fgcolor": colour, "fillmode": "overlay", "size": 7},
        fillcolor=translucent(colour),
        hoverinfo="skip",
    )


def translucent(colour: str) -> str:
    """The translucent fill of a layer with this colour."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.35)"


def mode_plane(theory: Theory) -> Plane:
    """The plane of the steepest and the flattest direction, its axes named by mode number."""
    plane, numbers = eigen_plane(theory), (1, max(theory.rank, 2))
    names = [
        f"along v{_lower(number)} ({name.removesuffix(' direction')})"
        for number, name in zip(numbers, plane.names, strict=True)
    ]
    return replace(plane, names=(names[0], names[1]))


def _lower(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def mode_data(comparison: Comparison, theory: Theory) -> PathData:
    """The path in the modes' coordinates V^T (x - x*), whose origin is the limit; n > 1."""
    data = plane_data(comparison, theory, mode_plane(theory))
    limit = data.limit
    return replace(
        data,
        paths={key: (points, path - limit) for key, (points, path) in data.paths.items()},
        start=data.start - limit,
        limit=np.zeros(2),
        window=data.window - limit[:, None],
        lines=data.lines - limit,
    )


def directions_figure(
    curves: Sequence[Curve], data: PathData, arrows: Array, numbers: tuple[int, int]
) -> Figure:
    """A path, with lines through the limit in the directions of two modes.

    Args:
        arrows: the steepest and the flattest direction in the drawn plane, (2, 2), one per row.
        numbers: the groups of the two modes, from 0; they choose the colours.
    """
    figure = to_scale(path_figure(curves, data, data.window), data.window)
    reach = float(np.ptp(data.window, axis=1).max())
    for number, arrow in zip(numbers, arrows, strict=True):
        ends = data.limit + np.outer([-reach, reach], arrow)
        figure.add_scatter(
            x=ends[:, 0],
            y=ends[:, 1],
            mode="lines",
            line={"color": FILLS[number % len(FILLS)][0], "width": 2, "dash": "dash"},
            hoverinfo="skip",
        )
    return figure


def titled(figure: Figure, text: str) -> Figure:
    """A chart of one curve, with a title instead of a legend."""
    lines = wrap(text, WIDEST)
    title = {"text": "<br>".join(lines), "font_size": 15, "x": 0, "xref": "container"}
    figure.update_layout(showlegend=False, title=title, height=TALL)
    return figure.update_layout(margin_t=14 + 20 * len(lines))


def to_scale(figure: Figure, window: Array) -> Figure:
    """The chart with both axes in the same scale, unless one of them would be squashed."""
    across, up = np.ptp(window, axis=1)
    if 1 / SQUASHED < across / up < SQUASHED:
        figure.update_yaxes(scaleanchor="x")
    return figure
