"""The closed forms of two programs that do the right things in a wrong order."""

from collections.abc import Callable
from functools import cache, partial
from math import ceil, log

import numpy as np
from numpy.typing import ArrayLike

from lsedash.experiment import Experiment
from lsedash.problem import Array
from lsedash.text.words import brief, tell_apart
from lsedash.theory.closed_form import Theory
from lsedash.theory.powers import weighted
from lsedash.theory.prediction import Curve, Prediction
from lsedash.theory.regimes import EPS

DECAY = 0.98  # of the optimizer `exponential_decay`


def entry_by_entry(experiment: Experiment) -> Prediction:
    """Entry j steps with the gradient at an x whose entries before j have moved already.

    With L the part of A^T A below its diagonal, (I + alpha L) (x_(k+1) - x_k) = -alpha gradient_k.
    This splits A^T A into P = I / alpha + L and a rest, and converges if P + P^T - A^T A, which is
    2 I / alpha - diag(A^T A), is positive definite: Keller, "On the solution of singular and
    semidefinite linear systems by iteration" (1965). It may converge above that edge, too.
    """
    system, theory = experiment.system, Theory(experiment.system)
    matrix, shift = _one_iteration(experiment)
    iterates = _walk(matrix, shift, experiment.x0)

    def losses(ks: ArrayLike) -> Array:
        with np.errstate(over="ignore", invalid="ignore"):
            residuals = iterates(ks) @ system.A.T - system.b
            return np.asarray(0.5 * np.sum(residuals**2, axis=1))

    steepest = float(np.max(np.sum(system.A**2, axis=0)))
    edge = 2 / steepest if steepest else np.inf
    words = _entry_words(theory, matrix, edge, experiment.learning_rate)
    return Prediction(words, iterates, losses, edge)


def _one_iteration(experiment: Experiment) -> tuple[Array, Array]:
    """M (n, n) and d (n,): x_(k+1) - x0 = M (x_k - x0) + d."""
    system, rate = experiment.system, experiment.learning_rate
    with np.errstate(over="ignore", invalid="ignore"):
        steps = rate * (system.A.T @ system.A)
        moved = np.column_stack([steps, rate * system.gradient(experiment.x0)])
        for j in range(system.n):  # forward substitution: (I + alpha L) moved = what it was
            moved[j] -= steps[j, :j] @ moved[:j]
    return np.eye(system.n) - moved[:, :-1], -moved[:, -1]


def _walk(matrix: Array, shift: Array, x0: Array) -> Curve:
    """ks -> x at each k, (len(ks), n), by powers of the iteration; inf or nan if it overflows."""
    n = len(x0)
    iteration = np.block([[matrix, shift[:, None]], [np.zeros(n), 1.0]])

    power = cache(partial(np.linalg.matrix_power, iteration))

    def advanced(state: Array, steps: int) -> Array:
        """The state so many iterations later; a power that overflows is taken in two halves."""
        if steps == 0 or not np.isfinite(state).all():
            return state
        if steps == 1 or np.isfinite(power(steps)).all():
            return np.asarray(power(steps) @ state)
        return advanced(advanced(state, steps // 2), steps - steps // 2)

    def iterates(ks: ArrayLike) -> Array:
        k, places = np.unique(np.asarray(ks, dtype=int), return_inverse=True)
        state, path = np.append(np.zeros(n), 1.0), np.empty((len(k), n))
        with np.errstate(over="ignore", invalid="ignore"):
            for i, steps in enumerate(np.diff(k, prepend=0).tolist()):
                state = advanced(state, steps)
                path[i] = x0 + state[:-1]
        return path[places]

    return iterates


def _entry_words(theory: Theory, matrix: Array, edge: float, rate: float) -> str:
    n, rank = theory.system.n, theory.rank
    if edge == np.inf:
        return "A is zero, and so is every gradient: nothing moves at any learning rate."
    if n == 1:
        return "With a single unknown there is no other entry: this is the right program."
    where = "It ends where the right program ends"
    if rank < n:
        where = f"The rank, {rank}, is below n = {n}, so it may end at another solution"
    return (
        "Later entries see earlier ones already moved, as in the method of Gauss and Seidel. "
        f"{where}, at every learning rate below 2 / max ‖aⱼ‖² = {brief(edge)}, where aⱼ is column "
        f"j of A.{_pace_words(theory, matrix, rate)}"
    )


def _pace_words(theory: Theory, matrix: Array, rate: float) -> str:
    """By how much the distance shrinks or grows in the long run, against the right program."""
    if not np.isfinite(matrix).all():
        return ""
    moving = theory.moving_directions @ matrix @ theory.moving_directions.T
    factor = float(np.abs(np.linalg.eigvals(moving)).max())
    right = theory.convergence_factor(rate)
    return (
        f" In the long run an iteration multiplies the distance by {brief(factor)} here; the right "
        f"program has the factor {brief(right)}."
    )


def one_step_ahead(experiment: Experiment) -> Prediction:
    """Update k has the rate alpha 0.98^(k + 1), not alpha 0.98^k: it begins at 0.98 alpha.

    Mode i is multiplied by the product of 1 - alpha 0.98^j lambda_i.
    """
    theory, first = Theory(experiment.system), DECAY * experiment.learning_rate
    left = _products(first * theory.curvatures[: theory.rank])
    along = theory.residual_along(experiment.x0)
    limit = theory.descent_limit(experiment.x0)
    start = theory.moving_directions @ (experiment.x0 - limit)

    def iterates(ks: ArrayLike) -> Array:
        gone = weighted(left(ks)[1], start)
        return np.asarray(experiment.x0 - gone @ theory.moving_directions)

    def losses(ks: ArrayLike) -> Array:
        with np.errstate(over="ignore"):
            rest = weighted(left(ks)[0], along) ** 2
            return np.asarray(theory.least_loss + 0.5 * rest.sum(axis=1))

    edge = theory.critical_learning_rate / DECAY
    return Prediction(_ahead_words(first, edge, experiment.learning_rate), iterates, losses, edge)


def _products(steps: Array) -> Callable[[ArrayLike], tuple[Array, Array]]:
    """ks -> the product P of 1 - step 0.98^j for j < k, and 1 - P, each (len(ks), len(steps)).

    1 - P is summed up by itself, so that small steps keep their digits. After some thousand
    iterations the steps are too small to change P.
    """
    largest = min(max(1.0, float(steps.max(initial=0.0))), 1e300)
    last = ceil(log(EPS / 4 / largest) / log(DECAY))

    def products(ks: ArrayLike) -> tuple[Array, Array]:
        k = np.minimum(np.asarray(ks, dtype=int).ravel(), last)
        fallen = steps * DECAY ** np.arange(k.max(initial=0))[:, None]
        with np.errstate(over="ignore", invalid="ignore"):
            left = np.vstack([np.ones_like(steps), np.cumprod(1 - fallen, axis=0)])
            gone = np.vstack([np.zeros_like(steps), np.cumsum(left[:-1] * fallen, axis=0)])
        return left[k], gone[k]

    return products


def _ahead_words(first: float, edge: float, rate: float) -> str:
    if edge == np.inf:
        return "A is zero, and so is every gradient: nothing moves at any learning rate."
    written, at = tell_apart(edge, rate)
    growing = (
        f" The learning rate {at} is above it: the path grows until the rate has fallen enough."
    )
    return (
        f"The first step has the rate 0.98 α, not α: this is the right program's path at the "
        f"learning rate {brief(first)}. The edge of the first step moves to 2 / (0.98 λₘₐₓ) = "
        f"{written if rate > edge else brief(edge)}.{growing if rate > edge else ''}"
    )
