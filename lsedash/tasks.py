"""A sweep over many systems, cut into tasks that any `concurrent.futures.Executor` can run.

A task is a value: it can go to another process or machine, and its result can be kept in a file
under a name of its own, so that it need not be run again.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from lsedash.experiment import Experiment
from lsedash.problem import Array
from lsedash.sweep import checked_rates, sweep
from lsedash.theory import Theory

COLUMNS = (
    "learning_rate",
    "loss",
    "gap",
    "predicted_gap",
    "iterations_to_tolerance",
    "predicted_iterations_to_tolerance",
)
RATES_OF_A_TASK = 64


@dataclass(frozen=True)
class Task:
    """Some learning rates on one system.

    Attributes:
        system: which of the systems, counted from 0.
        experiment: everything but the rates.
        learning_rates: some of the sweep's.
    """

    system: int
    experiment: Experiment
    learning_rates: tuple[float, ...]

    @property
    def name(self) -> str:
        """The same for the same computation, and for no other."""
        key = (self.experiment.key(), self.learning_rates)
        return sha256(repr(key).encode()).hexdigest()[:32]


def tasks_of(experiments: Sequence[Experiment], learning_rates: Sequence[float]) -> list[Task]:
    """The tasks of a sweep, system by system and in the order of the rates.

    Raises:
        InvalidSystem: the rates are no list of positive numbers.
    """
    rates = checked_rates(learning_rates).tolist()
    return [
        Task(number, experiment, tuple(rates[first : first + RATES_OF_A_TASK]))
        for number, experiment in enumerate(experiments)
        for first in range(0, len(rates), RATES_OF_A_TASK)
    ]


def run_task(task: Task) -> Array:
    """What came of each rate, (rates, len(COLUMNS)), in the order of `COLUMNS`.

    The gap is the final loss above the smallest possible one. Iterations are nan where there is no
    tolerance or it was not reached within the iterations.
    """
    experiment, theory = task.experiment, Theory(task.experiment.system)
    losses = sweep(experiment, task.learning_rates)
    least, tolerance = theory.least_loss, experiment.tolerance
    rows = np.full((len(task.learning_rates), len(COLUMNS)), np.nan)
    for row, rate, path in zip(rows, task.learning_rates, losses.T, strict=True):
        predicted = theory.losses(experiment.x0, rate, [experiment.iterations])[0]
        row[:4] = rate, path[-1], path[-1] - least, predicted - least
        if tolerance is not None:
            reached = np.flatnonzero(path <= tolerance)
            expected = theory.iterations_to(tolerance, experiment.x0, rate)
            row[4] = reached[0] if len(reached) else np.nan
            within = expected is not None and expected <= experiment.iterations
            row[5] = expected if within else np.nan
    return rows


def run_tasks(tasks: Sequence[Task], executor: Executor, kept: Path) -> Iterator[tuple[int, Array]]:
    """Run what has not been run yet; yields each task's number and rows as they come.

    Args:
        kept: a folder; each result is put there as it comes, and taken from there if it is there.
    """
    kept.mkdir(parents=True, exist_ok=True)
    waiting = {}
    for number, task in enumerate(tasks):
        file = kept / f"{task.name}.npy"
        if file.exists():
            yield number, np.load(file)
        else:
            waiting[executor.submit(run_task, task)] = number
    for future in as_completed(waiting):
        number, rows = waiting[future], future.result()
        written = kept / f"{tasks[number].name}.part"
        with written.open("wb") as stream:
            np.save(stream, rows)
        written.replace(kept / f"{tasks[number].name}.npy")  # all of it or nothing
        yield number, rows
