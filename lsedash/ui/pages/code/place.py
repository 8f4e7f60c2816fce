"""The place that the page Code shows: a program, a panel, an iteration, a line; and how it changes.

A remark leads to a place; what the visitor then chooses is his own and goes before it.
"""

from lsedash.explaining.remarks import PROGRAMS, Remark
from lsedash.looking.listing import first_of_loop
from lsedash.looking.steps import Place
from lsedash.programs.program import Program
from lsedash.programs.variants import VARIANTS
from lsedash.text.settings import ITERATION, LINES, PANEL, PANELS
from lsedash.ui.state import edits

ALL = "all"
LOSS, XRAY, GRAPH, HOME = PANELS


def panel_of(key: str, remark: Remark | None) -> str:
    """The chosen panel, else the remark's. A pitfall has two only; its page shows the rest."""
    opened = LOSS if remark is None else GRAPH if remark.graph else XRAY
    panel = edits.setting(PANEL) or opened
    return panel if key in VARIANTS.keys or panel == GRAPH else XRAY


def iteration_of(remark: Remark | None) -> int:
    """The chosen iteration, else the remark's."""
    chosen, opened = edits.setting(ITERATION), 0 if remark is None else remark.iteration
    return opened if chosen is None else chosen


def line_of(program: Program, remark: Remark | None) -> int:
    """The chosen line of a program, else the remark's."""
    opened = first_of_loop(program.source) if remark is None else remark.line
    lines: tuple[tuple[str, int], ...] = edits.setting(LINES)
    return dict(lines).get(program.key, opened)


def choose_program(remark: Remark | None, key: str) -> None:
    """Show another program, or all of them, and keep the place that a remark has led to."""
    if remark is not None:
        edits.choose(PANEL, panel_of(remark.program, remark))
        edits.choose(ITERATION, iteration_of(remark))
        _choose_line(remark.program, line_of(PROGRAMS.named(remark.program), remark))
    edits.show("" if key == ALL else key)


def choose_remark(remark: Remark) -> None:
    """Show the place at which a remark can be seen."""
    edits.choose(PANEL, None)
    edits.choose(ITERATION, None)
    _choose_line(remark.program, None)
    edits.show(f"remark_{remark.number}")


def look_behind(remark: Remark | None, program: str, line: int) -> None:
    """Show the X-ray of another line."""
    choose_program(remark, program)
    _choose_line(program, line)
    edits.choose(PANEL, XRAY)


def go_to(program: str, place: Place) -> None:
    """Show another line of a program, in an iteration."""
    _choose_line(program, place.line)
    edits.choose(ITERATION, place.iteration)


def _choose_line(program: str, line: int | None) -> None:
    """Choose a program's line; None stands for the one that it opens with."""
    lines = {key: number for key, number in edits.setting(LINES) if key != program}
    if line is not None:
        lines[program] = line
    edits.choose(LINES, tuple(lines.items()))
