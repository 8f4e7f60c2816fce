"""The data of the row picture: each row of A x = b as a line in the plane of two unknowns."""

from dataclasses import dataclass

import numpy as np

from lsedash.figures.geometry import drawn_equations, equation_name
from lsedash.meaning import Meaning
from lsedash.problem import Array
from lsedash.text.unknowns import row_labels
from lsedash.theory.closed_form import Theory


@dataclass(frozen=True, eq=False)
class RowLines:
    """The lines that are drawn; a row of zeros has none.

    Attributes:
        rows, right: of each line, its row of A, (lines, 2), and its entry of b, (lines,).
        names: "row 2", or the row's label in somebody's data.
        equations: "2: x₁ − 3x₂ = 4".
    """

    rows: Array
    right: Array
    names: tuple[str, ...]
    equations: tuple[str, ...]


def row_lines(theory: Theory, meaning: Meaning | None = None) -> RowLines:
    """Gather the lines of a system with two unknowns; of many, evenly spaced ones."""
    lines = [row for row in drawn_equations(theory) if row.kind == "line"]
    labels = row_labels(theory.system.m, meaning)
    return RowLines(
        np.array([line.normal for line in lines]).reshape(-1, 2),
        np.array([line.right_side for line in lines]),
        tuple(labels[line.number - 1] if labels else f"row {line.number}" for line in lines),
        tuple(map(equation_name, lines)),
    )
