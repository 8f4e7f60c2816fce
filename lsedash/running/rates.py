"""Several learning rates one after the other, each a real run of the programs, coarse first."""

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
    """What one program came to at one learning rate.

    Attributes:
        loss: at the last point; infinite if it diverged.
        reached: the first point whose loss is at most the tolerance; nan if there is none.
    """

    loss: float
    reached: float


@dataclass(frozen=True, eq=False)
class Scan:
    """What programs came to at several rates, ascending; only those that were run in full.

    Attributes:
        learning_rates: (rates,).
        losses, reached: per program's key, (rates,), as in `Outcome`.
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
    """Run the programs at each rate; a snapshot is {rate: keep(comparison)} of those finished.

    The rates are run coarse first: each next one halves a gap between those before, so that an
    early end leaves the whole range seen.

    Args:
        deadline: stop after so many seconds with what there is; None to run on.

    Raises:
        InvalidInput: the rates are no list of positive numbers.
    """
    rates = checked_rates(learning_rates).tolist()
    began, kept = perf_counter(), {}
    for done, number in enumerate(coarse_first(len(rates))):
        rate = rates[number]
        one = replace(experiment, learning_rate=rate, tolerance=None)
        for progress in stream(one, programs, experiment.iterations + 2):
            late = deadline is not None and perf_counter() - began > deadline
            if progress.finished:
                kept[rate] = keep(progress.snapshot())
            finished = late or (progress.finished and done + 1 == len(rates))
            yield Progress(
                done + progress.finished, len(rates), finished, partial(dict, kept), "rate"
            )
            if late:
                return


def stream_scan(
    experiment: Experiment,
    learning_rates: ArrayLike,
    programs: Sequence[Runnable],
    tolerance: float,
    deadline: float | None = None,
) -> Iterator[Progress]:
    """Run the programs at each rate; a snapshot is the `Scan` of those finished."""
    keep = partial(outcomes, tolerance=tolerance)
    keys = [program.key for program in programs]
    for report in stream_comparisons(experiment, learning_rates, programs, keep, deadline):
        yield replace(report, snapshot=partial(_scan, report.snapshot, keys))


def coarse_first(count: int) -> list[int]:
    """0 to count - 1, the multiples of large powers of two before those of small ones."""
    return sorted(range(count), key=lambda number: -(number & -number) if number else -count)


def outcomes(comparison: Comparison, tolerance: float) -> dict[str, Outcome]:
    """What each program came to, per key."""
    found = {}
    for run in comparison.runs:
        finite = run.status != "diverged" and len(run.losses) > 0
        below = run.points[run.losses <= tolerance]
        reached = float(below[0]) if len(below) else np.nan
        found[run.key] = Outcome(float(run.losses[-1]) if finite else np.inf, reached)
    return found


def _scan(snapshot: Callable[[], dict[float, dict[str, Outcome]]], keys: Sequence[str]) -> Scan:
    kept = dict(sorted(snapshot().items()))
    return Scan(
        learning_rates=np.array(list(kept)),
        losses={key: np.array([found[key].loss for found in kept.values()]) for key in keys},
        reached={key: np.array([found[key].reached for found in kept.values()]) for key in keys},
    )
