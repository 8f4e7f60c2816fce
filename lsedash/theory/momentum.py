"""The closed form of descent with momentum: each mode has two roots.

torch.optim.SGD keeps v <- beta v + gradient and steps by -alpha v, or with Nesterov by
-alpha (gradient + beta v). With s = alpha lambda and w = alpha v, an iteration maps a mode's error
e and its w to

    (e, w) <- ((1 - s) e - beta w, s e + beta w)                    heavy ball
    (e, w) <- ((1 - s (1 + beta)) e - beta^2 w, s e + beta w)       Nesterov

Polyak, "Some methods of speeding up the convergence of iteration methods" (1964); Goh, "Why
Momentum Really Works" (2017).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lsedash.problem import Array
from lsedash.theory.closed_form import Theory

TURN = 256  # iterations that are computed at once


def transition(step: float, momentum: float, *, nesterov: bool = False) -> Array:
    """The matrix, (2, 2), by which an iteration multiplies a mode's (e, w).

    Args:
        step: alpha lambda of the mode.
    """
    error_row = [1 - step, -momentum]
    if nesterov:
        error_row = [1 - step * (1 + momentum), -(momentum**2)]
    return np.array([error_row, [step, momentum]])


def roots(step: float, momentum: float, *, nesterov: bool = False) -> NDArray[np.complex128]:
    """The two roots of a mode, (2,): its error is a combination of their powers."""
    return np.asarray(np.linalg.eigvals(transition(step, momentum, nesterov=nesterov)), complex)


def convergence_factor(
    theory: Theory, learning_rate: float, momentum: float, *, nesterov: bool = False
) -> float:
    """The largest |root| of the moving modes: the factor of the distance in the long run."""
    steps = learning_rate * theory.curvatures[: theory.rank]
    sizes = [np.abs(roots(float(step), momentum, nesterov=nesterov)).max() for step in steps]
    return float(max(sizes, default=0.0))


def optimal_momentum(theory: Theory) -> tuple[float, float]:
    """The heavy ball's (learning rate, beta) that are fastest in the long run.

    The rank must be at least 1.

    With the largest and smallest non-zero lambda, L and l, alpha = (2 / (sqrt(L) + sqrt(l)))^2 and
    beta = ((sqrt(L) - sqrt(l)) / (sqrt(L) + sqrt(l)))^2; the factor is then sqrt(beta). The
    singular values are the sqrt(lambda).
    """
    steepest, flattest = (float(theory.singular_values[i]) for i in (0, theory.rank - 1))
    total = steepest + flattest
    return (2 / total) ** 2, ((steepest - flattest) / total) ** 2


def losses(
    theory: Theory,
    x0: ArrayLike,
    learning_rate: float,
    momentum: float,
    iterations: int,
    *,
    nesterov: bool = False,
) -> Array:
    """The loss of each point, (iterations + 1,), for either kind of momentum."""
    start = theory.residual_along(x0)
    steps = learning_rate * theory.curvatures[: theory.rank]
    matrices = np.array([transition(float(s), momentum, nesterov=nesterov) for s in steps])
    matrices = matrices.reshape(-1, 2, 2)
    state = np.zeros((len(steps), 2))  # (e, w) of each mode, in units of its initial error
    state[:, 0] = 1.0
    values = []
    with np.errstate(over="ignore", invalid="ignore"):
        powers, whole_turn = _powers(matrices)
        for _ in range(0, iterations + 1, TURN):
            errors = np.einsum("kmj,mj->km", powers, state)
            residuals = np.where(start == 0, 0.0, errors * start)
            values.append(theory.least_loss + 0.5 * np.sum(residuals**2, axis=1))
            state = np.einsum("mij,mj->mi", whole_turn, state)
    return np.concatenate(values)[: iterations + 1]


def _powers(matrices: Array) -> tuple[Array, Array]:
    """The first rows of M^0 to M^(TURN - 1) of each mode, (TURN, modes, 2), and M^TURN."""
    power, rows = np.tile(np.eye(2), (len(matrices), 1, 1)), []
    for _ in range(TURN):
        rows.append(power[:, 0])
        power = power @ matrices
    return np.array(rows), power
