"""How close descent comes to its limit in float32 and in float64: to a floor made of rounding."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lsedash.checking.bits import MOST_POINTS
from lsedash.experiment import DTYPES, Experiment
from lsedash.problem import Array
from lsedash.programs.variants import NUMPY
from lsedash.running.run import Progress, Run
from lsedash.running.runner import stream
from lsedash.theory.closed_form import Theory
from lsedash.theory.rounding import rounding_bounds, roundings, size_of_limit


@dataclass(frozen=True, eq=False)
class Floor:
    """One run's way to its limit, seen along the directions that move.

    Attributes:
        dtype: what it computed in.
        points: which points, (points,).
        distances: measured distance to the limit, (points,). The limit itself is known to the
            rounding of float64 only.
        predicted: the same in exact arithmetic, (points,).
        bounds: how far rounding can have led each point off the exact path, (points,).
        size: the norm of the limit along these directions.
        reached: whether it has arrived at its floor: exact arithmetic would have left less than
            half of what is left, or less than one rounding of the limit. Never where the learning
            rate does not converge.
    """

    dtype: str
    points: NDArray[np.int64]
    distances: Array
    predicted: Array
    bounds: Array
    size: float
    reached: bool

    @property
    def last(self) -> float:
        """The distance at the last point: the floor, if it is reached; nan without points."""
        return float(self.distances[-1]) if len(self.distances) else nan

    @property
    def relative(self) -> float:
        """The same as a share of the limit's size; nan where that is 0."""
        return self.last / self.size if self.size else nan


def floors(experiment: Experiment, deadline: float | None = None) -> tuple[Floor, ...]:
    """NumPy by hand in float64 and in float32; arguments as of `stream_floors`."""
    *_, last = stream_floors(experiment, deadline)
    found: tuple[Floor, ...] = last.snapshot()
    return found


def stream_floors(experiment: Experiment, deadline: float | None = None) -> Iterator[Progress]:
    """Run NumPy by hand in float64, then in float32; a snapshot is the floors there are by then.

    Args:
        experiment: what to run, whichever dtype it has, for N iterations: its tolerance ends none.
        deadline: stop each after so many seconds with what there is; None to run on.
    """
    done: list[Callable[[], Floor]] = []
    making: list[Callable[[], Floor]] = []
    for dtype in DTYPES:
        one = replace(experiment, dtype=dtype, tolerance=None)
        for report in stream(one, [NUMPY], MOST_POINTS, deadline):
            making = [*done, partial(_floor, one, report)]
            over = report.finished and dtype == DTYPES[-1]
            yield replace(report, finished=over, snapshot=partial(_all, making))
        done = making


def _all(making: Sequence[Callable[[], Floor]]) -> tuple[Floor, ...]:
    return tuple(make() for make in making)


def _floor(experiment: Experiment, report: Progress) -> Floor:
    return floor_of(report.snapshot().runs[0], Theory(experiment.system), experiment)


def floor_of(run: Run, theory: Theory, experiment: Experiment) -> Floor:
    """What a run of the experiment came to, beside what theory says of it."""
    x0, rate = experiment.x0, experiment.learning_rate
    measured = distances(run, theory, x0)
    with np.errstate(over="ignore"):
        predicted = np.linalg.norm(theory.mode_coordinates(x0, rate, run.points), axis=1)
    size = size_of_limit(theory, x0)
    arrived = len(measured) > 0 and (
        predicted[-1] <= max(0.5 * measured[-1], roundings(experiment)[0] * size)
    )
    return Floor(
        dtype=experiment.dtype,
        points=run.points,
        distances=measured,
        predicted=predicted,
        bounds=rounding_bounds(theory, experiment)[run.points],
        size=size,
        reached=bool(arrived) and theory.converges(rate),
    )


def distances(run: Run, theory: Theory, x0: ArrayLike) -> Array:
    """How far a run's points are from the limit along the directions that move, (points,)."""
    apart = run.iterates.astype(float) - theory.descent_limit(x0)
    with np.errstate(over="ignore", invalid="ignore"):
        return np.asarray(np.linalg.norm(apart @ theory.moving_directions.T, axis=1))
