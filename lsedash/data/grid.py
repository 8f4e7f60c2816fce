"""Rows of cells to a table: which rows are titles, units and notes, which columns hold texts."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import nan

import numpy as np

from lsedash.data.block import Block, Fault
from lsedash.data.numbers import (
    GAP,
    Number,
    Style,
    is_gap,
    looks_numeric,
    plain_numbers,
    read_cell,
)
from lsedash.data.splits import MOST_CELLS, Row
from lsedash.data.table import Table
from lsedash.data.titles import digits_of, is_title, titled, with_comment
from lsedash.text.words import plural, spaced

MOST_NOTES = 60  # lines above a table, or below it
MOST_IN_ALL = 150_000  # entries; a text of a million characters with decimals has fewer
TOO_MANY = f" has more than {spaced(MOST_IN_ALL)} entries; give a part of it."
LONGEST_SHOWN = 24  # characters of a cell in a message
Cells = tuple[tuple[str, ...], ...]  # row by row

_DIGITS_AND_MARKS = re.compile(r"[0-9][\]};|]|[\[{;|]\s*[-+]?[.0-9]")


def block_of(
    rows: Sequence[Row], titles: bool | None, comment: Sequence[str] = ()
) -> Block | Fault:
    """The table within rows of cells.

    Args:
        titles: whether the first row holds titles, if somebody said so.
        comment: the words of the comment above it.
    """
    trimmed = _trimmed(rows)
    if not trimmed:
        return Fault(" is empty; give at least one number.")
    width = Counter(len(row.cells) for row in trimmed).most_common(1)[0][0]
    width = max(width, 1)
    if width > MOST_CELLS:
        return Fault(f" has {spaced(width)} columns; at most {spaced(MOST_CELLS)} are read.")
    if width * len(trimmed) > MOST_IN_ALL:
        return Fault(TOO_MANY)
    first = _first_row_of_data(trimmed, width)
    if first is None:
        return _no_numbers(trimmed)
    last = len(trimmed)
    least = max(first + 1, last - MOST_NOTES)
    while last > least and _is_note(trimmed[last - 1], width):
        last -= 1
    data, above = trimmed[first:last], trimmed[:first]
    if titles is not False and is_title(data):
        above, data = [*above, data[0]], data[1:]
    fault = ragged(data, width)
    if fault:
        return fault
    digits = digits_of(trimmed[last:]) + digits_of(r for r in above if len(r.cells) != width)
    block = titled(Block(data, notes=len(trimmed) - last, digits=digits), above, width)
    return _as_said(block, titles, comment)


def _as_said(block: Block, titles: bool | None, comment: Sequence[str]) -> Block:
    """The block with the titles that somebody said it has, or with those in a comment above it."""
    if titles is False:
        return replace(block, titles=(), is_shifted=False)
    if comment and not block.titles:
        block = with_comment(block, comment)
    if titles and not block.titles and len(block.rows) > 1:
        return replace(block, rows=block.rows[1:], titles=tuple(block.rows[0].cells))
    return block


def table_of(block: Block, style: Style) -> tuple[Table, Cells] | Fault:
    """The numbers of a block in a style, and their texts in our own notation."""
    columns = [list(column) for column in zip(*(row.cells for row in block.rows), strict=True)]
    values = np.full((len(block.rows), len(columns)), nan)
    written: list[list[str]] = []
    texts: dict[int, tuple[str, ...]] = {}
    for j, cells in enumerate(columns):
        if plain := plain_numbers(cells, style):
            values[:, j] = plain[0]
            written.append(plain[1])
            continue
        numbers = _numbers(cells, style)
        strange = [i for i, number in enumerate(numbers) if number is None]
        given = sum(number is not GAP for number in numbers)
        if len(strange) * 2 > given and len(cells) > 1 and not any(map(is_unread, cells)):
            texts[j] = tuple(cells)
            written.append(list(cells))
            continue
        if strange:
            return _strange(block, strange[0], j, sum(n not in (None, GAP) for n in numbers))
        values[:, j] = [number.value if number else nan for number in numbers]
        written.append([number.text if number else "" for number in numbers])
    if len(texts) == len(columns):
        return Fault(" has no column of numbers.")
    names = block.titles or ("",) * len(columns)
    table = _labelled(Table(names, values, texts=texts))
    if table.labels:
        written = written[1:]
    return table, tuple(zip(*written, strict=True))


def is_unread(cell: str) -> bool:
    """Whether a cell that is no number holds some."""
    return bool(_DIGITS_AND_MARKS.search(cell)) and not looks_numeric(cell)


def _numbers(cells: Sequence[str], style: Style) -> list[Number | None]:
    known = {cell: read_cell(cell, style) for cell in set(cells)}
    return [known[cell] for cell in cells]


def _trimmed(rows: Sequence[Row]) -> list[Row]:
    """The rows that are not empty, without the columns that are empty on both sides."""
    filled = [row for row in rows if any(row.cells)]
    if not filled:
        return []
    left = min(next(j for j, cell in enumerate(row.cells) if cell) for row in filled)
    right = max(
        len(row.cells) - next(j for j, cell in enumerate(reversed(row.cells)) if cell)
        for row in filled
    )
    return [Row(row.number, row.cells[left:right]) for row in filled]


def _first_row_of_data(rows: Sequence[Row], width: int) -> int | None:
    for i, row in enumerate(rows[:MOST_NOTES]):
        if len(row.cells) == width and any(map(looks_numeric, row.cells)):
            return i
        if len(row.cells) != width and not _is_note(row, width):
            return i  # a row of numbers that is too long or too short
    return None


def _is_note(row: Row, width: int) -> bool:
    """Whether a row is a note beside the table: too long or too short, or without a number."""
    strange = [cell for cell in row.cells if not is_gap(cell) and not looks_numeric(cell)]
    if len(row.cells) != width:
        return bool(strange)
    return len(strange) > 0 and not any(map(looks_numeric, row.cells))


def ragged(rows: Sequence[Row], width: int) -> Fault | None:
    """What is wrong with rows that are not all of one width."""
    for i, row in enumerate(rows, 1):
        if len(row.cells) == width:
            continue
        weight = sum(map(looks_numeric, row.cells[:100]))
        if i > 1 and not any(map(looks_numeric, row.cells)) and i < len(rows):
            return Fault(
                f": line {row.number} divides the text into two tables; give one of them.",
                weight=i * width,
            )
        first = len(rows[0].cells) if i > 1 else width
        have = plural(len(row.cells), "entry")
        other = f"row 1 has {first}" if i > 1 else f"most rows have {first}"
        return Fault(
            f", row {i} has {have} but {other}; give every row the same number of entries.",
            row=i,
            weight=weight,
        )
    return None


def _strange(block: Block, i: int, j: int, weight: float) -> Fault:
    """What is wrong with a cell among numbers."""
    cell, number = block.rows[i].cells[j], block.rows[i].number
    shown = cell if len(cell) <= LONGEST_SHOWN else cell[: LONGEST_SHOWN - 3] + "..."
    where = f", row {i + 1}, column {j + 1}"
    if number > i + 1:
        where = f", row {i + 1} (line {number}), column {j + 1}"
    return Fault(f"{where}: '{shown}' is not a number.", i + 1, j + 1, weight)


def _no_numbers(rows: Sequence[Row]) -> Fault:
    shown = rows[0].cells[0][:LONGEST_SHOWN]
    return Fault(f" has no number; it begins with '{shown}'.")


def _labelled(table: Table) -> Table:
    """A first column of texts that are all different labels the rows."""
    labels = table.texts.get(0)
    if labels is None or len(set(labels)) < len(labels) or len(labels) < 2:
        return table
    texts = {j - 1: cells for j, cells in table.texts.items() if j}
    return Table(table.names[1:], table.values[:, 1:], labels, texts)
