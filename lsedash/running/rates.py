"""Real runs of programs at several learning rates, one rate after the other, coarse first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from time import thread_time
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from lsedash.experiment import Experiment
from lsedash.problem import Array
from lsedash.programs.program import Runnable
from lsedash.running.batch import checked_rates
from lsedash.running.run import Comparison, Progress, Run
from lsedash.running.runner import stream

T = TypeVar("T")

MOST_POINTS = 20_001  # recorded of a run; of a longer one, evenly spaced points


@dataclass(frozen=True)
class Outcome:
    """The result of one program at one learning rate.

    Attributes:
        loss: at the last point; infinite if the run diverged.
        reached: the first point whose loss is at most the tolerance; nan if there is none.
    """

    loss: float
    reached: float


@dataclass(frozen=True, eq=False)
class Scan:
    """The results of programs at several rates; only rates that were run in full.

    Attributes:
        learning_rates: (rates,), ascending.
        losses, reached: as in `Outcome`, (rates,), by the program's key.
    """

    learning_rates: Array
    losses: dict[str, Array]
    reached: dict[str, Array]


def stream_comparisons(
    experiment: Experiment,
    learning_rates: ArrayLike,
    programs: Sequence[Runnable],
    keep: Callable[[Comparison], T],
    deadline: float | None = None,
    tolerance: float | None = None,
    max_points: int = MOST_POINTS,
    *,
    shared: bool = False,
) -> Iterator[Progress]:
    """Run the programs at each rate; a snapshot is {rate: keep(comparison)} of the finished rates.

    Coarse first: each rate halves a gap between earlier ones, so an early end covers the range.

    Args:
        keep: makes what is kept of the comparison at a rate.
        deadline: the seconds of computing for the rates; None to run all.
        tolerance, max_points: see `Run.reached` and `compare`.
        shared: whether the rates share the time equally, and a run whose share is used up is kept
            as it is; else a rate that does not finish is left out.

    Raises:
        InvalidInput: the rates are not a list of positive numbers.
    """
    rates, seconds = checked_rates(learning_rates).tolist(), 0.0
    results: dict[float, T] = {}
    for done, rate in enumerate([rates[number] for number in coarse_first(len(rates))]):
        at_rate = replace(experiment, learning_rate=rate, tolerance=None)
        share = _share(deadline, seconds, len(rates) - done) if shared else None
        for progress, taken in timed(stream(at_rate, programs, max_points, share, tolerance)):
            seconds += taken
            late = not shared and deadline is not None and seconds > deadline
            if progress.finished:
                results[rate] = keep(progress.snapshot())
            count = done + progress.finished
            ended = late or count == len(rates)
            yield Progress(count, len(rates), ended, partial(dict, results), "rate")
            if late:
                return


def _share(deadline: float | None, seconds: float, rates: int) -> float | None:
    """The seconds of computing that one of so many rates may take, after so many seconds."""
    return None if deadline is None else max(deadline - seconds, 0.0) / rates


def timed(reports: Iterator[Progress]) -> Iterator[tuple[Progress, float]]:
    """Each report with the seconds of processor time that it took."""
    start_time = thread_time()
    for report in reports:
        yield report, thread_time() - start_time
        start_time = thread_time()


def stream_scan(
    experiment: Experiment,
    learning_rates: ArrayLike,
    programs: Sequence[Runnable],
    tolerance: float | None,
    deadline: float | None = None,
) -> Iterator[Progress]:
    """Run the programs at each rate; a snapshot is the `Scan` of the finished rates.

    Args:
        tolerance: as in `outcomes`.

    Raises:
        InvalidInput: the rates are not a list of positive numbers.
    """
    keep = partial(outcomes, tolerance=tolerance)
    keys = [program.key for program in programs]
    scanned = experiment, learning_rates, programs, keep, deadline, tolerance
    for report in stream_comparisons(*scanned):
        yield replace(report, snapshot=partial(_scan, report.snapshot, keys))


def coarse_first(count: int) -> list[int]:
    """0 to count - 1, the multiples of larger powers of two first."""
    return sorted(range(count), key=lambda number: -(number & -number) if number else -count)


def outcomes(comparison: Comparison, tolerance: float | None) -> dict[str, Outcome]:
    """The outcome of each program, by its key.

    Args:
        tolerance: the loss to reach; None for none.
    """
    tolerance = -np.inf if tolerance is None else tolerance
    by_key = {}
    for run in comparison.runs:
        finite = run.status != "diverged" and len(run.losses) > 0
        loss = float(run.losses[-1]) if finite else np.inf
        by_key[run.key] = Outcome(loss, _reached(run, tolerance))
    return by_key


def _reached(run: Run, tolerance: float) -> float:
    """The first point with a loss of at most the tolerance; not every point is recorded."""
    if run.reached is not None:
        return float(run.reached)
    below = run.points[run.losses <= tolerance]
    return float(below[0]) if len(below) else np.nan


def _scan(snapshot: Callable[[], dict[float, dict[str, Outcome]]], keys: Sequence[str]) -> Scan:
    results = dict(sorted(snapshot().items()))
    by_rate = results.values()
    return Scan(
        learning_rates=np.array(list(results)),
        losses={key: np.array([outcome[key].loss for outcome in by_rate]) for key in keys},
        reached={key: np.array([outcome[key].reached for outcome in by_rate]) for key in keys},
    )
