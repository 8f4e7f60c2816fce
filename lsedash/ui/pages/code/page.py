"""The page Code: all sources side by side, or one source with panels that look into its run."""

from functools import partial
from itertools import pairwise

import streamlit as st

from lsedash.checking.endings import disagreement_words
from lsedash.explaining.remarks import PROGRAMS, REMARKS, Remark
from lsedash.looking.listing import lines_to_choose
from lsedash.programs.optimizers import SGD
from lsedash.programs.program import PHASES, Program
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison
from lsedash.text.settings import COMPARED, MARKED, PANEL, PHASE
from lsedash.text.words import differs_in_x, number_word
from lsedash.theory.closed_form import Theory
from lsedash.ui.pages.code import panels
from lsedash.ui.pages.code.panels import Look
from lsedash.ui.pages.code.place import (
    ALL,
    GRAPH,
    HOME,
    LOSS,
    XRAY,
    choose_program,
    choose_remark,
    go_to,
    line_of,
    look_behind,
    panel_of,
)
from lsedash.ui.pages.code.side_by_side import programs_html
from lsedash.ui.pages.page import Page
from lsedash.ui.state import edits
from lsedash.ui.state.controls import controlled, remembered
from lsedash.ui.state.limits import why_within, within
from lsedash.ui.state.line import pressing
from lsedash.ui.state.readers import flag, one_of
from lsedash.ui.state.visit import Inputs
from lsedash.ui.widgets.computing import verified
from lsedash.ui.widgets.explained import meaning_caption
from lsedash.ui.widgets.listing import choosable
from lsedash.ui.widgets.notes import plain
from lsedash.ui.widgets.progress import ProgressPlace
from lsedash.ui.widgets.source import listing_html

BOOKMARKS = {f"remark_{remark.number}": remark for remark in REMARKS}
BEFORE = {after.key: before for before, after in pairwise(VARIANTS)}


def _body(inputs: Inputs) -> None:
    place = ProgressPlace()
    shown = inputs.shown or ALL
    remark = BOOKMARKS.get(shown)
    program = remark.program if remark else shown
    _choices(program, remark)
    comparison = verified(inputs.experiment, VARIANTS, place).comparison
    with st.container(key="answer"):
        if program == ALL:
            _side_by_side(comparison, inputs.theory)
        else:
            _source_with_panel(PROGRAMS.named(program), remark, comparison, place)


def _choices(program: str, remark: Remark | None) -> None:
    """Draw the choice of a program and the choice of a remark, which leads to one."""
    left, right = st.columns([7, 4], gap="medium", vertical_alignment="bottom")
    options = [ALL, *VARIANTS.keys, *({program} - {ALL, *VARIANTS.keys})]
    left.segmented_control(
        "Program",
        options,
        format_func=_title,
        required=True,
        **controlled("program_shown", program, one_of(options), partial(choose_program, remark)),
    )
    right.selectbox(
        "The article's remarks",
        REMARKS,
        format_func=lambda remark: f"{remark.number}. {remark.title}",
        placeholder="Choose a remark to see it happen",
        **controlled("remark", remark, one_of(REMARKS), choose_remark),
    )


def _neighbours(remark: Remark) -> None:
    """Draw the buttons that lead from a remark to the ones beside it."""
    place = REMARKS.index(remark)
    columns = st.columns(2)
    for column, name, key, step in (
        (columns[0], "Previous remark", "Shift+Left", -1),
        (columns[1], "Next remark", "Shift+Right", 1),
    ):
        neighbour = REMARKS[(place + step) % len(REMARKS)]
        column.button(
            name,
            shortcut=key,
            width="stretch",
            **pressing(name.lower().replace(" ", "_"), partial(choose_remark, neighbour)),
        )


def _title(key: str) -> str:
    if key == ALL:
        return f"All {number_word(len(VARIANTS))}"
    return VARIANTS.title_of(key) if key in VARIANTS.keys else "A pitfall"


def _side_by_side(comparison: Comparison, theory: Theory) -> None:
    left, right = st.columns([6, 5], gap="medium", vertical_alignment="center")
    lit, field = remembered(PHASE)
    left.pills("Light up a phase", PHASES, **field)
    marked, field = remembered(MARKED)
    right.toggle("Mark what is new in each program", **field)
    with st.container(key="side_by_side"):  # first.css reserves room
        st.html(programs_html(comparison, theory, lit=lit, marked=marked, spoken=edits.spoken()))
    st.caption(
        "Comments and the head of the loop are left out. Choose one program to see its whole file."
    )


def _source_with_panel(
    program: Program,
    remark: Remark | None,
    comparison: Comparison,
    place: ProgressPlace,
) -> None:
    """Draw a source, and beside it a panel about it."""
    key, panel = program.key, panel_of(program.key, remark)
    line = line_of(program, remark)
    left, right = st.columns([6, 5], gap="medium")
    with left, st.container(key="program"):
        if key == SGD.key:
            meaning_caption("SGD")
        _source(program, remark, line if panel == XRAY else None)
    if why := why_within(program, comparison.experiment):
        left.caption(why)
    with right, st.container(key="side"):
        if remark is not None:
            _neighbours(remark)
            st.info(f"**{remark.number}.** {plain(remark.text)}")
            if remark.compares:
                st.markdown(_differences(comparison))
        _choose_panel(key, panel)
        look = _look(program, remark, line, comparison, place)
        if panel == LOSS:
            panels.loss(key, comparison)
        elif panel == XRAY:
            panels.xray(look)
        elif panel == GRAPH:
            panels.graph(look)
        else:
            panels.home(key, comparison)


def _source(program: Program, remark: Remark | None, chosen: int | None) -> None:
    """Draw the source with lines that can be chosen, compared with the program before it."""
    key = program.key
    former = program.original or BEFORE.get(key)
    by_itself = key in VARIANTS.keys and remark is None
    compared = former is not None and _compares(former, by_itself=by_itself)
    lines = lines_to_choose(program.source)
    html = listing_html(
        program.source,
        chosen=chosen,
        choices=lines,
        former=former.source if former and compared else None,
    )
    choosable(html, lines, on_line=partial(look_behind, remark, key))


def _compares(former: Program, *, by_itself: bool) -> bool:
    """Draw the choice whether to compare with a former program.

    Args:
        by_itself: whether it is compared as long as nothing was chosen.
    """
    chosen = edits.setting(COMPARED)
    compared = by_itself if chosen is None else chosen

    def choose(value: bool) -> None:
        edits.choose(COMPARED, None if value == by_itself else value)

    st.toggle(f"Compare with {former.title}", **controlled("compare", compared, flag, choose))
    return compared


def _choose_panel(key: str, panel: str) -> None:
    panels = (LOSS, XRAY, GRAPH, HOME) if key in VARIANTS.keys else (XRAY, GRAPH)
    st.segmented_control(
        "Look at",
        panels,
        required=True,
        label_visibility="collapsed",
        **controlled(f"panel_{key}", panel, one_of(panels), partial(edits.choose, PANEL)),
    )


def _look(
    program: Program,
    remark: Remark | None,
    line: int,
    comparison: Comparison,
    place: ProgressPlace,
) -> Look:
    experiment = within(program, comparison.experiment)
    key, last = program.key, experiment.iterations
    if key in comparison and comparison[key].status == "diverged":
        last = max(comparison[key].last_point, 0)
    return Look(program, experiment, line, remark, last, place, partial(go_to, key))


def _differences(comparison: Comparison) -> str:
    """How far the programs' paths are from the first one's, as measured."""
    first, *others = comparison.runs
    differences = comparison.largest_disagreement()
    amounts = ", ".join(
        f"{VARIANTS.title_of(run.key)} {disagreement_words(differences[run.key])}"
        for run in others
        if len(run.points)
    )
    return f"{differs_in_x(VARIANTS.title_of(first.key))}: {amounts}."


PAGE = Page(
    "Code",
    "code",
    "The programs as they run, line by line, with every object that they hold.",
    _body,
    showable={*PROGRAMS.keys, *BOOKMARKS},
)
