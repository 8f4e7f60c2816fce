"""Real runs of programs at several learning rates, one rate after the other, coarse first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from lsedash.experiment import Experiment
from lsedash.problem import Array
from lsedash.programs.program import Runnable
from lsedash.running.batch import checked_rates
from lsedash.running.run import Comparison, Progress
from lsedash.running.runner import stream

T = TypeVar("T")


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
) -> Iterator[Progress]:
    """Run the programs at each rate; a snapshot is {rate: keep(comparison)} of the finished rates.

    Coarse first: each rate halves a gap between earlier ones, so that an early end still covers the
    whole range.

    Args:
        keep: makes what is kept of the comparison at a rate.
        deadline: stop after so many seconds with the rates finished by then; None to run all.

    Raises:
        InvalidInput: the rates are not a list of positive numbers.
    """
    rates = checked_rates(learning_rates).tolist()
    start_time, results = perf_counter(), {}
    for done, number in enumerate(coarse_first(len(rates))):
        rate = rates[number]
        experiment_at_rate = replace(experiment, learning_rate=rate, tolerance=None)
        for progress in stream(experiment_at_rate, programs, experiment.iterations + 2):
            late = deadline is not None and perf_counter() - start_time > deadline
            if progress.finished:
                results[rate] = keep(progress.snapshot())
            finished = late or (progress.finished and done + 1 == len(rates))
            yield Progress(
                done + progress.finished, len(rates), finished, partial(dict, results), "rate"
            )
            if late:
                return


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
    for report in stream_comparisons(experiment, learning_rates, programs, keep, deadline):
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
        below = run.points[run.losses <= tolerance]
        reached = float(below[0]) if len(below) else np.nan
        by_key[run.key] = Outcome(float(run.losses[-1]) if finite else np.inf, reached)
    return by_key


def _scan(snapshot: Callable[[], dict[float, dict[str, Outcome]]], keys: Sequence[str]) -> Scan:
    results = dict(sorted(snapshot().items()))
    by_rate = results.values()
    return Scan(
        learning_rates=np.array(list(results)),
        losses={key: np.array([outcome[key].loss for outcome in by_rate]) for key in keys},
        reached={key: np.array([outcome[key].reached for outcome in by_rate]) for key in keys},
    )
