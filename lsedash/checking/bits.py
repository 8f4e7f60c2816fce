"""The difference of two runs, also in units in the last place (ulp)."""

from dataclasses import dataclass

import numpy as np

from lsedash.problem import Array
from lsedash.running.run import Run

MOST_POINTS = 20_001  # recorded of a run that is compared; of a longer run, evenly spaced points


@dataclass(frozen=True)
class Difference:
    """Where two runs first differ, and by how much.

    Values are compared, not bits: -0.0 equals 0.0.

    Attributes:
        first: the first iteration at which the runs differ; None if they never do.
        entry: the entry with the largest difference there, from 0; None if they never differ.
        units: that difference in units in the last place: the number of steps from one value to
            the other, each from a floating-point number to the next. Exact, also across zero.
        largest: the largest |difference| of an entry over all points; inf if it overflows.
        relative: `largest` over the largest |entry| of the two runs; 0 if all entries are zero.
        compared: the number of points that both runs have.
    """

    first: int | None
    entry: int | None
    units: int
    largest: float
    relative: float
    compared: int

    @property
    def equal(self) -> bool:
        """Whether there are points to compare and all of them are equal to the last bit."""
        return self.first is None and self.compared > 0


def difference(run: Run, reference: Run) -> Difference:
    """The difference of the iterates of two runs, at the points that both have.

    Raises:
        ValueError: one run is in float32 and the other in float64.
    """
    return _difference(run, reference, run.iterates, reference.iterates)


def loss_difference(run: Run, reference: Run) -> Difference:
    """The difference of the losses of two runs, both rounded to the runs' float type.

    Raises:
        ValueError: one run is in float32 and the other in float64.
    """
    ours = run.losses.astype(run.iterates.dtype)[:, None]
    theirs = reference.losses.astype(reference.iterates.dtype)[:, None]
    return _difference(run, reference, ours, theirs)


def units_between(values: Array, others: Array) -> list[int]:
    """The difference of each pair of entries in units in the last place.

    Args:
        values, others: (n,), of the same float type.
    """
    pairs = zip(_ordinals(values), _ordinals(others), strict=True)
    return [abs(ours - theirs) for ours, theirs in pairs]


def _difference(run: Run, reference: Run, values: Array, others: Array) -> Difference:
    """The difference of two arrays, (points, entries), with a row for each point of a run."""
    if values.dtype != others.dtype:
        raise ValueError(
            f"Runs of one float type can be compared, not {values.dtype} and {others.dtype}."
        )
    points, ours, theirs = np.intersect1d(
        run.points, reference.points, assume_unique=True, return_indices=True
    )
    values, others = values[ours], others[theirs]
    first, entry, units = None, None, 0
    differs = (values != others).any(axis=1)
    if differs.any():
        row = int(differs.argmax())
        counts = units_between(values[row], others[row])
        first, units = int(points[row]), max(counts)
        entry = counts.index(units)
    largest, size = _largest(values, others)
    return Difference(first, entry, units, largest, largest / size if size else 0.0, len(points))


def _largest(values: Array, others: Array) -> tuple[float, float]:
    """The largest |difference|, and the largest |value|."""
    values, others = values.astype(float), others.astype(float)
    with np.errstate(over="ignore"):  # the difference of diverging runs may overflow
        largest = float(np.abs(values - others).max(initial=0.0))
    return largest, float(max(np.abs(values).max(initial=0.0), np.abs(others).max(initial=0.0)))


def _ordinals(values: Array) -> list[int]:
    """The position of each value among all floating-point numbers; that of 0 is 0.

    The bits of positive floats, read as integers, are in the order of the floats: IEEE 754. The
    integers are Python's, because differences of positions can exceed 64 bits.
    """
    size = values.dtype.itemsize
    lowest = -(2 ** (8 * size - 1))  # the bits of -0.0
    bits = np.ascontiguousarray(values).view(f"i{size}").tolist()
    return [number if number >= 0 else lowest - number for number in bits]
