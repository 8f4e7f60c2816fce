"""How far rounding can move a descent off its exact path, and how many digits of x it leaves.

The model of rounding is that of Higham, "Accuracy and Stability of Numerical Algorithms" (2nd ed.
2002): the error of an operation is at most u = eps / 2 times its result (2.4), that of a sum of n
products, in any order, at most n u times the sum of their sizes (3.3 to 3.5, to first order in u).
"""

from collections.abc import Callable
from math import inf, isfinite, log10, sqrt

import numpy as np
from numpy.typing import ArrayLike

from lsedash.experiment import Experiment
from lsedash.problem import Array
from lsedash.theory.closed_form import Theory
from lsedash.theory.zero import rounding_loss

HIGHER_ORDERS = 1.1  # allowance for products of errors if m u and n u are below 1 %


def rounding_bound(theory: Theory, experiment: Experiment) -> float:
    """The largest of `rounding_bounds`."""
    return float(rounding_bounds(theory, experiment).max())


def rounding_bounds(theory: Theory, experiment: Experiment) -> Array:
    """How far rounding can move x_k off the exact path along the moving directions, (N + 1,).

    The bound holds for every variant and needs no run. Let e be the error along the moving
    directions, f the error along the frozen ones, s what one iteration adds to either
    (`_added_error`), rho the convergence factor. Then e_(k+1) <= rho e_k + s and f_(k+1) <= f_k +
    s. s grows with the norms of x and of the residual; these are at most the norms on the exact
    path plus what e and f add. e_0 and f_0 come from rounding the start to the experiment's dtype.

    inf where the bound overflows. It does not hold for a program that overflows, nor for input that
    underflows in the dtype.
    """
    x0, rate = experiment.x0, experiment.learning_rate
    limit = theory.descent_limit(x0)
    added_error, factor = _added_error(theory, experiment), theory.convergence_factor(rate)
    sigma_max, least = float(theory.singular_values[0]), sqrt(2 * theory.least_loss)
    distance = float(np.linalg.norm(theory.moving_directions @ (x0 - limit)))  # |x_k - limit|
    excess = float(np.linalg.norm(theory.residual_along(x0)))  # |A (x_k - limit)|
    limit_norm = float(np.linalg.norm(limit))
    error = frozen_error = roundings(experiment)[1] * float(np.linalg.norm(x0))
    bounds = np.empty(experiment.iterations + 1)
    for k in range(experiment.iterations + 1):
        bounds[k] = error
        x_norm = limit_norm + distance + error + frozen_error
        added = added_error(x_norm, least + excess + sigma_max * error)
        error, frozen_error = factor * error + added, frozen_error + added
        distance, excess = factor * distance, factor * excess
    return np.nan_to_num(HIGHER_ORDERS * bounds, nan=inf, posinf=inf)


def attainable_digits(theory: Theory, experiment: Experiment) -> float | None:
    """An estimate of how many decimal digits of the limit descent attains at the optimal rate.

    Not a bound: runs on random systems attained between 0.6 digits less and 1.8 more, most of them
    0 to 1 more. Along the flattest direction an error e moves x by alpha lambda_min e. x stops
    moving when this is less than the rounding of x, u |x*|, and of the gradient of the remaining
    residual r, u alpha |A| |r|. With alpha lambda_min = 2 / (kappa^2 + 1) this gives
    e = u (|x*| + alpha |A| |r|) (kappa^2 + 1) / 2. The digits are -log10 of e over the limit's norm
    along the moving directions; None if that is 0.
    """
    rate, size = theory.optimal_learning_rate, size_of_limit(theory, experiment.x0)
    if not (size and isfinite(rate)):
        return None
    sigma_max, least = float(theory.singular_values[0]), sqrt(2 * theory.least_loss)
    rounded = float(np.linalg.norm(theory.descent_limit(experiment.x0))) + rate * sigma_max * least
    error = roundings(experiment)[0] * rounded * (theory.condition_number**2 + 1) / 2
    return max(-log10(error / size), 0.0)


def rounding_distance(theory: Theory, x: ArrayLike, dtype: str = "float64") -> float:
    """How far from the limit, along the moving directions, rounding can put an x (n,) near it.

    There the residual changes by as much as rounding changes it; the flattest mode turns that into
    the largest change of x.
    """
    if not theory.rank:
        return 0.0
    flattest = float(theory.singular_values[theory.rank - 1])
    return sqrt(2 * rounding_loss(theory.system, x, dtype)) / flattest


def _added_error(theory: Theory, experiment: Experiment) -> Callable[[float, float], float]:
    """(|x|, |A x - b|) -> how far rounding can move x in one iteration, to first order in u.

    Rounded are: in the residual, n products, their sum and a subtraction, and in autograd a
    quotient and a product with its norm; in the gradient, m products and their sum; in the update,
    alpha, the product and the difference. In float32, A and b were rounded before.
    """
    system, rate, u, cast = theory.system, experiment.learning_rate, *roundings(experiment)
    m, n, sigma_max = system.m, system.n, float(theory.singular_values[0])
    A, b = float(np.linalg.norm(system.A)), float(np.linalg.norm(system.b))
    # where the squares underflow, autograd's norm is 0 and so is its gradient
    underflow = sqrt(float(np.finfo(experiment.dtype).smallest_subnormal))

    def added_error(x: float, residual: float) -> float:
        of_residual = (n * u + cast) * A * x + cast * b + 3 * u * residual + underflow * sqrt(m)
        of_gradient = sigma_max * of_residual + (m * u + cast) * A * residual
        of_update = u * x + (2 * u + cast) * rate * sigma_max * residual + underflow * sqrt(n)
        return rate * of_gradient + of_update

    return added_error


def roundings(experiment: Experiment) -> tuple[float, float]:
    """u of the dtype; and u again if float64 input is rounded to the dtype, else 0."""
    u = float(np.finfo(experiment.dtype).eps) / 2
    return u, (u if experiment.dtype != "float64" else 0.0)


def size_of_limit(theory: Theory, x0: ArrayLike) -> float:
    """The norm of the limit along the moving directions."""
    return float(np.linalg.norm(theory.moving_directions @ theory.descent_limit(x0)))
