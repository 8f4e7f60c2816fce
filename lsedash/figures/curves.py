"""Plotly charts of losses and paths, and what all Plotly charts share.

The page sets the colours of text and grid, because it knows whether it is light or dark.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike
from plotly.graph_objects import Figure

from lsedash.figures.loss import LOWEST
from lsedash.figures.path import PathData
from lsedash.figures.style import WHOLE, Stroke, drawn_points, plotly_text
from lsedash.problem import Array
from lsedash.text.convention import OURS

__all__ = [
    "PREDICTED",
    "Curve",
    "Figure",
    "coordinate_figure",
    "loss_curve",
    "loss_figure",
    "path_figure",
    "shown_window",
]

QUIET = "#8b93a3"  # of lines and markers; visible on white and on black
TEXT, TICKS = 15, 14  # pixels; smaller text cannot be read from the back of a room
PREDICTED = Stroke(QUIET, "", "circle-open", 0)
HIGHEST = 308.0  # the largest power of ten in float64
FARTHEST = 1e5  # window widths; browsers cannot draw a point further away
HEIGHT = 300  # pixels
TALL = 340  # pixels, for important charts
FEW_DECADES = 2.5  # a log axis of so many decades or fewer also has ticks inside a decade


@dataclass(frozen=True, eq=False)
class Curve:
    """One program's points.

    Attributes:
        name: in the legend.
        x, y: (points,).
        stroke: its look.
        ghost: whether it is drawn faintly, as the right curve behind a wrong one.
        dots: whether it is drawn as separate points without a line.
    """

    name: str
    x: Array
    y: Array
    stroke: Stroke
    ghost: bool = False
    dots: bool = False


def loss_curve(
    name: str, points: ArrayLike, losses: Array, stroke: Stroke, *, ghost: bool = False
) -> Curve:
    """A program's losses at the points that are drawn."""
    drawn = drawn_points(len(losses))
    return Curve(name, np.asarray(points, dtype=float)[drawn], losses[drawn], stroke, ghost)


def loss_figure(curves: Sequence[Curve], title: str = OURS.loss_name) -> Figure:
    """Losses over the iterations on a log axis; a loss of 0 lies on its lower edge, labelled so."""
    measured = [curve.y for curve in curves if not curve.dots]
    values = np.concatenate(measured) if measured else np.empty(0)
    positive = values[(values > 0) & np.isfinite(values)]
    low, high = np.log10([positive.min(), positive.max()]) if len(positive) else (-1.0, 1.0)
    room = max(0.08 * (high - low), 0.3)
    zeros = bool((values == 0).any())
    edge = max(float(low - room - (0.7 if zeros else 0.0)), LOWEST)
    figure = Figure([trace(curve, np.maximum(curve.y, 10.0**edge)) for curve in curves])
    log_axis(figure, edge, min(float(high + room), HIGHEST))
    if zeros:
        name_zero(figure)
    return finished(figure, "iteration k", title)


def name_zero(figure: Figure) -> None:
    """Label the lower edge of a log axis as 0."""
    figure.add_annotation(
        text="exactly 0", xref="paper", yref="paper", x=1, y=0, yanchor="bottom", showarrow=False
    )


def decades(window: Sequence[float]) -> int | str:
    """Plotly's `dtick` for about six ticks on a log axis: decades, or 1, 2, 5 within few decades.

    Args:
        window: the exponents of ten at the axis' ends.
    """
    width = window[1] - window[0]
    if width <= FEW_DECADES:
        return "D2"
    unit: int = 10 ** floor(log10(max(width / 6, 1)))
    return next(factor * unit for factor in (1, 2, 5, 10) if factor * unit >= width / 6)


def log_axis(figure: Figure, low: float, high: float) -> None:
    """Make the y axis logarithmic, from 10^low to 10^high."""
    values = names = None
    if high - low <= FEW_DECADES:  # Plotly would label 0.02 as 2
        values = [d * 10.0**e for e in range(floor(low), ceil(high)) for d in (1, 2, 5)]
        names = [f"{value:g}" for value in values]
    figure.update_yaxes(
        type="log",
        range=[low, high],
        dtick=decades((low, high)),
        exponentformat="e",  # the exponents of 10^-5 would be smaller than all other text
        tickvals=values,
        ticktext=names,
    )


def path_figure(curves: Sequence[Curve], data: PathData, window: Array) -> Figure:
    """Iterates in a plane over the contours of the loss, with start and limit.

    Args:
        window: lower and upper edge of each axis, (2, 2).
    """
    figure = Figure()
    add_contours(figure, data)
    figure.add_traces([trace(drawable(curve, window)) for curve in curves])
    _add_label(figure, data.start, "start", "circle-open", "bottom center")
    _add_label(figure, data.limit, "limit", "star", "top center")
    show_window(figure, window)
    return finished(figure, *data.names[:2])


def add_contours(figure: Figure, data: PathData) -> None:
    """Draw the contours of the loss, if there are any."""
    if len(data.lines):
        figure.add_scatter(
            x=data.lines[:, 0],
            y=data.lines[:, 1],
            mode="lines",
            line={"width": 1, "color": QUIET},
            opacity=0.5,
            hoverinfo="skip",
            showlegend=False,
        )


def _add_label(figure: Figure, point: Array, name: str, symbol: str, position: str) -> None:
    figure.add_scatter(
        x=point[:1],
        y=point[1:2],
        mode="markers+text",
        marker={"symbol": symbol, "size": 12, "color": QUIET, "line": {"width": 2}},
        text=[name],
        textposition=position,
        showlegend=False,
        hoverinfo="skip",
        cliponaxis=False,
    )


def show_window(figure: Figure, window: Array) -> None:
    """Set both axes to a window, (2, 2): lower and upper edge of each axis."""
    figure.update_xaxes(range=list(window[0]), zeroline=False)
    figure.update_yaxes(range=list(window[1]), zeroline=False)


def coordinate_figure(curves: Sequence[Curve], data: PathData) -> Figure:
    """A single unknown over the iterations, with its limit."""
    figure = Figure([trace(curve) for curve in curves])
    figure.add_hline(data.limit[0], line={"color": QUIET, "dash": "dash"}, annotation_text="limit")
    return finished(figure, "iteration k", data.names[0])


def drawable(curve: Curve, window: Array) -> Curve:
    """The curve without the points that are too far away for a browser to draw.

    The line to the first of them is drawn in its direction, to far outside the window.
    """
    points = np.column_stack([curve.x, curve.y])
    reach = FARTHEST * np.ptp(window, axis=1).max()
    with np.errstate(over="ignore", invalid="ignore"):
        distances = np.abs(points - window.mean(axis=1)).max(axis=1)
    far = ~(distances <= reach)
    drawn = np.where(far[:, None], np.nan, points)
    leaving = np.flatnonzero(far[1:] & ~far[:-1]) + 1
    if not curve.dots and len(leaving):
        step = points[leaving] - points[leaving - 1]
        scale = reach / np.abs(step).max(axis=1)
        finite = np.isfinite(step).all(axis=1)
        drawn[leaving[finite]] = points[leaving - 1][finite] + (step * scale[:, None])[finite]
    return replace(curve, x=drawn[:, 0], y=drawn[:, 1])


def shown_window(data: PathData, paths: Sequence[Array]) -> Array:
    """The window of the path's data, (2, 2), widened to the finite points of paths (points, 2)."""
    low, high = data.window.T
    for path in paths:
        finite = path[np.isfinite(path).all(axis=1)]
        if len(finite):
            low, high = np.minimum(low, finite.min(axis=0)), np.maximum(high, finite.max(axis=0))
    room = 0.06 * (high - low)
    return np.column_stack([low - room, high + room])


def trace(curve: Curve, heights: Array | None = None) -> go.Scatter:
    """A curve as a Plotly trace.

    Args:
        heights: where to draw the points instead of at the curve's y.
    """
    look = curve.stroke
    return go.Scatter(
        x=curve.x,
        y=curve.y if heights is None else heights,
        customdata=curve.y,
        name=curve.name,
        mode="markers" if curve.dots else "lines+markers",
        line={"color": look.colour, "dash": look.dash or "solid", "width": look.width},
        marker={"symbol": look.symbol, "size": _marker(curve), "color": look.colour},
        opacity=0.5 if curve.ghost else 1,
        hovertemplate="%{x}: %{customdata:.4g}",
    )


def _marker(curve: Curve) -> int:
    """The marker's size: small on a long curve, where large markers would hide the line."""
    return 9 if curve.dots else 6 if len(curve.x) <= WHOLE else 3


def finished(figure: Figure, across: str, up: str) -> Figure:
    """The chart with names on its axes and the layout of all pages."""
    return figure.update_layout(
        height=HEIGHT,
        margin={"l": 10, "r": 10, "t": 30, "b": 10},
        xaxis_title=plotly_text(across),
        yaxis_title=plotly_text(up),
        font_size=TEXT,
        xaxis={"tickfont_size": TICKS, "title_font_size": TEXT},
        yaxis={"tickfont_size": TICKS, "title_font_size": TEXT},
        hovermode="closest",
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font_size": TICKS},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
