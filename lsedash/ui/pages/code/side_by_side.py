"""The programs side by side, phase by phase, each under its loss curve, as data and as HTML."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from lsedash.checking.endings import run_status
from lsedash.figures.loss import loss_data
from lsedash.figures.sparkline import HEIGHT, WIDTH, sparkline
from lsedash.figures.style import stroke
from lsedash.looking.listing import Line, new_lines, sections
from lsedash.programs.program import Program
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison
from lsedash.tables.runs_table import sample
from lsedash.tables.table import Sample
from lsedash.text.convention import OURS, Spoken
from lsedash.text.words import brief, number_word
from lsedash.theory.closed_form import Theory
from lsedash.ui.widgets.html import draw
from lsedash.ui.widgets.source import indent

PHASE_TITLES = {
    "forward": "forward",
    "loss": "loss",
    "hand out": "hand out",
    "backward": "backward",
    "update": "update",
    "clear": "clear",
    "once": "set up, before the loop",
}


@dataclass(frozen=True)
class Head:
    """The head of a program's column.

    Attributes:
        picture: the data URL of its loss curve; "" if its run has no point.
        ends: how the run began and ended, in words.
    """

    program: Program
    sample: Sample
    picture: str
    ends: str


@dataclass(frozen=True)
class CodeLine:
    """A line of a cell, and whether it is marked as new."""

    text: str
    new: bool


@dataclass(frozen=True)
class PhaseRow:
    """The lines of one phase, one cell for each program."""

    phase: str
    title: str
    cells: Sequence[Sequence[CodeLine]]


def programs_html(
    comparison: Comparison,
    theory: Theory,
    *,
    lit: str | None,
    marked: bool,
    spoken: Spoken = OURS,
) -> str:
    """All variants side by side, phase by phase, each under its loss curve.

    Args:
        lit: the phase to light up, or None.
        marked: whether to mark the lines that the program before does not have.
        spoken: the convention in which the losses are written.
    """
    return draw(
        "pages/code/side_by_side.html",
        lit=lit or "",
        number=number_word(len(VARIANTS)),
        heads=program_heads(comparison, theory, spoken),
        rows=phase_rows([variant.source for variant in VARIANTS], marked=marked),
    )


def program_heads(comparison: Comparison, theory: Theory, spoken: Spoken = OURS) -> list[Head]:
    """The heads of the programs' columns."""
    window = loss_data(comparison, theory).window
    return [_head(variant, comparison, window, spoken) for variant in VARIANTS]


def _head(
    program: Program, comparison: Comparison, window: tuple[float, float], spoken: Spoken
) -> Head:
    run, line = comparison[program.key], sample(program.key)
    if not len(run.points):
        return Head(program, line, "", run_status(run))
    first, last = (brief(spoken.loss(run.losses[i]), 3) for i in (0, -1))
    ends = f"loss {first} → {last}, {run_status(run)}"
    drawing = draw(
        "pages/code/sparkline.svg",
        path=sparkline(run.points, run.losses, window),
        colour=stroke(program.key).colour,
        width=WIDTH,
        height=HEIGHT,
    )
    # A picture, because Streamlit removes any <svg> from HTML.
    picture = f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
    return Head(program, line, picture, ends)


def phase_rows(sources: Sequence[str], *, marked: bool) -> list[PhaseRow]:
    """One row for each phase of the programs."""
    parts = [sections(source) for source in sources]
    new = [
        new_lines(before, source) if marked and before else set()
        for before, source in zip(["", *sources], sources, strict=False)
    ]
    return [
        PhaseRow(
            phase,
            title,
            [_cell(part.get(phase, ()), marks) for part, marks in zip(parts, new, strict=True)],
        )
        for phase, title in PHASE_TITLES.items()
    ]


def _cell(lines: Sequence[Line], new: set[int]) -> list[CodeLine]:
    shift = min((indent(line.text) for line in lines if line.text), default=0)
    return [
        CodeLine(_plain(line.text)[shift:], line.number in new)
        for line in lines
        if _plain(line.text)
    ]


def _plain(text: str) -> str:
    """A line without its comment or docstring, for which the columns are too narrow."""
    code = text.partition("#")[0].rstrip()
    return "" if code.strip().startswith('"""') else code
