"""Bytes of a file to text: byte order marks, UTF-8, UTF-16, the encodings of old Windows files."""

import codecs

from lsedash.problem import InvalidInput
from lsedash.text.notation import LONGEST_TEXT
from lsedash.text.words import spaced

MARKS = (  # the longer ones first: that of UTF-32 begins as that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OTHER_FILES = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"PAR1": "a Parquet file",
    b"\x93NUMPY": "a NumPy file",
    b"\x1f\x8b": "a compressed file",
    b"PK\x03\x04": "a compressed file",
    b"\x89HDF": "an HDF5 file",
    b"MATLAB 5.0": "a MATLAB file",
    b"{\\rtf": "an RTF document",
}
SAMPLE = 4000  # bytes that show whether every second one is 0
CONTROLS = frozenset(range(32)) - {9, 10, 11, 12, 13, 26, 27}


def decode(data: bytes) -> str:
    """The text of a file.

    Raises:
        InvalidInput: it is not a text, or it is too long.
    """
    check_length(len(data))
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    for begin, kind in OTHER_FILES.items():
        if data.startswith(begin):
            raise InvalidInput(f"The file is {kind}, not a table; save the numbers as CSV.")
    encoding = _wide(data)
    if encoding:
        return _decoded(data, encoding)
    if CONTROLS.intersection(data):
        raise InvalidInput("The file is not a text; save the numbers as CSV.")
    return _narrow(data)


def check_length(length: int) -> None:
    """Raises InvalidInput if a text or a file is too long."""
    if length > LONGEST_TEXT:
        raise InvalidInput(
            f"The table is longer than {spaced(LONGEST_TEXT)} characters; give a shorter one."
        )


def _wide(data: bytes) -> str:
    """UTF-16 without a byte order mark: every second byte of a table is 0."""
    sample = data[: SAMPLE // 2 * 2]
    even, odd = sample[0::2], sample[1::2]
    if len(data) % 2 or not odd:
        return ""
    if odd.count(0) > 0.7 * len(odd) and even.count(0) == 0:
        return "utf-16-le"
    return "utf-16-be" if even.count(0) > 0.7 * len(even) and odd.count(0) == 0 else ""


def _narrow(data: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        name = encoding.removesuffix("-sig").upper()
        raise InvalidInput(
            f"The file begins as {name} text but is not; save it as UTF-8."
        ) from None
