"""The page Descend: the programs side by side, their losses, their paths and what theory says."""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from lsedash.export.printout import loss_lines
from lsedash.export.tables import iterates_csv, losses_csv
from lsedash.figures.view import View
from lsedash.problem import InvalidInput
from lsedash.running.run import Comparison
from lsedash.running.runner import compare
from lsedash.text.notation import format_number, parse_vector
from lsedash.theory.closed_form import Theory
from lsedash.ui.pages.descend.stage import stage
from lsedash.ui.pages.descend.stage.payload import moved_start, payload
from lsedash.ui.pages.page import Page
from lsedash.ui.state import edits
from lsedash.ui.state.limits import DEADLINE
from lsedash.ui.state.visit import Inputs, current
from lsedash.ui.widgets.computing import comparison_of, progress_container
from lsedash.ui.widgets.notes import fault_note

MOST_PRINTED = 200  # lines


def _body(inputs: Inputs) -> None:
    theory, container = inputs.theory, progress_container()
    comparison = comparison_of(inputs.experiment, inputs.programs, container)
    _endings(comparison, theory)
    above = st.container()
    _more(comparison, theory)
    with above:  # drawn last: what it asks next cannot come before the rest has been sent
        _stage(comparison, theory, inputs.faults.get("lr"))


def _stage(comparison: Comparison, theory: Theory, fault: InvalidInput | None) -> None:
    view = edits.view(theory.system.n)
    rate = {
        "text": edits.draft().learning_rate,
        "fault": None if fault is None else str(fault),
        "keep": current().rate_follows_system,
    }
    stage(
        payload(comparison, theory, view, rate),
        on_rate=lambda said: edits.edit(learning_rate=said["text"]),
        on_start=_move_start,
        on_view=lambda said: edits.choose("view", View(**said)),
        on_keep=lambda said: edits.follow_system(said["step"]),
    )


def _move_start(said: dict[str, Any]) -> None:
    """Take over a dragged start, unless the system got another size meanwhile."""
    experiment, draft = edits.drafted_experiment(), edits.draft()
    if said["n"] == experiment.system.n == len(draft.x0):
        x0 = moved_start(experiment, View(**said["view"]), np.array(said["place"]))
        edits.replace_draft(replace(draft, x0=[format_number(value) for value in x0]))


def _endings(comparison: Comparison, theory: Theory) -> None:
    """What the table's statuses leave open."""
    experiment = comparison.experiment
    tolerance, last = experiment.tolerance, min(run.last_point for run in comparison.runs)
    if any(run.status == "stopped" for run in comparison.runs):
        st.info(
            f"Stopped before the end, at iteration {last} of {experiment.iterations}, by the "
            f"button or the limit of {DEADLINE:g} s: everything below is the part that ran."
        )
    elif tolerance is not None and tolerance < theory.least_loss:
        st.info(
            f"The tolerance {tolerance:.4g} is below the smallest possible loss, "
            f"{theory.least_loss:.4g}: no program can reach it."
        )


def _more(comparison: Comparison, theory: Theory) -> None:
    more = st.expander(
        "Print the losses as the article does, or download everything",
        key="more",
        on_change="rerun",
    )
    if not more.open:  # what is closed need not be made
        return
    with more:
        _printout(comparison, theory)
        left, right, _ = st.columns([1, 1, 3])
        for place, name, table in (
            (left, "losses", losses_csv),
            (right, "iterates", iterates_csv),
        ):
            place.download_button(
                f"Download {name} (CSV)",
                partial(table, comparison),
                file_name=f"{name}.csv",
                mime="text/csv",
                key=f"download_{name}",
                on_click="ignore",
                width="stretch",
            )


def _printout(comparison: Comparison, theory: Theory) -> None:
    last = comparison.experiment.iterations
    asked = st.text_input(
        "Iterations to print",
        "0 10 20 30 40",
        key="printed",
        help=f"Up to {MOST_PRINTED} whole numbers; those past the last iteration are left out.",
    )
    try:
        points = parse_vector(asked, name="Iterations to print")
        kept = points[points <= last]
        if np.any((points % 1 != 0) | (points < 0)) or not 0 < len(kept) <= MOST_PRINTED:
            raise InvalidInput(
                f"Give up to {MOST_PRINTED} whole numbers from 0 to {last}, the last iteration."
            )
        lines = loss_lines(comparison, theory, [int(k) for k in kept])
        st.code("\n".join(lines), language=None)
    except InvalidInput as fault:
        fault_note(fault)


PAGE = Page("Descend", "", _body, warm_up=compare)
