"""A system made from a table: which columns make A, which one is b, and what was left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lsedash.data.columns import Column, column_names, counts_rows, find_column, listed
from lsedash.data.rows import LeftOut, Rows, chosen_rows, incomplete, told_rows
from lsedash.data.table import Table
from lsedash.data.terms import columns_of_A
from lsedash.meaning import LARGEST_POWER, Meaning
from lsedash.problem import Array, InvalidInput, LinearSystem
from lsedash.text.words import plural

Powers = int | Mapping[str, int]


@dataclass(frozen=True, eq=False)
class Design:
    """A linear system made from a table, and what it stands for.

    Attributes:
        system: A and b, a row for each row of the table that was used.
        meaning: what the columns of A and the entries of b are.
        rows: the numbers of the table's rows that were used, counted from 1.
        left_out: the other ones, each with the reason, but for those that were not chosen.
        other_targets: the names of the other columns that could be the target.
        said: what was done, in sentences.
    """

    system: LinearSystem
    meaning: Meaning
    rows: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    other_targets: tuple[str, ...]
    said: tuple[str, ...]

    @property
    def A(self) -> Array:
        """One column for each term, (m, n)."""
        return self.system.A

    @property
    def b(self) -> Array:
        """The target, (m,)."""
        return self.system.b

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns of A."""
        return self.meaning.names

    @property
    def target(self) -> str:
        """The name of what b holds."""
        return self.meaning.target

    def back(self, x: ArrayLike) -> Array:
        """The coefficients in the data's own units, one for each column of A."""
        return self.meaning.back(x)


def design(
    table: Table,
    target: Column | None = None,
    features: Column | Sequence[Column] | None = None,
    *,
    constant: bool = True,
    powers: Powers = 1,
    standardize: bool = False,
    rows: Mapping[str, str | float] | None = None,
) -> Design:
    """The system A x = b whose least-squares solution predicts the target from the features.

    Args:
        target: the column of b, by its title or its number, counted from 1; the last one that can
            be used if None.
        features: the columns of A; all others that can be used if None.
        constant: whether A begins with a column of ones.
        powers: the highest power of each feature, one for all or by name.
        standardize: whether each column of A, but for the ones, becomes (v - mean) / deviation.
        rows: the rows to take, by the value of a column: `{"dataset": "I"}`.

    Raises:
        InvalidInput: a column is unknown, or no column of numbers or no complete row is left.
    """
    chosen = rows or {}
    picked = chosen_rows(table, chosen)
    b_at = _target(table, target, picked)
    columns, dropped = _features(table, features, b_at, picked, chosen)
    left_out = incomplete(table, [*columns, b_at], picked)
    used = np.setdiff1d(picked, [row.row - 1 for row in left_out])
    highest = _highest(table, powers, columns, b_at)
    made, told = columns_of_A(table, highest, used, constant=constant, standardize=standardize)
    names = column_names(table)
    A = np.column_stack([column for _, column in made])
    meaning = Meaning(tuple(term for term, _ in made), names[b_at], _labels(table, used))
    told = [*dropped, *told, *told_rows(table, picked, chosen, left_out), *_fewer_rows(A)]
    system, numbers = LinearSystem(A, table.values[used, b_at]), tuple((used + 1).tolist())
    others = tuple(names[j] for j in _usable(table, picked) if j != b_at)
    said = (_summary(meaning, A), *told)
    return Design(system, meaning, numbers, left_out, others, said)


def _labels(table: Table, rows: Rows) -> tuple[str, ...]:
    """The labels of the rows; none if the table has none."""
    return tuple(table.labels[i] for i in rows) if table.labels else ()


def _usable(table: Table, rows: Rows) -> list[int]:
    """The columns of numbers that are not empty and do not just count the rows."""
    columns = range(len(table.names))
    return [j for j in columns if not _useless(table, j, rows) and not counts_rows(table, j)]


def _useless(table: Table, column: int, rows: Rows) -> str:
    """Why a column cannot be used at all; "" if it can."""
    if column in table.texts:
        return "holds texts"
    return "" if np.isfinite(table.values[rows, column]).any() else "is empty"


def _target(table: Table, target: Column | None, rows: Rows) -> int:
    usable, names = _usable(table, rows), column_names(table)
    if not usable:
        raise InvalidInput(f"No column holds numbers; there are {listed(names)}.")
    if target is None:
        return usable[-1]
    column = find_column(table, target)
    if fault := _useless(table, column, rows):
        there = listed([names[j] for j in usable])
        raise InvalidInput(f"{names[column]} {fault}; the target must be one of {there}.")
    return column


def _features(
    table: Table,
    features: Column | Sequence[Column] | None,
    b_at: int,
    rows: Rows,
    chosen: Iterable[Column],
) -> tuple[list[int], list[str]]:
    """The columns that make A, and why others do not.

    Args:
        chosen: the columns by which the rows were chosen; they are features only by name.
    """
    names = column_names(table)
    if features is None:
        others = {b_at, *(find_column(table, column) for column in chosen)}
        wanted = [j for j in range(len(names)) if j not in others]
    else:
        given = [features] if isinstance(features, str | int) else features
        wanted = list(dict.fromkeys(find_column(table, feature) for feature in given))
    if b_at in wanted:
        raise InvalidInput(f"{names[b_at]} is the target, so it cannot be a feature, too.")
    reasons = {j: _useless(table, j, rows) for j in wanted}
    if features is None and any(not reasons[j] and not counts_rows(table, j) for j in wanted):
        reasons |= {j: "only counts the rows" for j in wanted if counts_rows(table, j)}
    said = [f"{names[j]} {reason}, so it is left out." for j, reason in reasons.items() if reason]
    return [j for j in wanted if not reasons[j]], said


def _highest(table: Table, powers: Powers, columns: Sequence[int], b_at: int) -> dict[int, int]:
    """The highest power of each feature."""
    if not isinstance(powers, Mapping):
        return dict.fromkeys(columns, _power(powers))
    by_column = {find_column(table, name): _power(power) for name, power in powers.items()}
    if b_at in by_column:
        raise InvalidInput("Only features can have powers, not the target.")
    return {column: by_column.get(column, 1) for column in columns}


def _power(power: int) -> int:
    if isinstance(power, bool) or power != int(power) or not 1 <= power <= LARGEST_POWER:
        raise InvalidInput(f"A power is a whole number from 1 to {LARGEST_POWER}; it is {power}.")
    return int(power)


def _summary(meaning: Meaning, A: Array) -> str:
    m, n = A.shape
    return f"A is {m} x {n}, with the columns {listed(meaning.names)}; b is {meaning.target}."


def _fewer_rows(A: Array) -> list[str]:
    m, n = A.shape
    if m >= n:
        return []
    return [
        f"There are {plural(m, 'row')} for {n} unknowns: many x fit exactly, and the start decides "
        "which of them descent finds."
    ]
