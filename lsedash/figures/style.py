"""How the variants are told apart: colour, dash and marker, because their curves coincide."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_DRAWN = 401  # points of one curve sent to the browser ...
WHOLE = 101  # ... of which so many are the first


@dataclass(frozen=True)
class Stroke:
    """One variant's look; wide strokes lie under narrow ones, so that five coinciding curves show.

    `dash` is in pixels as SVG and Plotly both take it; "" is a solid line.
    """

    colour: str
    dash: str
    symbol: str
    width: float


# Okabe and Ito, "Color Universal Design" (2008), in an order that keeps neighbours apart.
STROKES = {
    "numpy_by_hand": Stroke("#0072B2", "", "circle", 7),
    "torch_autograd": Stroke("#E69F00", "14px,7px", "square", 5.5),
    "torch_mse_loss": Stroke("#009E73", "7px,7px", "diamond", 4.2),
    "torch_module": Stroke("#CC79A7", "9px,4px,2px,4px", "triangle-up", 3),
    "torch_optimizer": Stroke("#D55E00", "2px,5px", "x", 2),
}
OTHER = Stroke("#56B4E9", "4px,3px", "star", 3)


@dataclass(frozen=True)
class Theme:
    """The colours of everything that is not a variant."""

    ink: str
    quiet: str
    line: str
    contour: str
    paper: str
    good: str
    bad: str


LIGHT = Theme("#1a1c24", "#5b6170", "#e3e6ec", "#7fb8dd", "#ffffff", "#0a7a4b", "#b3261e")
DARK = Theme("#f4f5f8", "#a9b0bf", "#2b303b", "#3f6f92", "#0f1218", "#4cc38a", "#ff8a80")


def stroke(key: str) -> Stroke:
    """The look of a variant."""
    return STROKES.get(key, OTHER)


def drawn_points(count: int) -> NDArray[np.intp]:
    """Indices of at most `MOST_DRAWN` of `count` points, first and last kept.

    The first hundred are all there; behind them come pairs of neighbours, evenly spaced, because
    every second point of a path that swings would look as if it did not.
    """
    if count <= MOST_DRAWN:
        return np.arange(count)
    firsts = np.linspace(WHOLE, count - 2, (MOST_DRAWN - WHOLE) // 2).astype(np.intp)
    return np.unique(np.concatenate([np.arange(WHOLE), firsts, firsts + 1]))
