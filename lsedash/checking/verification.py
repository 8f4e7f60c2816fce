"""Do the runs agree with the prediction? Only this module defines what agreement is."""

from dataclasses import dataclass

import numpy as np

from lsedash.problem import Array
from lsedash.running.run import Comparison, Run
from lsedash.text.words import brief
from lsedash.theory.closed_form import Theory
from lsedash.theory.regimes import EPS

ALLOWANCE = 8.0  # C: rounding errors of an iteration and of the prediction, with a margin
FEW = 16  # a difference of so many eps, so many iterations or such a kappa needs no reason


@dataclass(frozen=True, eq=False)
class Verdict:
    """How far each program is from the prediction.

    Attributes:
        differences: by variant key, the largest difference in x or in the square root of the loss,
            relative to the largest terms in the run's sums: |A||x| + |b| for A x - b.
        bound: the largest difference that rounding explains: C eps(dtype) max(kappa, N).
        along: by variant key, the difference at each recorded point, (points,).
    """

    differences: dict[str, float]
    bound: float
    along: dict[str, Array]

    @property
    def worst(self) -> float:
        """The largest of the differences."""
        return max(self.differences.values(), default=0.0)

    @property
    def departing(self) -> tuple[str, ...]:
        """The keys of the variants whose difference is above the bound, or nan."""
        return tuple(key for key, value in self.differences.items() if not value <= self.bound)


def verify(comparison: Comparison, theory: Theory) -> Verdict:
    """Compare every run with the closed form, at every recorded point."""
    experiment = comparison.experiment
    eps = float(np.finfo(experiment.dtype).eps)
    size = max(theory.condition_number, experiment.iterations, 1)
    predicted: dict[bytes, tuple[Array, Array]] = {}  # most runs have the same points
    for run in comparison.runs:
        if run.points.tobytes() not in predicted:
            descent = experiment.x0, experiment.learning_rate, run.points
            predicted[run.points.tobytes()] = theory.iterates(*descent), theory.losses(*descent)
    along = {
        run.key: deviations(run, theory, *predicted[run.points.tobytes()])
        for run in comparison.runs
    }
    differences = {key: float(values.max(initial=0.0)) for key, values in along.items()}
    return Verdict(differences, ALLOWANCE * eps * size, along)


def reasons(comparison: Comparison, theory: Theory, verdict: Verdict) -> tuple[str, ...]:
    """The reasons why programs differ from the prediction by more than a few eps of float64.

    Returns:
        A few sentences for each reason that holds; () if the difference is a few eps.
    """
    experiment, kappa = comparison.experiment, theory.condition_number
    if verdict.worst <= FEW * EPS:
        return ()
    factor = theory.convergence_factor(experiment.learning_rate)
    texts = []
    if experiment.dtype == "float32":
        texts.append(
            "float32: a number has 24 binary digits, about 7 decimal digits, and each operation "
            "may be off by 6e-8 of its result. The prediction is computed in float64."
        )
    if kappa > FEW:
        texts.append(
            f"Ill-conditioned: κ(A) = {brief(kappa, 3)}. A rounding error in A x can move x along "
            "the flattest direction by up to κ times as much, where descent corrects it most "
            "slowly."
        )
    if theory.modes(experiment.learning_rate)[0].kind == "diverging":
        texts.append(
            "Growing: early rounding errors grow with the path, by a factor of up to "
            f"{brief(factor)} each iteration. The difference is relative to the largest x of the "
            "run."
        )
    iterations = max(run.last_point for run in comparison.runs)
    if iterations > FEW:
        texts.append(f"Many roundings: each of the {iterations} iterations adds some.")
    if verdict.departing:
        texts.append(
            departure(theory) or "Something else: the difference is too large for rounding."
        )
    return tuple(texts) or ("More rounding than in most runs, but no more than rounding explains.",)


def departure(theory: Theory) -> str:
    """Why programs depart by more than rounding explains; "" if it is not known."""
    if theory.rank < min(theory.system.A.shape) and theory.singular_values[theory.rank] > 0:
        return "The prediction counts tiny singular values as 0; the programs do not."
    return ""


def deviations(run: Run, theory: Theory, path: Array, losses: Array) -> Array:
    """The relative difference of a run from its prediction at each point, (points,).

    The larger of two differences: in x and in the square root of the loss. Each is relative to the
    terms of its sum, not to the result: however small A x - b is, it has the rounding errors of A x
    and b.

    Args:
        path, losses: the prediction at the run's points, (points, n) and (points,).
    """
    iterates = run.iterates.astype(float)
    sigma_max = float(theory.singular_values[0])
    x_norm, b_norm = largest_norm(iterates), float(np.linalg.norm(theory.system.b))
    x_size = x_norm + (b_norm / sigma_max if sigma_max else 0.0)
    residual_size = sigma_max * x_norm + b_norm
    with np.errstate(over="ignore", invalid="ignore"):
        in_x = np.abs(iterates - path).max(axis=1, initial=0.0)
        in_root = np.abs(np.sqrt(run.losses) - np.sqrt(losses))
    return np.asarray(np.maximum(in_x / (x_size or 1.0), in_root / (residual_size or 1.0)))


def largest_norm(vectors: Array) -> float:
    """The largest 2-norm of a row, 0 if there are none, without overflow of the squares."""
    largest = float(np.abs(vectors).max(initial=0.0)) or 1.0
    return largest * float(np.linalg.norm(vectors / largest, axis=1).max(initial=0.0))


def relative_difference(measured: Array, predicted: Array, size: float) -> float:
    """The largest |measured - predicted| over `size`."""
    with np.errstate(over="ignore", invalid="ignore"):
        difference = float(np.abs(measured - predicted).max(initial=0.0))
    return difference / size if size else difference
