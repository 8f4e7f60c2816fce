"""The sidebar that all pages share: the system, the start, the settings of the run."""

from dataclasses import asdict
from typing import Any

import streamlit as st

from lsedash.experiment import DTYPES, Experiment
from lsedash.explaining.diagnosis import describe_system
from lsedash.presets import PRESETS
from lsedash.problem import InvalidInput
from lsedash.programs.variants import VARIANTS
from lsedash.text.convention import CONVENTIONS
from lsedash.text.fields import FIELDS
from lsedash.text.settings import HIDDEN
from lsedash.text.words import brief, number_word, spaced
from lsedash.theory.rounding import attainable_digits
from lsedash.ui.compat import Container
from lsedash.ui.dashboard.large_system import large_system
from lsedash.ui.dashboard.paste_box import paste_box
from lsedash.ui.dashboard.random_box import random_box
from lsedash.ui.state import edits
from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.controls import controlled
from lsedash.ui.state.draft import paste_at
from lsedash.ui.state.lesson_place import results_hidden
from lsedash.ui.state.limits import (
    DEADLINE,
    GRID_ROWS,
    MOST_ITERATIONS,
)
from lsedash.ui.state.line import pressing
from lsedash.ui.state.messages import typed
from lsedash.ui.state.readers import one_of, some_of
from lsedash.ui.state.sent import Block, Cells
from lsedash.ui.state.speaking import speak
from lsedash.ui.state.visit import Inputs
from lsedash.ui.widgets.copy_link import copy_link
from lsedash.ui.widgets.data_dialog import data_dialog
from lsedash.ui.widgets.explained import explained_caption
from lsedash.ui.widgets.grid import grid
from lsedash.ui.widgets.notes import fault_notes, plain
from lsedash.ui.widgets.question import note_or_question

ITERATIONS = (
    f"How many updates: 0 to {spaced(MOST_ITERATIONS)}. After {brief(DEADLINE)} s of computing the "
    "programs are stopped, and the part that ran is shown. One program alone gets much further "
    "than all together."
)
WAITS = "The system and its results come back once you have answered, or skipped the question."
OWN = "Your own system. The link holds it all, and Back in the browser undoes an edit."
RESETS = (
    "Back to the article's worked example: A, b, x0, α, iterations, tolerance and precision. All "
    "programs run, none is hidden, the playback stands at the end, and α does not follow A. The "
    "views and what you chose on the pages stay."
)


def show(inputs: Inputs) -> None:
    """Draw the sidebar, without the controls that the link hides.

    While a question waits for its answer there is nothing in it that tells of the results, and
    nothing that changes what was asked about.
    """
    hidden = edits.setting(HIDDEN)
    if "sidebar" in hidden:
        return
    waits = results_hidden(edits.settings())
    st.markdown(f"### lsedash\n{number_word(len(VARIANTS))} programs, one path")
    with st.container(horizontal=True):
        copy_link()
        if not waits:
            st.button("Reset", help=RESETS, **pressing("reset", reset))
    if waits:
        st.caption(WAITS)
        return
    if "presets" not in hidden:
        _presets(inputs.experiment)
    _system(inputs)
    if "data" not in hidden:
        _other_systems()
    _diagnosis(inputs)
    if "run" not in hidden:
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
            lambda chosen: edits.adopt(by_title[chosen].experiment, by_title[chosen].meaning),
        ),
    )
    with st.container():  # with or without a preset, the grid keeps its place and so its focus
        if remark := edits.remark():
            st.caption(plain(remark))
        elif matching:
            why, rates = matching[0].why, "(Rates are told for ½ sum.)"
            told = "" if edits.spoken().ours or " rate" not in why else rates
            st.caption(" ".join(filter(None, (why, matching[0].source, told))))
        else:
            st.caption(OWN)


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
                meaning=edits.meaning(),
            )
    else:
        large_system(draft, fault, on_paste=_pasted_at)
    fault_notes(faults, "A", "b", "x0")
    note_or_question("grid")


def _other_systems() -> None:
    """Draw what replaces the system as a whole."""
    data_dialog()
    paste, random = st.columns(2)
    with paste.popover("Paste…", width="stretch"):
        paste_box()
    with random.popover("Random…", width="stretch"):
        random_box()


def _edited(sent: Cells) -> None:
    """Take over the texts of the grid, unless they belong to an older revision."""
    if sent.revision == edits.revision():
        edits.edit(A=sent.A, b=sent.b, x0=sent.x0)


def _pasted_at(pasted: Block) -> None:
    try:
        edits.replace_draft(paste_at(edits.draft(), **asdict(pasted)))
    except InvalidInput as fault:
        edits.note("grid", fault)


def _run_settings(inputs: Inputs) -> None:
    draft = edits.draft()
    if inputs.page:  # the first page shows the learning rate on its stage
        st.text_input(FIELDS["lr"].label, **_typed("lr"))
        fault_notes(inputs.faults, "lr")
        _convention(inputs)
    left, right = st.columns(2)
    _text_field(left, "iterations", help=ITERATIONS)
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
        **controlled("loss", spoken.convention.key, one_of(CONVENTIONS), speak),
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
