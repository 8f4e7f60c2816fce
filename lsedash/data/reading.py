"""A text, or the bytes of a file, to a table of numbers; nothing is evaluated, nothing guessed."""

from dataclasses import dataclass, replace
from itertools import groupby

from lsedash.data.block import Fault
from lsedash.data.candidates import (
    Candidate,
    candidates_of,
    literal_candidate,
    market_candidate,
)
from lsedash.data.choosing import plausible
from lsedash.data.decode import check_length, decode
from lsedash.data.how import TEXT, How, Part, sentence
from lsedash.data.latex import is_latex, without_latex
from lsedash.data.lines import Line, joined_signs, lines_of, tidied
from lsedash.data.literals import literals_of
from lsedash.data.market import is_matrix_market
from lsedash.data.printed import SHORTENED, NotWhole, unprinted
from lsedash.data.said import parts_of
from lsedash.data.splits import Split, splits
from lsedash.data.table import Table
from lsedash.data.workbook import Sheet, is_workbook, read_workbook
from lsedash.problem import InvalidInput

MOST_ALTERNATIVES = 4


@dataclass(frozen=True, eq=False)
class Reading:
    """How a text was understood.

    Attributes:
        how: all choices that lead to this reading; of several readings, what they share.
        parts: the pieces of the sentence that says so, each with what corrects it.
        alternatives: the readings to choose from, if the text can be read in several ways.
        cells: the texts of the numbers in our own notation, row by row.
        is_vector: whether the text is a list of numbers rather than a table.
    """

    how: How
    parts: tuple[Part, ...] = ()
    alternatives: tuple["Reading", ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    is_vector: bool = False
    only_table: Table | None = None

    @property
    def said(self) -> str:
        """One sentence: "97 rows, 2 columns; commas between, decimal points; no titles"."""
        return " or ".join(each.said for each in self.alternatives) or sentence(self.parts)

    @property
    def table(self) -> Table:
        """The table.

        Raises:
            InvalidInput: the text can be read in several ways, and nobody has chosen one.
        """
        if self.only_table is None:
            ways = "; ".join(f"({i}) {each.said}" for i, each in enumerate(self.alternatives, 1))
            raise InvalidInput(f"The table can be read in {len(self.alternatives)} ways: {ways}.")
        return self.only_table


def read_table(source: str | bytes, how: How = How()) -> Reading:  # noqa: B008 - it is frozen
    """Read a table of numbers.

    Args:
        source: a text, or the bytes of a file.
        how: what somebody has chosen about it; the rest is found out.

    Raises:
        InvalidInput: it is no table of numbers; the sentence says why.
    """
    if isinstance(source, bytes) and is_workbook(source):
        check_length(len(source))
        return _read_sheet(read_workbook(source, how.sheet), how)
    text = decode(source) if isinstance(source, bytes) else source
    check_length(len(text))
    text = tidied(text)
    return _read_text(text, how)


def _read_sheet(sheet: Sheet, how: How) -> Reading:
    """The reading of a sheet; its numbers are numbers already, with decimal points."""
    lines = tuple(Line(i, "\t".join(cells)) for i, cells in enumerate(sheet.rows, 1))
    split = Split(How(form=TEXT, separator="\t", sheet=sheet.name), lines)
    results = candidates_of(split, replace(how, decimal=how.decimal or ".", thousands=""))
    found = [replace(each, sheets=sheet.names) for each in _read_only(results)]
    return _chosen(plausible(found))


def _read_text(text: str, how: How) -> Reading:
    if is_matrix_market(text):
        return _chosen(_read_only([market_candidate(text)]))
    plain = _unprinted(text)
    literals = literals_of(joined_signs(plain)) if how.form != TEXT else []
    if isinstance(literals, Fault) and not literals.weight:
        raise _refusal([literals])
    if literals and not isinstance(literals, Fault):
        results = [literal_candidate(literal) for literal in literals]
        return _chosen([each for each in _read_only(results) if how.allows(each.how)])
    if SHORTENED.search(plain):
        raise InvalidInput("The text was shortened with '...'; print the table in full.")
    faults = [literals] if isinstance(literals, Fault) else []
    if is_latex(plain):
        plain = without_latex(plain)
    plain = joined_signs(plain)
    return _read_lines(plain, how, faults)


def _read_lines(text: str, how: How, faults: list[Fault]) -> Reading:
    """The readings of a text in which separators divide the cells."""
    lines = lines_of(text)
    ways = sorted(splits(lines, how), key=lambda split: split.rank)
    for _, same_rank in groupby(ways, lambda split: split.rank):
        results = [result for split in same_rank for result in candidates_of(split, how)]
        faults += [result for result in results if isinstance(result, Fault)]
        found = [result for result in results if not isinstance(result, Fault)]
        found = [c for c in found if not c.digits or c.size > _weight(faults)]
        if found:
            return _chosen(plausible(found))
    raise _refusal(faults)


def _weight(faults: list[Fault]) -> float:
    """How many numbers a table would hold but for a fault, at most."""
    return max((fault.weight for fault in faults), default=0)


def _unprinted(text: str) -> str:
    try:
        return unprinted(text)
    except NotWhole as fault:
        raise InvalidInput(f"The table{fault}") from None


def _read_only(results: list[Candidate | Fault]) -> list[Candidate]:
    """The candidates that can be read.

    Raises:
        InvalidInput: none can.
    """
    found = [result for result in results if not isinstance(result, Fault)]
    if not found:
        raise _refusal([result for result in results if isinstance(result, Fault)])
    return found


def _refusal(faults: list[Fault]) -> InvalidInput:
    """The fault of the reading that comes closest, as a sentence."""
    if not faults:
        return InvalidInput("The table is empty; give at least one number.")
    fault = max(faults, key=lambda each: each.weight)
    return InvalidInput(f"The table{fault.message}", row=fault.row, column=fault.column)


def _chosen(candidates: list[Candidate]) -> Reading:
    readings = [_reading(candidate) for candidate in candidates[:MOST_ALTERNATIVES]]
    if not readings:
        raise InvalidInput("The table cannot be read in the way that was chosen.")
    if len(readings) == 1:
        return readings[0]
    return Reading(How(form=TEXT), alternatives=tuple(readings))


def _reading(candidate: Candidate) -> Reading:
    candidate.table.values.setflags(write=False)
    return Reading(
        candidate.how,
        parts_of(candidate),
        (),
        candidate.cells,
        candidate.is_vector,
        candidate.table,
    )
