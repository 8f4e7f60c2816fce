"""A loss curve the size of a word: Tufte, "Beautiful Evidence" (2006)."""

import numpy as np
from numpy.typing import ArrayLike

from lsedash.figures.style import drawn_points
from lsedash.problem import Array

WIDTH, HEIGHT = 200, 44  # in the drawing's units; the page stretches it


def sparkline(points: ArrayLike, losses: Array, window: tuple[float, float]) -> str:
    """The losses on a log axis as a path, as SVG writes it; "" without losses.

    Args:
        window: the exponents of ten at the lower and upper edge, as in `LossData`.
    """
    drawn = drawn_points(len(losses))
    ks, values = np.asarray(points, dtype=float)[drawn], losses[drawn]
    if not len(ks):
        return ""
    low, high = window
    heights = np.log10(np.maximum(values, 10.0**low))
    across = WIDTH * ks / max(float(ks[-1]), 1.0)
    up = HEIGHT * (high - heights) / (high - low)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(across, up, strict=True))
