"""Charts of pages that are read rather than played with: one program's loss and path.

Colours of text and grid are left to the page, which knows whether it is light or dark.
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
from lsedash.figures.style import WHOLE, Stroke, drawn_points
from lsedash.problem import Array

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

QUIET = "#8b93a3"  # legible on white and on black
PREDICTED = Stroke(QUIET, "", "circle-open", 0)
HIGHEST = 308.0  # a power of ten above is beyond float64
FARTHEST = 1e5  # windows: what lies further away cannot be drawn
HEIGHT = 300  # pixels ...
TALL = 340  # ... and of charts that are looked at for longer
FEW_DECADES = 2.5  # on a log axis: then there are ticks within them


@dataclass(frozen=True, eq=False)
class Curve:
    """One program's points.

    Attributes:
        name: as the legend has it.
        x, y: (points,).
        stroke: its look.
        ghost: drawn faintly, as what should be there.
        dots: drawn as separate points without a line.
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
    """A program's losses, thinned to what is drawn."""
    kept = drawn_points(len(losses))
    return Curve(name, np.asarray(points, dtype=float)[kept], losses[kept], stroke, ghost)


def loss_figure(curves: Sequence[Curve], title: str = "loss ½‖Ax − b‖²") -> Figure:
    """Losses over the iterations on a log axis; exactly 0 lies on its lower edge and says so."""
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
    """Say that what lies on the lower edge of a log axis is 0."""
    figure.add_annotation(
        text="exactly 0", xref="paper", yref="paper", x=1, y=0, yanchor="bottom", showarrow=False
    )


def decades(window: Sequence[float]) -> int | str:
    """The step of a log axis' ticks, for about six: whole decades, or 1, 2, 5 within few of them.

    Args:
        window: the exponents of ten at the axis' ends.
    """
    width = window[1] - window[0]
    if width <= FEW_DECADES:
        return "D2"
    unit: int = 10 ** floor(log10(max(width / 6, 1)))
    return next(times * unit for times in (1, 2, 5, 10) if times * unit >= width / 6)


def log_axis(figure: Figure, low: float, high: float) -> None:
    """Make the y axis logarithmic, from one exponent of ten to another."""
    values = names = None
    if high - low <= FEW_DECADES:  # Plotly would write 2 for 0.02
        values = [d * 10.0**e for e in range(floor(low), ceil(high)) for d in (1, 2, 5)]
        names = [f"{value:g}" for value in values]
    figure.update_yaxes(
        type="log",
        range=[low, high],
        dtick=decades((low, high)),
        exponentformat="power",
        tickvals=values,
        ticktext=names,
    )


def path_figure(curves: Sequence[Curve], data: PathData, window: Array) -> Figure:
    """Iterates in a plane over the contours of the loss, with start and limit.

    Args:
        window: lower and upper edge of each axis, (2, 2).
    """
    figure = Figure()
    if len(data.lines):
        across, up = data.lines.T
        rings = {"width": 1, "color": QUIET}
        figure.add_scatter(
            x=across,
            y=up,
            mode="lines",
            line=rings,
            opacity=0.5,
            hoverinfo="skip",
            showlegend=False,
        )
    figure.add_traces([trace(drawable(curve, window)) for curve in curves])
    for place, name, symbol in (
        (data.start, "start", "circle-open"),
        (data.limit, "limit", "star"),
    ):
        figure.add_scatter(
            x=place[:1],
            y=place[1:2],
            mode="markers+text",
            marker={"symbol": symbol, "size": 12, "color": QUIET, "line": {"width": 2}},
            text=[name],
            textposition="top center" if name == "limit" else "bottom center",
            showlegend=False,
            hoverinfo="skip",
            cliponaxis=False,
        )
    figure.update_xaxes(range=list(window[0]), zeroline=False)
    figure.update_yaxes(range=list(window[1]), zeroline=False)
    return finished(figure, *data.names[:2])


def coordinate_figure(curves: Sequence[Curve], data: PathData) -> Figure:
    """A single unknown over the iterations, with its limit."""
    figure = Figure([trace(curve) for curve in curves])
    figure.add_hline(data.limit[0], line={"color": QUIET, "dash": "dash"}, annotation_text="limit")
    return finished(figure, "iteration k", data.names[0])


def drawable(curve: Curve, window: Array) -> Curve:
    """The same curve where a browser can draw it: what is too far away for it is left out.

    The way there is drawn, in its direction, to far outside of the window.
    """
    places = np.column_stack([curve.x, curve.y])
    reach = FARTHEST * np.ptp(window, axis=1).max()
    with np.errstate(over="ignore", invalid="ignore"):
        away = np.abs(places - window.mean(axis=1)).max(axis=1)
    far = ~(away <= reach)
    drawn = np.where(far[:, None], np.nan, places)
    leaving = np.flatnonzero(far[1:] & ~far[:-1]) + 1
    if not curve.dots and len(leaving):
        step = places[leaving] - places[leaving - 1]
        scale = reach / np.abs(step).max(axis=1)
        finite = np.isfinite(step).all(axis=1)
        drawn[leaving[finite]] = places[leaving - 1][finite] + (step * scale[:, None])[finite]
    return replace(curve, x=drawn[:, 0], y=drawn[:, 1])


def shown_window(data: PathData, paths: Sequence[Array]) -> Array:
    """The window of the right path, (2, 2), widened by paths (points, 2) that stay bounded."""
    low, high = data.window.T
    for path in paths:
        finite = path[np.isfinite(path).all(axis=1)]
        if len(finite):
            low, high = np.minimum(low, finite.min(axis=0)), np.maximum(high, finite.max(axis=0))
    room = 0.06 * (high - low)
    return np.column_stack([low - room, high + room])


def trace(curve: Curve, heights: Array | None = None) -> go.Scatter:
    """A curve as Plotly draws it; `heights` if they are not those of the curve."""
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
    """Small where markers would hide their line."""
    return 9 if curve.dots else 6 if len(curve.x) <= WHOLE else 3


def finished(figure: Figure, across: str, up: str) -> Figure:
    """The chart with its axes named and everything else as on all pages."""
    return figure.update_layout(
        height=HEIGHT,
        margin={"l": 10, "r": 10, "t": 30, "b": 10},
        xaxis_title=across,
        yaxis_title=up,
        font_size=15,
        hovermode="closest",
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
