"""The words on the screen and their meanings, read from glossary.md beside this file."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("glossary.md")


@dataclass(frozen=True)
class Entry:
    """A word of the glossary.

    Attributes:
        word: the word, with its symbol after it: "learning rate α".
        meaning: one sentence.
    """

    word: str
    meaning: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which a page calls the word: as it is, without its symbol, the symbol."""
        first, _, symbol = self.word.rpartition(" ")
        return (self.word,) if symbol.isascii() else (self.word, first, symbol)


@cache
def glossary() -> tuple[Entry, ...]:
    """All words, in alphabetical order."""
    rows = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return tuple(Entry(*row.strip("| ").split(" | ")) for row in rows[1:])


@cache
def _by_name() -> dict[str, Entry]:
    return {name: entry for entry in glossary() for name in entry.names}


def entry(name: str) -> Entry:
    """The entry of a word, such as "learning rate".

    Raises:
        KeyError: the glossary has no such word.
    """
    return _by_name()[name]


@dataclass(frozen=True)
class Piece:
    """A piece of a text; if it is a word of the glossary, the word as the glossary has it."""

    text: str
    word: str = ""


@cache
def _pattern() -> re.Pattern[str]:
    """All names of words, the longest first, in the singular or plural; symbols with subscripts."""
    names = sorted(_by_name(), key=len, reverse=True)
    spelled = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in names if name.isascii())
    return re.compile(rf"(?<!\w)(?:{spelled})s?(?!\w)|κ\(A\)|[αβκλσ][ₐ-ₜᵢ₀-₉]*", re.IGNORECASE)


def pieces(text: str) -> list[Piece]:
    """A text cut where words of the glossary begin and end; each counts where it comes first."""
    cut, known, end = [], set[str](), 0
    for match in _pattern().finditer(text):
        if match[0].lower() in known:
            continue
        known.add(match[0].lower())
        cut += [Piece(text[end : match.start()]), Piece(match[0], _word_of(match[0]))]
        end = match.end()
    return [piece for piece in (*cut, Piece(text[end:])) if piece.text]


@cache
def _word_of(found: str) -> str:
    """The word of the glossary that a text names: "Learning rates" and "α" name the same."""
    names = {name.lower(): entry.word for name, entry in _by_name().items()}
    symbols = {name[0]: entry.word for name, entry in _by_name().items() if not name[0].isascii()}
    plain = " ".join(found.lower().split())
    return names.get(plain) or names.get(plain.removesuffix("s")) or symbols[found[0]]
