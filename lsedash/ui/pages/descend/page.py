"""The page Descend: the programs' losses and paths on the stage, with what theory predicts."""

from dataclasses import astuple, replace
from functools import partial

import numpy as np
import streamlit as st

from lsedash.checking.verified import Verified
from lsedash.export.printout import loss_lines
from lsedash.problem import InvalidInput
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison
from lsedash.stage.payload import moved_start, payload
from lsedash.text.convention import Spoken
from lsedash.text.kinds import LONGEST
from lsedash.text.notation import format_number, parse_vector
from lsedash.text.settings import FOLLOWS, PRINTED, UNFOLDED, VIEW
from lsedash.text.words import brief, number_word, tell_apart
from lsedash.theory.closed_form import Theory
from lsedash.ui.pages.descend.stage import stage
from lsedash.ui.pages.descend.take_away import take_away
from lsedash.ui.pages.page import Page
from lsedash.ui.state import edits
from lsedash.ui.state.controls import remembered
from lsedash.ui.state.limits import DEADLINE
from lsedash.ui.state.messages import MovedStart
from lsedash.ui.state.speaking import say_rate, speak
from lsedash.ui.state.visit import Inputs
from lsedash.ui.widgets.computing import verified
from lsedash.ui.widgets.notes import fault_note
from lsedash.ui.widgets.progress import ProgressPlace

MOST_PRINTED = 200  # lines
ENDED_BY = {"cancel": "by the button", "deadline": f"by the limit of {brief(DEADLINE)} s"}


def _body(inputs: Inputs) -> None:
    theory, place = inputs.theory, ProgressPlace()
    checked = verified(inputs.experiment, inputs.programs, place)
    comparison = checked.comparison
    with st.container():  # whatever is said, the stage keeps its place
        _endings(comparison, theory, inputs.spoken)
    above = st.container()
    _printing_and_downloads(checked, inputs)
    with above:  # last, so that the stage's next request comes after the rest has been sent
        _stage(checked, inputs)


def _stage(checked: Verified, inputs: Inputs) -> None:
    theory, fault, n = inputs.theory, inputs.faults.get("lr"), inputs.theory.system.n
    view = edits.view(n)
    rate = {
        "text": edits.draft().learning_rate,
        "fault": None if fault is None else str(fault),
        "follows": inputs.rate_follows_system,
    }
    absent = [variant.title for variant in VARIANTS if variant not in inputs.programs]
    stage(
        payload(checked, theory, view, rate, inputs.meaning, inputs.spoken)
        | {"linked": inputs.linked, "absent": absent},
        on_rate=lambda said: say_rate(said.text, said.convention),
        on_start=_move_start,
        on_view=lambda chosen: edits.choose(VIEW, astuple(chosen.fitted(n, inputs.meaning))),
        on_follow=partial(edits.choose, FOLLOWS),
        on_loss=speak,
        on_kept=edits.choose_texts,
    )


def _move_start(moved: MovedStart) -> None:
    """Take over a dragged start, unless the size of the system has changed."""
    experiment, draft = edits.drafted_experiment(), edits.draft()
    if moved.n == experiment.system.n == len(draft.x0):
        x0 = moved_start(experiment, moved.view, np.array(moved.place))
        edits.replace_draft(replace(draft, x0=[format_number(value) for value in x0]))


def _endings(comparison: Comparison, theory: Theory, spoken: Spoken) -> None:
    """Explain why the runs were stopped, or cannot reach the tolerance."""
    experiment = comparison.experiment
    tolerance, last = experiment.tolerance, min(run.last_point for run in comparison.runs)
    stopped = {run.stopped_by for run in comparison.runs if run.status == "stopped"}
    if stopped:
        st.info(
            f"Stopped before the end, at iteration {last} of {experiment.iterations}, "
            f"{ENDED_BY[stopped.pop()]}. Everything below shows the part that ran."
        )
    elif tolerance is not None and tolerance < theory.least_loss:
        allowed, least = tell_apart(*map(spoken.loss, (tolerance, theory.least_loss)))
        st.info(
            f"The tolerance {allowed} is below the smallest possible loss, {least}: "
            "no program can reach it."
        )


def _printing_and_downloads(checked: Verified, inputs: Inputs) -> None:
    unfolded, fold = remembered(UNFOLDED)
    box = st.container(key="more")  # first.css shows it after the stage
    expander = box.expander("Print the losses as the article does, or download everything", **fold)
    if not unfolded:  # saves the work for content that is not visible
        return
    with expander:
        _printout(checked.comparison, inputs.theory, inputs.spoken)
        take_away(checked, edits.view(inputs.theory.system.n), inputs)


def _printout(comparison: Comparison, theory: Theory, spoken: Spoken) -> None:
    last = comparison.experiment.iterations
    text, field = remembered(PRINTED)
    st.text_input(
        "Iterations to print",
        max_chars=LONGEST,
        help=f"Up to {MOST_PRINTED} whole numbers; numbers past the last iteration are left out.",
        **field,
    )
    try:
        points = parse_vector(text, name="Iterations to print")
        printed = points[points <= last]
        if np.any((points % 1 != 0) | (points < 0)) or not 0 < len(printed) <= MOST_PRINTED:
            raise InvalidInput(
                f"Give up to {MOST_PRINTED} whole numbers from 0 to {last}, the last iteration."
            )
        lines = loss_lines(comparison, theory, [int(k) for k in printed], spoken)
        st.code("\n".join(lines), language=None)
    except InvalidInput as fault:
        fault_note(fault)


PAGE = Page(
    "Descend",
    "",
    f"{number_word(len(VARIANTS)).capitalize()} programs solve A x = b by gradient descent, in "
    "NumPy and in PyTorch. Drag the learning rate and see what happens.",
    _body,
    content="the stage",
)
