"""The sidebar that all pages share: which system, from where, how long, in which precision."""

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lsedash.experiment import DTYPES, Experiment
from lsedash.explaining.diagnosis import describe_system
from lsedash.presets import PRESETS, random_system
from lsedash.problem import InvalidSystem
from lsedash.theory.closed_form import Theory
from lsedash.theory.rounding import attainable_digits
from lsedash.ui.state import session
from lsedash.ui.state.draft import paste_at, pasted
from lsedash.ui.state.limits import (
    GRID_ROWS,
    LARGEST_ENTRY,
    MOST_CHARACTERS,
    MOST_ITERATIONS,
    MOST_ROWS,
    SMALLEST_ENTRY,
)
from lsedash.ui.state.unbroken import unbroken
from lsedash.ui.widgets.copy_link import copy_link
from lsedash.ui.widgets.grid import grid
from lsedash.ui.widgets.runs_table import TITLES


def show(experiment: Experiment, faults: dict[str, InvalidSystem]) -> None:
    """Draw the sidebar."""
    st.markdown("### lsedash\nfive programs, one path")
    with st.container(horizontal=True):
        copy_link()
        st.button("Reset", key="reset", help="Back to the article's worked example", on_click=reset)
    _presets(experiment)
    _system(faults)
    _diagnosis(experiment)
    _run_settings(faults)


def _presets(experiment: Experiment) -> None:
    by_title = {preset.title: preset for preset in PRESETS}
    same = [p for p in PRESETS if p.experiment.system == experiment.system]
    title = same[0].title if same else None
    st.selectbox(
        "System",
        list(by_title),
        placeholder="Your own system",
        **session.field(
            f"preset_{title}", title, lambda chosen: session.adopt(by_title[chosen].experiment)
        ),
    )
    if same:
        st.caption(same[0].why)


def _diagnosis(experiment: Experiment) -> None:
    theory = Theory(experiment.system)
    said = describe_system(theory)
    digits = attainable_digits(theory, experiment)
    if digits is not None:
        said += f" In the end {experiment.dtype} has about {digits:.0f} digits of x right there."
    st.caption(said)


def _system(faults: dict[str, InvalidSystem]) -> None:
    draft = st.session_state.draft
    fault = next((faults[field] for field in ("A", "b", "x0") if field in faults), None)
    if max(len(draft.A), len(draft.x0)) <= GRID_ROWS:
        grid(
            draft,
            fault,
            key="grid",
            revision=st.session_state.revision,
            on_edit=_edited,
            on_paste=_pasted_at,
        )
    else:
        st.markdown(
            f"A is {len(draft.A)} x {len(draft.x0)}, larger than the grid's "
            f"{GRID_ROWS} x {GRID_ROWS}: change it by paste."
        )
    session.fault_note(faults, "A", "b", "x0")
    if note := st.session_state.pop("paste_fault", None):
        session.fault_note({"block": note}, "block")
    paste, random = st.columns(2)
    with paste.popover("Paste…", width="stretch"):
        _paste_box()
    with random.popover("Random…", width="stretch"):
        _random_box()


@unbroken
def _edited() -> None:
    """The grid reports all its texts; those of an older revision come too late."""
    cells = st.session_state.grid.cells
    if cells and cells["revision"] == st.session_state.revision:
        session.edit(A=cells["A"], b=cells["b"], x0=cells["x0"])


@unbroken
def _pasted_at() -> None:
    block = st.session_state.grid.block
    try:
        draft = paste_at(st.session_state.draft, **block)
        session.set_draft(draft)
    except InvalidSystem as fault:
        st.session_state.paste_fault = fault
        session.edit()


def _paste_box() -> None:
    what = st.radio("The block is", ["A | b", "A", "b", "x0"], key="paste_what", horizontal=True)
    st.text_area(
        "Numbers",
        key="paste_text",
        height=160,
        max_chars=MOST_CHARACTERS,
        placeholder="1 2 0 | 1\n0 1 0 | 2\n0 0 1 | 3",
        help="Rows on lines or behind semicolons; spaces, commas or tabs between entries; also "
        "Python and NumPy lists, and fractions such as 1/3.",
    )
    if what == "A | b":
        st.caption("The last column is b.")
    st.caption(
        f"Up to {MOST_ROWS} rows and columns, {MOST_CHARACTERS // 1024} kB, "
        f"entries up to {LARGEST_ENTRY:g}; in A none but 0 below {SMALLEST_ENTRY:g}."
    )
    st.button("Use it", key="paste_use", type="primary", on_click=_use_paste)
    if note := st.session_state.pop("paste_box_fault", None):
        session.fault_note({"block": note}, "block")


@unbroken
def _use_paste() -> None:
    state = st.session_state
    try:
        session.set_draft(pasted(state.draft, state.paste_text, state.paste_what))
    except InvalidSystem as fault:
        state.paste_box_fault = fault
        session.edit()


def _random_box() -> None:
    st.number_input("Rows", 1, MOST_ROWS, 4, key="random_m")
    st.number_input("Columns", 1, MOST_ROWS, 4, key="random_n")
    st.number_input("Condition number", 1.0, 1e8, 10.0, key="random_kappa", format="%.4g")
    st.number_input("Seed", 0, 999_999, 0, key="random_seed")
    st.button("Make it", key="random_make", type="primary", on_click=_make_random)


@unbroken
def _make_random() -> None:
    """From what the fields hold now: a number may have been typed since the button was drawn."""
    state = st.session_state
    system = random_system(
        state.random_kappa, m=state.random_m, n=state.random_n, seed=state.random_seed
    )
    rate = Theory(system).optimal_learning_rate
    session.adopt(Experiment(system, None, rate, 200))


def _run_settings(faults: dict[str, InvalidSystem]) -> None:
    if st.session_state.page:  # the first page has it on its stage
        draft = st.session_state.draft
        st.text_input(
            "Learning rate α",
            **session.field(
                "learning_rate", draft.learning_rate, lambda text: session.edit(learning_rate=text)
            ),
        )
        session.fault_note(faults, "lr")
    left, right = st.columns(2)
    _text_field(left, "iterations", help=f"How many updates: 0 to {MOST_ITERATIONS}.")
    _text_field(
        right,
        "tolerance",
        placeholder="none",
        help="Stop at the first point whose loss is at most this; empty to run on.",
    )
    session.fault_note(faults, "iterations", "tolerance")
    dtype = st.session_state.draft.dtype
    st.segmented_control(
        "Precision",
        DTYPES,
        required=True,
        **session.field("dtype", dtype, lambda chosen: session.edit(dtype=chosen)),
    )
    st.pills(
        "Programs",
        list(TITLES),
        selection_mode="multi",
        format_func=TITLES.__getitem__,
        **session.field("programs", list(st.session_state.variants), _choose_programs),
    )


def _text_field(place: DeltaGenerator, name: str, **options: Any) -> None:
    """A text input that shows one text of the draft."""
    text = getattr(st.session_state.draft, name)
    field = session.field(name, text, lambda typed: session.edit(**{name: typed}))
    place.text_input(name.capitalize(), **field, **options)


def _choose_programs(chosen: list[str]) -> None:
    """At least one program always runs."""
    state = st.session_state
    state.variants = tuple(key for key in TITLES if key in chosen) or state.variants
    session.edit()


@unbroken
def reset() -> None:
    """Back to the article's worked example, with all five programs."""
    session.adopt(PRESETS[0].experiment)
    st.session_state.variants = tuple(TITLES)
