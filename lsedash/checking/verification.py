"""Does the measured agree with the predicted? The one place that says what agreeing means."""

from dataclasses import dataclass

import numpy as np

from lsedash.problem import Array
from lsedash.running.run import Comparison, Run
from lsedash.theory.closed_form import EPS, Theory

ALLOWANCE = 8.0  # C: rounding errors of one iteration and of the prediction itself, generously
FEW = 16  # roundings of float64 that need no reason


@dataclass(frozen=True, eq=False)
class Verdict:
    """How far each program is from the prediction.

    Attributes:
        differences: the largest difference in x or in the root of the loss, per variant's key, each
            relative to the largest terms that the run adds up: |A||x| + |b| for A x - b.
        bound: the largest difference that rounding explains: C eps(dtype) max(kappa, N).
        along: the differences at each point recorded, (points,), per variant's key.
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
    along = {
        run.key: deviations(run, theory, *predicted[run.points.tobytes()])
        for run in comparison.runs
    }
    differences = {key: float(values.max(initial=0.0)) for key, values in along.items()}
    return Verdict(differences, ALLOWANCE * eps * size, along)


def reasons(comparison: Comparison, theory: Theory, verdict: Verdict) -> tuple[str, ...]:
    """Why programs are further from their prediction than a few roundings of float64, if they are.

    Returns:
        One sentence for each reason that holds; none where the difference is a few roundings.
    """
    experiment, kappa = comparison.experiment, theory.condition_number
    if verdict.worst <= FEW * EPS:
        return ()
    factor = theory.convergence_factor(experiment.learning_rate)
    said = []
    if experiment.dtype == "float32":
        said.append(
            "float32: a number has 24 binary digits, about 7 decimal ones, and each operation may "
            "be off by 6e-8 of its result. The prediction is made in float64."
        )
    if kappa > FEW:
        said.append(
            f"Ill-conditioned: κ(A) = {kappa:.3g}. A rounding of A x can move x along the flattest "
            f"direction by up to κ times as much, and descent corrects it there most slowly."
        )
    if theory.modes(experiment.learning_rate)[0].kind == "diverging":
        said.append(
            f"Growing: what was rounded early grows with the path, by up to {factor:.4g} each "
            "iteration. It is measured against the largest x of the run."
        )
    made = max(run.last_point for run in comparison.runs)
    if made > FEW:
        said.append(f"Many roundings: each of the {made} iterations adds some.")
    if verdict.departing:
        said.append(departure(theory) or "Something else: rounding does not explain so much.")
    return tuple(said) or ("More roundings than most runs have, within what they explain.",)


def departure(theory: Theory) -> str:
    """Why programs depart by more than rounding explains; "" where it is not known."""
    if theory.rank < min(theory.system.A.shape) and theory.singular_values[theory.rank] > 0:
        return "The prediction takes singular values below rounding for 0, the programs do not."
    return ""


def deviations(run: Run, theory: Theory, path: Array, losses: Array) -> Array:
    """How far a run is from its prediction at each point, (points,).

    The larger of the differences in x and in the root of the loss, each relative to its terms: A x
    - b carries the rounding of A x and of b, however small it is itself: next to a solution nothing
    smaller can be told apart.

    Args:
        path, losses: what theory has at the run's points, (points, n) and (points,).
    """
    iterates = run.iterates.astype(float)
    steepest = float(theory.singular_values[0])
    reach, pull = largest_norm(iterates), float(np.linalg.norm(theory.system.b))
    sizes = reach + (pull / steepest if steepest else 0.0), steepest * reach + pull
    with np.errstate(over="ignore", invalid="ignore"):
        in_x = np.abs(iterates - path).max(axis=1, initial=0.0)
        in_root = np.abs(np.sqrt(run.losses) - np.sqrt(losses))
    return np.asarray(np.maximum(in_x / (sizes[0] or 1.0), in_root / (sizes[1] or 1.0)))


def largest_norm(vectors: Array) -> float:
    """The largest 2-norm among the rows, 0 if there are none; squares do not overflow."""
    largest = float(np.abs(vectors).max(initial=0.0)) or 1.0
    return largest * float(np.linalg.norm(vectors / largest, axis=1).max(initial=0.0))


def relative_difference(measured: Array, predicted: Array, size: float) -> float:
    """The largest |measured - predicted| over `size`."""
    with np.errstate(over="ignore", invalid="ignore"):
        difference = float(np.abs(measured - predicted).max(initial=0.0))
    return difference / size if size else difference
