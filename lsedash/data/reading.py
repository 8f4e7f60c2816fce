"""A text, or the bytes of a file, to a table of numbers; nothing is evaluated, nothing guessed."""

from dataclasses import dataclass
from itertools import groupby

from lsedash.data.candidates import Candidate, candidates_of, plausible
from lsedash.data.decode import check_length, decode
from lsedash.data.grid import Fault
from lsedash.data.how import TEXT, How, Part, sentence
from lsedash.data.lines import SHORTENED, is_in_blocks, joined_signs, lines_of, tidied
from lsedash.data.said import parts_of
from lsedash.data.splits import splits
from lsedash.data.table import Table
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
    text = decode(source) if isinstance(source, bytes) else source
    check_length(len(text))
    text = tidied(text)
    return _read_text(text, how)


def _read_text(text: str, how: How) -> Reading:
    _check_whole(text)
    text = joined_signs(text)
    lines = lines_of(text)
    ways = sorted(splits(lines.rows, how), key=lambda split: split.rank)
    faults: list[Fault] = []
    for _, same_rank in groupby(ways, lambda split: split.rank):
        found: list[Candidate] = []
        for split in same_rank:
            for result in candidates_of(split, how):
                if isinstance(result, Fault):
                    faults.append(result)
                else:
                    found.append(result)
        if found:
            return _chosen(plausible(found))
    heaviest = max(faults, key=lambda fault: fault.weight, default=None)
    if heaviest is None:
        raise InvalidInput("The table is empty; give at least one number.")
    raise InvalidInput(f"The table{heaviest.message}", row=heaviest.row, column=heaviest.column)


def _chosen(candidates: list[Candidate]) -> Reading:
    readings = [_reading(candidate) for candidate in candidates[:MOST_ALTERNATIVES]]
    if len(readings) == 1:
        return readings[0]
    return Reading(How(form=TEXT), alternatives=tuple(readings))


def _reading(candidate: Candidate) -> Reading:
    candidate.table.values.setflags(write=False)
    cells = tuple(map(tuple, candidate.cells))
    return Reading(candidate.how, parts_of(candidate), cells=cells, only_table=candidate.table)


def _check_whole(text: str) -> None:
    """Raises InvalidInput if a printed table was shortened or broken into blocks."""
    if SHORTENED.search(text):
        raise InvalidInput("The text was shortened with '...'; print the table in full.")
    if is_in_blocks(text):
        raise InvalidInput(
            "The table was printed in blocks of columns, one below the other; "
            "print it in one piece, or save it as CSV."
        )
