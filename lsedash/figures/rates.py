"""Charts over the learning rate: final loss, iterations needed, convergence factor, heat map."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike
from plotly.graph_objects import Figure

from lsedash.figures.curves import (
    PREDICTED,
    QUIET,
    TICKS,
    Curve,
    add_contours,
    drawable,
    finished,
    show_window,
    trace,
)
from lsedash.figures.path import PathData
from lsedash.figures.style import Stroke, drawn_points, stroke
from lsedash.problem import Array
from lsedash.running.rates import Scan
from lsedash.text.convention import OURS, Spoken
from lsedash.text.words import LONG_RUN
from lsedash.theory.closed_form import Theory

RATE = "learning rate α"
NAME = 19  # pixels from one line of names to the next
LEAST = 1e-300  # the smallest gap on a log axis; a smaller one counts as 0
# Okabe and Ito's colours, for up to six rates; the dashes tell them apart without colour.
LANES = (
    Stroke("#0072B2", "", "circle", 3),
    Stroke("#E69F00", "12px,5px", "square", 3),
    Stroke("#009E73", "5px,4px", "diamond", 3),
    Stroke("#CC79A7", "10px,3px,2px,3px", "triangle-up", 3),
    Stroke("#D55E00", "2px,4px", "x", 3),
    Stroke("#56B4E9", "16px,3px", "star", 3),
)


MEANS = {  # the two programs that leave MSELoss at its mean
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
    """The final loss minus the smallest possible loss, over the rate; without diverged runs.

    Args:
        names: on screen, by program key.
        predicted: the predicted gap at each rate, (rates,).
        edges: rates to mark, by name.
    """
    curves = [
        Curve(names[key], scan.learning_rates, _drawable_gaps(losses - least_loss), _look(key))
        for key, losses in scan.losses.items()
    ]
    gaps = _drawable_gaps(predicted)
    curves.append(Curve("predicted", scan.learning_rates, gaps, PREDICTED, dots=True))
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
    """The iterations until the loss is at most the tolerance, over the rate."""
    curves = [
        Curve(names[key], scan.learning_rates, reached, _look(key))
        for key, reached in scan.reached.items()
    ]
    curves.append(Curve("predicted", scan.learning_rates, predicted, PREDICTED, dots=True))
    return _over_rates(curves, "iterations to the tolerance", edges, log_rates=log_rates)


def factor_figure(
    theory: Theory, rates: Array, *, log_rates: bool = False, spoken: Spoken = OURS
) -> Figure:
    """|1 - alpha lambda_i| of each mode over the rate, and the largest, the convergence factor."""
    moving = theory.curvatures[: theory.rank]
    marks = {LONG_RUN: theory.optimal_learning_rate, "edge": theory.critical_learning_rate}
    rates = np.unique(np.append(rates, list(marks.values())))
    factors = np.abs(1 - np.outer(rates, moving))
    rates = spoken.rate(rates)
    marks = {name: spoken.rate(rate) for name, rate in marks.items()}
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
    figure.add_hline(1, line={"color": QUIET, "dash": "dot"})
    finished(figure, RATE, "factor per iteration")
    return _lines(figure, marks, log_rates=log_rates)


def heat_figure(rates: Array, losses: Array, points: ArrayLike | None = None) -> Figure:
    """log10 of a sweep's losses, (points, rates), over rate and iteration.

    A loss of 0 has the darkest colour. A loss above 100 times that of the start has the brightest,
    as has a diverged run.

    Args:
        points: the number of each point; None if they are all from the start on.
    """
    drawn = drawn_points(len(losses))
    ks = drawn if points is None else np.asarray(points)[drawn]
    with np.errstate(divide="ignore", invalid="ignore"):
        exponents = np.log10(losses[drawn])
    finite = exponents[np.isfinite(exponents)]
    start = exponents[0][np.isfinite(exponents[0])]
    top = float(start.max()) + 2 if len(start) else 1.0
    floor = min(float(finite.min()), top - 1) if len(finite) else top - 1
    exponents = np.where(losses[drawn] == 0, floor, exponents)
    exponents = np.where(np.isfinite(exponents), exponents, top)  # diverged
    figure = Figure(
        go.Heatmap(
            x=rates,
            y=ks,
            z=exponents,
            zmax=top,
            zmin=floor,
            colorscale="Cividis",
            colorbar={
                "title": {"text": "log₁₀ loss<br>(brightest: this<br>or more)", "font_size": TICKS},
                "tickfont_size": TICKS,
            },
            hovertemplate="α = %{x:.4g}<br>iteration %{y}<br>loss 10^%{z:.3g}<extra></extra>",
        )
    )
    return finished(figure, RATE, "iteration k")


def race_losses(lanes: Sequence[tuple[str, ArrayLike, Array]]) -> list[Curve]:
    """The loss curves of a race.

    Args:
        lanes: (name, points, losses) for each rate, in order.
    """
    return [
        Curve(name, np.asarray(points, dtype=float), losses, LANES[i % len(LANES)])
        for i, (name, points, losses) in enumerate(lanes)
    ]


def lane_figure(name: str, number: int, path: Array, data: PathData, window: Array) -> Figure:
    """A small chart with one path of a race over the contours."""
    figure = Figure()
    add_contours(figure, data)
    look = LANES[number % len(LANES)]
    figure.add_trace(trace(drawable(Curve(name, path[:, 0], path[:, 1], look), window)))
    star = {"symbol": "star", "size": 11, "color": QUIET}
    figure.add_scatter(
        x=data.limit[:1], y=data.limit[1:2], mode="markers", marker=star, hoverinfo="skip"
    )
    show_window(figure, window)
    finished(figure, *data.names[:2])
    return figure.update_layout(height=230, showlegend=False, title={"text": name, "font_size": 15})


def _look(key: str) -> Stroke:
    return MEANS.get(key) or stroke(key)


def _drawable_gaps(gaps: Array) -> Array:
    """The gaps with nan for infinite ones, and 0 for those that rounding made negative."""
    return np.where(np.isfinite(gaps), np.maximum(gaps, 0.0), np.nan)


def _log_figure(curves: Sequence[Curve]) -> Figure:
    """Curves on a log axis; 0 lies on its lower edge, labelled so."""
    values = np.concatenate([curve.y for curve in curves])
    positive = values[values > LEAST]
    low, high = np.log10([positive.min(), positive.max()]) if len(positive) else (-1.0, 1.0)
    low, high = min(low, high - 1), max(high, low + 1)  # at least two decades hide rounding errors
    edge = float(low) - 1
    figure = Figure([trace(curve, np.maximum(curve.y, 10.0**edge)) for curve in curves])
    figure.update_yaxes(type="log", range=[edge, min(float(high) + 0.5, 308)], exponentformat="e")
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
    finished(figure, RATE, title)
    return _lines(figure, edges, log_rates=log_rates)


def _lines(figure: Figure, edges: Mapping[str, float], *, log_rates: bool) -> Figure:
    """Add named vertical lines at some rates; the names stand above the plot, off the curves."""
    finite = {name: rate for name, rate in edges.items() if np.isfinite(rate)}
    sides = ["left" if name.startswith("edge") else "right" for name in finite]
    for i, (name, rate) in enumerate(finite.items()):
        figure.add_vline(rate, line={"color": QUIET, "dash": "dash"})
        figure.add_annotation(
            x=float(np.log10(rate)) if log_rates else rate,  # exponents on a log axis
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=NAME * sides[:i].count(sides[i]),
            text=name,
            xanchor=sides[i],
            showarrow=False,
        )
    rows = max(map(sides.count, sides), default=0)
    return figure.update_layout(legend_y=1.02 + 0.16 * rows)
