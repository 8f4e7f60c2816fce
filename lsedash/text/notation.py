"""Text to numbers and back: the one strict parser of the grid, links and commands.

It reads `1 2 0; 0 1 0`, rows on lines, commas, tabs (a block copied from a spreadsheet), Python and
NumPy lists (`[[1, 2], [3, 4]]`, `array([1., 2.])`) and fractions (`1/3`), and evaluates nothing.
It writes the shortest decimals that read back to the same float64.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from math import isfinite

import numpy as np

from lsedash.problem import Array, InvalidInput
from lsedash.text.words import entry_name, is_plural, plural, spaced, verb_for

LONGEST_NUMBER = 100  # characters; `format_number` writes at most 24
LONGEST_TEXT = 1_000_000  # characters

_DECIMAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?"
_NUMBER = re.compile(rf"({_DECIMAL})(?:\s*/\s*({_DECIMAL}))?")
_SIMPLE = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{0,40})?")
_WRAPPER = re.compile(r"(?:(?:np|numpy|torch)\.)?(?:array|matrix|tensor)\(")
_DTYPE = re.compile(r",\s*(?:dtype|requires_grad)\s*=\s*[\w.]+")
_NOT_BLANKS = re.compile(r"[][(),/\t]")
_ROW_BREAK = re.compile(r"[;\n]|\] ?,? ?\[")
_BRACKETS = " \r\xa0[]()"
_OUTSIDE = _BRACKETS + "\t,"
_FRACTION_SPACES = re.compile(r"(?<=[0-9.])[ ]*/[ ]*(?=[0-9.+-])")


def parse_number(text: str, *, field: str = "", name: str = "") -> float:
    """One number: `3`, `-2.5e4`, `.01` or `1/3`.

    Args:
        text: the text that was typed.
        field, name: the field of the InvalidInput, and its name in the message.

    Raises:
        InvalidInput: the text is not a finite number.
    """
    value, fault = _read(text)
    if fault:
        raise InvalidInput(f"{name}{fault}" if name else fault.lstrip(": "), field=field)
    return value


def exact_number(text: str) -> Fraction:
    """The number of a text that `parse_number` accepts, without rounding."""
    match = _NUMBER.fullmatch(text.strip().replace("\u2212", "-"))
    if match is None:
        return Fraction(parse_number(text))
    return Fraction(match[1]) / Fraction(match[2] or 1)


def parse_count(text: str, *, field: str = "", name: str = "", least: int = 0) -> int:
    """A whole number: `50`, `1e3`.

    Args:
        text, field, name: as in `parse_number`.
        least: the smallest number to accept.

    Raises:
        InvalidInput: it is not a whole number, or it is smaller than `least`.
    """
    value = parse_number(text, field=field, name=name)
    if value < least or not value.is_integer():
        raise InvalidInput(
            f"{name} must be a whole number, {least} or more; it is {text.strip()}.", field=field
        )
    return int(value)


def parse_vector(text: str, *, name: str = "b") -> Array:
    """A list of numbers, (entries,), written as a row or as a column.

    Raises:
        InvalidInput: an entry is not a number, or the text is a table.
    """
    return read_vector(split_vector(text, name=name), name=name)


def parse_matrix(text: str, *, name: str = "A") -> Array:
    """A table of numbers, (rows, columns).

    Raises:
        InvalidInput: an entry is not a number or the rows differ in length.
    """
    return read_matrix(_split(text, name), name=name)


def split_vector(text: str, *, name: str = "b") -> list[str]:
    """The entries of a row or a column as they were written.

    Raises:
        InvalidInput: the text has no entry, or it is a table.
    """
    rows = _split(text, name)
    if len(rows) > 1 and any(len(row) > 1 for row in rows):
        widest = max(len(row) for row in rows)
        have = "they have" if is_plural(name) else "it has"
        raise InvalidInput(
            f"{name} must be one row or one column; {have} {plural(len(rows), 'row')} "
            f"of up to {widest} entries.",
            field=name,
        )
    return [cell for row in rows for cell in row]


def split_table(text: str, *, name: str = "A") -> list[list[str]]:
    """The cells of a table as they were written, row by row, all rows equally long.

    Raises:
        InvalidInput: the text has no entry, or the rows differ in length.
    """
    rows = _split(text, name)
    _check_lengths(rows, name)
    return rows


def read_vector(cells: Sequence[str], *, name: str = "b") -> Array:
    """The numbers of a list of texts, (entries,).

    Raises:
        InvalidInput: the list is empty, or an entry is not a number.
    """
    _check_any(cells, name)
    return np.array([_entry(cell, name, i) for i, cell in enumerate(cells, 1)])


def read_matrix(cells: Sequence[Sequence[str]], *, name: str = "A") -> Array:
    """The numbers of a table of texts, (rows, columns).

    Raises:
        InvalidInput: the table is empty, an entry is not a number, or the rows differ in length.
    """
    _check_any([cell for row in cells for cell in row], name)
    _check_lengths(cells, name)
    return np.array(
        [
            [_entry(cell, name, i, j) for j, cell in enumerate(row, 1)]
            for i, row in enumerate(cells, 1)
        ]
    )


def format_number(value: float) -> str:
    """The shortest decimal that reads back to the same float64: `1`, `0.1`, `1e20`, `-0`."""
    text = repr(float(value)).replace("e+", "e")
    return text.removesuffix(".0")


def format_vector(values: Array) -> str:
    """`1 2 3`."""
    return " ".join(vector_cells(values))


def format_matrix(values: Array) -> str:
    """`1 2 0;0 1 0`."""
    return ";".join(format_vector(row) for row in values)


def vector_cells(values: Array) -> list[str]:
    """The entries of a vector, each written out."""
    return [format_number(value) for value in values]


def matrix_cells(values: Array) -> list[list[str]]:
    """The entries of a matrix, each written out, row by row."""
    return [vector_cells(row) for row in values]


def _check_any(cells: Sequence[object], name: str) -> None:
    if not cells:
        raise InvalidInput(f"{name} {verb_for(name)} empty; give at least one number.", field=name)


def _check_lengths(rows: Sequence[Sequence[str]], name: str) -> None:
    for i, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise InvalidInput(
                f"{name}, row {i} has {plural(len(row), 'entry')} but row 1 has {len(rows[0])}; "
                "give every row the same number of entries.",
                field=name,
                row=i,
            )


def _entry(cell: str, name: str, row: int, column: int | None = None) -> float:
    value, fault = _read(cell)
    if fault:
        entry = entry_name(name, row, column)
        raise InvalidInput(f"{entry}{fault}", field=name, row=row, column=column)
    return value


def _read(text: str) -> tuple[float, str]:
    """The number and "", or nan and the fault, written to follow the name of the entry."""
    if _SIMPLE.fullmatch(text):  # most are
        return float(text), ""
    text = text.strip().replace("\u2212", "-")  # the minus sign that web pages and papers use
    shown = text if len(text) <= 24 else text[:21] + "..."
    if not text:
        return np.nan, " is empty; give a number."
    match = _NUMBER.fullmatch(text) if len(text) <= LONGEST_NUMBER else None
    if match is None:
        return np.nan, f": '{shown}' is not a number{_hint(text)}."
    numerator, denominator = float(match[1]), float(match[2] or 1)
    if denominator == 0:
        return np.nan, f": '{shown}' divides by zero."
    value = numerator / denominator
    if not (isfinite(numerator) and isfinite(denominator) and isfinite(value)):
        return np.nan, f": '{shown}' is too large."
    return value, ""


def _hint(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        return f"; it has more than {LONGEST_NUMBER} characters"
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", text):
        return f"; write a decimal point, {text.replace(',', '.')}"
    return ""


def _split(text: str, name: str) -> list[list[str]]:
    """Split a table in any notation into cells."""
    if len(text) > LONGEST_TEXT:
        limit = f"longer than {spaced(LONGEST_TEXT)} characters"
        raise InvalidInput(f"{name} {verb_for(name)} {limit}.", field=name)
    lines = [line for line in _ROW_BREAK.split(_unwrap(text.strip())) if line.strip(_OUTSIDE)]
    _check_any(lines, name)
    return [_cells(line) for line in lines]


def _unwrap(text: str) -> str:
    """Drop the `array(...)` around a list, and join rows that were printed on several lines."""
    wrapper = _WRAPPER.match(text)
    if wrapper and text.endswith(")"):
        text = _DTYPE.sub("", text[wrapper.end() : -1]).strip()
    return " ".join(text.split()) if text.startswith("[") else text


def _cells(line: str) -> list[str]:
    if not _NOT_BLANKS.search(line):  # most have none
        return line.split() or [""]
    if "\t" in line:  # from a spreadsheet, where an empty cell counts
        return [cell.strip() for cell in line.strip("\r").split("\t")]
    line = line.strip().removesuffix(",").strip(_BRACKETS).removesuffix(",").rstrip(_BRACKETS)
    return re.split(r"\s*,\s*|\s+", _FRACTION_SPACES.sub("/", line))
