"""How far apart two runs are, in units in the last place: in steps of floating-point numbers."""

from dataclasses import dataclass

import numpy as np

from lsedash.problem import Array
from lsedash.running.run import Run


@dataclass(frozen=True)
class Difference:
    """Where two runs part, and how far.

    Values are compared, not bits: -0.0 equals 0.0, and what a descent makes of either is equal.

    Attributes:
        first: the iteration of the first point at which they differ; None if they never do.
        entry: which entry is furthest apart there, from 0; None if they never differ.
        units: how far apart it is there, in units in the last place: how many steps from one
            floating-point number to the next lead from one value to the other. Exact, also across
            zero.
        largest: the largest |difference| of an entry over all points; infinite if beyond floats.
        relative: the same over the largest |entry| of the two runs; 0 if all are zero.
        compared: how many points were compared: those that both runs have.
    """

    first: int | None
    entry: int | None
    units: int
    largest: float
    relative: float
    compared: int

    @property
    def equal(self) -> bool:
        """Whether they are equal to the last bit wherever both have a point, if there is one."""
        return self.first is None and self.compared > 0


def difference(run: Run, reference: Run) -> Difference:
    """How far the iterates of two runs are apart, at the points that both have.

    Raises:
        ValueError: one run is in float32 and the other in float64.
    """
    return _difference(run, reference, run.iterates, reference.iterates)


def loss_difference(run: Run, reference: Run) -> Difference:
    """How far their losses are apart, in units of the runs' own float type.

    Raises:
        ValueError: one run is in float32 and the other in float64.
    """
    ours = run.losses.astype(run.iterates.dtype)[:, None]
    theirs = reference.losses.astype(reference.iterates.dtype)[:, None]
    return _difference(run, reference, ours, theirs)


def units_between(values: Array, others: Array) -> list[int]:
    """How many floating-point numbers on each is from the other, for two (n,) of one float type."""
    pairs = zip(_ordinals(values), _ordinals(others), strict=True)
    return [abs(ours - theirs) for ours, theirs in pairs]


def _difference(run: Run, reference: Run, values: Array, others: Array) -> Difference:
    """The difference of two sets of rows, (points, entries), one row for each point of its run."""
    if values.dtype != others.dtype:
        raise ValueError(
            f"Runs of one float type can be compared, not {values.dtype} and {others.dtype}."
        )
    points, ours, theirs = np.intersect1d(
        run.points, reference.points, assume_unique=True, return_indices=True
    )
    values, others = values[ours], others[theirs]
    first, entry, units = None, None, 0
    apart = (values != others).any(axis=1)
    if apart.any():
        row = int(apart.argmax())
        counts = units_between(values[row], others[row])
        first, units = int(points[row]), max(counts)
        entry = counts.index(units)
    largest, size = _largest(values, others)
    return Difference(first, entry, units, largest, largest / size if size else 0.0, len(points))


def _largest(values: Array, others: Array) -> tuple[float, float]:
    """The largest |difference|, and the largest |value|."""
    values, others = values.astype(float), others.astype(float)
    with np.errstate(over="ignore"):  # two diverging runs may be further apart than floats go
        largest = float(np.abs(values - others).max(initial=0.0))
    return largest, float(max(np.abs(values).max(initial=0.0), np.abs(others).max(initial=0.0)))


def _ordinals(values: Array) -> list[int]:
    """The number of each value when all floating-point numbers are counted in order from 0.

    Read as whole numbers, the bits of positive ones are in order: IEEE 754. Python's numbers,
    because the distance of the largest from its negative exceeds what 64 bits hold.
    """
    size = values.dtype.itemsize
    lowest = -(2 ** (8 * size - 1))  # the bits of -0.0
    bits = np.ascontiguousarray(values).view(f"i{size}").tolist()
    return [number if number >= 0 else lowest - number for number in bits]
