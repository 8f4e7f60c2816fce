"""Which of the tables that a text may be a person could mean."""

from collections.abc import Callable, Sequence

import numpy as np

from lsedash.data.candidates import Candidate
from lsedash.data.numbers import is_inconsistent
from lsedash.data.table import Table


def plausible(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those that a person could mean, each different from all others."""
    left = list(candidates)
    for rule in (
        _fewest_digits,
        _least_unread,
        _fewest_texts,
        _best_titles,
        _consistent_marks,
        _by_long_use,
    ):
        left = rule(left) or left
    different: list[Candidate] = []
    for candidate in left:
        if not any(_are_equal(candidate.table, other.table) for other in different):
            different.append(candidate)
    return different


def _least(candidates: list[Candidate], size: Callable[[Candidate], float]) -> list[Candidate]:
    least = min(map(size, candidates), default=0)
    return [candidate for candidate in candidates if size(candidate) == least]


def _fewest_digits(candidates: list[Candidate]) -> list[Candidate]:
    """What may be numbers is no note and no title."""
    return _least(candidates, lambda candidate: candidate.digits)


def _least_unread(candidates: list[Candidate]) -> list[Candidate]:
    """A cell that is no number in one reading, and one in another, decides."""
    return _least(candidates, lambda candidate: candidate.unread)


def _fewest_texts(candidates: list[Candidate]) -> list[Candidate]:
    """A blank within a label divides no cells."""
    return _least(candidates, lambda c: len(c.table.texts) + bool(c.table.labels))


def _best_titles(candidates: list[Candidate]) -> list[Candidate]:
    """A title line that fits the columns decides."""
    return _least(candidates, lambda candidate: -candidate.title_fit)


def _consistent_marks(candidates: list[Candidate]) -> list[Candidate]:
    """Who marks thousands marks them in all numbers."""
    return [c for c in candidates if not is_inconsistent(_all_cells(c), c.style)]


def _by_long_use(candidates: list[Candidate]) -> list[Candidate]:
    """What is meant although another reading would make a table of numbers, too.

    `1,2` above `3,4` is 2 x 2. Three columns of blanks are no thousands of one column. Many
    decimals that end in zeros are numbers of their own.
    """
    by_commas = [c for c in candidates if c.how.separator == ","]
    blanks = [c for c in candidates if c.how.separator == " "]
    for c in by_commas:
        if c.table.values.shape == (2, 2) and all(len(cell) == 1 for cell in _all_cells(c)):
            return [c]
    dropped: list[Candidate] = []
    if any(c.table.values.shape[1] > 2 for c in blanks):
        dropped += [c for c in candidates if c.how.separator == ""]
    if by_commas:
        dropped += [c for c in blanks if c.how.decimal == "," and _are_whole(_all_cells(c))]
    return [c for c in candidates if c not in dropped]


def _are_whole(cells: list[str]) -> bool:
    """Whether what follows the commas is too round to be decimals."""
    decimals = [cell.partition(",")[2] for cell in cells if "," in cell]
    if len(decimals) < 2 or max(map(len, decimals)) < 4:
        return False
    uneven = len(set(map(len, decimals))) > 1
    ends = [text.endswith("0") for text in decimals if len(text) > 1]
    return any(ends) if uneven else all(ends)


def _all_cells(candidate: Candidate) -> list[str]:
    return [cell for row in candidate.block.rows for cell in row.cells]


def _are_equal(one: Table, other: Table) -> bool:
    return one.values.shape == other.values.shape and bool(
        np.array_equal(one.values, other.values, equal_nan=True)
    )
