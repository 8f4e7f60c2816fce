"""Workbooks, .xlsx and .ods, to rows of cells; python-calamine, an optional extra, opens them."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lsedash.problem import InvalidInput
from lsedash.text.notation import format_number
from lsedash.text.words import join_names

MOST_UNPACKED = 50_000_000  # bytes
MOST_AREA = 2_000_000  # cells between the first and the last one: they all get memory
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BROKEN = "The workbook cannot be opened; save it anew, or save the sheet as CSV."

_PLACE = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="([0-9]{1,9})"')
_ROWS = re.compile(rb"<table:table-row[ >]")
_LIKE_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet, as texts, and the names of all sheets."""

    name: str
    names: tuple[str, ...]
    rows: list[list[str]]


def is_workbook(data: bytes) -> bool:
    """Whether a file is a workbook."""
    zipped = data.startswith(b"PK\x03\x04")
    return data.startswith(OLD) or (zipped and (b"xl/" in data or b"content.xml" in data))


def read_workbook(data: bytes, sheet: str | None) -> Sheet:
    """The cells of a sheet, of the first one if none is named.

    Raises:
        InvalidInput: the workbook cannot be opened, or has no such sheet.
    """
    if data.startswith(OLD):
        raise InvalidInput("The workbook is an old one, .xls; save it as .xlsx or as CSV.")
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        raise InvalidInput(
            "To read workbooks, install lsedash[sheets]: pip install 'lsedash[sheets]'. "
            "Or save the sheet as CSV."
        ) from None
    _check_size(data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        names = tuple(book.sheet_names)
        name = names[0] if sheet is None else sheet
        values = book.get_sheet_by_name(name).to_python() if name in names else []
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # also what the library raises in a panic, which is no Exception
        raise InvalidInput(BROKEN) from None
    if name not in names:
        raise InvalidInput(f"The workbook has no sheet {name}; it has {join_names(names)}.")
    return Sheet(name, names, [[_text(value) for value in row] for row in values])


def _text(value: Any) -> str:
    """A value as a cell of a text; a number gets one digit more if it looks like thousands."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        text = format_number(float(value))
        return text + "0" if _LIKE_THOUSANDS.fullmatch(text) else text
    return " ".join(str(value).replace("|", "/").replace('"', "").split())


def _check_size(data: bytes) -> None:
    """Raises InvalidInput if a workbook is broken, or would take too much memory."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            is_large = sum(info.file_size for info in infos) > MOST_UNPACKED
            parts = [info for info in infos if _may_hold_cells(info.filename) and not is_large]
            sheets = [archive.read(info) for info in parts]
    except Exception:  # of zipfile, zlib and struct, which share no other base
        raise InvalidInput(BROKEN) from None
    if is_large:
        raise InvalidInput("The workbook is too large; save the sheet as CSV.")
    if any(_area(sheet) > MOST_AREA for sheet in sheets):
        raise InvalidInput("The sheet has cells too far apart; save the table as CSV.")


def _may_hold_cells(name: str) -> bool:
    return name == "content.xml" or (name.startswith("xl/worksheets/") and name.endswith(".xml"))


def _area(sheet: bytes) -> int:
    """How many cells there are between the first and the last one, at most."""
    places = _PLACE.findall(sheet)
    if places:
        rows = [int(row) for _, row in places]
        columns = [_number(column) for column, _ in places]
        return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)
    area = 0
    for row in _ROWS.split(sheet)[1:]:
        if b"office:value-type" in row:
            first, *cells = row.split(b"<table:table-cell")
            filled = [cell for cell in cells if b"value-type" in cell]
            width = sum(_repeats(cell) for cell in filled)
            area += _repeats(first) * width
    return area


def _repeats(tag: bytes) -> int:
    times = _REPEATED.search(tag)
    return int(times[1]) if times else 1


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number
