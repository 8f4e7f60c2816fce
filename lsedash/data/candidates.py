"""All tables that a text may be, and which of them a person could mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lsedash.data.grid import Block, Fault, block_of, table_of
from lsedash.data.how import How
from lsedash.data.numbers import POINT, STYLES, Style, is_inconsistent, marks_in
from lsedash.data.splits import Split
from lsedash.data.table import Table


@dataclass(frozen=True, eq=False)
class Candidate:
    """A table that a text may be.

    Attributes:
        how: all choices that lead to it.
        table, cells: the numbers, and their texts in our own notation.
        block: the cells as they were written.
        title_fit: how many titles fit the columns.
        unread: the characters of all cells that are neither numbers nor gaps, and the digits in
            the notes: what is left unread.
    """

    how: How
    table: Table
    cells: list[list[str]]
    block: Block
    title_fit: int = 0
    unread: int = 0


def candidates_of(split: Split, how: How) -> list[Candidate | Fault]:
    """The tables that a division into cells may be, one for each style of numbers."""
    block = block_of(split.rows, how.titles)
    if isinstance(block, Fault):
        return [block]
    tables = [_candidate(split, block, style) for style in _styles(split, block, how)]
    return tables or [Fault(" cannot be read so.")]


def plausible(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those that a person could mean, each different from all others."""
    left = list(candidates)
    for rule in (_least_unread, _best_titles, _consistent_marks, _by_long_use):
        left = rule(left) or left
    different: list[Candidate] = []
    for candidate in left:
        if not any(_are_equal(candidate.table, other.table) for other in different):
            different.append(candidate)
    return different


def _styles(split: Split, block: Block, how: How) -> list[Style]:
    """The styles of numbers that may make a difference here, and that `how` allows."""
    text = "\n".join(["".join(row.cells) for row in block.rows])
    styles = [POINT]
    if "," in text:
        styles = list(STYLES)
    elif "." in text and split.how.separator != ",":  # commas between: the points are decimal
        styles = [POINT, STYLES[3]]
    if how.decimal is not None:
        styles = [style for style in STYLES if style.decimal == how.decimal]
    if how.thousands is not None:
        mark = how.thousands if how.thousands in (",", ".") else ""
        styles = [style for style in styles if style.thousands == mark]
    return styles


def _candidate(split: Split, block: Block, style: Style) -> Candidate | Fault:
    table = table_of(block, style)
    if isinstance(table, Fault):
        return table
    texts = [cell for cells in table[0].texts.values() for cell in cells] + [*table[0].labels]
    numbers = [cell for row in block.rows for cell in row.cells]
    how = replace(
        split.how,
        decimal=style.decimal,
        thousands=style.thousands or marks_in(numbers, style),
        titles=bool(block.titles),
    )
    length = sum(map(len, texts)) + block.digits
    return Candidate(how, *table, block, _title_fit(block, how), length)


def _title_fit(block: Block, how: How) -> int:
    """How many titles fit the columns; commas in a sentence above are no separators."""
    if not block.titles:
        return 0
    apart = any(title.startswith(" ") for title in block.titles[1:])
    return 1 if apart and how.separator == "," else len(block.titles)


def _least(candidates: list[Candidate], size: Callable[[Candidate], float]) -> list[Candidate]:
    least = min(map(size, candidates), default=0)
    return [candidate for candidate in candidates if size(candidate) == least]


def _least_unread(candidates: list[Candidate]) -> list[Candidate]:
    """A cell that is no number in one reading, and one in another, decides."""
    return _least(candidates, lambda candidate: candidate.unread)


def _best_titles(candidates: list[Candidate]) -> list[Candidate]:
    """A title line that fits the columns decides."""
    return _least(candidates, lambda candidate: -candidate.title_fit)


def _consistent_marks(candidates: list[Candidate]) -> list[Candidate]:
    """Who marks thousands marks them in all numbers."""
    return [c for c in candidates if not is_inconsistent(_all_cells(c), _style(c))]


def _by_long_use(candidates: list[Candidate]) -> list[Candidate]:
    """What is meant although another reading would make a table of numbers, too.

    `1,2` above `3,4` is 2 x 2. Three columns of blanks are no thousands of one column. Many
    decimals that end in zeros are numbers of their own.
    """
    by_commas = [c for c in candidates if c.how.separator == ","]
    blanks = [c for c in candidates if c.how.separator == " "]
    for c in by_commas:
        if c.table.values.shape == (2, 2) and all(len(cell) == 1 for cell in _all_cells(c)):
            return [c]
    dropped: list[Candidate] = []
    if any(c.table.values.shape[1] > 2 for c in blanks):
        dropped += [c for c in candidates if c.how.separator == ""]
    if by_commas:
        dropped += [c for c in blanks if c.how.decimal == "," and _are_whole(_all_cells(c))]
    return [c for c in candidates if c not in dropped]


def _are_whole(cells: list[str]) -> bool:
    """Whether what follows the commas is too round to be decimals."""
    decimals = [cell.partition(",")[2] for cell in cells if "," in cell]
    if len(decimals) < 2 or max(map(len, decimals)) < 4:
        return False
    uneven = len(set(map(len, decimals))) > 1
    ends = [text.endswith("0") for text in decimals if len(text) > 1]
    return any(ends) if uneven else all(ends)


def _all_cells(candidate: Candidate) -> list[str]:
    return [cell for row in candidate.block.rows for cell in row.cells]


def _style(candidate: Candidate) -> Style:
    mark = candidate.how.thousands
    return Style(candidate.how.decimal or ".", mark if mark and mark in ".," else "")


def _are_equal(one: Table, other: Table) -> bool:
    return one.values.shape == other.values.shape and bool(
        np.array_equal(one.values, other.values, equal_nan=True)
    )
