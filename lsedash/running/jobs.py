"""A sweep over many systems, cut into tasks for any `concurrent.futures.Executor`.

A task is a value: another process or machine can run it. Its result is stored in a file named
after the task, so that an interrupted sweep can go on later.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from lsedash.experiment import Experiment
from lsedash.problem import Array
from lsedash.running.batch import checked_rates, losses_of
from lsedash.running.kept import Failed, keep, kept, reason, remove_parts
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
VERSION = 2  # of the computation and its files; stored results of other versions are ignored


@dataclass(frozen=True)
class Task:
    """Some learning rates on one system.

    Attributes:
        system: the number of the system, from 0.
        experiment: everything but the learning rates.
        learning_rates: some of the sweep's learning rates.
    """

    system: int
    experiment: Experiment
    learning_rates: tuple[float, ...]

    @property
    def file(self) -> str:
        """The name of its result file, unique to the computation."""
        experiment_key = replace(self.experiment, learning_rate=1.0).key()
        key = (VERSION, COLUMNS, experiment_key, self.learning_rates)
        return f"{sha256(repr(key).encode()).hexdigest()[:32]}.npy"


def tasks_of(experiments: Sequence[Experiment], learning_rates: Sequence[float]) -> list[Task]:
    """The tasks of a sweep, ordered by system and then by rate.

    Raises:
        InvalidInput: the rates are not a list of positive numbers.
    """
    rates = checked_rates(learning_rates).tolist()
    return [
        Task(number, experiment, tuple(rates[first : first + RATES_OF_A_TASK]))
        for number, experiment in enumerate(experiments)
        for first in range(0, len(rates), RATES_OF_A_TASK)
    ]


def run_task(task: Task) -> Array:
    """The result at each rate, (rates, len(COLUMNS)), in the order of `COLUMNS`.

    The gap is the final loss minus the smallest possible loss. Iterations are nan if there is no
    tolerance or N iterations do not reach it.
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
        [rates, losses, losses - least, np.array(ends) - least, reached, _predicted(task, theory)]
    )


def _predicted(task: Task, theory: Theory) -> list[float]:
    """The predicted iterations to the tolerance; nan if they are more than N."""
    experiment = task.experiment
    if experiment.tolerance is None:
        return [np.nan] * len(task.learning_rates)
    counts = [
        theory.iterations_to(experiment.tolerance, experiment.x0, rate)
        for rate in task.learning_rates
    ]
    return [np.nan if count is None or count > experiment.iterations else count for count in counts]


def run_tasks(
    tasks: Sequence[Task], executor: Executor, folder: Path
) -> Iterator[tuple[int, Array]]:
    """Run the tasks without a stored result; yield each task's number and rows when known.

    A task that fails is run once more: the worker of a cluster may end just when its result is
    fetched. The second failure is raised.

    Args:
        folder: where results are stored; it is made if it does not exist. A stored result that was
            damaged is computed again.

    Raises:
        Failed: a result cannot be stored.
    """
    _make(folder)
    missing = []
    for number, task in enumerate(tasks):
        rows = kept(folder / task.file, (len(task.learning_rates), len(COLUMNS)))
        if rows is None:
            missing.append(number)
        else:
            yield number, rows
    for is_last_try in (False, True):
        pending = {executor.submit(run_task, tasks[number]): number for number in missing}
        missing = []
        for future in as_completed(pending):
            number = pending[future]
            failed = future.cancelled() or future.exception() is not None
            if failed and not is_last_try:
                missing.append(number)
                continue
            rows = future.result()
            keep(rows, folder / tasks[number].file)
            yield number, rows


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Failed(f"The folder {folder} cannot be made: {reason(fault)}.") from None
    remove_parts(folder)
