"""The table of coefficients: x under the names of its columns, and in the units of the data."""

from collections.abc import Sequence

import numpy as np

from lsedash.meaning import Meaning
from lsedash.running.run import Comparison
from lsedash.tables.table import Cell, Row, Table
from lsedash.text.unknowns import LONG, coordinate_name
from lsedash.text.words import brief
from lsedash.theory.closed_form import Theory

DIGITS = 5
UNITS = ", in the data's units"


def coefficients_table(comparison: Comparison, theory: Theory, meaning: Meaning) -> Table:
    """One row per unknown: x where the first program ended, and at the limit.

    If A is standardised, both are told in the units of the data, too.
    """
    run = comparison.runs[0]
    last = run.iterates[-1].astype(float)
    limit = theory.descent_limit(comparison.experiment.x0)
    columns = {f"at k = {run.last_point}": last, "at the limit": limit}
    if meaning.standardised:
        with np.errstate(over="ignore", invalid="ignore"):
            columns |= {f"{head}{UNITS}": meaning.back(x) for head, x in columns.items()}
    names = [coordinate_name(i, meaning, LONG) for i in range(theory.system.n)]
    heads: Row = ("Coefficient", *map(_number, columns))
    rows = [_row(name, [x[i] for x in columns.values()]) for i, name in enumerate(names)]
    return Table("The coefficients", heads, rows, kind="runs")


def _number(text: str) -> Cell:
    return Cell(text, "number")


def _row(name: str, values: Sequence[float]) -> Row:
    return (name, *(_number(brief(value, DIGITS)) for value in values))
