"""The columns of A that come from features: powers, without redundant ones, standardised."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf, isfinite

import numpy as np

from lsedash.data.columns import column_names
from lsedash.data.rows import Rows
from lsedash.data.table import Table
from lsedash.meaning import Term
from lsedash.problem import Array, InvalidInput

Powered = tuple[Term, Array]  # one column of A
STANDARDISED = (
    "Each column but the constant is standardised: minus its mean, divided by its deviation (whose "
    "sum of squares is divided by m - 1, as in pandas and torch.std)."
)
DIVIDED = (
    "Each column is divided by its deviation (whose sum of squares is divided by m - 1); without a "
    "constant, subtracting the means would change the fit."
)


def columns_of_A(
    table: Table, highest: Mapping[int, int], rows: Rows, *, constant: bool, standardize: bool
) -> tuple[list[Powered], list[str]]:
    """The columns of A, each with what it is, and what is said of them.

    Args:
        highest: the highest power of each feature, by its column.

    Raises:
        InvalidInput: no column is left, or one has no finite numbers.
    """
    kept, said = _without_redundant(_powered(table, highest, rows), constant)
    if standardize and kept:
        kept = _standardised(kept, constant)
        said.append(STANDARDISED if constant else DIVIDED)
    made = [(Term(), np.ones(len(rows))), *kept] if constant else kept
    if not made:
        raise InvalidInput("Nothing is left for A; keep the constant, or choose other features.")
    return made, said


def _powered(table: Table, highest: Mapping[int, int], rows: Rows) -> list[Powered]:
    """All powers of all features."""
    names = column_names(table)
    powered = []
    for column, most in highest.items():
        for power in range(1, most + 1):
            term = Term(names[column], power)
            with np.errstate(over="ignore"):
                values = table.values[rows, column] ** power
            if not np.isfinite(values).all():
                raise InvalidInput(f"{term.name} is too large to compute with.")
            powered.append((term, values))
    return powered


def _without_redundant(
    columns: Sequence[Powered], constant: bool
) -> tuple[list[Powered], list[str]]:
    """The columns without those that say nothing new, and what is said of these."""
    kept: list[Powered] = []
    said = []
    for term, values in columns:
        twin = next((other for other, seen in kept if np.array_equal(values, seen)), None)
        if constant and np.ptp(values) == 0:
            said.append(
                f"{term.name} is the same in all rows, like the constant, so it is left out."
            )
        elif twin:
            said.append(f"{term.name} has the values of {twin.name}, so it is left out.")
        else:
            kept.append((term, values))
    return kept, said


def _standardised(columns: Sequence[Powered], constant: bool) -> list[Powered]:
    """The columns, each by itself, with mean 0 and deviation 1; without a constant, the latter."""
    made = []
    for term, values in columns:
        with np.errstate(over="ignore"):
            mean = float(values.mean()) if constant else 0.0
            deviation = float(values.std(ddof=1)) if np.ptp(values) else 1.0
        if not (isfinite(mean) and 0 < deviation < inf):
            raise InvalidInput(f"{term.name} cannot be standardised: its values are too extreme.")
        standard = replace(term, mean=mean, deviation=deviation)
        made.append((standard, (values - mean) / deviation))
    return made
