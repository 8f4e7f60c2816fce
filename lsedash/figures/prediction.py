"""Charts of prediction and measurement: the losses, and the differences."""

import numpy as np
from plotly.graph_objects import Figure

from lsedash.checking.verification import Verdict
from lsedash.figures.curves import PREDICTED, QUIET, TALL, Curve, log_axis, loss_curve, loss_figure
from lsedash.figures.style import stroke
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison
from lsedash.text.convention import OURS, Spoken
from lsedash.text.words import brief
from lsedash.theory.closed_form import Theory

MOST_DOTS = 26  # of a predicted curve


def compared_figure(comparison: Comparison, theory: Theory, spoken: Spoken = OURS) -> Figure:
    """The losses of all programs, with dots for the prediction, and the smallest possible loss."""
    experiment, longest = comparison.experiment, max(comparison.runs, key=lambda r: r.last_point)
    curves = [
        loss_curve(VARIANTS.title_of(run.key), run.points, spoken.loss(run.losses), stroke(run.key))
        for run in comparison.runs
    ]
    dots = longest.points[:: -(-len(longest.points) // MOST_DOTS)].astype(float)
    predicted = spoken.loss(theory.losses(experiment.x0, experiment.learning_rate, dots))
    curves.append(Curve("predicted", dots, predicted, PREDICTED, dots=True))
    figure = loss_figure(curves, spoken.loss_name)
    figure.data[-1].marker.update(size=15, line={"width": 2.5})  # visible around all curves
    return with_floor(figure, theory, spoken).update_layout(height=TALL)


def with_floor(figure: Figure, theory: Theory, spoken: Spoken = OURS) -> Figure:
    """Add the smallest possible loss to a loss chart as a line, if it is above 0."""
    if theory.least_loss > 0:
        least, (low, high) = spoken.loss(theory.least_loss), figure.layout.yaxis.range
        room = max(0.5, 0.12 * (high - low))  # for the name below the line
        log_axis(figure, min(low, float(np.log10(least)) - room), high)
        text = f"floor: smallest possible loss {brief(least)}"
        level(figure, least, text, below=True)
    return figure


def level(figure: Figure, value: float, text: str, *, below: bool = False) -> None:
    """Add a named horizontal line to a chart with a logarithmic y axis.

    Args:
        below: whether the name is below the line at the right, not above it at the left.
    """
    figure.add_hline(value, line={"color": QUIET, "dash": "dash"})
    figure.add_annotation(
        text=text,
        x=1.0 if below else 0.01,
        xref="paper",
        y=float(np.log10(value)),  # Plotly takes exponents on a log axis
        xanchor="right" if below else "left",
        yanchor="top" if below else "bottom",
        showarrow=False,
    )


def deviation_figure(comparison: Comparison, verdict: Verdict) -> Figure:
    """The relative difference of each program from its prediction, and the bound of rounding."""
    curves = [
        loss_curve(VARIANTS.title_of(run.key), run.points, verdict.along[run.key], stroke(run.key))
        for run in comparison.runs
    ]
    figure = loss_figure(curves, "relative difference")
    low, high = figure.layout.yaxis.range
    log_axis(figure, low, max(high, float(np.log10(verdict.bound)) + 0.7))
    level(figure, verdict.bound, "what rounding explains")
    return figure.update_layout(height=TALL, showlegend=False)
