"""What linear algebra says about gradient descent on 1/2 ||A x - b||^2, before it is run.

With A = U S V^T the descent splits into n independent modes. Mode i has curvature lambda_i = s_i^2
and its part of the error shrinks by the factor 1 - alpha lambda_i each iteration: Nesterov,
"Lectures on Convex Optimization" (2018), section 1.2.3; Goh, "Why Momentum Really Works" (2017).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from lsedash.problem import Array, LinearSystem

Kind = Literal["frozen", "monotone", "one-step", "oscillating", "undamped", "diverging"]

EPS = float(np.finfo(float).eps)


@dataclass(frozen=True)
class Mode:
    """What descent does along one right singular vector of A.

    Attributes:
        curvature: lambda, the eigenvalue of A^T A.
        factor: 1 - alpha lambda; the error's part along this mode is multiplied by it.
        kind: frozen (lambda = 0), monotone (0 < alpha lambda < 1), one-step (= 1),
            oscillating (1 < alpha lambda < 2), undamped (= 2) or diverging (> 2); "=" to 4 eps.
    """

    curvature: float
    factor: float
    kind: Kind


class Theory:
    """What can be known of descent on a system from its singular value decomposition.

    Attributes:
        system: the linear system, m equations in n unknowns.
        singular_values: descending, (min(m, n),).
        rank: as `np.linalg.matrix_rank` counts it.
        directions: the right singular vectors as columns, (n, n), in the order of `curvatures`.
        left_directions: the left ones of the modes that move, as columns, (m, rank).
        curvatures: eigenvalues of A^T A, (n,), descending; 0 exactly for the null space.
        condition_number: largest over smallest non-zero singular value; 1 for A = 0. Descent feels
            its square.
        least_loss: the smallest loss any x has; 0 exactly if A x = b can be solved to rounding.
    """

    def __init__(self, system: LinearSystem) -> None:
        self.system = system
        m, n = system.m, system.n
        U, S, Vt = np.linalg.svd(system.A, full_matrices=m < n)  # Vt is (n, n) either way
        self.singular_values: Array = S
        negligible = S[0] * max(m, n) * EPS  # as matrix_rank has it
        self.rank = int((S > negligible).sum())
        self.directions: Array = Vt.T
        self.curvatures: Array = np.zeros(n)
        self.curvatures[: self.rank] = S[: self.rank] ** 2
        self.left_directions: Array = U[:, : self.rank]
        self._S: Array = S[: self.rank]
        self.condition_number = float(S[0] / self._S[-1]) if self.rank else 1.0
        self.least_loss = self._least_loss()

    def _least_loss(self) -> float:
        b, rounding = self.system.b, max(self.system.A.shape) * EPS
        in_range = self.left_directions.T @ b
        gap = np.linalg.norm(b - self.left_directions @ in_range)
        # A x = b is solvable if a change of A and b by mere rounding makes it so
        sizes = np.linalg.norm(b) + self.singular_values[0] * np.linalg.norm(in_range / self._S)
        solvable = self.rank == self.system.m or gap <= rounding * sizes
        return 0.0 if solvable else float(0.5 * gap**2)

    @property
    def critical_learning_rate(self) -> float:
        """2 / lambda_max, the largest stable learning rate; infinite for A = 0."""
        return _two_over(self.curvatures[0])

    @property
    def optimal_learning_rate(self) -> float:
        """2 / (lambda_max + smallest non-zero lambda), the fastest; infinite for A = 0."""
        return _two_over(self.curvatures[0] + self.curvatures[max(self.rank - 1, 0)])

    def convergence_factor(self, learning_rate: float) -> float:
        """max |1 - alpha lambda| over the non-zero lambda; 0 for A = 0, where nothing moves.

        The distance to the limit shrinks at least by this factor each iteration.
        """
        factors = 1 - learning_rate * self.curvatures[: self.rank]
        return float(np.abs(factors).max(initial=0.0))

    def converges(self, learning_rate: float) -> bool:
        """Whether descent comes to rest from every start: no mode is undamped or diverging.

        Told from the modes, since next to a tiny alpha lambda the factor is 1 to rounding.
        """
        return self.modes(learning_rate)[0].kind not in ("undamped", "diverging")

    def modes(self, learning_rate: float) -> tuple[Mode, ...]:
        """The n modes, in the order of `curvatures`."""
        steps = learning_rate * self.curvatures
        return tuple(
            Mode(float(curvature), float(1 - step), _kind(float(step)))
            for curvature, step in zip(self.curvatures, steps, strict=True)
        )

    def descent_limit(self, x0: ArrayLike) -> Array:
        """Where descent from x0 (n,) ends, (n,): A^+ b + (I - A^+ A) x0."""
        start = np.asarray(x0, dtype=float)
        return start - self._coefficients(start) @ self.moving_directions

    def iterates(self, x0: ArrayLike, learning_rate: float, ks: ArrayLike) -> Array:
        """x_k for each k in `ks`, (len(ks), n); not finite where it is beyond what floats hold.

        x_k = x* + V (1 - alpha lambda)^k c with c = V^T (x0 - x*), written as
        x0 - V (1 - (1 - alpha lambda)^k) c: a far-off x* then costs no digits of a path that never
        comes near it.
        """
        start = np.asarray(x0, dtype=float)
        covered = _one_minus_power(self._steps(learning_rate), ks)
        with np.errstate(over="ignore", invalid="ignore"):
            return start - _weighed(covered, self._coefficients(start)) @ self.moving_directions

    def losses(self, x0: ArrayLike, learning_rate: float, ks: ArrayLike) -> Array:
        """loss_k for each k in `ks`, (len(ks),); infinite where it is beyond what floats hold.

        least_loss + 1/2 sum (1 - alpha lambda_i)^(2k) d_i^2 with d = S c: the part of the start's
        residual that lies in the range of A.
        """
        return self.least_loss + self._excess(x0, learning_rate, ks)

    def mode_losses(self, x0: ArrayLike, learning_rate: float, ks: ArrayLike) -> Array:
        """What each mode that moves adds to loss_k, (len(ks), rank).

        1/2 (1 - alpha lambda_i)^(2k) d_i^2; their sum and the least loss are the loss.
        """
        with np.errstate(over="ignore"):
            powers = _power(self._steps(learning_rate), 2 * np.asarray(ks, dtype=float))
            return 0.5 * _weighed(powers, self.residual_along(x0) ** 2)

    def mode_coordinates(self, x0: ArrayLike, learning_rate: float, ks: ArrayLike) -> Array:
        """V^T (x_k - x*) of the modes that move, (len(ks), rank): (1 - alpha lambda_i)^k c_i."""
        with np.errstate(over="ignore"):
            powers = _power(self._steps(learning_rate), ks)
            return _weighed(powers, self._coefficients(np.asarray(x0, dtype=float)))

    def iterations_to(self, tolerance: float, x0: ArrayLike, learning_rate: float) -> int | None:
        """The first k with loss_k <= tolerance; None if there is none.

        The excess over the least loss is a sum of exponentials in k, hence convex: it has one
        valley, and the first k lies on the way down.
        """
        allowed = tolerance - self.least_loss

        def reached(k: int) -> bool:
            return bool(self._excess(x0, learning_rate, [k])[0] <= allowed)

        def rising(k: int) -> bool:
            return self._slope(x0, learning_rate, k) >= 0

        if reached(0):
            return 0
        if (
            allowed <= 0
        ):  # only exactly nothing will do, and descent gets there in one step or never
            return 1 if reached(1) else None
        k = 1
        while not reached(k) and not rising(k):
            k *= 2
        bottom = k if reached(k) else _first(rising, k // 2, k)
        return _first(reached, k // 2, bottom) if reached(bottom) else None

    @property
    def moving_directions(self) -> Array:
        """The directions that descent moves along, as rows, (rank, n)."""
        return self.directions[:, : self.rank].T

    def _steps(self, learning_rate: float) -> Array:
        """alpha lambda of the modes that move, (rank,)."""
        return np.asarray(learning_rate * self.curvatures[: self.rank])

    def residual_along(self, x0: ArrayLike) -> Array:
        """The start's residual along the left singular vectors, (rank,): S c, c = V^T (x0 - x*)."""
        x0 = np.asarray(x0, dtype=float)
        return np.asarray(
            self._S * (self.moving_directions @ x0) - self.left_directions.T @ self.system.b
        )

    def _coefficients(self, x0: ArrayLike) -> Array:
        """c = V^T (x0 - x*) of the modes that move, (rank,)."""
        return np.asarray(self.residual_along(x0) / self._S)

    def _excess(self, x0: ArrayLike, learning_rate: float, ks: ArrayLike) -> Array:
        """The loss above the least loss, (len(ks),)."""
        with np.errstate(over="ignore"):
            return np.asarray(self.mode_losses(x0, learning_rate, ks).sum(axis=1))

    def _slope(self, x0: ArrayLike, learning_rate: float, k: int) -> float:
        """loss_(k+1) - loss_k, up to rounding; its sign is right even where the two are equal."""
        steps = self._steps(learning_rate)
        weights = -(self.residual_along(x0) ** 2) * steps * (2 - steps)
        with np.errstate(over="ignore"):
            return float(_weighed(_power(steps, 2 * np.array([float(k)])), weights).sum())


def _two_over(curvature: float) -> float:
    return 2 / float(curvature) if curvature > 0 else inf


def _kind(step: float) -> Kind:
    if step == 0:
        return "frozen"
    for value, kind in ((1.0, "one-step"), (2.0, "undamped")):
        if abs(step - value) <= 4 * EPS * value:
            return kind  # type: ignore[return-value]
    return "monotone" if step < 1 else "oscillating" if step < 2 else "diverging"


def _power(steps: Array, ks: ArrayLike) -> Array:
    """(1 - step)^k, (len(ks), len(steps)), with all digits of a small step."""
    k = np.asarray(ks, dtype=float)[:, None]
    small = np.minimum(steps, 0.5)
    with np.errstate(over="ignore"):
        power: Array = np.where(steps <= 0.5, np.exp(k * np.log1p(-small)), (1 - steps) ** k)
    return power


def _one_minus_power(steps: Array, ks: ArrayLike) -> Array:
    """1 - (1 - step)^k, (len(ks), len(steps)), with all digits of a small step."""
    k = np.asarray(ks, dtype=float)[:, None]
    small = np.minimum(steps, 0.5)
    with np.errstate(over="ignore"):
        rest: Array = np.where(steps <= 0.5, -np.expm1(k * np.log1p(-small)), 1 - (1 - steps) ** k)
    return rest


def _weighed(powers: Array, weights: Array) -> Array:
    """powers * weights, where a weight of 0 leaves nothing, even of an infinite power."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.where(weights == 0, 0.0, powers * weights)


def _first(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The smallest k in (low, high] for which `holds`; it does at high, and stays once it does."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
