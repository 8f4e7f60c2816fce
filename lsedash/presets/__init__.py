"""Named experiments, each with a sentence that says what to look for."""

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from lsedash.experiment import Experiment
from lsedash.meaning import Meaning
from lsedash.presets.real import (
    ANSCOMBE_I,
    ANSCOMBE_II,
    HOUSES,
    LONGLEY,
    THERMOMETER,
    WAMPLER,
    Real,
)
from lsedash.problem import Array, InvalidInput, LinearSystem


@dataclass(frozen=True)
class Preset:
    """A named experiment.

    Attributes:
        key: its name in code.
        title: its name on screen.
        why: what to look for, in one sentence.
        experiment: the experiment itself.
        meaning: what the columns of A mean, if they come from data.
        source: where the data come from, in one sentence; "" if there are none.
    """

    key: str
    title: str
    why: str
    experiment: Experiment
    meaning: Meaning | None = None
    source: str = ""


def random_system(
    condition_number: float, *, m: int = 4, n: int = 4, seed: int = 0
) -> LinearSystem:
    """A seeded random system with the chosen condition number.

    A (m, n) = U S V^T with random orthogonal U and V and singular values spaced evenly on a log
    scale from 1 down to 1 / condition_number; b = A (1, ..., 1), so x = (1, ..., 1) solves it.

    Raises:
        InvalidInput: the condition number is below 1 or not finite.
    """
    if not 1 <= condition_number < np.inf:
        raise InvalidInput(f"A condition number is 1 or more; it is {condition_number}.")
    rng = np.random.default_rng(seed)
    size = min(m, n)
    U = np.linalg.qr(rng.standard_normal((m, size)))[0]
    V = np.linalg.qr(rng.standard_normal((n, size)))[0]
    A = U * np.geomspace(1, 1 / condition_number, size) @ V.T
    return LinearSystem(A, A @ np.ones(n))


def hilbert(n: int) -> Array:
    """The Hilbert matrix, (n, n): entry (i, j) is 1 / (i + j - 1), counted from 1."""
    i = np.arange(1, n + 1)
    return np.asarray(1 / (i[:, None] + i - 1))


def _preset(
    title: str,
    why: str,
    system: LinearSystem,
    learning_rate: float,
    iterations: int = 50,
    x0: ArrayLike | None = None,
) -> Preset:
    key = re.sub(r"[^a-z0-9]+", "_", title.lower())
    return Preset(key, title, why, Experiment(system, x0, learning_rate, iterations))


def _real(
    title: str,
    why: str,
    real: Real,
    learning_rate: float,
    iterations: int,
    x0: ArrayLike | None = None,
) -> Preset:
    """A preset from real data; the titles of all of them begin alike and stand together."""
    preset = _preset(f"Data: {title}", why, real.system, learning_rate, iterations, x0)
    return replace(preset, meaning=real.meaning, source=real.source)


PRESETS = (
    _preset(
        "Worked example",
        "The article's system: all programs take the same path; 50 iterations are not enough.",
        LinearSystem([[1, 2, 0], [0, 1, 0], [0, 0, 1]], [1, 2, 3]),
        0.1,
    ),
    _preset(
        "Two unknowns",
        "The whole path is visible: it zigzags across the valley and creeps along it.",
        LinearSystem([[1, 2], [0, 1]], [1, 2]),
        0.31,
        x0=[1.5, -1.8],
    ),
    _preset(
        "One unknown",
        "The loss is a parabola; above the learning rate 1/4 each step jumps over its minimum.",
        LinearSystem([[2]], [3]),
        0.45,
        20,
        x0=[-1],
    ),
    _preset(
        "Orthogonal A",
        "Every direction is equally steep: at the learning rate 1 / λ one step is enough.",
        LinearSystem([[0.6, -0.8], [0.8, 0.6]], [1, 2]),
        0.5,
        20,
        x0=[-1, -1],
    ),
    _preset(
        "Long valley",
        "Condition number 100, and descent feels its square: thousands of iterations per digit.",
        LinearSystem([[1.0, 0.0], [0.0, 0.01]], [1, 0.01]),
        1.9,
        1000,
        x0=[2, -1],
    ),
    _preset(
        "Hilbert 4x4",
        "A famous ill-conditioned matrix: the loss is soon tiny, but x is still far off.",
        LinearSystem(hilbert(4), hilbert(4) @ np.ones(4)),
        0.8,
        2000,
    ),
    _preset(
        "Straight-line fit",
        "Six points and two unknowns: no line fits exactly, so the loss stays above zero.",
        LinearSystem(
            [[1, 0], [1, 1], [1, 2], [1, 3], [1, 4], [1, 5]], [1.1, 1.9, 3.2, 3.8, 5.1, 5.8]
        ),
        0.03,
        200,
    ),
    _preset(
        "Tall and consistent",
        "More equations than unknowns, yet one x satisfies all of them: the loss falls to zero.",
        LinearSystem([[1, 1], [1, -1], [2, 1], [0, 1]], [3, -1, 4, 2]),
        0.2,
    ),
    _preset(
        "Wide",
        "Two equations, three unknowns: many solutions, and the start decides which one is found.",
        LinearSystem([[1, 2, 1], [0, 1, -1]], [4, 1]),
        0.2,
        60,
        x0=[2, 0, 2],
    ),
    _preset(
        "Rank-deficient",
        "The second row is twice the first: along the line of solutions the loss is flat.",
        LinearSystem([[1, 2], [2, 4]], [1, 2]),
        0.05,
        30,
        x0=[-1, 2],
    ),
    _preset(
        "Badly scaled rows",
        "Two lines at right angles, but one equation is multiplied by 50: descent becomes slow.",
        LinearSystem([[50, 50], [1, -1]], [100, 0]),
        0.00039,
        500,
        x0=[0, 0.5],
    ),
    _preset(
        "Nearly parallel lines",
        "Two lines that cross at a tiny angle: there is one solution, but descent is very slow.",
        LinearSystem([[1.0, 1.0], [1.0, 1.02]], [2, 2.02]),
        0.4,
        500,
        x0=[0, 0.5],
    ),
    _preset(
        "Random, condition number 10",
        "A random matrix with four unknowns, a fixed seed and the chosen condition number 10.",
        random_system(10),
        1.5,
        200,
    ),
    _real(
        "thermometer",
        "The slope settles within ten iterations, but the constant creeps: κ is 183.",
        THERMOMETER,
        1e-4 * 2 / 11,  # the book's 1e-4, whose loss is the mean of the squares
        100,
        x0=[1, 0],
    ),
    _real(
        "houses in square feet",
        "Sizes are in the thousands: the price per square foot settles, all else stands still.",
        HOUSES,
        8.9e-9,
        100,
    ),
    _real(
        "Anscombe I",
        "Points around a line: the smallest possible loss, 6.88, is the scatter.",
        ANSCOMBE_I,
        0.0019,
        3000,
    ),
    _real(
        "Anscombe II",
        "The same line and nearly the same smallest loss as I, but the points lie on a parabola.",
        ANSCOMBE_II,
        0.0019,
        3000,
    ),
    _real(
        "degree 5",
        "Even standardised, powers are nearly parallel: the loss is soon small, x still far off.",
        WAMPLER,
        0.019,
        2000,
    ),
    _real(
        "Longley",
        "Six economic series with κ = 5 billion: descent never reaches the certified values.",
        LONGLEY,
        7e-13,
        200,
    ),
)
