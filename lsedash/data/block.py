"""A table within rows of cells, or what is wrong with them."""

from dataclasses import dataclass

from lsedash.data.splits import Row


@dataclass(frozen=True)
class Block:
    """A table within rows of cells, not yet read as numbers.

    Attributes:
        rows: the rows of data, all of one length.
        titles: a title for each column, or nothing.
        units, notes: how many rows of units are below the titles, of notes around the table.
        digits: how many digits are in the notes.
        is_shifted: whether there is one title less than columns.
    """

    rows: list[Row]
    titles: tuple[str, ...] = ()
    units: int = 0
    notes: int = 0
    digits: int = 0
    is_shifted: bool = False


@dataclass(frozen=True)
class Fault:
    """Why rows make no table.

    Attributes:
        message: the sentence, to follow "The table".
        row, column: the entry that is wrong, counted from 1, where there is one.
        weight: how many cells are numbers: the split that has most tells the fault.
    """

    message: str
    row: int | None = None
    column: int | None = None
    weight: float = 0
