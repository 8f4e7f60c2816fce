"""The columns of a table: what they are called, which one somebody means, which count the rows."""

from collections.abc import Sequence

import numpy as np

from lsedash.data.table import Table
from lsedash.meaning import CONSTANT, LONGEST_NAME
from lsedash.problem import InvalidInput
from lsedash.text.words import join_names

Column = str | int  # a title, or a number counted from 1

COUNTING = ("", "#", "id", "index", "no", "no.", "nr", "nr.", "number", "obs", "row", "unnamed: 0")
FEWEST_COUNTED = 3  # rows; 0, 1 says little
MOST_LISTED = 12  # names in a sentence


def column_names(table: Table) -> tuple[str, ...]:
    """A name for each column, no two alike: its title, or "column 2"."""
    names: list[str] = []
    for number, title in enumerate(table.names, 1):
        name = _tidy(title) or f"column {number}"
        if name in (*names, CONSTANT):
            name = f"{name} ({number})"
        while name in names:
            name += "'"
        names.append(name)
    return tuple(names)


def find_column(table: Table, column: Column) -> int:
    """Which column somebody means, counted from 0.

    Raises:
        InvalidInput: there is none, or there are several.
    """
    count = len(table.names)
    if isinstance(column, str) and (found := _called(table, column)):
        if len(found) == 1:
            return found[0]
        numbers = join_names([str(j + 1) for j in found])
        raise InvalidInput(
            f"Columns {numbers} are called {column[:40]!r}; give the number of one of them."
        )
    number = int(column) if not isinstance(column, str) or _is_number(column) else 0
    if not 1 <= number <= count:
        shown = repr(column[:40]) if isinstance(column, str) else column
        raise InvalidInput(f"There is no column {shown}; there are {listed(column_names(table))}.")
    return number - 1


def _called(table: Table, column: str) -> list[int]:
    """The columns of that title; else of that name; else of that title in small letters."""
    titles = [_tidy(title) for title in table.names]
    small = [title.casefold() for title in titles]
    wanted = _tidy(column)
    ways = (titles, wanted), (column_names(table), wanted), (small, wanted.casefold())
    matches = ([j for j, name in enumerate(known) if name == text] for known, text in ways if text)
    return next(filter(None, matches), [])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 6


def counts_rows(table: Table, column: int) -> bool:
    """Whether a column holds 0, 1, 2, ... or 1, 2, 3, ... and its title says no more than that.

    Without any titles only the first of three columns or more counts as one.
    """
    values = table.values[:, column]
    if len(values) < FEWEST_COUNTED or values[0] not in (0, 1):
        return False
    if not np.array_equal(values, values[0] + np.arange(len(values))):
        return False
    if not any(map(_tidy, table.names)):
        return column == 0 and len(table.names) > 2
    return _tidy(table.names[column]).casefold() in COUNTING


def listed(names: Sequence[str]) -> str:
    """Names in a sentence; of many only the first ones."""
    more = len(names) - MOST_LISTED
    if more <= 1:
        return join_names(list(names))
    return join_names([*names[:MOST_LISTED], f"{more} more"])


def _tidy(title: str) -> str:
    """A title in one line, of characters that can be shown, not too long."""
    shown = "".join(c if c.isprintable() else " " for c in title)
    tidy = " ".join(shown.split())
    longest = LONGEST_NAME - 10  # there is room for a number behind it
    return tidy if len(tidy) <= longest else f"{tidy[: longest - 1]}…"
