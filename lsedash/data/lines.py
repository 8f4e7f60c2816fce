"""A text to lines that may hold rows of a table: without comments and rules, with plain signs."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from lsedash.problem import InvalidInput
from lsedash.text.words import spaced

NARROW = "\u00a0\u202f\u2009\u2007\u2008"  # blanks that do not break a line
DIGITS = "0123456789."
MOST_LINES = 100_000
MARK = "'"  # what stands for every mark that can only be one of thousands

_NARROW_RUN = re.compile(rf"[0-9]+(?:[{NARROW}][0-9]+)+")
_MARKED = re.compile(rf"[1-9][0-9]{{0,2}}(?:[{NARROW}][0-9]{{3}})+")
_NARROWS = re.compile(f"[{NARROW}\u3000]")
_SLASH = re.compile(r"(?<=[0-9.]) {0,9}/ {0,9}(?=[0-9.+-])")
_SIGN_BEHIND = re.compile(r"(?<=[0-9.]) {1,9}(?=[%€£¥₹$](?:[\s,;|&\"]|$))", re.MULTILINE)
_SIGN_BEFORE = re.compile(r"(?<=[€£¥₹$]) {1,9}(?=[0-9.])")
_COMMENT = re.compile(r"#(?!N/A|DIV/|VALUE|REF|NUM|NAME|NULL)|%(?![0-9])|//", re.IGNORECASE)
_COMMENT_BEHIND = re.compile(
    r"(?<=[0-9.,;\s])\s(?:#(?!N/A|DIV/|VALUE|REF|NUM|NAME|NULL)|%|//).*", re.I
)
_BOX = str.maketrans("│┆┃║╎", "|||||")
_RULE = re.compile(r"[\s|+:=\-─━┄┈┼├┤┬┴┌┐└┘╞╪╡═╭╮╰╯╌┊]*")
_LONG_RULE = re.compile(r"--|==|──|━━|══|╌╌|┄┄|┈┈|^\s*\|(?:\s*:?-:?\s*\|)+\s*$")
_NOTES = re.compile(r"\[\d+ rows x \d+ columns\]|(?:name|length|dtype|shape): ?.*", re.IGNORECASE)


class Line(NamedTuple):  # there may be many; a dataclass is made three times as slowly
    """A line of the text, counted from 1."""

    number: int
    text: str


@dataclass(frozen=True)
class Lines:
    """What is left of a text.

    Attributes:
        rows: the lines that are neither empty nor a comment nor a rule.
        comment: the comment directly above the first of them, without its sign.
    """

    rows: tuple[Line, ...]
    comment: str = ""


def tidied(text: str) -> str:
    """The text with plain signs for line ends, minus, blanks, apostrophes and frames of boxes."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\f", "\n").replace("\v", "\n").replace("\x1a", "")
    if text.isascii():
        return text
    text = text.replace("\u2212", "-").replace("\u2028", "\n").replace("’", MARK)
    text = _NARROW_RUN.sub(_thousands, text.translate(_BOX))
    return _NARROWS.sub(" ", text)


def joined_signs(text: str) -> str:
    """The text without the blanks inside 1 / 3, 50 % and € 20."""
    if "/" in text:
        text = _SLASH.sub("/", text)
    if any(sign in text for sign in "%€£¥₹$"):
        text = _SIGN_BEFORE.sub("", _SIGN_BEHIND.sub("", text))
    return text


def lines_of(text: str) -> Lines:
    """The lines that may hold rows.

    Raises:
        InvalidInput: there are too many.
    """
    if max(text.count("\n"), text.count(";")) > MOST_LINES:
        raise InvalidInput(f"The table has more than {spaced(MOST_LINES)} rows; give fewer.")
    rows: list[Line] = []
    comment = ""
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip(" ")
        if bare and bare[0] in DIGITS and "[" not in bare:
            rows.append(Line(number, without_comment(bare)))
            continue
        if not bare.strip() or is_rule(bare) or bare.startswith("```"):
            continue
        sign = _COMMENT.match(bare)
        if sign:
            comment = comment if rows else bare[sign.end() :].strip("#% \t")
            continue
        if not _NOTES.fullmatch(bare.strip()):
            rows.append(Line(number, without_comment(bare)))
    return Lines(tuple(rows), comment)


def without_comment(line: str) -> str:
    """A line of numbers without the comment behind them."""
    if line[:1].isalpha() or not ("#" in line or "%" in line or "//" in line):
        return line
    return _COMMENT_BEHIND.sub("", line)


def is_rule(line: str) -> bool:
    """Whether a line only draws the frame of a table."""
    return bool(_RULE.fullmatch(line) and _LONG_RULE.search(line))


def _thousands(match: re.Match[str]) -> str:
    run = match[0]
    return _NARROWS.sub(MARK if _MARKED.fullmatch(run) else " ", run)
