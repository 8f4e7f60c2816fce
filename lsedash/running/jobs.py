"""A sweep over many systems, cut into tasks that any `concurrent.futures.Executor` can run.

A task is a value: it can go to another process or machine, and its result can be kept in a file
under a name of its own, so that it need not be run again.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass, replace
from hashlib import sha256
from os import getpid
from pathlib import Path

import numpy as np

from lsedash.experiment import Experiment
from lsedash.problem import Array
from lsedash.running.batch import checked_rates, losses_of
from lsedash.theory.closed_form import Theory

COLUMNS = (
    "learning_rate",
    "loss",
    "gap",
    "predicted_gap",
    "iterations_to_tolerance",
    "predicted_iterations_to_tolerance",
)
RATES_OF_A_TASK = 64
VERSION = 1  # of what a task computes; results of another one are not taken


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
    def file(self) -> str:
        """Where its result is kept: the same for the same computation, and for no other."""
        about = replace(self.experiment, learning_rate=1.0).key()
        key = (VERSION, COLUMNS, about, self.learning_rates)
        return f"{sha256(repr(key).encode()).hexdigest()[:32]}.npy"


def tasks_of(experiments: Sequence[Experiment], learning_rates: Sequence[float]) -> list[Task]:
    """The tasks of a sweep, system by system and in the order of the rates.

    Raises:
        InvalidInput: the rates are no list of positive numbers.
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
    experiment, rates = task.experiment, np.array(task.learning_rates)
    theory, tolerance = Theory(experiment.system), experiment.tolerance
    reached = np.full(len(rates), np.nan)
    for point, losses in enumerate(losses_of(experiment, rates)):
        if tolerance is not None:
            reached[np.isnan(reached) & (losses <= tolerance)] = point
    ends = [theory.losses(experiment.x0, rate, [experiment.iterations])[0] for rate in rates]
    least = theory.least_loss
    return np.column_stack(
        [rates, losses, losses - least, np.array(ends) - least, reached, _expected(task, theory)]
    )


def _expected(task: Task, theory: Theory) -> list[float]:
    """The iterations that theory has until the tolerance, nan where they are too many."""
    experiment = task.experiment
    if experiment.tolerance is None:
        return [np.nan] * len(task.learning_rates)
    counts = [
        theory.iterations_to(experiment.tolerance, experiment.x0, rate)
        for rate in task.learning_rates
    ]
    return [np.nan if count is None or count > experiment.iterations else count for count in counts]


def run_tasks(tasks: Sequence[Task], executor: Executor, kept: Path) -> Iterator[tuple[int, Array]]:
    """Run what has not been run yet; yields each task's number and rows as they come.

    Args:
        kept: a folder; each result is put there as it comes, and taken from there if it is there.
    """
    kept.mkdir(parents=True, exist_ok=True)
    waiting = {}
    for number, task in enumerate(tasks):
        rows = _kept(kept / task.file)
        if rows is None:
            waiting[executor.submit(run_task, task)] = number
        else:
            yield number, rows
    for future in as_completed(waiting):
        number, rows = waiting[future], future.result()
        part = kept / f"{tasks[number].file}.{getpid()}.part"
        with part.open("wb") as stream:
            np.save(stream, rows)
        part.replace(kept / tasks[number].file)  # all of it or nothing
        yield number, rows


def _kept(file: Path) -> Array | None:
    """The rows in a file; None if it is not there or is damaged."""
    try:
        rows: Array = np.load(file)
    except (OSError, ValueError, EOFError):
        return None
    return rows
