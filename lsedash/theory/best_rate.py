"""The learning rate that leaves the smallest loss after a number of iterations.

Each mode's part of the loss after N iterations, 1/2 d^2 (1 - alpha lambda)^(2N), is convex in
alpha, so their sum has one minimum. It is where the slope, of the sign of
-sum d^2 lambda (1 - alpha lambda)^(2N - 1), changes its sign: between 1 / lambda of the steepest
and 1 / lambda of the flattest mode with d != 0.
"""

from math import sqrt

import numpy as np

from lsedash.problem import Array

LARGEST = float(np.finfo(float).max)


def best_rate(curvatures: Array, residual: Array, iterations: int) -> float | None:
    """The rate with the smallest loss after `iterations`; None if all rates leave the same.

    Args:
        curvatures: lambda of each mode, (modes,).
        residual: d of each mode at the start, (modes,).
    """
    active = (curvatures > 0) & (residual != 0)
    if iterations < 1 or not active.any():
        return None
    moving = curvatures[active]
    # d^2 lambda (1 - alpha lambda)^(2N - 1) leaves the range of floats; its logarithm does not
    weights = 2 * np.log(np.abs(residual[active])) + np.log(moving)
    with np.errstate(over="ignore"):
        low, high = np.minimum(1 / np.array([moving.max(), moving.min()]), LARGEST).tolist()
    while low < (middle := sqrt(low) * sqrt(high)) < high:
        falling = _falls(middle * moving, weights, 2 * iterations - 1)
        low, high = (middle, high) if falling else (low, middle)
    return float(low)


def _falls(steps: Array, weights: Array, exponent: int) -> bool:
    """Whether the loss falls as the rate grows.

    Args:
        steps: alpha lambda of each mode, (modes,).
        weights: log(d^2 lambda), (modes,).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes = np.where(steps < 1, np.log1p(-steps), np.log(steps - 1))
    logs = weights + exponent * sizes
    largest = logs.max()
    if not np.isfinite(largest):  # every mode is solved in one step
        return False
    return bool(np.sum(np.sign(1 - steps) * np.exp(logs - largest)) > 0)
