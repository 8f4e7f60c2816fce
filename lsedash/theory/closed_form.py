"""The closed form of gradient descent on 1/2 ||A x - b||^2.

With A = U S V^T the descent splits into n independent modes. Mode i has the curvature
lambda_i = s_i^2, and each iteration multiplies its part of the error by 1 - alpha lambda_i:
Nesterov, "Lectures on Convex Optimization" (2018), section 1.2.3; Goh, "Why Momentum Really Works"
(2017).
"""

from functools import cached_property
from math import inf, isfinite
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from lsedash.experiment import Experiment
from lsedash.problem import Array, LinearSystem
from lsedash.theory.best_rate import best_rate
from lsedash.theory.exact_rank import exact_rank
from lsedash.theory.powers import first_true, one_minus_power, power, weighted
from lsedash.theory.regimes import EPS, Mode, mode_at
from lsedash.theory.zero import rounding_loss

if TYPE_CHECKING:
    from lsedash.figures.curves import Figure


class Theory:
    """The theory of descent on a linear system, from its singular value decomposition.

    For m > n this takes about 6 m n^2 operations and a copy of A; `left_directions`, as large as A,
    are kept.

    A mode moves if its curvature is above 0; the first `rank` modes do.

    Attributes:
        system: the linear system, m equations in n unknowns.
        singular_values: descending, (min(m, n),).
        rank: as `np.linalg.matrix_rank` counts it; see `rank_is_exact`.
        directions: the right singular vectors as columns, (n, n), in the order of `curvatures`.
        left_directions: the left singular vectors of the moving modes as columns, (m, rank).
        curvatures: eigenvalues of A^T A, (n,), descending; exactly 0 for the null space.
        condition_number: largest over smallest non-zero singular value; 1 for A = 0. Descent feels
            its square.
        least_loss: the smallest possible loss; exactly 0 if A x = b has a solution up to rounding.
    """

    def __init__(self, system: LinearSystem) -> None:
        self.system = system
        m, n = system.m, system.n
        U, S, Vt = np.linalg.svd(system.A, full_matrices=m < n)  # Vt is (n, n) either way
        self.singular_values: Array = S
        threshold = S[0] * max(m, n) * EPS  # that of matrix_rank
        self.rank = int((S > threshold).sum())
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
        # A x = b counts as solvable if a change of A and b by rounding makes it solvable
        size = np.linalg.norm(b) + self.singular_values[0] * np.linalg.norm(in_range / self._S)
        solvable = self.rank == self.system.m or gap <= rounding * size
        return 0.0 if solvable else float(0.5 * gap**2)

    @property
    def critical_learning_rate(self) -> float:
        """2 / lambda_max, the largest stable learning rate; infinite for A = 0."""
        return _two_over(self.curvatures[0])

    @property
    def optimal_learning_rate(self) -> float:
        """2 / (lambda_max + smallest non-zero lambda), the fastest in the long run; inf for A = 0.

        Nesterov (2018), section 2.1.5. For N iterations from one start, see `best_learning_rate`.
        """
        return _two_over(self.curvatures[0] + self.curvatures[max(self.rank - 1, 0)])

    def best_learning_rate(self, x0: ArrayLike, iterations: int) -> float:
        """The rate with the smallest loss after so many iterations from x0 (n,).

        In the long run only the flattest mode is left, and this is `optimal_learning_rate`; before,
        it depends on what else is left. With one mode to remove it is 1 / lambda. It may be above
        `critical_learning_rate` if the steep modes have little of the loss and the iterations are
        few. It is `optimal_learning_rate` where every rate leaves the same loss: for no iterations,
        and at a start whose loss is the smallest possible one up to rounding. It is inf for A = 0.
        """
        if self.starts_at_limit(x0):
            return self.optimal_learning_rate
        best = best_rate(self.curvatures[: self.rank], self.residual_along(x0), iterations)
        return self.optimal_learning_rate if best is None else best

    def starts_at_limit(self, x0: ArrayLike) -> bool:
        """Whether x0 (n,) has the smallest possible loss up to rounding."""
        excess = 0.5 * float(np.sum(self.residual_along(x0) ** 2))
        return excess <= rounding_loss(self.system, self.descent_limit(x0))

    def convergence_factor(self, learning_rate: float) -> float:
        """max |1 - alpha lambda| over the non-zero lambda; 0 for A = 0.

        Each iteration multiplies the distance to the limit by this factor at most.
        """
        factors = [mode.factor for mode in self.modes(learning_rate)[: self.rank]]
        return float(np.abs(factors).max(initial=0.0))

    @cached_property
    def rank_is_exact(self) -> bool:
        """Whether the rank is that of A as a fact; False if float64 only cannot see more of it."""
        return self.rank == min(self.system.A.shape) or exact_rank(self.system.A) <= self.rank

    def converges(self, learning_rate: float) -> bool:
        """Whether descent converges from every start: no mode is undamped or diverging.

        `convergence_factor` cannot tell, because a tiny alpha lambda rounds it to 1.
        """
        return self.modes(learning_rate)[0].kind not in ("undamped", "diverging")

    def modes(self, learning_rate: float) -> tuple[Mode, ...]:
        """The n modes, in the order of `curvatures`."""
        steps = learning_rate * self.curvatures
        return tuple(
            mode_at(float(curvature), float(step))
            for curvature, step in zip(self.curvatures, steps, strict=True)
        )

    def descent_limit(self, x0: ArrayLike) -> Array:
        """Where descent from x0 (n,) ends, (n,): A^+ b + (I - A^+ A) x0."""
        start = np.asarray(x0, dtype=float)
        return start - self._coefficients(start) @ self.moving_directions

    def iterates(self, x0: ArrayLike, learning_rate: float, ks: ArrayLike) -> Array:
        """x_k for each k in `ks`, (len(ks), n); inf or nan where it overflows.

        x_k = x* + V (1 - alpha lambda)^k c with c = V^T (x0 - x*), computed as
        x0 - V (1 - (1 - alpha lambda)^k) c: a distant x* then costs no digits while x_k is near x0.
        """
        start = np.asarray(x0, dtype=float)
        progress = one_minus_power(self._steps(learning_rate), ks)
        with np.errstate(over="ignore", invalid="ignore"):
            return start - weighted(progress, self._coefficients(start)) @ self.moving_directions

    def losses(self, x0: ArrayLike, learning_rate: float, ks: ArrayLike) -> Array:
        """loss_k for each k in `ks`, (len(ks),); inf where it overflows.

        least_loss + 1/2 sum (1 - alpha lambda_i)^(2k) d_i^2, where d = S c are the coordinates of
        A (x0 - x*), the part of the start's residual in the range of A.
        """
        return self.least_loss + self._excess(x0, learning_rate, ks)

    def mode_losses(self, x0: ArrayLike, learning_rate: float, ks: ArrayLike) -> Array:
        """The part of loss_k in each moving mode, (len(ks), rank).

        1/2 (1 - alpha lambda_i)^(2k) d_i^2; with the least loss they add up to the loss.
        """
        with np.errstate(over="ignore"):
            powers = power(self._steps(learning_rate), 2 * np.asarray(ks, dtype=float))
            return 0.5 * weighted(powers, self.residual_along(x0) ** 2)

    def mode_coordinates(self, x0: ArrayLike, learning_rate: float, ks: ArrayLike) -> Array:
        """V^T (x_k - x*) of the moving modes, (len(ks), rank): (1 - alpha lambda_i)^k c_i."""
        with np.errstate(over="ignore"):
            powers = power(self._steps(learning_rate), ks)
            return weighted(powers, self._coefficients(np.asarray(x0, dtype=float)))

    def iterations_to(self, tolerance: float, x0: ArrayLike, learning_rate: float) -> int | None:
        """The first k with loss_k <= tolerance; None if there is none, or loss_0 is beyond floats.

        The excess over the least loss is a sum of exponentials in k and so convex: it falls, then
        rises. The first k is where it falls, so bisection finds it.
        """
        allowed = tolerance - self.least_loss

        def reached(k: int) -> bool:
            return bool(self._excess(x0, learning_rate, [k])[0] <= allowed)

        def rising(k: int) -> bool:
            return self._slope(x0, learning_rate, k) >= 0

        if reached(0):
            return 0
        if not isfinite(self._excess(x0, learning_rate, [0])[0]):
            return None
        if allowed <= 0:  # descent reaches the least loss exactly in one step or never
            return 1 if reached(1) else None
        k = 1
        while not reached(k) and not rising(k):
            k *= 2
        bottom = k if reached(k) else first_true(rising, k // 2, k)
        return first_true(reached, k // 2, bottom) if reached(bottom) else None

    def plot_modes(
        self, learning_rate: float = 0.1, x0: ArrayLike | None = None, iterations: int = 50
    ) -> "Figure":
        """The predicted loss as a stack of its modes, as a Plotly figure.

        Args:
            learning_rate, x0, iterations: of the descent, as an `Experiment` takes them.
        """
        from lsedash.figures import plots  # a higher floor; only this method needs it

        return plots.plot_modes(self, Experiment(self.system, x0, learning_rate, iterations))

    def _repr_html_(self) -> str:
        """A small table, for notebooks."""
        from lsedash.export import notebook  # a higher floor; only notebooks need it

        return notebook.html_of(notebook.theory_table(self))

    @property
    def moving_directions(self) -> Array:
        """The directions of the moving modes as rows, (rank, n)."""
        return self.directions[:, : self.rank].T

    def _steps(self, learning_rate: float) -> Array:
        """alpha lambda of the moving modes, (rank,)."""
        return np.asarray(learning_rate * self.curvatures[: self.rank])

    def residual_along(self, x0: ArrayLike) -> Array:
        """The start's residual along the left singular vectors, (rank,): S c, c = V^T (x0 - x*)."""
        x0 = np.asarray(x0, dtype=float)
        return np.asarray(
            self._S * (self.moving_directions @ x0) - self.left_directions.T @ self.system.b
        )

    def _coefficients(self, x0: ArrayLike) -> Array:
        """c = V^T (x0 - x*) of the moving modes, (rank,)."""
        return np.asarray(self.residual_along(x0) / self._S)

    def _excess(self, x0: ArrayLike, learning_rate: float, ks: ArrayLike) -> Array:
        """The loss above the least loss, (len(ks),)."""
        with np.errstate(over="ignore"):
            return np.asarray(self.mode_losses(x0, learning_rate, ks).sum(axis=1))

    def _slope(self, x0: ArrayLike, learning_rate: float, k: int) -> float:
        """loss_(k+1) - loss_k; its sign is right even where the two round to the same float."""
        steps = self._steps(learning_rate)
        with np.errstate(over="ignore"):
            weights = -(self.residual_along(x0) ** 2) * steps * (2 - steps)
            return float(weighted(power(steps, 2 * np.array([float(k)])), weights).sum())


def _two_over(curvature: float) -> float:
    return 2 / float(curvature) if curvature > 0 else inf
