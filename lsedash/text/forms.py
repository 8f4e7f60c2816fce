"""Forms of values: as one text, and as the texts of the sidebar's cells."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lsedash.text.notation import (
    format_number,
    matrix_cells,
    parse_count,
    parse_number,
    read_matrix,
    read_vector,
    split_table,
    split_vector,
    vector_cells,
)


@dataclass(frozen=True)
class Form:
    """How values of one kind are read and written.

    The cells of a vector are a list of texts, the cells of a matrix a list of such rows; the cells
    of any other value are one text.

    Attributes:
        read: (cells, name, key) -> value; a message uses the field's name and key.
        write: value -> cells.
        split: (text, name) -> cells.
        join: cells -> text.
    """

    read: Callable[[Any, str, str], Any]
    write: Callable[[Any], Any]
    split: Callable[[str, str], Any] = lambda text, _: text
    join: Callable[[Any], str] = str


def _read_number(text: str, name: str, key: str) -> float:
    return parse_number(text, field=key, name=name)


def _read_tolerance(text: str, name: str, key: str) -> float | None:
    is_none = text.strip().lower() in ("", "none")
    return None if is_none else _read_number(text, name, key)


MATRIX = Form(
    lambda cells, name, _: read_matrix(cells, name=name),
    matrix_cells,
    lambda text, name: split_table(text, name=name),
    lambda cells: ";".join(" ".join(row) for row in cells),
)
VECTOR = Form(
    lambda cells, name, _: read_vector(cells, name=name),
    vector_cells,
    lambda text, name: split_vector(text, name=name),
    " ".join,
)
NUMBER = Form(_read_number, format_number)
COUNT = Form(lambda text, name, key: parse_count(text, field=key, name=name), str)
TOLERANCE = Form(_read_tolerance, lambda value: "" if value is None else format_number(value))
WORD = Form(lambda text, _name, _key: text.strip(), str)
