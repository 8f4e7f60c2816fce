"""All tables that a text may be."""

from dataclasses import dataclass, replace

import numpy as np

from lsedash.data.block import Block, Fault
from lsedash.data.grid import MOST_IN_ALL, TOO_MANY, Cells, block_of, ragged, table_of
from lsedash.data.how import How
from lsedash.data.literals import Literal
from lsedash.data.market import read_matrix_market
from lsedash.data.numbers import (
    POINT,
    STYLES,
    Style,
    is_gap,
    looks_numeric,
    marks_in,
)
from lsedash.data.splits import LAST_RESORT, Row, Split, divided
from lsedash.data.table import Table
from lsedash.data.titles import digits_in
from lsedash.text.notation import matrix_cells


@dataclass(frozen=True, eq=False)
class Candidate:
    """A table that a text may be.

    Attributes:
        how: all choices that lead to it.
        table, cells: the numbers, and their texts in our own notation.
        block: the cells as they were written.
        title_fit: how many titles fit the columns.
        unread: how much is left unread: the letters of all texts, and the digits that follow.
        digits: how many digits are in the titles and the notes.
    """

    how: How
    table: Table
    cells: Cells
    block: Block
    title_fit: int = 0
    unread: int = 0
    digits: int = 0
    is_vector: bool = False
    style: Style = POINT
    sheets: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return int(np.isfinite(self.table.values).sum())


def candidates_of(split: Split, how: How) -> list[Candidate | Fault]:
    """The tables that a division into cells may be, one for each style of numbers."""
    styles: list[Style] = list(STYLES)
    if split.sample:
        first = candidates_of(split.sample, how)
        styles = [c.style for c in first if not isinstance(c, Fault)]
        if not styles:
            return first
    comment = divided(split.comment, split.how.separator or " ") if split.comment else ()
    block = block_of(split.rows, how.titles, comment)
    if isinstance(block, Fault):
        return [block]
    if split.rank == LAST_RESORT and how.separator is None and _has_texts(block):
        return [Fault(" has no column of numbers.")]
    allowed = [style for style in _styles(split, block, how) if style in styles]
    tables = [_candidate(split, block, style) for style in allowed]
    return tables or [Fault(" cannot be read so.")]


def literal_candidate(literal: Literal) -> Candidate | Fault:
    """The table that a literal holds."""
    rows = [Row(i, cells) for i, cells in enumerate(literal.rows, 1)]
    if not any(row.cells for row in rows):
        return Fault(" is empty; give at least one number.")
    if len(rows) * len(rows[0].cells) > MOST_IN_ALL:
        return Fault(TOO_MANY)
    fault = ragged(rows, len(rows[0].cells))
    if fault:
        return fault
    titles = literal.titles if len(literal.titles) == len(rows[0].cells) else ()
    block = Block(rows, titles)
    table = table_of(block, POINT)
    if isinstance(table, Fault):
        return table
    how = How(decimal=".", form=literal.form)
    return Candidate(how, *table, block, is_vector=literal.is_vector)


def market_candidate(text: str) -> Candidate | Fault:
    """The table that a Matrix Market file holds."""
    matrix = read_matrix_market(text)
    if isinstance(matrix, Fault):
        return matrix
    cells = matrix_cells(matrix)
    block = Block([Row(i, row) for i, row in enumerate(cells, 1)])
    how = How(decimal=".", form="Matrix Market")
    table = Table(("",) * matrix.shape[1], matrix)
    return Candidate(how, table, tuple(map(tuple, cells)), block)


def _styles(split: Split, block: Block, how: How) -> list[Style]:
    """The styles of numbers that may make a difference here, and that `how` allows."""
    text = "\n".join(["".join(row.cells) for row in block.rows])
    styles = [POINT]
    if "," in text:
        styles = list(STYLES)
    elif "." in text and (split.how.separator != "," or block.rows[-1].number in split.quoted):
        # Beside bare commas the points are decimal.
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
    digits = block.digits + sum(map(digits_in, block.titles))
    length = sum(len(cell.replace(" ", "")) for cell in texts) + digits
    return Candidate(how, *table, block, _title_fit(block, split), length, digits, style=style)


def _title_fit(block: Block, split: Split) -> int:
    """How many titles fit the columns; commas in a sentence above are no separators."""
    numbers = {row.number for row in block.rows}
    above = any(number < min(numbers) for number in split.spaced)
    is_sentence = above and not numbers & split.spaced and any(" " in t for t in block.titles[1:])
    if is_sentence and split.how.separator == ",":
        return 1
    if split.how.separator in (" ", ", ") and any(n < min(numbers) for n in split.barred):
        return 2  # a bar stands between the titles
    return sum(map(bool, block.titles)) - block.is_shifted


def _has_texts(block: Block) -> bool:
    cells = [cell for row in block.rows for cell in row.cells]
    return not all(is_gap(cell) or looks_numeric(cell) for cell in cells)
