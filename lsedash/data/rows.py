"""The rows of a table: those that somebody chose, and those in which a number is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lsedash.data.columns import column_names, find_column, listed
from lsedash.data.table import Table
from lsedash.problem import InvalidInput
from lsedash.text.words import join_names, plural, spaced

Rows = NDArray[np.intp]
MOST_TOLD = 3  # rows whose reasons are told one by one


@dataclass(frozen=True)
class LeftOut:
    """A row that was left out.

    Attributes:
        row: its number in the table, counted from 1.
        reason: "rooms is missing".
    """

    row: int
    reason: str


def chosen_rows(table: Table, rows: Mapping[str, str | float]) -> Rows:
    """The rows, counted from 0, that have these values in these columns.

    Raises:
        InvalidInput: no row has them.
    """
    taken = np.ones(len(table.values), bool)
    for column, value in rows.items():
        texts = _texts(table, find_column(table, column))
        has_value = np.array([text == _written(value) for text in texts], bool)
        if not has_value.any():
            there = listed(list(dict.fromkeys(text for text in texts if text)))
            raise InvalidInput(f"No row has {value!r} in {column}; there are {there}.")
        taken &= has_value
    if not taken.any():
        raise InvalidInput(f"No row has {_conditions(rows)}.")
    return np.flatnonzero(taken)


def incomplete(table: Table, columns: Sequence[int], rows: Rows) -> tuple[LeftOut, ...]:
    """Those of the rows in which a number of these columns is missing.

    Raises:
        InvalidInput: all of them are.
    """
    names = column_names(table)
    missing = ~np.isfinite(table.values[rows][:, list(columns)])
    if missing.any(axis=1).all():
        worst = names[columns[int(missing.sum(axis=0).argmax())]]
        raise InvalidInput(
            f"In every row a number is missing, most often in {worst}; leave that column out."
        )
    left_out = []
    for i in np.flatnonzero(missing.any(axis=1)):
        gaps = [names[column] for column, gap in zip(columns, missing[i], strict=True) if gap]
        verb = "are" if len(gaps) > 1 else "is"
        left_out.append(LeftOut(int(rows[i]) + 1, f"{join_names(gaps)} {verb} missing"))
    return tuple(left_out)


def told_rows(
    table: Table, picked: Rows, rows: Mapping[str, str | float], left_out: Sequence[LeftOut]
) -> list[str]:
    """What is said of the rows that were chosen, and of those that were left out."""
    said = []
    if rows:
        of_all = f"{spaced(len(picked))} of {spaced(len(table.values))} rows"
        said.append(f"{of_all} are taken: those with {_conditions(rows)}.")
    if left_out:
        number = plural(len(picked), "row")
        verb = "is" if len(left_out) == 1 else "are"
        said.append(f"{spaced(len(left_out))} of {number} {verb} left out: {_reasons(left_out)}.")
    return said


def _reasons(left_out: Sequence[LeftOut]) -> str:
    if len(left_out) <= MOST_TOLD:
        return join_names([f"row {row.row} ({row.reason})" for row in left_out])
    numbers = listed([str(row.row) for row in left_out])
    return f"a number is missing in rows {numbers}"


def _conditions(rows: Mapping[str, str | float]) -> str:
    return join_names([f"{column} = {_written(value)}" for column, value in rows.items()])


def _texts(table: Table, column: int) -> Sequence[str]:
    """The entries of a column as texts; a gap is ""."""
    if column in table.texts:
        return [text.strip() for text in table.texts[column]]
    return ["" if np.isnan(value) else _written(value) for value in table.values[:, column]]


def _written(value: str | float) -> str:
    """A value as a text, the same for "1", "1.0" and 1."""
    try:
        return f"{float(value):.17g}"
    except ValueError:
        return str(value).strip()
