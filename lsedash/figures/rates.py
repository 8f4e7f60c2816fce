"""Charts of what the learning rate does: final loss, iterations needed, convergence factor, map."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike
from plotly.graph_objects import Figure

from lsedash.figures.curves import PREDICTED, QUIET, Curve, drawable, finished, trace
from lsedash.figures.path import PathData
from lsedash.figures.style import Stroke, drawn_points, stroke
from lsedash.problem import Array
from lsedash.running.rates import Scan
from lsedash.theory.closed_form import Theory

RATE = "learning rate α"
LEAST = 1e-300  # of a gap that can stand on a log axis
# Okabe and Ito's colours again, for up to six rates; the dashes tell them apart without colour.
LANES = (
    Stroke("#0072B2", "", "circle", 3),
    Stroke("#E69F00", "12px,5px", "square", 3),
    Stroke("#009E73", "5px,4px", "diamond", 3),
    Stroke("#CC79A7", "10px,3px,2px,3px", "triangle-up", 3),
    Stroke("#D55E00", "2px,4px", "x", 3),
    Stroke("#56B4E9", "16px,3px", "star", 3),
)


MEANS = {  # MSELoss with its mean: two looks of their own
    "mean_with_half": Stroke("#56B4E9", "10px,4px", "star", 4),
    "mean_without_half": Stroke("#7f6a00", "3px,3px", "hexagon", 3),
}


def gap_figure(
    scan: Scan,
    names: Mapping[str, str],
    least_loss: float,
    predicted: Array,
    edges: Mapping[str, float],
    *,
    log_rates: bool = False,
) -> Figure:
    """Final loss above the smallest possible one, over the rate; diverged runs are not on it.

    Args:
        names: on screen, per program's key.
        predicted: the gap that theory has at each rate, (rates,).
        edges: largest stable rates, by what they are called.
    """
    curves = [
        Curve(names[key], scan.learning_rates, _on_log(losses - least_loss), _look(key))
        for key, losses in scan.losses.items()
    ]
    curves.append(Curve("predicted", scan.learning_rates, _on_log(predicted), PREDICTED, dots=True))
    return _over_rates(
        curves, "loss above the smallest possible", edges, log_rates=log_rates, log=True
    )


def reached_figure(
    scan: Scan,
    names: Mapping[str, str],
    predicted: Array,
    edges: Mapping[str, float],
    *,
    log_rates: bool = False,
) -> Figure:
    """Iterations until the loss is at most the tolerance, over the rate."""
    curves = [
        Curve(names[key], scan.learning_rates, reached, _look(key))
        for key, reached in scan.reached.items()
    ]
    curves.append(Curve("predicted", scan.learning_rates, predicted, PREDICTED, dots=True))
    return _over_rates(curves, "iterations to the tolerance", edges, log_rates=log_rates)


def factor_figure(theory: Theory, rates: Array, *, log_rates: bool = False) -> Figure:
    """|1 - alpha lambda_i| of each mode, thin, and their largest, the convergence factor."""
    moving = theory.curvatures[: theory.rank]
    turning = theory.optimal_learning_rate, theory.critical_learning_rate
    rates = np.unique(np.append(rates, turning))
    factors = np.abs(1 - np.outer(rates, moving))
    thin = {"width": 1, "color": QUIET}
    figure = Figure(
        [
            go.Scatter(
                x=rates, y=factor, mode="lines", line=thin, showlegend=False, name=f"mode {i}"
            )
            for i, factor in enumerate(factors.T, 1)
        ]
    )
    bold = {"width": 4, "color": LANES[0].colour}
    figure.add_scatter(
        x=rates, y=factors.max(axis=1), mode="lines+markers", line=bold, name="largest of all modes"
    )
    marks = {"fastest": theory.optimal_learning_rate, "edge": theory.critical_learning_rate}
    _lines(figure, marks, log_rates=log_rates)
    figure.add_hline(1, line={"color": QUIET, "dash": "dot"})
    return finished(figure, RATE, "factor per iteration")


def heat_figure(rates: Array, losses: Array) -> Figure:
    """log10 of the loss over rate and iteration: (points, rates) from a sweep.

    A loss of 0 has the darkest colour; one beyond 100 times the start's, or of a run that diverged,
    the brightest.
    """
    kept = drawn_points(len(losses))
    with np.errstate(divide="ignore", invalid="ignore"):
        exponents = np.log10(losses[kept])
    finite = exponents[np.isfinite(exponents)]
    start = exponents[0][np.isfinite(exponents[0])]
    top = float(start.max()) + 2 if len(start) else 1.0
    floor = min(float(finite.min()), top - 1) if len(finite) else top - 1
    exponents = np.where(losses[kept] == 0, floor, exponents)
    exponents = np.where(np.isfinite(exponents), exponents, top)  # diverged
    figure = Figure(
        go.Heatmap(
            x=rates,
            y=kept,
            z=exponents,
            zmax=top,
            zmin=floor,
            colorscale="Cividis",
            colorbar={"title": "log₁₀ loss<br>(brightest:<br>larger still)"},
            hovertemplate="α = %{x:.4g}<br>iteration %{y}<br>loss 10^%{z:.3g}<extra></extra>",
        )
    )
    return finished(figure, RATE, "iteration k")


def race_losses(lanes: Sequence[tuple[str, ArrayLike, Array]]) -> list[Curve]:
    """Loss curves of a race: (name, points, losses) for each rate, in order."""
    return [
        Curve(name, np.asarray(points, dtype=float), losses, LANES[i % len(LANES)])
        for i, (name, points, losses) in enumerate(lanes)
    ]


def lane_figure(name: str, number: int, path: Array, data: PathData, window: Array) -> Figure:
    """One small path of a race, over the contours."""
    figure = Figure()
    if len(data.lines):
        across, up = data.lines.T
        rings = {"width": 1, "color": QUIET}
        figure.add_scatter(x=across, y=up, mode="lines", line=rings, opacity=0.5, hoverinfo="skip")
    look = LANES[number % len(LANES)]
    figure.add_trace(trace(drawable(Curve(name, path[:, 0], path[:, 1], look), window)))
    star = {"symbol": "star", "size": 11, "color": QUIET}
    figure.add_scatter(
        x=data.limit[:1], y=data.limit[1:2], mode="markers", marker=star, hoverinfo="skip"
    )
    figure.update_xaxes(range=list(window[0]), zeroline=False)
    figure.update_yaxes(range=list(window[1]), zeroline=False)
    finished(figure, *data.names[:2])
    return figure.update_layout(height=230, showlegend=False, title={"text": name, "font_size": 15})


def _look(key: str) -> Stroke:
    return MEANS.get(key) or stroke(key)


def _on_log(gaps: Array) -> Array:
    """What can be drawn of gaps: nothing of infinite ones, 0 of what rounding took below 0."""
    return np.where(np.isfinite(gaps), np.maximum(gaps, 0.0), np.nan)


def _log_figure(curves: Sequence[Curve]) -> Figure:
    """Curves on a log axis; what is 0 lies on its lower edge, labelled so."""
    values = np.concatenate([curve.y for curve in curves])
    positive = values[values > LEAST]
    low, high = np.log10([positive.min(), positive.max()]) if len(positive) else (-1.0, 1.0)
    low, high = min(low, high - 1), max(high, low + 1)  # else rounding would fill the chart
    edge = float(low) - 1
    figure = Figure([trace(curve, np.maximum(curve.y, 10.0**edge)) for curve in curves])
    figure.update_yaxes(
        type="log", range=[edge, min(float(high) + 0.5, 308)], exponentformat="power"
    )
    if (values <= LEAST).any():
        figure.add_annotation(
            text="0, to rounding",
            xref="paper",
            yref="paper",
            x=0,
            y=0,
            yanchor="bottom",
            showarrow=False,
        )
    return figure


def _over_rates(
    curves: Sequence[Curve],
    title: str,
    edges: Mapping[str, float],
    *,
    log_rates: bool,
    log: bool = False,
) -> Figure:
    figure = Figure([trace(curve) for curve in curves])
    if log:
        figure = _log_figure(curves)
    _lines(figure, edges, log_rates=log_rates)
    return finished(figure, RATE, title)


def _lines(figure: Figure, edges: Mapping[str, float], *, log_rates: bool) -> None:
    """Named lines at some rates, each name a little lower than the one before."""
    for i, (name, rate) in enumerate(edges.items()):
        if np.isfinite(rate):
            figure.add_vline(rate, line={"color": QUIET, "dash": "dash"})
            figure.add_annotation(
                x=float(np.log10(rate)) if log_rates else rate,  # as Plotly wants it
                y=1 - 0.1 * i,
                yref="paper",
                text=name,
                xanchor="right" if name == "fastest" else "left",
                showarrow=False,
            )
