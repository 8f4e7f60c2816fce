"""How close descent comes to its limit in float32 and in float64: the floor of rounding."""

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
    """A run's distance to its limit along the moving directions.

    Attributes:
        dtype: of the run.
        points: the numbers of the points, (points,).
        distances: the measured distance to the limit, (points,); the limit is computed in float64.
        predicted: the distance in exact arithmetic, (points,).
        bounds: how far rounding can have moved each point off the exact path, (points,).
        size: the norm of the limit along the moving directions.
        reached: whether the run has reached its floor: at the last point, the predicted distance is
            at most half the measured one, or at most one rounding of the limit. False if the
            descent does not converge.
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
        """The distance at the last point, the floor if it is reached; nan without points."""
        return float(self.distances[-1]) if len(self.distances) else nan

    @property
    def relative(self) -> float:
        """`last` over the size of the limit; nan if that is 0."""
        return self.last / self.size if self.size else nan


def floors(experiment: Experiment, deadline: float | None = None) -> tuple[Floor, ...]:
    """The floors of NumPy by hand in float64 and float32; for the arguments see `stream_floors`."""
    *_, last = stream_floors(experiment, deadline)
    result: tuple[Floor, ...] = last.snapshot()
    return result


def stream_floors(experiment: Experiment, deadline: float | None = None) -> Iterator[Progress]:
    """Run NumPy by hand in float64, then in float32; a snapshot is the floors of the runs so far.

    Args:
        experiment: what to run, for all its iterations; its dtype and tolerance are ignored.
        deadline: stop each run after so many seconds with the points so far; None for no limit.
    """
    done: list[Callable[[], Floor]] = []
    makers: list[Callable[[], Floor]] = []
    for dtype in DTYPES:
        in_dtype = replace(experiment, dtype=dtype, tolerance=None)
        for report in stream(in_dtype, [NUMPY], MOST_POINTS, deadline):
            makers = [*done, partial(_floor, in_dtype, report)]
            finished = report.finished and dtype == DTYPES[-1]
            yield replace(report, finished=finished, snapshot=partial(_make_all, makers))
        done = makers


def _make_all(makers: Sequence[Callable[[], Floor]]) -> tuple[Floor, ...]:
    return tuple(make() for make in makers)


def _floor(experiment: Experiment, report: Progress) -> Floor:
    return floor_of(report.snapshot().runs[0], Theory(experiment.system), experiment)


def floor_of(run: Run, theory: Theory, experiment: Experiment) -> Floor:
    """The floor of a run of the experiment, with its prediction and bounds."""
    x0, rate = experiment.x0, experiment.learning_rate
    measured = distances(run, theory, x0)
    with np.errstate(over="ignore"):
        predicted = np.linalg.norm(theory.mode_coordinates(x0, rate, run.points), axis=1)
    size = size_of_limit(theory, x0)
    at_floor = len(measured) > 0 and (
        predicted[-1] <= max(0.5 * measured[-1], roundings(experiment)[0] * size)
    )
    return Floor(
        dtype=experiment.dtype,
        points=run.points,
        distances=measured,
        predicted=predicted,
        bounds=rounding_bounds(theory, experiment)[run.points],
        size=size,
        reached=bool(at_floor) and theory.converges(rate),
    )


def distances(run: Run, theory: Theory, x0: ArrayLike) -> Array:
    """The distance of a run's points to the limit along the moving directions, (points,)."""
    errors = run.iterates.astype(float) - theory.descent_limit(x0)
    with np.errstate(over="ignore", invalid="ignore"):
        return np.asarray(np.linalg.norm(errors @ theory.moving_directions.T, axis=1))
