"""The empty chart on which a learner marks a prediction: its axes give nothing away.

Each axis ends at a round number, so that neither its ends nor its ticks are the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, inf, isfinite, log10

import numpy as np

from lsedash.problem import Array
from lsedash.text.words import brief

ROOM = 1.25  # an axis is at least so many times longer than what must be on it
MIDDLE = 0.06  # of an axis; an answer there would be guessed too easily
ABOVE, BELOW = 3, 9  # powers of ten above and below the first loss
HANDLES = 10  # of a curve
TICKS = 5


@dataclass(frozen=True)
class Axis:
    """One axis of a board.

    Attributes:
        name: what is on it.
        low, high: its ends.
        log: whether it is logarithmic.
        ticks: the numbers that are written at it.
    """

    name: str
    low: float
    high: float
    log: bool
    ticks: tuple[float, ...]


def rate_axis(edge: float) -> Axis:
    """An axis of learning rates from 0, long enough for the largest stable one, as spoken."""
    end = round_above(ROOM * edge) if isfinite(edge) else 1.0
    if abs(edge / end - 0.5) < MIDDLE:
        end = round_above(1.1 * end)
    return Axis("learning rate α", 0.0, end, log=False, ticks=_ticks(0.0, end))


def plane_axes(names: Sequence[str], *points: Array) -> tuple[Axis, ...]:
    """Two axes around 0 that hold some points."""
    size = max((float(np.abs(point).max()) for point in points), default=0.0)
    end = round_above(ROOM * size) if 0 < size < inf else 1.0
    return tuple(Axis(name, -end, end, log=False, ticks=_ticks(-end, end)) for name in names)


def curve_axes(name: str, first_loss: float, iterations: int) -> tuple[Axis, Axis]:
    """Axes of k and of the loss on a log axis; the first loss is given."""
    middle = log10(first_loss) if 0 < first_loss < inf else 0.0
    low, high = floor(middle) - BELOW, ceil(middle) + ABOVE
    ticks = tuple(10.0**power for power in range(low, high + 1, 3))
    last = float(max(iterations, 1))
    whole = tuple(tick for tick in _ticks(0.0, last) if tick % 1 == 0)
    return (
        Axis("iteration k", 0.0, last, log=False, ticks=whole),
        Axis(name, 10.0**low, 10.0**high, log=True, ticks=ticks),
    )


def handle_points(iterations: int) -> list[int]:
    """The iterations at which a curve is moved by hand; the start is given."""
    points = np.linspace(0, iterations, min(HANDLES, iterations) + 1).round()
    return [int(k) for k in points[1:]]


def round_above(value: float) -> float:
    """The next number above that is 1, 2 or 5 times a power of ten."""
    power = floor(log10(value))
    steps = [float(f"{digit}e{power + more}") for more in (0, 1) for digit in (1, 2, 5)]
    return next(step for step in steps if step >= value)


def tick_texts(axis: Axis) -> list[tuple[float, str]]:
    """The ticks of an axis, each with its text."""
    return [(tick, brief(tick)) for tick in axis.ticks]


def _ticks(low: float, high: float) -> tuple[float, ...]:
    step = round_above((high - low) / TICKS)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    ticks = [float(f"{number * step:.12g}") for number in range(first, last + 1)]
    return tuple(ticks)
