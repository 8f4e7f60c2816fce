"""Kinds of settings: how a value of each kind is read from a link and written into one.

A reader takes the text and the setting's name at the beginning of a sentence. It raises
InvalidInput with one clear sentence, and no text makes it work long: all sizes are bounded.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from lsedash.problem import InvalidInput
from lsedash.programs.catalogue import Catalogue
from lsedash.text.notation import format_number, parse_count, parse_number, parse_vector
from lsedash.text.words import brief

T = TypeVar("T")

LONGEST = 1000  # characters of a setting's text
LARGEST_COUNT = 10**9
NOTHING = "none"  # an empty choice among several


@dataclass(frozen=True)
class Kind(Generic[T]):
    """How values are read and written.

    Attributes:
        read: (text, subject) -> value; raises InvalidInput.
        write: value -> text.
    """

    read: Callable[[str, str], T]
    write: Callable[[T], str]


def optional(kind: Kind[T]) -> Kind[T | None]:
    """The same kind for a setting whose default is None, which no text stands for."""
    return Kind(kind.read, lambda value: "" if value is None else kind.write(value))


def one_of(*values: str) -> Kind[str]:
    """One of some words; in a link small, with hyphens for spaces."""
    by_text = {_small(value): value for value in values}

    def read(text: str, subject: str) -> str:
        if text not in by_text:
            raise _refused(subject, f"one of {', '.join(by_text)}", text)
        return by_text[text]

    return Kind(read, _small)


def some_of(keys: Sequence[str]) -> Kind[tuple[str, ...]]:
    """Some of these keys, in their order, with commas between them; "none" for none of them."""

    def read(text: str, subject: str) -> tuple[str, ...]:
        names = set() if text == NOTHING else set(text.split(","))
        if unknown := sorted(names - set(keys)):
            raise _refused(subject, f"some of {', '.join(keys)}, or {NOTHING}", unknown[0])
        return tuple(key for key in keys if key in names)

    return Kind(read, lambda chosen: ",".join(key for key in keys if key in chosen) or NOTHING)


def count_of(*values: int) -> Kind[int]:
    """One of some whole numbers."""

    def read(text: str, subject: str) -> int:
        if text not in map(str, values):
            raise _refused(subject, f"one of {', '.join(map(str, values))}", text)
        return int(text)

    return Kind(read, str)


def _read_count(text: str, subject: str) -> int:
    value = parse_count(text, name=subject)
    if value > LARGEST_COUNT:
        raise InvalidInput(f"{subject} must be at most {LARGEST_COUNT}.")
    return value


def count_between(least: int, most: int) -> Kind[int]:
    """A whole number within bounds."""

    def read(text: str, subject: str) -> int:
        value = _read_count(text, subject)
        if not least <= value <= most:
            raise _refused(subject, f"a whole number from {least} to {most}", text)
        return value

    return Kind(read, str)


def number_between(least: float, most: float) -> Kind[float]:
    """A number within bounds."""

    def read(text: str, subject: str) -> float:
        value = parse_number(text, name=subject)
        if not least <= value <= most:
            raise _refused(subject, f"a number from {least:.15g} to {most:.15g}", text)
        return value

    return Kind(read, format_number)


def positive_numbers(most: int) -> Kind[tuple[float, ...]]:
    """Up to so many positive numbers, with spaces between them."""

    def read(text: str, subject: str) -> tuple[float, ...]:
        rates = tuple(parse_vector(text, name=subject).tolist())
        if wrong := [rate for rate in rates if not rate > 0]:
            raise InvalidInput(f"Every learning rate must be positive; one is {brief(wrong[0])}.")
        if len(rates) > most:
            raise InvalidInput(f"Give at most {most} learning rates; these are {len(rates)}.")
        return rates

    return Kind(read, lambda rates: " ".join(map(format_number, rates)))


def whole_pair(first: int, second: int) -> Kind[tuple[int, int]]:
    """Two whole numbers with a comma between them, from minus to plus these bounds."""

    def read(text: str, subject: str) -> tuple[int, int]:
        match = re.fullmatch(r"(-?[0-9]{1,3}),(-?[0-9]{1,3})", text)
        one, other = (int(match[1]), int(match[2])) if match else (first + 1, 0)
        if abs(one) > first or abs(other) > second:
            raise _refused(subject, f"two whole numbers, up to ±{first} and ±{second}", text)
        return one, other

    return Kind(read, lambda pair: f"{pair[0]},{pair[1]}")


def _read_flag(text: str, subject: str) -> bool:
    if text not in ("0", "1"):
        raise _refused(subject, "0 or 1", text)
    return text == "1"


def view_of(kinds: Sequence[str], plain: str) -> Kind[tuple[str, int, int]]:
    """A view: one of some words, or "3,1" for the plain one along two coordinates."""

    def read(text: str, subject: str) -> tuple[str, int, int]:
        if text in kinds:
            return text, 0, 1
        across, _, up = text.partition(",")
        if not (_is_place(across) and _is_place(up) and across != up):
            expected = f"{', '.join(kinds)} or two coordinates such as 1,2"
            raise _refused(subject, expected, text)
        return plain, int(across) - 1, int(up) - 1

    def write(view: tuple[str, int, int]) -> str:
        kind, across, up = view
        return f"{across + 1},{up + 1}" if kind == plain else kind

    return Kind(read, write)


def lines_in(programs: Catalogue) -> Kind[tuple[tuple[str, int], ...]]:
    """Line numbers by program: "torch_module:12,torch_optimizer:20"."""

    def read(text: str, subject: str) -> tuple[tuple[str, int], ...]:
        lines = {}
        for part in text.split(","):
            key, _, line = part.partition(":")
            if key not in programs.keys or not _is_place(line):
                raise _refused(subject, "a program and a line such as torch_module:12", part)
            last = len(programs.named(key).source.splitlines())
            if int(line) > last:
                raise InvalidInput(f"{subject} is {line}, but {key} has {last} lines.")
            lines[key] = int(line)
        return tuple(sorted(lines.items()))

    return Kind(read, lambda lines: ",".join(f"{key}:{line}" for key, line in lines))


def _is_place(text: str) -> bool:
    """Whether a text is a whole number from 1 to 999."""
    return text.isascii() and text.isdecimal() and len(text) <= 3 and text[0] != "0"


def _small(value: str) -> str:
    return value.lower().replace(" ", "-")


def _refused(subject: str, expected: str, text: str) -> InvalidInput:
    shown = text if len(text) <= 24 else f"{text[:21]}..."
    return InvalidInput(f"{subject} must be {expected}; it is {shown!r}.")


FLAG: Kind[bool] = Kind(_read_flag, lambda value: str(int(value)))
COUNT: Kind[int] = Kind(_read_count, str)
TEXT: Kind[str] = Kind(lambda text, _: text, str)
