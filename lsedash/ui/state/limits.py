"""What the dashboard accepts; the library itself has no such limits."""

from dataclasses import replace

import numpy as np

from lsedash.experiment import Experiment
from lsedash.problem import InvalidInput, InvalidSystem, LinearSystem
from lsedash.programs.program import Program
from lsedash.text.words import brief, entry_name, spaced

MOST_COLUMNS = 64
MOST_ENTRIES = 4096  # of A, and so the most rows, of one unknown
GRID_ROWS = 12  # and columns that are all shown at once, in the grid
MOST_ITERATIONS = 200_000
MOST_RECORDED = 1_280_064  # numbers in the recorded points of a run, 10 MB: see `most_points`
MOST_CHARACTERS = 1_000_000  # of pasted text
LONGEST_PART = 256_000  # characters of a part of a link, also unpacked; no accepted system has more
LARGEST_ENTRY = 1e15
SMALLEST_ENTRY = 1e-100  # of A, apart from 0; its square does not underflow
MOST_AT_ONCE = 2_000  # iterations of a program that cannot be stopped
SQUARE_ROWS = ("broadcast_b",)  # programs that make a matrix of m x m,
MOST_SQUARED = 2048  # of so many rows at most: 32 MB
KEEP_GRAPHS = ("graphs_kept",)  # programs that keep m numbers in each iteration,
MOST_KEPT = 1_280_000  # so many at most: 10 MB,
MOST_GRAPHS = 20_000  # in so many iterations at most
DEADLINE = 10.0  # seconds of processor time for one comparison: 15 000 to 30 000 iterations of five
SWEEP_DEADLINE = 60.0  # seconds of processor time for one sweep over learning rates
WIDEST_TABLE = 200  # columns, of a table in the dialog for data
MOST_POWER = 10  # of a feature in the dialog for data
LONGEST_LINK = 8 * 1024  # characters; some other programs refuse longer ones
SIZES = f"at most {MOST_COLUMNS} columns and {MOST_ENTRIES} entries, rows times columns"


def most_points(n: int) -> int:
    """How many points of a run with n unknowns are recorded; of a longer one, evenly spaced ones.

    All 200 001 for up to six unknowns, 20 001 for 64.
    """
    return min(MOST_ITERATIONS + 1, MOST_RECORDED // n)


def within(program: Program, experiment: Experiment) -> Experiment:
    """The experiment, smaller if the program cannot be stopped or needs much memory for it."""
    most, system = MOST_ITERATIONS, experiment.system
    if program.at_once:
        most = MOST_AT_ONCE
    elif program.key in KEEP_GRAPHS:
        most = min(MOST_KEPT // system.m, MOST_GRAPHS)
    if experiment.iterations > most:
        experiment = replace(experiment, iterations=most)
    if program.key in SQUARE_ROWS and system.m > MOST_SQUARED:
        first = LinearSystem(system.A[:MOST_SQUARED], system.b[:MOST_SQUARED])
        experiment = replace(experiment, system=first)
    return experiment


def why_within(program: Program, experiment: Experiment) -> str:
    """Why `within` makes an experiment smaller, for the page; "" if it does not."""
    allowed, sentences = within(program, experiment), []
    count = spaced(allowed.iterations)
    if allowed.iterations != experiment.iterations:
        why = (
            "returns its points only at its end and cannot be stopped"
            if program.at_once
            else "keeps the graph of every loss, and with it m numbers"
        )
        sentences.append(f"This program {why}, so it runs for {count} iterations here.")
    if allowed.system.m != experiment.system.m:
        sentences.append(
            "This program makes a matrix of m x m differences, so it runs on the first "
            f"{allowed.system.m} rows here."
        )
    return " ".join(sentences)


def check_size(m: int, n: int, what: str = "A is") -> None:
    """Raises InvalidSystem if the dashboard does not take an A of m rows and n columns.

    Args:
        what: the beginning of the sentence.
    """
    if n > MOST_COLUMNS or m * n > MOST_ENTRIES:
        raise InvalidSystem(f"{what} {m} x {n}; the dashboard takes {SIZES}.", field="A")


def check_system(system: LinearSystem) -> None:
    """Raises InvalidSystem if the dashboard does not take the system."""
    check_size(system.m, system.n)
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
            f"The dashboard runs at most {spaced(MOST_ITERATIONS)} iterations; "
            f"{spaced(experiment.iterations)} were asked for.",
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
