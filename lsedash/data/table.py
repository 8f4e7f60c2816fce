"""A table of numbers that somebody brought along."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lsedash.problem import Array


@dataclass(frozen=True, eq=False)
class Table:
    """Rows and columns of numbers, as they were read; some columns may hold texts.

    Attributes:
        names: a name for each column; "" where the text has none.
        values: the numbers, (rows, columns); nan in a gap, and in a column of texts.
        labels: a text for each row, or nothing.
        texts: the texts of each column that holds texts, (rows,), by the column counted from 0.
    """

    names: tuple[str, ...]
    values: Array
    labels: tuple[str, ...] = ()
    texts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def gaps(self) -> NDArray[np.bool_]:
        """Where an entry is missing, (rows, columns); never in a column of texts."""
        missing = np.isnan(self.values)
        missing[:, list(self.texts)] = False
        return np.asarray(missing)
