"""Taking values out of a TOML file; what cannot be used becomes a fault with its line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from lsedash.lessons.lines import Path, line_of
from lsedash.problem import InvalidInput

T = TypeVar("T")
Fault = tuple[int, str]  # the number of a line, from 1, and what is wrong there
TYPES: dict[type, str] = {str: "a text", int: "a whole number", list: "a list", dict: "a table"}


class LessonFaults(InvalidInput):
    """A file is no lesson.

    Attributes:
        faults: what is wrong, each with the number of its line.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(f"Line {line}: {sentence}" for line, sentence in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Part:
    """A table of the file, from which values are taken.

    Attributes:
        values: what is left of it.
        path: where it stands.
        lines: as `places` gives them.
        faults: those of the whole file, so far.
    """

    values: dict[str, Any]
    path: Path
    lines: dict[Path, int]
    faults: list[Fault]

    def fault(self, key: str, sentence: str) -> None:
        self.faults.append((line_of(self.lines, (*self.path, key)), sentence))

    def take(self, key: str, kind: type[T], default: T, *, must: bool = False) -> T:
        """A value of the table; the default, and a fault, if it is missing or of another type."""
        if key not in self.values:
            if must:
                self.fault(key, f"{key!r} is missing.")
            return default
        value = self.values.pop(key)
        if not isinstance(value, kind) or isinstance(value, bool):
            self.fault(key, f"{key!r} must be {TYPES[kind]}.")
            return default
        return value

    def text(self, key: str, *, must: bool = False) -> str:
        text = self.take(key, str, "", must=must).strip()
        if must and not text and not self.has_fault(key):
            self.fault(key, f"{key!r} is empty.")
        return text

    def has_fault(self, key: str) -> bool:
        """Whether the key, or the table that it is missing in, has a fault already."""
        return any(line == line_of(self.lines, (*self.path, key)) for line, _ in self.faults)

    def texts(self, key: str) -> tuple[str, ...]:
        items: list[Any] = self.take(key, list, [])
        if not all(isinstance(item, str) for item in items):
            self.fault(key, f"{key!r} must be a list of texts.")
            return ()
        return tuple(items)

    def parts(self, key: str) -> "list[Part]":
        """The tables of an array of tables."""
        items = self.values.pop(key, [])
        if not (isinstance(items, list) and all(isinstance(item, dict) for item in items)):
            names = [name for name in (*self.path, key) if isinstance(name, str)]
            self.fault(key, f"{key!r} must be written as [[{'.'.join(names)}]].")
            return []
        return [
            Part(item, (*self.path, key, i), self.lines, self.faults)
            for i, item in enumerate(items)
        ]

    def read(self, key: str, read: Callable[[str], T], default: T, *, must: bool = True) -> T:
        """What a reader makes of a text; its complaint becomes a fault."""
        text = self.text(key, must=must)
        if not text:
            return default
        try:
            return read(text)
        except InvalidInput as fault:
            self.fault(key, str(fault))
            return default

    def no_more(self) -> None:
        """Every value that was not taken is a fault."""
        for key in self.values:
            self.fault(key, f"{key[:40]!r} has no meaning here.")
