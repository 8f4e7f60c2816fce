"""A loss curve the size of a word: Tufte, "Beautiful Evidence" (2006)."""

import numpy as np
from numpy.typing import ArrayLike

from lsedash.figures.style import Stroke, drawn_points
from lsedash.problem import Array

WIDTH, HEIGHT = 200, 44  # in the drawing's units; the page stretches it


def sparkline(points: ArrayLike, losses: Array, window: tuple[float, float], stroke: Stroke) -> str:
    """An SVG of the losses on a log axis.

    Args:
        window: the exponents of ten at the lower and upper edge, as in `LossData`.
    """
    drawn = drawn_points(len(losses))
    ks, values = np.asarray(points, dtype=float)[drawn], losses[drawn]
    low, high = window
    heights = np.log10(np.maximum(values, 10.0**low))
    across = WIDTH * ks / max(float(ks[-1]), 1.0) if len(ks) else ks
    up = HEIGHT * (high - heights) / (high - low)
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(across, up, strict=True))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -3 {WIDTH} {HEIGHT + 6}" '
        'preserveAspectRatio="none">'
        f'<path d="{path if len(ks) else ""}" fill="none" stroke="{stroke.colour}" '
        'stroke-width="3" vector-effect="non-scaling-stroke"/></svg>'
    )
