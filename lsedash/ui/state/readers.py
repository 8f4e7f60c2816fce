"""Readers of what a browser sends. They return a value of one type, or say what is wrong with it.

Anybody can send anything, so nothing is taken for what it should be.
"""

from collections.abc import Callable, Collection, Mapping
from math import isfinite
from typing import Any, TypeVar

T = TypeVar("T")

Reader = Callable[[Any], T]

MOST_QUOTED = 40  # characters of a value that does not fit, for the log
LARGEST_QUOTED = 10**18


class Misfit(Exception):
    """A value that nothing on our pages sends. The sentence is for the log."""


def whole(least: int, most: int) -> Reader[int]:
    """A whole number within bounds."""

    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise _misfit(f"a whole number from {least} to {most}", value)
        return value

    return read


def number(least: float, most: float) -> Reader[float]:
    """A finite number within bounds."""

    def read(value: Any) -> float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not least <= value <= most or not isfinite(value):
            raise _misfit(f"a number from {least:g} to {most:g}", value)
        return float(value)

    return read


def text(longest: int) -> Reader[str]:
    """A text; a longer one is cut, and whoever reads it finds fault with the rest."""

    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise _misfit("a text", value)
        return value[:longest]

    return read


def flag(value: Any) -> bool:
    """True or False."""
    if not isinstance(value, bool):
        raise _misfit("true or false", value)
    return value


def one_of(options: Collection[T]) -> Reader[T]:
    """One of some values."""

    def read(value: Any) -> T:
        for option in options:
            if type(value) is type(option) and value == option:
                return option
        raise _misfit("one of the options", value)

    return read


def some_of(options: Collection[str]) -> Reader[tuple[str, ...]]:
    """Some of these texts, each once, in the order of the options."""

    def read(value: Any) -> tuple[str, ...]:
        chosen = listed(one_of(options), 0, len(options))(value)
        return tuple(option for option in options if option in chosen)

    return read


def listed(reader: Reader[T], least: int, most: int) -> Reader[list[T]]:
    """A list of so many values."""

    def read(value: Any) -> list[T]:
        if not isinstance(value, list | tuple) or not least <= len(value) <= most:
            raise _misfit(f"a list of {least} to {most} values", value)
        return [reader(item) for item in value]

    return read


def part(message: Any, key: str, reader: Reader[T]) -> T:
    """The part of a message under a key."""
    if not isinstance(message, Mapping):
        raise _misfit("a message", message)
    if key not in message:
        raise Misfit(f"{key} is missing")
    try:
        return reader(message[key])
    except Misfit as fault:
        raise Misfit(f"{key}: {fault}") from None


def _misfit(expected: str, value: Any) -> Misfit:
    """What is wrong, in one line; only a short value is written out."""
    shown = type(value).__name__
    if isinstance(value, str):
        shown = repr(value[:MOST_QUOTED])
    elif isinstance(value, int | float) and abs(value) < LARGEST_QUOTED:
        shown = repr(value)
    return Misfit(f"must be {expected}, not {shown}")
