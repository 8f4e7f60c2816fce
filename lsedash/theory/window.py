"""The window of a chart of the path: around the limit, whatever a growing path does."""

import numpy as np

from lsedash.problem import Array
from lsedash.theory.closed_form import Theory
from lsedash.theory.regimes import EPS


def path_window(theory: Theory, x0: Array, directions: Array) -> Array:
    """A window around the limit, (d, 2), wide enough for every path that does not grow.

    If |1 - alpha lambda| <= 1 in every mode, the distance of a point to the limit along a direction
    p is at most the sum of |p v_i| |c_i|.

    Args:
        directions: of the axes, orthonormal, (d, n).
    """
    limit = theory.descent_limit(x0)
    start, middle = directions @ x0, directions @ limit
    coordinates = theory.directions.T @ (x0 - limit)
    half = np.abs(directions @ theory.directions) @ np.abs(coordinates)
    half = np.maximum(half, np.abs(start - middle))
    noise = 64 * EPS * max(1.0, float(np.abs(x0).max()), float(np.abs(middle).max()))
    half = np.where(half > noise, half, 0.0)
    half = np.where(half > 1e-9 * max(half.max(), 1e-300), half, half.max() or 1.0) * 1.1
    return np.column_stack([middle - half, middle + half])
