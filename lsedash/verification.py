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
        differences: the largest difference in x or in the root of the loss, per variant's key, each
            relative to the largest terms that the run adds up: |A||x| + |b| for A x - b.
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
    predicted: dict[bytes, tuple[Array, Array]] = {}  # most runs have the same points
    for run in comparison.runs:
        if run.points.tobytes() not in predicted:
            about = experiment.x0, experiment.learning_rate, run.points
            predicted[run.points.tobytes()] = theory.iterates(*about), theory.losses(*about)
    differences = {
        run.key: _difference(run, theory, *predicted[run.points.tobytes()])
        for run in comparison.runs
    }
    return Verdict(differences, ALLOWANCE * eps * size)


def _difference(run: Run, theory: Theory, path: Array, losses: Array) -> float:
    """The larger of the differences in x and in the root of the loss, each relative to its terms.

    A x - b carries the rounding of A x and of b, however small it is itself: next to a solution
    nothing smaller can be told apart.
    """
    iterates = run.iterates.astype(float)
    steepest = float(theory.singular_values[0])
    reach, pull = largest_norm(iterates), float(np.linalg.norm(theory.system.b))
    sizes = reach + (pull / steepest if steepest else 0.0), steepest * reach + pull
    return max(
        relative_difference(iterates, path, sizes[0]),
        relative_difference(np.sqrt(run.losses), np.sqrt(losses), sizes[1]),
    )


def largest_norm(vectors: Array) -> float:
    """The largest 2-norm among the rows, 0 if there are none."""
    return float(np.linalg.norm(vectors, axis=1).max(initial=0.0))


def relative_difference(measured: Array, predicted: Array, size: float) -> float:
    """The largest |measured - predicted| over `size`."""
    with np.errstate(over="ignore", invalid="ignore"):
        difference = float(np.abs(measured - predicted).max(initial=0.0))
    return difference / size if size else difference
