"""What the dashboard accepts; the library itself has no such limits."""

from dataclasses import replace

import numpy as np

from lsedash.experiment import Experiment
from lsedash.problem import InvalidInput, InvalidSystem, LinearSystem
from lsedash.programs.program import Program
from lsedash.text.words import brief, entry_name

MOST_ROWS = 64  # and columns
GRID_ROWS = 12  # and columns that can be edited cell by cell; a larger system has to be pasted
MOST_ITERATIONS = 20_000
MOST_CHARACTERS = 128 * 1024  # of pasted text
LARGEST_ENTRY = 1e12
SMALLEST_ENTRY = 1e-100  # of A, apart from 0; its square does not underflow
MOST_AT_ONCE = 2_000  # iterations of a program that cannot be stopped
DEADLINE = 30.0  # seconds of processor time for one comparison; the largest takes about 10
SWEEP_DEADLINE = 60.0  # seconds of processor time for one sweep over learning rates
MOST_COLUMNS = 200  # of a table in the dialog for data
MOST_POWER = 10  # of a feature in the dialog for data
LONGEST_LINK = 8 * 1024  # characters; some other programs refuse longer ones


def within(program: Program, experiment: Experiment) -> Experiment:
    """The experiment, with fewer iterations if the program cannot be stopped."""
    if program.at_once and experiment.iterations > MOST_AT_ONCE:
        return replace(experiment, iterations=MOST_AT_ONCE)
    return experiment


def check_system(system: LinearSystem) -> None:
    """Raises InvalidSystem if the dashboard does not take the system."""
    if max(system.m, system.n) > MOST_ROWS:
        raise InvalidSystem(
            f"A is {system.m} x {system.n}; the dashboard takes at most {MOST_ROWS} rows and "
            f"{MOST_ROWS} columns.",
            field="A",
        )
    for name, array in (("A", system.A), ("b", system.b)):
        _check_entries(name, array)
    tiny = (system.A != 0) & (np.abs(system.A) < SMALLEST_ENTRY)
    if tiny.any():
        row, column = (int(i) + 1 for i in np.argwhere(tiny)[0])
        raise InvalidSystem(
            f"{entry_name('A', row, column)}: the dashboard takes 0 and numbers from "
            f"{brief(SMALLEST_ENTRY)} on.",
            field="A",
            row=row,
            column=column,
        )


def check_experiment(experiment: Experiment) -> None:
    """Raises InvalidInput if the dashboard does not take the experiment."""
    check_system(experiment.system)
    _check_entries("x0", experiment.x0)
    if experiment.iterations > MOST_ITERATIONS:
        raise InvalidInput(
            f"The dashboard runs at most {MOST_ITERATIONS} iterations; "
            f"{experiment.iterations} were asked for.",
            field="iterations",
        )


def _check_entries(name: str, array: np.ndarray) -> None:
    if np.abs(array).max() > LARGEST_ENTRY:
        where = [int(i) + 1 for i in np.argwhere(np.abs(array) > LARGEST_ENTRY)[0]]
        raise InvalidSystem(
            f"{entry_name(name, *where)}: the dashboard takes numbers up to "
            f"{brief(LARGEST_ENTRY)}.",
            field=name,
            row=where[0],
            column=where[1] if len(where) == 2 else None,
        )
