"""The sidebar that all pages share: the system, the start, the settings of the run."""

from dataclasses import asdict
from typing import Any

import streamlit as st

from lsedash.experiment import DTYPES, Experiment
from lsedash.explaining.diagnosis import describe_system
from lsedash.presets import PRESETS, random_system
from lsedash.problem import InvalidInput
from lsedash.programs.variants import VARIANTS
from lsedash.text.convention import CONVENTIONS
from lsedash.text.fields import FIELDS
from lsedash.text.words import brief, number_word
from lsedash.theory.closed_form import Theory
from lsedash.theory.rounding import attainable_digits
from lsedash.ui.compat import Container
from lsedash.ui.state import edits
from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.controls import controlled, field_value
from lsedash.ui.state.draft import paste_at, pasted
from lsedash.ui.state.limits import (
    GRID_ROWS,
    LARGEST_ENTRY,
    MOST_CHARACTERS,
    MOST_ITERATIONS,
    MOST_ROWS,
    SMALLEST_ENTRY,
)
from lsedash.ui.state.line import pressing
from lsedash.ui.state.messages import Block, Cells, typed
from lsedash.ui.state.readers import number, one_of, some_of, whole
from lsedash.ui.state.readers import text as read_text
from lsedash.ui.state.visit import Inputs
from lsedash.ui.widgets.copy_link import copy_link
from lsedash.ui.widgets.explained import explained_caption
from lsedash.ui.widgets.grid import grid
from lsedash.ui.widgets.notes import fault_note, fault_notes

PASTED = ("A | b", "A", "b", "x0")
SIDES, KAPPAS, SEEDS = (1, MOST_ROWS), (1.0, 1e8), (0, 999_999)  # of a random system
RESETS = (
    "Back to the article's worked example: A, b, x0, α, iterations, tolerance and precision. All "
    "programs run, none is hidden, the playback stands at the end, and α does not follow A. The "
    "views and what you chose on the pages stay."
)


def show(inputs: Inputs) -> None:
    """Draw the sidebar."""
    st.markdown(f"### lsedash\n{number_word(len(VARIANTS))} programs, one path")
    with st.container(horizontal=True):
        copy_link()
        st.button("Reset", help=RESETS, **pressing("reset", reset))
    _presets(inputs.experiment)
    _system(inputs)
    _diagnosis(inputs)
    _run_settings(inputs)


def _presets(experiment: Experiment) -> None:
    by_title = {preset.title: preset for preset in PRESETS}
    matching = [p for p in PRESETS if p.experiment.system == experiment.system]
    title = matching[0].title if matching else None
    st.selectbox(
        "System",
        list(by_title),
        placeholder="Your own system",
        **controlled(
            "preset",
            title,
            one_of(by_title),
            lambda chosen: edits.adopt(by_title[chosen].experiment),
        ),
    )
    with st.container():  # with or without a preset, the grid keeps its place and so its focus
        if matching:
            why, rates = matching[0].why, " (Rates are told for ½ sum.)"
            st.caption(why + ("" if edits.spoken().ours or " rate" not in why else rates))


def _diagnosis(inputs: Inputs) -> None:
    text = describe_system(inputs.theory)
    digits = attainable_digits(inputs.theory, inputs.experiment)
    if digits is not None:
        text += (
            f" In {inputs.experiment.dtype} descent can reach about {digits:.0f} correct digits."
        )
    with st.container(key="diagnosis"):  # first.css reserves room
        explained_caption(text)


def _system(inputs: Inputs) -> None:
    draft, faults = edits.draft(), inputs.faults
    fault = next((faults[field] for field in ("A", "b", "x0") if field in faults), None)
    if max(len(draft.A), len(draft.x0)) <= GRID_ROWS:
        with st.container(key=f"rows_{len(draft.A)}"):  # first.css reserves room for as many
            grid(
                draft,
                fault,
                key="grid",
                revision=edits.revision(),
                on_edit=_edited,
                on_paste=_pasted_at,
            )
    else:
        st.markdown(
            f"A is {len(draft.A)} x {len(draft.x0)}, larger than the grid's "
            f"{GRID_ROWS} x {GRID_ROWS}. To change it, paste a block."
        )
    fault_notes(faults, "A", "b", "x0")
    fault_note(edits.noted("grid"))
    paste, random = st.columns(2)
    with paste.popover("Paste…", width="stretch"):
        _paste_box()
    with random.popover("Random…", width="stretch"):
        _random_box()


def _edited(sent: Cells) -> None:
    """Take over the texts of the grid, unless they belong to an older revision."""
    if sent.revision == edits.revision():
        edits.edit(A=sent.A, b=sent.b, x0=sent.x0)


def _pasted_at(pasted: Block) -> None:
    try:
        edits.replace_draft(paste_at(edits.draft(), **asdict(pasted)))
    except InvalidInput as fault:
        edits.note("grid", fault)


def _paste_box() -> None:
    what = st.radio("The block is", PASTED, key="paste_what", horizontal=True)
    st.text_area(
        "Numbers",
        key="paste_text",
        height=160,
        max_chars=MOST_CHARACTERS,
        placeholder="1 2 0 | 1\n0 1 0 | 2\n0 0 1 | 3",
        help="Separate rows by line breaks or semicolons, entries by spaces, commas or tabs. "
        "Python lists, NumPy arrays and fractions such as 1/3 can be pasted too.",
    )
    fault_note(edits.noted("paste box"))  # where the button was when it was pressed: in view
    st.button("Use it", type="primary", **pressing("paste_use", _use_paste))
    if what == "A | b":
        st.caption("The last column is b.")
    st.caption(
        f"Up to {MOST_ROWS} rows and columns, {MOST_CHARACTERS // 1024} kB, and entries up to "
        f"{brief(LARGEST_ENTRY)}. The entries of A are 0 or at least {brief(SMALLEST_ENTRY)} in "
        "size."
    )


def _use_paste() -> None:
    text = field_value("paste_text", read_text(MOST_CHARACTERS))
    what = field_value("paste_what", one_of(PASTED))
    try:
        edits.replace_draft(pasted(edits.draft(), text, what))
    except InvalidInput as fault:
        edits.note("paste box", fault)


def _random_box() -> None:
    st.number_input("Rows", *SIDES, 4, key="random_m")
    st.number_input("Columns", *SIDES, 4, key="random_n")
    st.number_input("Condition number", *KAPPAS, 10.0, key="random_kappa", format="%.4g")
    st.number_input("Seed", *SEEDS, 0, key="random_seed")
    st.button("Make it", type="primary", **pressing("random_make", _make_random))


def _make_random() -> None:
    """Read the fields now: a number may have been typed since the button was drawn."""
    m, n = (field_value(f"random_{name}", whole(*SIDES)) for name in "mn")
    kappa = field_value("random_kappa", number(*KAPPAS))
    seed = field_value("random_seed", whole(*SEEDS))
    system = random_system(kappa, m=m, n=n, seed=seed)
    rate = Theory(system).optimal_learning_rate
    edits.adopt(Experiment(system, None, rate, 200))


def _run_settings(inputs: Inputs) -> None:
    draft = edits.draft()
    if inputs.page:  # the first page shows the learning rate on its stage
        st.text_input(FIELDS["lr"].label, **_typed("lr"))
        fault_notes(inputs.faults, "lr")
        _convention(inputs)
    left, right = st.columns(2)
    _text_field(left, "iterations", help=f"How many updates: 0 to {MOST_ITERATIONS}.")
    _text_field(
        right,
        "tolerance",
        placeholder="none",
        help="Stop at the first point whose loss is at most this; leave it empty to run on.",
    )
    fault_notes(inputs.faults, "iterations", "tolerance")
    st.segmented_control(
        FIELDS["dtype"].label,
        DTYPES,
        required=True,
        **controlled("dtype", draft.dtype, one_of(DTYPES), lambda chosen: edits.edit(dtype=chosen)),
    )
    st.pills(
        "Programs to run",
        VARIANTS.keys,
        selection_mode="multi",
        format_func=VARIANTS.title_of,
        help="The others do not run at all. To hide a curve, click its name below the charts.",
        **controlled(
            "programs",
            [program.key for program in inputs.programs],
            some_of(VARIANTS.keys),
            edits.choose_programs,
        ),
    )


def _convention(inputs: Inputs) -> None:
    """Draw the choice how the loss is written, and what the rate is in ours."""
    spoken, alpha = inputs.spoken, inputs.experiment.learning_rate
    st.selectbox(
        "The loss is written as",
        list(CONVENTIONS),
        format_func=lambda key: CONVENTIONS[key].choice,
        help="Rates and losses are read and shown as in your course; the experiment stays.",
        **controlled("loss", spoken.convention.key, one_of(CONVENTIONS), edits.speak),
    )
    with st.container():  # with or without a sentence, what is below keeps its place
        if not spoken.ours:
            st.caption(spoken.in_ours(alpha))


def _text_field(container: Container, key: str, **options: Any) -> None:
    """A text input that shows one text of the draft."""
    container.text_input(FIELDS[key].label, **_typed(key), **options)


def _typed(key: str) -> dict[str, Any]:
    """The options of a text input that shows one text of the draft."""
    name = FIELDS[key].name
    text = getattr(edits.draft(), name)
    return controlled(name, text, typed, lambda text: edits.edit(**{name: text}))


@unbroken
def reset() -> None:
    """Do what `RESETS` says."""
    edits.reset()
