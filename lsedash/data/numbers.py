"""Cells to numbers: decimal points and commas, thousands, currency, fractions, gaps."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite, nan
from typing import NamedTuple

from lsedash.text.notation import LONGEST_NUMBER

_GAP_WORDS = (
    "na n/a #n/a n.a. nan np.nan math.nan null none nil missing <na> nat - -- --- – — ? . .. \\n "
    "#div/0! #value! #ref! #num! #name? #null!"
)
GAPS = frozenset({"", *_GAP_WORDS.split(" ")})
SIGNS = frozenset("$€£¥₹%")  # dropped before or behind a number
YEARS = range(1500, 2101)  # four digits that nobody divides by a mark

_BEFORE = re.compile(r"([+-]?) ?[$€£¥₹] ?")
_BEHIND = re.compile(r" ?[$€£¥₹%]$")
_EXPONENT = r"(?:(?:[eEdD]|\*\^)[+-]?[0-9]{1,5})?"
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([.,' _])[0-9]{3})(?:\1[0-9]{3})*")
_LONG_WHOLE = re.compile(r"[+-]?([0-9]{4,})(?![0-9])")


@dataclass(frozen=True)
class Style:
    """How numbers are written; blanks and apostrophes may mark thousands in any style.

    Attributes:
        decimal: "." or ",".
        thousands: "," or "." if it marks thousands, else "".
    """

    decimal: str = "."
    thousands: str = ""


POINT, COMMA = Style(), Style(",")
STYLES = (POINT, COMMA, Style(".", ","), Style(",", "."))


class Number(NamedTuple):
    """A number that a cell holds, and its text in our own notation."""

    value: float
    text: str


GAP = Number(nan, "")


def _pattern(style: Style) -> re.Pattern[str]:
    marks = [style.thousands] if style.thousands else [" ", "'", "_"]
    groups = "|".join(rf"[1-9][0-9]{{0,2}}(?:{re.escape(m)}[0-9]{{3}})+" for m in marks)
    behind = r"\.[0-9]*" if style.decimal == "." else ",[0-9]+"
    unsigned = rf"(?:(?:{groups}|[0-9]+)(?:{behind})?|{re.escape(style.decimal)}[0-9]+)"
    number = rf"[+-]?{unsigned}{_EXPONENT}"
    return re.compile(rf"({number})(?:/({number}))?")


_SIMPLE = {
    ".": re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{0,40})?"),
    ",": re.compile(r"[+-]?[0-9]{1,40}(?:,[0-9]{1,40})?"),
}
_PATTERNS = {style: _pattern(style) for style in STYLES}


def read_cell(cell: str, style: Style) -> Number | None:
    """The number in a cell; `GAP` if there is none; None if there is something else."""
    if len(cell) > LONGEST_NUMBER:
        return None
    if _SIMPLE[style.decimal].fullmatch(cell):  # most are
        text = cell.replace(",", ".")
        return Number(float(text), text)
    if cell.lower() in GAPS:
        return GAP
    match = _PATTERNS[style].fullmatch(bare(cell))
    if match is None:
        return None
    text = _plain(match[1], style) + ("/" + _plain(match[2], style) if match[2] else "")
    numerator, denominator = float(_plain(match[1], style)), float(_plain(match[2] or "1", style))
    value = numerator / denominator if denominator else nan
    finite = isfinite(numerator) and isfinite(denominator) and isfinite(value)
    return Number(value, text) if finite else None


def plain_numbers(cells: Sequence[str], style: Style) -> tuple[list[float], list[str]] | None:
    """What `read_cell` makes of a column of plain numbers, sooner; None if a cell is none."""
    if not all(map(_SIMPLE[style.decimal].fullmatch, cells)):
        return None
    texts = [cell.replace(",", ".") for cell in cells]
    return list(map(float, texts)), texts


def bare(cell: str) -> str:
    """A cell without its currency or percent sign."""
    if len(cell) > LONGEST_NUMBER or SIGNS.isdisjoint(cell):
        return cell
    return _BEFORE.sub(r"\1", _BEHIND.sub("", cell), count=1)


@lru_cache(maxsize=10_000)
def looks_numeric(cell: str) -> bool:
    """Whether a cell is a number in some style."""
    return any(read_cell(cell, style) not in (None, GAP) for style in STYLES)


def is_gap(cell: str) -> bool:
    """Whether a cell says that its number is missing."""
    return cell.lower() in GAPS


def marks_in(cells: Sequence[str], style: Style) -> str:
    """What marks thousands in numbers of this style, "" if nothing does."""
    for cell in dict.fromkeys(cells):
        match = _GROUPED.match(bare(cell))
        if match and match[1] not in (style.decimal, "_"):
            return match[1]
    return ""


def is_inconsistent(cells: Sequence[str], style: Style) -> bool:
    """Whether some numbers have thousands marks although longer ones have none."""
    if not style.thousands:
        return False
    marked = [cell for cell in cells if style.thousands in cell]
    shortest = min(
        (len(re.split(r"[^0-9]", bare(cell).lstrip("+-"))[0]) for cell in marked), default=1
    )
    for cell in set(cells):
        match = _LONG_WHOLE.match(bare(cell))
        if match and (len(match[1]) > 4 or (shortest == 1 and int(match[1]) not in YEARS)):
            return True
    return False


def _plain(text: str, style: Style) -> str:
    """A matched number in our own notation."""
    for mark in (style.thousands, " ", "'", "_"):
        if mark:
            text = text.replace(mark, "")
    text = text.replace(style.decimal, ".").replace("*^", "e")
    return re.sub("[dD]", "e", text)
