"""Does the measured agree with the predicted? The one place that says what agreeing means."""

from dataclasses import dataclass

import numpy as np

from lsedash.problem import Array
from lsedash.runner import Comparison, Run
from lsedash.theory import Theory

ALLOWANCE = 8.0  # C: rounding errors of one iteration and of the prediction itself, generously


@dataclass(frozen=True)
class Verdict:
    """How far each program is from the prediction.

    Attributes:
        differences: the largest difference in loss or in x, per variant's key, each relative to the
            largest |value| of the run.
        bound: the largest difference that rounding explains: C eps(dtype) max(kappa, N).
    """

    differences: dict[str, float]
    bound: float

    @property
    def worst(self) -> float:
        """The largest of the differences."""
        return max(self.differences.values(), default=0.0)

    @property
    def departing(self) -> tuple[str, ...]:
        """The keys of the variants that are further away than rounding explains."""
        return tuple(key for key, value in self.differences.items() if not value <= self.bound)


def verify(comparison: Comparison, theory: Theory) -> Verdict:
    """Hold every run against the closed form, at every point recorded."""
    experiment = comparison.experiment
    eps = float(np.finfo(experiment.dtype).eps)
    size = max(theory.condition_number, experiment.iterations, 1)
    differences = {run.key: _difference(run, comparison, theory) for run in comparison.runs}
    return Verdict(differences, ALLOWANCE * eps * size)


def _difference(run: Run, comparison: Comparison, theory: Theory) -> float:
    start, rate = comparison.experiment.x0, comparison.experiment.learning_rate
    losses = theory.losses(start, rate, run.points)
    iterates = theory.iterates(start, rate, run.points)
    return max(relative_difference(run.losses, losses), relative_difference(run.iterates, iterates))


def relative_difference(measured: Array, predicted: Array) -> float:
    """The largest |measured - predicted| over the largest |measured|."""
    if not measured.size:
        return 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        difference = np.abs(measured.astype(float) - predicted).max()
    size = np.abs(measured).max()
    return float(difference / size) if size else float(difference)
