"""Lines to rows of cells, in every way in which a text may be divided."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from lsedash.data.how import TEXT, How
from lsedash.data.lines import Line, Lines

MOST_CELLS = 10_000  # in a row
SAMPLE = 200  # lines that show whether a split can make a table
LAST_RESORT = 2  # see `Split.rank`

_QUOTED = re.compile(r'"[^"]*"|[^ \t"]+')
_COMMAS_AND_BLANKS = re.compile(r"[ \t]*,[ \t]*|[ \t]+")
_ONE_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(?:[.,][0-9]{0,40})?")
_BLANK_MARKS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?")


class Row(NamedTuple):
    """The cells of a row, and the line that they stand on, counted from 1."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Split:
    """A text divided into cells.

    Attributes:
        how: the form, the separator and what ends a row; the rest is open.
        lines: what holds the rows.
        rank: splits of a higher rank are tried if none of a lower one makes a table.
        spaced, barred, quoted: the lines that have a blank behind a comma, a bar, a quote.
        comment: the comment above the first row.
    """

    how: How
    lines: tuple[Line, ...]
    rank: int = 0
    spaced: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()
    quoted: frozenset[int] = frozenset()
    comment: str = ""

    @cached_property
    def rows(self) -> list[Row]:
        """The rows."""
        return _divided(self.lines, self.how.separator or "")

    @property
    def sample(self) -> "Split | None":
        """The split of the first lines, if there are many more."""
        few = len(self.lines) <= 2 * SAMPLE
        return None if few else replace(self, lines=self.lines[:SAMPLE])


def splits(text: Lines, how: How) -> Iterator[Split]:
    """All ways to divide lines into cells that `how` allows, the likeliest first."""
    lines = text.rows
    spaced, barred, quoted = (_with(lines, mark) for mark in (", ", "|", '"'))
    for rows, rank in _row_ends(lines):
        ended = lines if rows == "\n" else _at_semicolons(lines)
        for separator, further in _separators(ended, rows):
            way = How(form=TEXT, separator=separator, rows=rows)
            if how.allows(way):
                rank_of = max(rank, further)
                yield Split(way, ended, rank_of, spaced, barred, quoted, text.comment)


def _with(lines: tuple[Line, ...], mark: str) -> frozenset[int]:
    return frozenset(line.number for line in lines if mark in line.text)


def _row_ends(lines: tuple[Line, ...]) -> list[tuple[str, int]]:
    """What may end a row: a line, or a semicolon if it ends all lines, or if there is one line."""
    if not any(";" in line.text for line in lines):
        return [("\n", 0)]
    inner = any(";" in line.text.strip(" ;") for line in lines)
    if len(lines) == 1:
        return [(";", 0), ("\n", LAST_RESORT)]
    ends = all(line.text.endswith(";") for line in lines[:-1])
    if ends and not inner:
        return [(";", 0), ("\n", LAST_RESORT)]
    return [("\n", 0), (";", LAST_RESORT)]


def _at_semicolons(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    pieces = [Line(line.number, piece) for line in lines for piece in line.text.split(";")]
    return tuple(piece for piece in pieces if piece.text.strip())


def _separators(lines: tuple[Line, ...], rows: str) -> Iterator[tuple[str, int]]:
    """The separators that occur, and the rank of each."""
    text = "\n".join(line.text for line in lines)
    tabs, commas = "\t" in text, "," in text
    if tabs:
        yield "\t", 0
    if rows == "\n" and ";" in text:
        yield ";", 0
    if "|" in text:
        yield "|", 0
    if "&" in text:
        yield "&", 0
    if commas:
        yield ",", 0
    further = 1 if tabs or _are_bars_between(lines) else 0
    yield " ", further
    if commas and " " in text:
        yield ", ", further
    if _may_be_one_column(lines):
        yield "", 0


def _are_bars_between(lines: tuple[Line, ...]) -> bool:
    """Whether bars stand between all cells; a single bar may divide A from b."""
    inner = [line.text.strip(" ").strip("|").count("|") for line in lines]
    framed = all(line.text.lstrip(" ").startswith("|") for line in lines)
    return min(inner, default=0) > 1 or framed


def _may_be_one_column(lines: tuple[Line, ...]) -> bool:
    """Whether each line may be one number with blanks between its thousands."""
    stripped = [line.text.strip() for line in lines]
    numbers = [text for text in stripped if text.lstrip("+-")[:1].isdigit()]
    marked = [text for text in numbers if _BLANK_MARKS.fullmatch(text)]
    return bool(marked) and all(
        _BLANK_MARKS.fullmatch(text) or _ONE_NUMBER.fullmatch(text) for text in numbers
    )


def _divided(lines: tuple[Line, ...], separator: str) -> list[Row]:
    quoted = any('"' in line.text for line in lines)
    if separator in ("\t", ";", ",", "|", "&") and quoted:
        return _by_quotes(lines, separator)
    return [Row(line.number, _cells(line.text, separator, quoted)) for line in lines]


def _cells(text: str, separator: str, quoted: bool) -> list[str]:
    if not separator:
        return [text.strip()]
    if separator == " ":
        text = text.replace("|", " ")
        cells = _QUOTED.findall(text) if quoted else text.split()
        return [cell.strip("\"'") for cell in cells] if quoted else cells
    if separator == ", ":
        text = text.replace("|", " ").strip(" \t").removesuffix(",")
        return _COMMAS_AND_BLANKS.split(text)
    if separator != "|" and text.count("|") == 1:  # A | b
        text = text.replace("|", separator)
    return [cell.strip(" \t\"'") for cell in text.split(separator)]


def divided(text: str, separator: str) -> list[str]:
    """The cells of one line."""
    return _cells(text, separator, False)


def _by_quotes(lines: tuple[Line, ...], separator: str) -> list[Row]:
    """Rows as the csv module divides them."""
    reader = csv.reader([line.text for line in lines], delimiter=separator, skipinitialspace=True)
    rows: list[Row] = []
    try:
        for cells in reader:  # a quoted cell may go on in the next line
            number = lines[reader.line_num - 1].number
            rows.append(Row(number, [" ".join(cell.split()) for cell in cells]))
    except csv.Error:
        return [Row(line.number, [line.text]) for line in lines]
    return rows
