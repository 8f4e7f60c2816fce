"""What MATLAB, Octave, Julia, R and pandas add to the tables that they print."""

import re
from decimal import Decimal, InvalidOperation

from lsedash.data.rlang import without_r_marks

SHORTENED = re.compile(r"(?:^|[\s,|\[])(?:\.\.\.|…|⋮|⋯|⋱)(?:$|[\s,|\]])", re.MULTILINE)

_NAMED = re.compile(r"\s*[A-Za-z_]\w{0,60} ?= ?\n")
_SCALE = re.compile(
    r"^[ \t]*([0-9]{1,20}(?:\.[0-9]{0,20})?[eE][+-]?[0-9]{1,3})[ \t]*\*[ \t]*$", re.MULTILINE
)
_HEADS = re.compile(
    r"^[ \t]*(?:[0-9]+[×x][0-9]+ [^\n,;]*:|[0-9]+-element [^\n]*:|shape: \([0-9, ]*\))[ \t]*$",
    re.MULTILINE,
)
_IN_BLOCKS = re.compile(
    r"^\s*Columns? [0-9]+ (?:through|to|thru|and) [0-9]+|\S\s+\\\s*$", re.IGNORECASE
)
_R_MARKS = re.compile(r"^[ \t]*\[[0-9]+,?\]\s", re.MULTILINE)
_IMPORTS = re.compile(r"(?:(?:import|from|using|library)\b[^\n]*\n\s*)+")


class NotWhole(Exception):
    """A printed table of which something is missing, or in another place."""


def unprinted(text: str) -> str:
    """A text without what programs add to a table that they print.

    Raises:
        NotWhole: it was shortened or printed in blocks; the sentence follows "The table".
    """
    if any(_IN_BLOCKS.search(line) for line in text.split("\n", 12)[:12]):
        raise NotWhole(_BLOCKS)
    text = _IMPORTS.sub("", text, count=1) if _IMPORTS.match(text) else text
    named = _NAMED.match(text)
    if named:
        text = text[named.end() :]
    text = _HEADS.sub("", text)
    if _R_MARKS.search(text):
        without = without_r_marks(text)
        if without is None:
            raise NotWhole(_BLOCKS)
        return without
    scale = _SCALE.search(text)
    return _scaled(text, scale) if scale else text


_BLOCKS = " was printed in blocks of columns; print it in one piece, or save it as CSV."


def _scaled(text: str, scale: re.Match[str]) -> str:
    """MATLAB writes a common factor above a matrix."""
    factor = Decimal(scale[1])
    lines = (text[: scale.start()] + text[scale.end() :]).split("\n")
    return "\n".join(" ".join(_times(word, factor) for word in line.split()) for line in lines)


def _times(word: str, factor: Decimal) -> str:
    try:
        return format(Decimal(word) * factor, "f") if len(word) < 40 else word
    except InvalidOperation:
        return word
