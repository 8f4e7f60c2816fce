"""The loss chart of the stage: every variant's measured losses on a log axis."""

from dataclasses import dataclass

import numpy as np

from lsedash.figures.style import MOST_DRAWN, drawn_points
from lsedash.problem import Array
from lsedash.running.run import Comparison
from lsedash.text.convention import OURS, Spoken
from lsedash.theory.closed_form import Theory

LOWEST = -307  # the smallest power of ten in normal float64


@dataclass(frozen=True)
class LossData:
    """The data of the loss chart, with a bounded number of points.

    Attributes:
        curves: by variant key, its points and their losses, each (points,).
        least_loss: the smallest possible loss.
        window: the exponents of ten at the axis' lower and upper edge.
        zeros: whether a loss of exactly 0 is drawn on the lower edge.
    """

    curves: dict[str, tuple[Array, Array]]
    least_loss: float
    window: tuple[float, float]
    zeros: bool


def loss_data(
    comparison: Comparison, theory: Theory, most: int = MOST_DRAWN, spoken: Spoken = OURS
) -> LossData:
    """Gather the data of the loss chart, at most so many points of each run; losses as spoken."""
    least_loss = spoken.loss(theory.least_loss)
    curves = {}
    for run in comparison.runs:
        drawn = drawn_points(len(run.points), most)
        curves[run.key] = run.points[drawn].astype(float), spoken.loss(run.losses[drawn])
    measured = np.concatenate([losses for _, losses in curves.values()])
    positive = np.append(measured[measured > 0], least_loss or np.inf)
    positive = positive[np.isfinite(positive)]
    low, high = (positive.min(), positive.max()) if len(positive) else (1.0, 1.0)
    zeros = bool((measured == 0).any())
    edge = np.floor(np.log10(low) - (0.7 if zeros else 0.1))
    window = max(edge, LOWEST), np.log10(high) + 0.4
    return LossData(curves, least_loss, (float(window[0]), float(window[1])), zeros)
