"""Charts of prediction and measurement: the losses, and the differences."""

import numpy as np
from plotly.graph_objects import Figure

from lsedash.checking.verification import Verdict
from lsedash.figures.curves import PREDICTED, QUIET, TALL, Curve, log_axis, loss_curve, loss_figure
from lsedash.figures.style import looks_of, plotly_text, stroke
from lsedash.programs.titles import title_of
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison
from lsedash.text.convention import OURS, Spoken
from lsedash.text.words import brief
from lsedash.theory.closed_form import Theory

MOST_DOTS = 26  # of a predicted curve
PREDICTION = "predicted"  # its name


def compared_figure(comparison: Comparison, theory: Theory, spoken: Spoken = OURS) -> Figure:
    """The losses of all programs, with dots for the prediction, and the smallest possible loss.

    The prediction is that of the variants; without any of them there is none.
    """
    looks = looks_of(comparison)
    curves = [
        loss_curve(named(run.key), run.points, spoken.loss(run.losses), looks[run.key])
        for run in comparison.runs
    ]
    if any(key in VARIANTS.keys for key in comparison):
        curves.append(_predicted(comparison, theory, spoken))
    figure = loss_figure(curves, spoken.loss_name)
    around = {"size": 15, "line": {"width": 2.5}}  # visible around all curves
    figure.update_traces(marker=around, selector={"name": PREDICTION})
    return with_floor(figure, theory, spoken).update_layout(height=TALL)


def named(key: str) -> str:
    """The name of a program in a legend."""
    return plotly_text(title_of(key))


def _predicted(comparison: Comparison, theory: Theory, spoken: Spoken) -> Curve:
    """Dots on the predicted losses at points of the longest run."""
    experiment = comparison.experiment
    points = max(comparison.runs, key=lambda run: run.last_point).points
    dots = points[:: -(-max(len(points), 1) // MOST_DOTS)].astype(float)
    predicted = spoken.loss(theory.losses(experiment.x0, experiment.learning_rate, dots))
    return Curve(PREDICTION, dots, predicted, PREDICTED, dots=True)


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
