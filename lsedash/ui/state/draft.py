"""The texts in the fields, valid or not, and the experiment they describe. No Streamlit here."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from lsedash.data.how import How
from lsedash.data.reading import Reading, read_table
from lsedash.experiment import Experiment
from lsedash.problem import InvalidInput, InvalidSystem
from lsedash.text.convention import HALF_SUM, Spoken, spoken_in
from lsedash.text.experiments import read_experiment, spoken_reader
from lsedash.text.fields import PARAMETERS
from lsedash.text.notation import read_matrix
from lsedash.text.words import number_word, plural
from lsedash.ui.state.limits import MOST_COLUMNS, MOST_ENTRIES, SIZES, check_experiment, check_size

BECOMES = "With this block A would be"


@dataclass(frozen=True)
class Draft:
    """The texts of the fields, as typed.

    Attributes:
        A: the rows of the grid, m lists of n texts.
        b, x0: m and n texts.
        learning_rate, iterations, tolerance: one text each; an empty tolerance is none.
        dtype: "float64" or "float32".
    """

    A: list[list[str]]
    b: list[str]
    x0: list[str]
    learning_rate: str
    iterations: str
    tolerance: str
    dtype: str


@dataclass(frozen=True)
class Choice:
    """One way to read a pasted block.

    Attributes:
        said: the sentence about it.
        table: the texts of its numbers, row by row.
        draft: the draft after the block was pasted so.
    """

    said: str
    table: list[list[str]]
    draft: Draft


class Ambiguous(InvalidInput):
    """A pasted block can be read in several ways, of which these can be used."""

    def __init__(self, ways: int, choices: tuple[Choice, ...]) -> None:
        super().__init__(f"The block can be read in {number_word(ways)} ways; choose one.")
        self.choices: Final = choices


def draft_of(experiment: Experiment, convention: str = HALF_SUM.key) -> Draft:
    """The draft that describes an experiment, spoken in a convention for the loss."""
    spoken = spoken_in(convention, experiment.system.m)
    return Draft(**{f.name: f.write_cells(f.value(experiment), spoken) for f in PARAMETERS})


def read_draft(
    draft: Draft, last: Experiment, convention: str = HALF_SUM.key
) -> tuple[Experiment, dict[str, InvalidInput]]:
    """The experiment that the draft describes, and the faults by field.

    A field that cannot be read keeps its value in `last`; all other fields take effect. What was
    typed is what was meant: if the number of equations changes, a spoken rate stays and may stand
    for another one in ours.
    """
    readers = {
        f.key: spoken_reader(f.read_cells, getattr(draft, f.name), convention) for f in PARAMETERS
    }
    experiment, faults = read_experiment(readers, last, check_experiment)
    return experiment, {fault.field: fault for fault in faults}


def spoken_anew(draft: Draft, before: Spoken, after: Spoken) -> Draft:
    """The draft in another convention; the experiment that it describes is the same."""
    texts = {}
    for field in PARAMETERS:
        cells = getattr(draft, field.name)
        with suppress(InvalidInput):  # what cannot be read stays as it was typed
            if field.quantity != "number":
                value = field.read_cells(cells, before)
                texts[field.name] = field.write_cells(value, after)
    return replace(draft, **texts)


def pasted(draft: Draft, text: str, what: str) -> Draft:
    """The draft after a block was pasted as its "A | b", "A", "b" or "x0".

    Raises:
        InvalidInput: the block is not a table of numbers, is too large or does not fit.
        Ambiguous: it can be read in several ways.
    """
    return _read(text, How(), what, partial(_pasted, draft, what))


def paste_at(draft: Draft, text: str, field: str, row: int, column: int) -> Draft:
    """The draft after a block was pasted into the grid, with its first entry at a given one.

    The grid grows with the block. If the block is wider than the rest of A and b, its last column
    becomes b.

    Args:
        field, row, column: the entry that was pasted into: "A", "b" or "x0", counted from 0.

    Raises:
        InvalidInput: the block is not a table of numbers, is too large or does not fit.
        Ambiguous: it can be read in several ways.
    """
    one_decimal = re.fullmatch(r"\s*[+-]?0,[0-9]{1,99}\s*", text)
    how = How(separator=" ", decimal=",") if one_decimal else How()
    return _read(text, how, field, partial(_placed, draft, field, row, column))


def _read(text: str, how: How, field: str, paste: Callable[[list[list[str]]], Draft]) -> Draft:
    """The draft after a block was read and pasted.

    Raises:
        Ambiguous: it can be read in several ways. (b and the start take a list of one length only:
            if one reading fits, it is the one that is meant.)
    """
    reading = read_table(text, how)
    if not reading.alternatives:
        return paste(_table(reading, field))
    choices: list[Choice] = []
    for each in reading.alternatives:
        with suppress(InvalidInput):
            table = _table(each, field)
            choices.append(Choice(each.said, table, paste(table)))
    if len(choices) == 1 and field in ("b", "x0"):
        return choices[0].draft
    raise Ambiguous(len(reading.alternatives), tuple(choices))


def _pasted(draft: Draft, what: str, table: list[list[str]]) -> Draft:
    if what == "b":
        return replace(draft, b=_pasted_vector(table, what, len(draft.A), "row"))
    if what == "x0":
        return replace(draft, x0=_pasted_vector(table, what, len(draft.x0), "column"))
    if what == "A":
        A, b = table, _resized(draft.b, len(table))
    elif len(table[0]) > 1:
        A, b = [row[:-1] for row in table], [row[-1] for row in table]
    else:
        raise InvalidInput(
            "The block has one column; A | b needs at least two columns, the last one for b."
        )
    return _within_limits(replace(draft, A=A, b=b, x0=_resized(draft.x0, len(A[0]))))


def _placed(draft: Draft, field: str, row: int, column: int, table: list[list[str]]) -> Draft:
    n = len(draft.x0)
    if field == "x0":
        x0 = list(draft.x0)
        x0[row : row + len(table[0])] = table[0]
        if len(table) > 1 or len(x0) > n:
            raise InvalidInput(f"The start takes one row of at most {n - row} numbers here.")
        return replace(draft, x0=x0)
    left = n if field == "b" else column
    if field == "b" and len(table[0]) > 1:
        raise InvalidInput("b takes one column of numbers.")
    width = max(n, left + len(table[0]) - 1)
    height = max(len(draft.A), row + len(table))
    check_size(height, width, BECOMES)
    full = [[*_resized(r, width), b] for r, b in zip(draft.A, draft.b, strict=True)]
    full += [["0"] * (width + 1) for _ in range(height - len(full))]
    for i, cells in enumerate(table):
        full[row + i][left : left + len(cells)] = cells
    A, b = [r[:-1] for r in full], [r[-1] for r in full]
    return _within_limits(replace(draft, A=A, b=b, x0=_resized(draft.x0, width)))


def _within_limits(draft: Draft) -> Draft:
    check_size(len(draft.A), len(draft.x0), BECOMES)
    return draft


def _pasted_vector(table: list[list[str]], name: str, length: int, side: str) -> list[str]:
    """The entries of a pasted row or column, checked to have this length."""
    if min(len(table), len(table[0])) > 1:
        raise InvalidInput(f"{name} must be one row or one column of numbers.")
    vector = table[0] if len(table) == 1 else [row[0] for row in table]
    if len(vector) != length:
        raise InvalidSystem(
            f"{name} has {plural(len(vector), 'entry')} but A has {plural(length, side)}; "
            f"give {name} one entry per {side} of A."
        )
    return vector


def _table(reading: Reading, field: str) -> list[list[str]]:
    """The texts of a block, checked to be numbers; a list is a column of b, and a row elsewhere."""
    table = [list(row) for row in reading.cells]
    if reading.is_vector and field != "b":
        table = [[row[0] for row in table]]
    rows, columns = len(table), len(table[0])
    if columns > MOST_COLUMNS + 1 or rows * max(columns - 1, 1) > MOST_ENTRIES:  # b may be in it
        raise InvalidSystem(f"The block is {rows} x {columns}; the dashboard takes {SIZES}.")
    read_matrix(table, name="The block")
    return table


def _resized(texts: list[str], length: int) -> list[str]:
    return (texts + ["0"] * length)[:length]
