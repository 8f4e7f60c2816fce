"""How far rounding can lead a descent off its exact path, and what it leaves of x's digits.

The model of rounding is that of Higham, "Accuracy and Stability of Numerical Algorithms" (2nd ed.
2002): an operation errs by at most u = eps / 2 of its result (2.4), a sum of n products, in
whichever order, by at most n u of the sum of their sizes (3.3 to 3.5, to first order in u).
"""

from collections.abc import Callable
from math import inf, isfinite, log10, sqrt

import numpy as np
from numpy.typing import ArrayLike

from lsedash.experiment import Experiment
from lsedash.problem import Array
from lsedash.theory.closed_form import Theory

HIGHER_ORDERS = 1.1  # allowance for products of errors, wherever m u and n u are below 1 %


def rounding_bound(theory: Theory, experiment: Experiment) -> float:
    """The largest of `rounding_bounds`: no x_k, k <= N, is further off the exact path."""
    return float(rounding_bounds(theory, experiment).max())


def rounding_bounds(theory: Theory, experiment: Experiment) -> Array:
    """How far rounding can lead x_k off the exact path along the directions that move, (N + 1,).

    Known before any program runs, and true of each of the five. Let e be the error along the
    directions that move, f that along the others, s what one iteration adds to either (`_step`).
    Then e_(k+1) <= rho e_k + s and f_(k+1) <= f_k + s, rho being the convergence factor. s grows
    with the sizes of x and of the residual, which are at most those of the exact path and what e
    and f add to them. e_0 and f_0 come from the start's rounding to the experiment's dtype.

    Infinite where it is beyond what floats hold. Not covered are programs that overflow, and
    numbers given that underflow in the dtype.
    """
    x0, rate = experiment.x0, experiment.learning_rate
    limit = theory.descent_limit(x0)
    step, factor = _step(theory, experiment), theory.convergence_factor(rate)
    steepest, least = float(theory.singular_values[0]), sqrt(2 * theory.least_loss)
    away = float(np.linalg.norm(theory.moving_directions @ (x0 - limit)))  # of x_k - limit
    above = float(np.linalg.norm(theory.residual_along(x0)))  # of A (x_k - limit)
    end = float(np.linalg.norm(limit))
    error = frozen_error = roundings(experiment)[1] * float(np.linalg.norm(x0))
    found = np.empty(experiment.iterations + 1)
    for k in range(experiment.iterations + 1):
        found[k] = error
        added = step(end + away + error + frozen_error, least + above + steepest * error)
        error, frozen_error = factor * error + added, frozen_error + added
        away, above = factor * away, factor * above
    return np.nan_to_num(HIGHER_ORDERS * found, nan=inf, posinf=inf)


def attainable_digits(theory: Theory, experiment: Experiment) -> float | None:
    """How many decimal digits of the limit descent gets right in the end, at the optimal rate.

    An estimate, not a bound: runs on random systems attained from 0.6 digits less to 1.8 more, most
    of them 0 to 1 more. Along the flattest direction an error e moves x by
    alpha lambda_min e, and nothing moves any more once that is less than x's own rounding,
    u |x*|, and that of the gradient of a residual r which stays, u alpha |A| |r|. With
    alpha lambda_min = 2 / (kappa^2 + 1): e = u (|x*| + alpha |A| |r|) (kappa^2 + 1) / 2. Digits are
    -log10 of e over the limit's norm along the directions that move; None if that is 0.
    """
    rate, size = theory.optimal_learning_rate, size_of_limit(theory, experiment.x0)
    if not (size and isfinite(rate)):
        return None
    steepest, least = float(theory.singular_values[0]), sqrt(2 * theory.least_loss)
    reach = float(np.linalg.norm(theory.descent_limit(experiment.x0))) + rate * steepest * least
    error = roundings(experiment)[0] * reach * (theory.condition_number**2 + 1) / 2
    return max(-log10(error / size), 0.0)


def _step(theory: Theory, experiment: Experiment) -> Callable[[float, float], float]:
    """(|x|, |A x - b|) -> how far rounding can move x in one iteration, to first order in u.

    The residual: n products, their sum and a subtraction; autograd makes two more roundings of it,
    a quotient and a product by its norm. The gradient: m products and their sum. The update: alpha
    is rounded, the product, the difference. In float32, A and b were rounded before.
    """
    system, rate, u, cast = theory.system, experiment.learning_rate, *roundings(experiment)
    m, n, steepest = system.m, system.n, float(theory.singular_values[0])
    A, b = float(np.linalg.norm(system.A)), float(np.linalg.norm(system.b))
    # autograd's norm is 0, and so its gradient, where the squares underflow
    lost = sqrt(float(np.finfo(experiment.dtype).smallest_subnormal))

    def step(reach: float, residual: float) -> float:
        of_residual = (n * u + cast) * A * reach + cast * b + 3 * u * residual + lost * sqrt(m)
        of_gradient = steepest * of_residual + (m * u + cast) * A * residual
        of_update = u * reach + (2 * u + cast) * rate * steepest * residual + lost * sqrt(n)
        return rate * of_gradient + of_update

    return step


def roundings(experiment: Experiment) -> tuple[float, float]:
    """u of the dtype, and the same again if numbers given in float64 are rounded to it."""
    u = float(np.finfo(experiment.dtype).eps) / 2
    return u, (u if experiment.dtype != "float64" else 0.0)


def size_of_limit(theory: Theory, x0: ArrayLike) -> float:
    """The norm of the limit along the directions that move."""
    return float(np.linalg.norm(theory.moving_directions @ theory.descent_limit(x0)))
