"""How a text can be read: the choices that a person can make, and the sentence that says them."""

from dataclasses import dataclass, fields

TEXT = "text"  # the form of all that is divided into cells by separators
SEPARATORS = {
    ",": "commas between",
    ";": "semicolons between",
    "\t": "tabs between",
    "|": "bars between",
    "&": "ampersands between",
    " ": "blanks between",
    ", ": "commas and blanks between",
}
FORMS = {
    "Python": "a list of Python",
    "MATLAB": "a matrix of MATLAB",
    "Mathematica": "a list in braces",
    "R": "written in R",
    "Matrix Market": "a Matrix Market file",
}
DECIMALS = {".": "decimal points", ",": "decimal commas"}
THOUSANDS = {
    "": "no thousands marks",
    ",": "commas mark thousands",
    ".": "points mark thousands",
    "'": "apostrophes or narrow blanks mark thousands",
    " ": "blanks mark thousands",
}
ROWS = {"\n": "rows on lines", ";": "semicolons end rows"}
TITLES = {True: "the first line holds titles", False: "no titles"}


@dataclass(frozen=True)
class How:
    """How a text is to be read; None stands for "find out".

    Attributes:
        separator: what stands between two cells, a key of `SEPARATORS`.
        decimal: "." or ",".
        thousands: what marks thousands, a key of `THOUSANDS`; "" for nothing.
        titles: whether the first line of the table holds titles.
        rows: what ends a row, a key of `ROWS`.
        sheet: the name of a sheet of a workbook.
        form: `TEXT`, or the language of a literal: "Python", "MATLAB", "R", ...
    """

    separator: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    titles: bool | None = None
    rows: str | None = None
    sheet: str | None = None
    form: str | None = None

    def allows(self, other: "How") -> bool:
        """Whether every choice made here is made, or left open, in the other one."""
        for f in fields(self):
            mine, its = getattr(self, f.name), getattr(other, f.name)
            if mine is not None and its is not None and mine != its:
                return False
        return True


@dataclass(frozen=True)
class Part:
    """A piece of the sentence about a reading.

    Attributes:
        text: the piece.
        before: the punctuation between it and the piece before it.
        field: the field of How that corrects it, or "".
        choices: the values that the field may take, each with its words.
    """

    text: str
    before: str = "; "
    field: str = ""
    choices: tuple[tuple[str | bool, str], ...] = ()


def sentence(parts: tuple[Part, ...]) -> str:
    """The pieces as one sentence."""
    return "".join(part.before + part.text if i else part.text for i, part in enumerate(parts))
