"""The messages about a visitor's own table, read into typed values: see `ui.state.messages`."""

from base64 import b64decode
from binascii import Error
from dataclasses import dataclass, fields
from typing import Any

from lsedash.data.how import How
from lsedash.text.notation import LONGEST_TEXT
from lsedash.ui.state.limits import MOST_POWER, WIDEST_TABLE
from lsedash.ui.state.readers import Misfit, Reader, flag, one_of, part, text, whole

LONGEST_NAME = 200  # characters of a file's name
LONGEST_CHOICE = 200  # characters of a choice that is made in the dialog
MOST_READINGS = 100


@dataclass(frozen=True)
class Content:
    """A file, or a text that was pasted, whose name is ""."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Correction:
    """Another choice of how the text is read: a field of `How`, and the text of its value."""

    field: str
    value: str


@dataclass(frozen=True)
class Role:
    """What a column, counted from 0, is to be used for."""

    column: int
    role: str


@dataclass(frozen=True)
class Options:
    """The choices about all columns together."""

    constant: bool
    power: int
    standardize: bool


def content(message: Any) -> Content:
    """A file; of a longer one only so much is read that its length is refused."""
    encoded = part(message, "content", text((LONGEST_TEXT // 3 + 1) * 4))
    try:
        decoded = b64decode(encoded, validate=True)
    except (Error, ValueError):
        raise Misfit("content is no base64") from None
    return Content(part(message, "name", text(LONGEST_NAME)), decoded)


def correction(message: Any) -> Correction:
    """Another choice of how the text is read."""
    field = part(message, "field", one_of([field.name for field in fields(How)]))
    return Correction(field, part(message, "value", text(LONGEST_CHOICE)))


def role(message: Any) -> Role:
    """What a column is to be used for."""
    column = part(message, "column", whole(0, WIDEST_TABLE - 1))
    return Role(column, part(message, "role", text(LONGEST_CHOICE)))


def options(message: Any) -> Options:
    """The choices about all columns together."""
    return Options(
        part(message, "constant", flag),
        part(message, "power", whole(1, MOST_POWER)),
        part(message, "standardize", flag),
    )


reading: Reader[int] = whole(0, MOST_READINGS)


def nothing(_: Any) -> None:
    """A message whose name says everything."""
