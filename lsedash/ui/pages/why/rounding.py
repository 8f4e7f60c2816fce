"""Are the variants the same? Where they part, by how much, and which operation does it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from lsedash.checking.bits import Difference
from lsedash.checking.floors import Floor, stream_floors
from lsedash.checking.ladder import Cause, Ladder, stream_ladders
from lsedash.experiment import Experiment
from lsedash.figures.plane import coordinate_name
from lsedash.figures.rounding import floor_figure
from lsedash.programs.replacements import REPLACEMENTS
from lsedash.programs.variants import NUMPY, VARIANTS
from lsedash.running.run import Comparison
from lsedash.text.words import join_names, number_word, spaced
from lsedash.theory.closed_form import Theory
from lsedash.theory.rounding import attainable_digits
from lsedash.ui.compat import Container
from lsedash.ui.state.limits import DEADLINE
from lsedash.ui.widgets.charts import chart
from lsedash.ui.widgets.computing import result_of
from lsedash.ui.widgets.runs_table import sample
from lsedash.ui.widgets.source import difference_html
from lsedash.ui.widgets.table import Cell, Row, Table, table_html

HEADS = (
    "program",
    "x as it is",
    "own operation replaced",
    "PyTorch's products in NumPy",
    "both",
    "loss as it is",
    "responsible for x",
)
# What each column of rungs has replaced: its own operation, NumPy's products.
REPLACED = ((False, False), (True, False), (False, True), (True, True))
CAUSES: dict[Cause, str] = {
    "same": "nothing differs",
    "own operation": "its own operation",
    "order of sums": "order of sums in A x, Aᵀ r",
    "both": "both together",
    "remainder": "not found: a remainder",
}


def rounding(comparison: Comparison, theory: Theory, container: Container) -> None:
    """Draw the part."""
    experiment = comparison.experiment
    start = partial(stream_ladders, experiment, DEADLINE)
    found: tuple[Ladder, ...] = result_of("ladders", (experiment,), start, container)
    start = partial(stream_floors, experiment, DEADLINE)
    both = replace(experiment, dtype="float64", tolerance=None)  # they run in either
    floors: tuple[Floor, ...] = result_of("floors", (both,), start, container)
    st.markdown(headline(found))
    st.html(table_html(ladder_table(found)))
    st.caption(remainder(found))
    left, right = st.columns([6, 5], gap="medium")
    with left:
        st.markdown("**What was replaced**, in the very programs that ran")
        for replacement in REPLACEMENTS:
            st.caption(f"{replacement.title}. {replacement.lesson}")
            st.html(difference_html(replacement.variant.source, replacement.source, around=0))
    with right:
        chart("floors", floor_figure(floors), "Distance to the limit in float32 and in float64")
        st.markdown(floors_said(floors, theory, experiment))


def headline(found: Sequence[Ladder]) -> str:
    """Whether the programs are the same, in a sentence or two."""
    same = [ladder.variant.title for ladder in found if ladder.equal]
    others = [ladder for ladder in found if not ladder.equal]
    number = number_word(len(VARIANTS))
    compared = min(ladder.rungs[0].difference.compared for ladder in found)
    if not compared:
        return "**There is no point to compare**: a program has none."
    if compared == 1:
        return "**There is nothing to compare**: only the start was recorded."
    if not others:
        return (
            f"**All {number} have the same x to the last bit**, at all {compared} points compared."
        )
    said = f"**The {number} are not the same to the last bit.** "
    if same:
        verb = "follows" if len(same) == 1 else "follow"
        said += f"{join_names(same)} {verb} NumPy's path exactly. "
    left = []
    for ladder in others:
        apart = ladder.rungs[0].difference
        off = f"{spaced(apart.units)} ulp of {coordinate_name(apart.entry or 0)}"
        left.append(f"{ladder.variant.title} at k = {apart.first} by {off}")
    path = "It" if same else "NumPy's path"
    return f"{said}{path} is left by {join_names(left)}."


def ladder_table(found: Sequence[Ladder]) -> Table:
    """One row for each program: the difference to NumPy's x, and what becomes of it."""
    rows: list[Row] = []
    for ladder in found:
        variant, cause = ladder.variant, CAUSES[ladder.cause]
        rungs = {
            (rung.program_key != variant.key, rung.reference_key != NUMPY.key): rung
            for rung in ladder.rungs
        }
        cells = [_cell(rungs[r].difference) if r in rungs else Cell("-") for r in REPLACED]
        title = Cell(variant.title, "words", sample=sample(variant.key))
        rows.append((title, *cells, _cell(ladder.losses, "the loss"), Cell(cause, "words")))
    return Table("Differences to NumPy by hand", HEADS, rows)


def _cell(apart: Difference, what: str = "") -> Cell:
    """Where two programs part and by how much; `what` differs, if it is no entry of x."""
    if not apart.compared:
        return Cell("-")
    if apart.equal:
        return Cell("bit-equal", good=True)
    entry = what or coordinate_name(apart.entry or 0)
    return Cell(
        f"k = {apart.first}: {spaced(apart.units)} ulp of {entry}",
        note=f"at most {apart.largest:.1e}",
    )


def remainder(found: Sequence[Ladder]) -> str:
    """What the table does not explain."""
    left = [ladder.variant.title for ladder in found if not ladder.explained]
    said = (
        "Each cell: the first iteration at which the program differs from NumPy's, by how many ulp "
        "(units in the last place: steps from one floating-point number to the next), and the "
        "largest difference of the whole run. A loss has no part in the step, and its sum an order "
        "of its own. An ulp is as small as the number it is counted in. "
        "How a sum is ordered inside a matrix product, and whether multiply and add are fused, is "
        "up to the library and the processor: elsewhere other differences may show, or none."
    )
    if left:
        said += f" Here a remainder stays in {join_names(left)}."
    return said


def floors_said(floors: Sequence[Floor], theory: Theory, experiment: Experiment) -> str:
    """Where each precision comes to rest, and how many digits that leaves."""
    lines = []
    for floor in floors:
        said = f"- **{floor.dtype}**: {rest(floor, theory, experiment)}."
        digits = attainable_digits(theory, replace(experiment, dtype=floor.dtype))
        if digits is not None:
            said += f" At the fastest rate, theory expects about {digits:.1f} right digits."
        lines.append(said)
    return "\n".join(lines)


def rest(floor: Floor, theory: Theory, experiment: Experiment) -> str:
    """Where one precision comes to rest, or why it does not."""
    if not len(floor.points):
        return "the start is already beyond it"
    if not theory.converges(experiment.learning_rate):
        return "no floor, since at this learning rate the distance does not shrink"
    if floor.reached:
        share = f", {floor.relative:.1g} of its size" if floor.size else ""
        return f"rests {floor.last:.2g} from the limit{share}"
    return f"not at its floor by iteration {floor.points[-1]}"
