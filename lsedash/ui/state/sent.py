"""What the grid and the table of a large system send, read: values that `messages` makes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cells:
    """The texts in the grid, and the revision of the draft that they belong to."""

    A: list[list[str]]
    b: list[str]
    x0: list[str]
    revision: int


@dataclass(frozen=True)
class Entry:
    """The new text of an entry of "A", "b" or "x0", counted from 0, and the draft's revision."""

    field: str
    row: int
    column: int
    text: str
    revision: int


@dataclass(frozen=True)
class Block:
    """A block that was pasted into an entry of "A", "b" or "x0", counted from 0."""

    text: str
    field: str
    row: int
    column: int
