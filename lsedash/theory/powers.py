"""Powers of the factors 1 - alpha lambda, without cancellation and without warnings on overflow."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from lsedash.problem import Array


def power(steps: Array, ks: ArrayLike) -> Array:
    """(1 - step)^k, (len(ks), len(steps)); small steps keep all their digits."""
    k = np.asarray(ks, dtype=float)[:, None]
    small = np.minimum(steps, 0.5)
    with np.errstate(over="ignore"):
        powers: Array = np.where(steps <= 0.5, np.exp(k * np.log1p(-small)), (1 - steps) ** k)
    return powers


def one_minus_power(steps: Array, ks: ArrayLike) -> Array:
    """1 - (1 - step)^k, (len(ks), len(steps)); small steps keep all their digits."""
    k = np.asarray(ks, dtype=float)[:, None]
    small = np.minimum(steps, 0.5)
    with np.errstate(over="ignore"):
        rest: Array = np.where(steps <= 0.5, -np.expm1(k * np.log1p(-small)), 1 - (1 - steps) ** k)
    return rest


def weighted(powers: Array, weights: Array) -> Array:
    """powers * weights; a weight of 0 gives 0 even where the power is infinite."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.where(weights == 0, 0.0, powers * weights)


def first_true(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The smallest k in (low, high] for which `holds`, if it holds from there to `high`."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
