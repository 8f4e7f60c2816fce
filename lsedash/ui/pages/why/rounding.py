"""Are the variants the same? Where and by how much they differ, and which operation causes it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from lsedash.checking.bits import Difference
from lsedash.checking.floors import Floor, stream_floors
from lsedash.checking.ladder import Cause, Ladder, stream_ladders
from lsedash.checking.verified import Verified
from lsedash.experiment import Experiment
from lsedash.figures.rounding import floor_figure
from lsedash.meaning import Meaning
from lsedash.programs.replacements import REPLACEMENTS
from lsedash.programs.variants import NUMPY, VARIANTS
from lsedash.tables.runs_table import sample
from lsedash.tables.table import Cell, Row, Table, table_html
from lsedash.text.subject import subject
from lsedash.text.unknowns import coordinate_name
from lsedash.text.words import LONG_RUN, brief, join_names, number_word, spaced
from lsedash.theory.closed_form import Theory
from lsedash.theory.rounding import attainable_digits
from lsedash.ui.state import edits
from lsedash.ui.state.limits import DEADLINE
from lsedash.ui.widgets.charts import chart
from lsedash.ui.widgets.computing import result_of
from lsedash.ui.widgets.notes import plain
from lsedash.ui.widgets.progress import ProgressPlace
from lsedash.ui.widgets.source import difference_html

HEADS = (
    "program",
    "x as it is",
    "own operation replaced",
    "PyTorch's products in NumPy",
    "both",
    "loss as it is",
    "responsible for x",
)
# What is replaced in each column of rungs: the program's own operation, NumPy's products.
REPLACED = ((False, False), (True, False), (False, True), (True, True))
CAUSES: dict[Cause, str] = {
    "same": "nothing differs",
    "own operation": "its own operation",
    "order of sums": "order of sums in A x, Aᵀ r",
    "both": "both together",
    "remainder": "not found: a remainder",
}


def rounding(checked: Verified, theory: Theory, place: ProgressPlace) -> None:
    """Draw the part."""
    comparison = checked.comparison
    experiment = comparison.experiment
    start = partial(stream_ladders, experiment, DEADLINE)
    ladders: tuple[Ladder, ...] = result_of("ladders", start, place)
    settings = replace(experiment, dtype="float64", tolerance=None)  # the floors run in both dtypes
    start = partial(stream_floors, settings, DEADLINE)
    floors: tuple[Floor, ...] = result_of("floors", start, place)
    st.markdown(headline(ladders, edits.meaning()))
    st.html(table_html(ladder_table(ladders, edits.meaning())))
    st.caption(remainder(ladders))
    left, right = st.columns([6, 5], gap="medium")
    with left:
        st.markdown("**What was replaced** in the programs that ran")
        for replacement in REPLACEMENTS:
            st.caption(f"{replacement.title}. {replacement.lesson}")
            st.html(difference_html(replacement.variant.source, replacement.source, around=0))
    with right:
        alt = "Distance to the limit in float32 and in float64"
        shown = subject(alt, settings, rate=settings.learning_rate)
        chart("floors", floor_figure(floors), alt, shown)
        st.markdown(describe_floors(floors, theory, experiment))


def headline(ladders: Sequence[Ladder], meaning: Meaning | None = None) -> str:
    """Whether the programs are the same, in a sentence or two of Markdown."""
    same = [ladder.variant.title for ladder in ladders if ladder.equal]
    others = [ladder for ladder in ladders if not ladder.equal]
    number = number_word(len(VARIANTS))
    compared = min(ladder.rungs[0].difference.compared for ladder in ladders)
    if not compared:
        return "**There is no point to compare**: a program has none."
    if compared == 1:
        return "**There is nothing to compare**: only the start was recorded."
    if not others:
        return (
            f"**All {number} have the same x to the last bit**, at all {compared} points compared."
        )
    text = f"**The {number} are not the same to the last bit.** "
    if same:
        verb = "follows" if len(same) == 1 else "follow"
        text += f"{join_names(same)} {verb} NumPy's path exactly. "
    verb = " leaves it" if same else " leaves NumPy's path"
    departures = []
    for ladder in others:
        difference = ladder.rungs[0].difference
        amount = f"{spaced(difference.units)} ulp of {plain(_entry(difference, meaning))}"
        departures.append(f"{ladder.variant.title}{verb} at k = {difference.first}, by {amount}")
        verb = ""  # once is enough
    return f"{text}{'; '.join(departures)}."


def ladder_table(ladders: Sequence[Ladder], meaning: Meaning | None = None) -> Table:
    """One row for each program: its difference from NumPy, before and after each replacement."""
    rows: list[Row] = []
    for ladder in ladders:
        variant, cause = ladder.variant, CAUSES[ladder.cause]
        rungs = {
            (rung.program_key != variant.key, rung.reference_key != NUMPY.key): rung
            for rung in ladder.rungs
        }
        found = [rungs[r].difference if r in rungs else None for r in REPLACED]
        cells = [
            Cell("-") if each is None else _cell(each, _entry(each, meaning)) for each in found
        ]
        title = Cell(variant.title, "words", sample=sample(variant.key))
        rows.append((title, *cells, _cell(ladder.losses, "the loss"), Cell(cause, "words")))
    return Table("Differences to NumPy by hand", HEADS, rows)


def _cell(difference: Difference, quantity: str) -> Cell:
    """Where and by how much two programs differ in a quantity."""
    if not difference.compared:
        return Cell("-")
    if difference.equal:
        return Cell("bit-equal", good=True)
    return Cell(
        f"k = {difference.first}: {spaced(difference.units)} ulp of {quantity}",
        note=f"at most {brief(difference.largest, 2)}",
    )


def _entry(difference: Difference, meaning: Meaning | None) -> str:
    """The name of the entry of x in which two programs differ."""
    return coordinate_name(difference.entry or 0, meaning)


def remainder(ladders: Sequence[Ladder]) -> str:
    """What the table does not explain."""
    unexplained = [ladder.variant.title for ladder in ladders if not ladder.explained]
    text = (
        "Each cell gives the first iteration at which the program differs from NumPy's, by how "
        "many ulp (units in the last place: steps from one floating-point number to the next), "
        "and the largest difference of the whole run. An ulp is larger for a larger number. "
        "A loss may differ although x does not: the path does not use its value, and its terms "
        "are added in another order. The library and the "
        "processor decide in which order a matrix product adds up and whether multiply and add "
        "are fused, so another machine may show other differences, or none."
    )
    if unexplained:
        text += f" Here a remainder stays in {join_names(unexplained)}."
    return text


def describe_floors(floors: Sequence[Floor], theory: Theory, experiment: Experiment) -> str:
    """Where descent comes to rest in each precision, and how many digits are right there."""
    lines = []
    for floor in floors:
        line = f"- **{floor.dtype}**: {rest(floor, theory, experiment)}."
        digits = attainable_digits(theory, replace(experiment, dtype=floor.dtype))
        if digits is not None:
            line += f" At the rate that is {LONG_RUN}, theory expects "
            line += f"about {digits:.1f} correct digits."
        lines.append(line)
    return "\n".join(lines)


def rest(floor: Floor, theory: Theory, experiment: Experiment) -> str:
    """Where descent comes to rest in one precision, or why it does not."""
    if not len(floor.points):
        return "the loss of the start is too large for it"
    if not theory.converges(experiment.learning_rate):
        return "no floor, since at this learning rate the distance does not shrink"
    if floor.reached:
        share = f", {brief(floor.relative, 1)} of its size" if floor.size else ""
        return f"rests {brief(floor.last, 2)} from the limit{share}"
    return f"not at its floor by iteration {floor.points[-1]}"
