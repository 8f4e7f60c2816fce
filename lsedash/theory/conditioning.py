"""What the condition number means for descent, and which remedies lower it.

At full row (column) rank, rows (columns) of length 1 bring kappa within a factor sqrt(m) (sqrt(n))
of the best scaling: van der Sluis, "Condition numbers and equilibration of matrices" (1969). QR:
Golub and Van Loan, "Matrix Computations" (4th ed. 2013), sections 5.2 and 5.6.
"""

from math import log, log1p
from typing import Literal

import numpy as np

from lsedash.experiment import Experiment
from lsedash.meaning import Meaning
from lsedash.problem import Array
from lsedash.theory.closed_form import Theory
from lsedash.theory.remedy import SAME, Remedy, Words, remedy
from lsedash.theory.standardising import standardised

Outlook = Literal["comfortable", "slow", "hopeless"]

ALL_DIGITS = 16  # of float64


ROWS: Words = (
    "rows",
    "Scale the rows",
    r"D A x = D b,\quad D = \mathrm{diag}(1 / \lVert a_i \rVert)",
    "Divides each equation by the length of its row of A, on both sides. ",
)
SAME_SOLUTIONS = "Every solution stays a solution, and descent ends at the same one."
OTHER_SOLUTIONS = (
    "No x satisfies all equations, and scaling changes their weights: in general the least-squares "
    "solution is another x."
)
COLUMNS: Words = (
    "columns",
    "Scale the columns",
    r"A D y = b,\quad x = D y",
    "Rescales each unknown: D divides its column of A by the column's length. Corresponding points "
    "have the same loss. ",
)
SAME_POINT = "The least-squares solution, the only one, stays the same."
SAME_POINTS = (
    "The least-squares solutions stay the same, but descent from the same start may end at another "
    "one."
)
QR_COLUMNS: Words = (
    "qr",
    "QR",
    r"A = Q R,\quad Q y = b,\quad y = R x",
    "Takes y = R x as the unknowns; corresponding points have the same loss. Solving the "
    "triangular system R x = y for x at the end feels κ itself, not its square. ",
)
QR_ROWS: Words = (
    "qr",
    "QR",
    r"A^T = Q R,\quad Q^T x = R^{-T} b",
    f"Replaces the equations by as many with orthonormal rows. {SAME_SOLUTIONS} ",
)
ONE_ITERATION = (
    "κ is 1, and one iteration at the learning rate 1 is enough; but computing Q and R takes "
    "about as much work as solving the system directly."
)


def iterations_per_digit(theory: Theory) -> float:
    """Iterations that divide the distance to the limit by ten at the optimal learning rate.

    The convergence factor there is (kappa^2 - 1) / (kappa^2 + 1).
    """
    gap = 2 / (theory.condition_number**2 + 1)  # 1 - factor, without cancellation
    return 1.0 if gap >= 1 else -log(10) / log1p(-gap)


def outlook(theory: Theory, *, most: int) -> Outlook:
    """How far descent gets at the optimal learning rate.

    Args:
        most: the largest number of iterations.

    Returns:
        "comfortable" if they are enough for all 16 digits of float64, or if kappa is 1; "hopeless"
        if they are not enough for one digit; "slow" in between.
    """
    per_digit = iterations_per_digit(theory)
    if theory.condition_number <= 1 + SAME or ALL_DIGITS * per_digit <= most:
        return "comfortable"
    return "slow" if per_digit <= most else "hopeless"


def remedies(experiment: Experiment, meaning: Meaning | None = None) -> tuple[Remedy, ...]:
    """The remedies for the condition number of an experiment's system.

    A remedy is left out if it would change nothing or overflows: for A = 0 all are, scaling is if
    all rows (or columns) have the same length, and at kappa = 1 every remedy that does not raise
    the rank is. Scaling may raise kappa; see the remedy's theory. Standardising needs a column of
    ones.

    Args:
        meaning: what the columns of A mean, if it is known.
    """
    theory = Theory(experiment.system)
    if theory.rank == 0:
        return ()
    with np.errstate(over="ignore", invalid="ignore"):
        candidates = [make(experiment, theory) for make in (_rows, _columns, _qr)]
        candidates.append(standardised(experiment, theory, meaning))
    lowest_rank = theory.rank + 1 if theory.condition_number <= 1 + SAME else 0
    return tuple(r for r in candidates if r and r.theory.rank >= lowest_rank)


def why_no_qr(theory: Theory) -> str:
    """Why QR is not among the remedies, in one sentence; "" if it is or overflows."""
    m, n, rank = theory.system.m, theory.system.n, theory.rank
    if rank == 0:
        return "A is zero, so QR would change nothing."
    if theory.condition_number <= 1 + SAME:
        return "κ(A) is already 1, so QR would change nothing."
    if rank < min(m, n):
        if not theory.rank_is_exact:
            return (
                f"The rank is {rank} of {min(m, n)} to rounding: the inverse of R would be made of "
                "rounding errors."
            )
        return (
            f"The rank, {rank}, is below the number of rows, {m}, and of columns, {n}: "
            "R would have no inverse."
        )
    return ""


def _rows(experiment: Experiment, theory: Theory) -> Remedy | None:
    A, b = experiment.system.A, experiment.system.b
    lengths = _lengths(A)
    if _all_the_same(lengths):
        return None
    meaning = SAME_SOLUTIONS if theory.least_loss == 0 else OTHER_SOLUTIONS
    return remedy(ROWS, meaning, experiment, theory, A / lengths[:, None], b / lengths)


def _columns(experiment: Experiment, theory: Theory) -> Remedy | None:
    A, b = experiment.system.A, experiment.system.b
    lengths = _lengths(A.T)
    if _all_the_same(lengths):
        return None
    meaning = SAME_POINT if theory.rank == theory.system.n else SAME_POINTS
    return remedy(COLUMNS, meaning, experiment, theory, A / lengths, b, np.diag(lengths))


def _qr(experiment: Experiment, theory: Theory) -> Remedy | None:
    A, b = experiment.system.A, experiment.system.b
    m, n = A.shape
    if theory.rank == n:
        Q, R = _factors(A)
        return remedy(QR_COLUMNS, ONE_ITERATION, experiment, theory, Q, b, R)
    if theory.rank == m:
        Q, R = _factors(A.T)
        right = np.asarray(np.linalg.solve(R.T, b), dtype=float)
        return remedy(QR_ROWS, ONE_ITERATION, experiment, theory, Q.T, right)
    return None


def _factors(A: Array) -> tuple[Array, Array]:
    """Q and R with no negative entry on R's diagonal; unique if A has full column rank."""
    Q, R = np.linalg.qr(A)
    signs = np.where(np.diag(R) < 0, -1.0, 1.0)
    return Q * signs + 0.0, R * signs[:, None] + 0.0  # no -0


def _lengths(rows: Array) -> Array:
    """The lengths of the rows; 1 for a row of zeros."""
    lengths = np.linalg.norm(rows, axis=1)
    return np.where(lengths > 0, lengths, 1.0)


def _all_the_same(lengths: Array) -> bool:
    return bool(np.ptp(lengths) <= SAME * lengths.max())
