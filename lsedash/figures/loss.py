"""The loss chart: every variant's measured losses, log axis, over what theory predicts."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from lsedash.figures.style import Theme, base_figure, marker_sizes, stroke, thinned
from lsedash.problem import Array
from lsedash.runner import Comparison
from lsedash.theory import Theory


@dataclass(frozen=True)
class LossData:
    """What the chart shows, thinned to a bounded number of points.

    Attributes:
        curves: per variant's key, its points and the losses at them.
        predicted: points and predicted losses, up to the last point any variant reached.
        least_loss: the smallest possible loss.
        window: the exponents of ten at the axis' lower and upper edge.
        zeros: whether a loss of exactly 0 is drawn on the lower edge.
    """

    curves: dict[str, tuple[Array, Array]]
    predicted: tuple[Array, Array]
    least_loss: float
    window: tuple[float, float]
    zeros: bool


def loss_data(comparison: Comparison, theory: Theory) -> LossData:
    """Gather what the loss chart shows."""
    curves = {}
    for run in comparison.runs:
        kept = thinned(len(run.points))
        curves[run.key] = run.points[kept].astype(float), run.losses[kept]
    longest = max(curves.values(), key=lambda curve: len(curve[0]))[0]
    experiment = comparison.experiment
    predicted = theory.losses(experiment.x0, experiment.learning_rate, longest)
    measured = np.concatenate([losses for _, losses in curves.values()])
    positive = np.append(measured[measured > 0], theory.least_loss or np.inf)
    positive = positive[np.isfinite(positive)]
    low, high = (positive.min(), positive.max()) if len(positive) else (1.0, 1.0)
    zeros = bool((measured == 0).any())
    window = np.floor(np.log10(low) - (0.7 if zeros else 0.1)), np.log10(high) + 0.4
    return LossData(
        curves, (longest, predicted), theory.least_loss, (float(window[0]), float(window[1])), zeros
    )


def loss_figure(
    data: LossData, names: Mapping[str, str], theme: Theme, *, height: int = 380
) -> go.Figure:
    """Draw it; `names` gives the variants' titles by key."""
    figure = base_figure(theme, height, "iteration k", "loss ½‖Ax − b‖²")
    floor = 10 ** data.window[0]
    ks, predicted = data.predicted
    figure.add_scatter(
        x=ks,
        y=np.where(predicted > 0, predicted, floor),
        mode="lines",
        line={"color": theme.quiet, "width": 12},
        opacity=0.35,
        name="predicted",
        hovertemplate="predicted %{y:.4g}<extra></extra>",
    )
    for order, (key, (points, losses)) in enumerate(data.curves.items()):
        look = stroke(key)
        figure.add_scatter(
            x=points,
            y=np.where(losses > 0, losses, floor),
            customdata=losses,
            mode="lines+markers",
            line={"color": look.colour, "width": look.width, "dash": look.dash or "solid"},
            marker={
                "symbol": look.symbol,
                "color": look.colour,
                "size": marker_sizes(len(points), order, len(data.curves)),
                "line": {"width": 1, "color": theme.paper},
            },
            name=names[key],
            hovertemplate="%{customdata:.4g}",
        )
    if data.least_loss > 0:
        label = f"smallest possible loss {data.least_loss:.4g}"
        _line(figure, data.least_loss, label, theme)
    if data.zeros:
        _line(figure, floor, "loss exactly 0", theme)
    figure.update_yaxes(
        type="log", range=list(data.window), exponentformat="power", dtick=_ticks(data.window)
    )
    figure.update_xaxes(rangemode="tozero")
    figure.update_layout(hovermode="x unified")
    return figure


def _line(figure: go.Figure, level: float, label: str, theme: Theme) -> None:
    figure.add_hline(y=level, line={"color": theme.ink, "width": 1.5, "dash": "4px,4px"})
    figure.add_annotation(
        x=1,
        xref="paper",
        y=np.log10(level),  # annotations on a log axis are placed by exponent
        text=label,
        font={"color": theme.ink, "size": 14},
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        yshift=6,
    )


def _ticks(window: tuple[float, float]) -> int | str:
    """About six ticks whatever the window: whole decades, or 1, 2, 5 within few of them."""
    decades = window[1] - window[0]
    return max(1, round(decades / 6)) if decades > 2.5 else "D2"
