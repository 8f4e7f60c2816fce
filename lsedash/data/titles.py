"""The titles of columns: a line that names them, units below it, notes around it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lsedash.data.block import Block
from lsedash.data.numbers import YEARS, is_gap, looks_numeric
from lsedash.data.splits import Row

MOST_LOOKED_AT = 400  # cells, to see whether they have a title


def is_title(data: Sequence[Row]) -> bool:
    """Whether the first row names the columns, though some of its cells are numbers."""
    first = data[0].cells
    below = [row.cells for row in data[1 : 3 + MOST_LOOKED_AT // len(first)]]
    below = [cells for cells in below if len(cells) == len(first)]
    counted = [cell for cell in first if looks_numeric(cell)]
    if not below or not counted:
        return False
    columns = list(zip(*below, strict=True))
    heads_numbers = any(
        not is_gap(cell) and not looks_numeric(cell) and all(map(_is_number_or_gap, columns[j]))
        for j, cell in enumerate(first)
    )
    side = columns[0]
    heads_texts = not is_gap(first[0]) and not any(map(_is_number_or_gap, [first[0], *side]))
    heads_index = not first[0] and (_are_in_order(side) or not any(map(looks_numeric, side)))
    if heads_numbers or (heads_texts and len(counted) > 1):
        return _are_years(counted) and not all(map(_are_years, columns[1:]))
    return heads_index and (_are_in_order(counted) or _are_years(counted))


def _is_number_or_gap(cell: str) -> bool:
    return is_gap(cell) or looks_numeric(cell)


def _are_in_order(cells: Sequence[str]) -> bool:
    """Whether cells are 0, 1, 2, ... or 1, 2, 3, ..."""
    starts = (range(len(cells)), range(1, len(cells) + 1))
    return len(cells) > 1 and any(list(cells) == [str(i) for i in start] for start in starts)


def _are_years(cells: Sequence[str]) -> bool:
    return all(len(cell) == 4 and cell.isdecimal() and int(cell) in YEARS for cell in cells)


def titled(block: Block, above: list[Row], width: int) -> Block:
    """The block with its titles, and with what else is above it counted."""
    full = 0
    while full < len(above) and len(above[-1 - full].cells) == width:
        full += 1
    names = above[len(above) - full :]
    notes = block.notes + len(above) - full
    if width == 1 and above and not full and not digits_of(above[-1:]):
        return replace(block, titles=(" ".join(above[-1].cells),), notes=notes - 1)
    if not names:
        short = above[-1].cells if above else []
        if width > 1 and len(short) == width - 1 and len(short) > 1:
            return replace(block, titles=("", *short), notes=notes - 1, is_shifted=True)
        return replace(block, notes=notes)
    return replace(
        block, titles=tuple(names[0].cells), units=min(full - 1, 1), notes=notes + max(full - 2, 0)
    )


def with_comment(block: Block, words: Sequence[str]) -> Block:
    """The block with the words of the comment above it as titles, if they are as many."""
    fits = len(words) == len(block.rows[0].cells) and not any(map(looks_numeric, words))
    return replace(block, titles=tuple(words)) if fits else block


def digits_in(text: str) -> int:
    """How many digits a text has."""
    return sum(letter.isdigit() for letter in text)


def digits_of(rows: Iterable[Row]) -> int:
    """How many digits rows have."""
    return sum(digits_in(cell) for row in rows for cell in row.cells)
