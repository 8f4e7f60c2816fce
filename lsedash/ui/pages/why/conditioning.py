"""Conditioning: what to expect of a system, and remedies that become the new experiment."""

from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from lsedash.checking.verified import Verified
from lsedash.experiment import DTYPES, Experiment
from lsedash.explaining.diagnosis import describe_conditioning, describe_rank, solutions
from lsedash.explaining.latex import matrix
from lsedash.figures.spectrum import spectrum_figure
from lsedash.problem import InvalidInput
from lsedash.tables.table import Cell, Table, table_html
from lsedash.text.convention import OURS, Spoken, spoken_in
from lsedash.text.settings import LOSS
from lsedash.text.subject import subject
from lsedash.text.words import LONG_RUN, brief, iteration_count, tell_apart
from lsedash.theory.closed_form import Theory
from lsedash.theory.conditioning import iterations_per_digit, outlook, remedies, why_no_qr
from lsedash.theory.named_rates import rates_to_choose, why_they_differ
from lsedash.theory.remedy import SAME, Remedy
from lsedash.theory.rounding import attainable_digits
from lsedash.ui.state import edits
from lsedash.ui.state.limits import MOST_ITERATIONS, check_experiment
from lsedash.ui.state.line import pressing
from lsedash.ui.widgets.charts import chart
from lsedash.ui.widgets.notes import plain
from lsedash.ui.widgets.progress import ProgressPlace

BESIDE = 2  # cards in a row
MOST_WRITTEN = 3  # unknowns; a larger matrix does not fit on a card


def conditioning(checked: Verified, theory: Theory, _place: ProgressPlace) -> None:
    """Draw the part."""
    comparison = checked.comparison
    experiment = comparison.experiment
    offered = remedies(experiment, edits.meaning())
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(describe_conditioning(theory, most=MOST_ITERATIONS, spoken=edits.spoken()))
        st.html(table_html(facts_table(theory, experiment, edits.spoken())))
        st.caption(why_they_differ(theory, experiment))
    with right:
        spectra = [("this system", theory), *((r.title, r.theory) for r in offered)]
        alt = "Singular values of this system and others"
        shown = replace(subject("Singular values", experiment), iterations=None)
        chart("spectrum", spectrum_figure(spectra), alt, shown)
    st.markdown(heading(theory, offered))
    for first in range(0, len(offered), BESIDE):
        row = offered[first : first + BESIDE]
        for column, remedy in zip(st.columns(BESIDE, gap="medium"), row, strict=False):
            with column:
                _card(remedy, theory)
    if reason := why_no_qr(theory):
        st.caption(f"QR is not offered. {reason}")


def heading(theory: Theory, offered: tuple[Remedy, ...]) -> str:
    """The heading of the remedies, in Markdown."""
    expected = outlook(theory, most=MOST_ITERATIONS)
    if not offered and expected == "comfortable":
        return "**No remedy is needed.**"
    if not offered:
        return "**No remedy applies here.**"
    return "**Remedies**" if expected == "hopeless" else "**Possible remedies**"


def facts_table(theory: Theory, experiment: Experiment, spoken: Spoken = OURS) -> Table:
    """What to expect of the system, fact by fact."""
    system, kappa = theory.system, theory.condition_number
    rates = rates_to_choose(theory, experiment)
    told = tell_apart(*map(spoken.rate, rates.values()))
    facts = {
        "shape": f"{system.m} x {system.n}",
        "rank": describe_rank(theory).removeprefix("rank "),
        "solutions": solutions(theory),
        "condition number κ(A)": brief(kappa),
        "descent feels κ²": brief(kappa**2),
        **{f"learning rate {name}": text for name, text in zip(rates, told, strict=True)},
        "iterations per digit": iteration_count(iterations_per_digit(theory)),
    }
    for dtype in DTYPES:
        digits = attainable_digits(theory, Experiment(system, experiment.x0, dtype=dtype))
        if digits is not None:
            facts[f"digits to expect in {dtype}"] = f"about {digits:.1f}"
    rows = [(Cell(name, "words"), value) for name, value in facts.items()]
    return Table("What to expect", ("", ""), rows)


def effect(before: Theory, after: Theory) -> str:
    """What is wrong with a remedy, in a few words; "" if it is enough."""
    if after.condition_number > before.condition_number * (1 + SAME):
        return "That is worse." if after.rank == before.rank else ""
    return "Not enough." if outlook(after, most=MOST_ITERATIONS) == "hopeless" else ""


def _card(remedy: Remedy, theory: Theory) -> None:
    """Draw one remedy: what it does, its effect, and a button that makes it the experiment."""
    st.markdown(f"**{remedy.title}**")
    st.latex(remedy.formula)
    st.caption(remedy.what)
    if not np.array_equal(remedy.change, np.eye(len(remedy.change))):
        if len(remedy.change) <= MOST_WRITTEN:
            st.latex(rf"y = {matrix(remedy.change)}\,x")
        st.caption("From then on x₁, x₂, … on every page are the entries of y.")
    before, after = theory.condition_number, remedy.theory.condition_number
    old_kappa, new_kappa = tell_apart(before, after)
    old, new = (iteration_count(iterations_per_digit(t)) for t in (theory, remedy.theory))
    st.markdown(
        f"κ: {old_kappa} → **{new_kappa}**, iterations per digit: {old} → "
        f"**{new}**. {effect(theory, remedy.theory)}"
    )
    fault = _refused(remedy.experiment)
    st.button(
        "Take it as the experiment",
        help="A, b, x0 and the learning rate become the new ones; Back in the browser undoes it.",
        disabled=bool(fault),
        width="stretch",
        **pressing(f"remedy_{remedy.key}", partial(_take, remedy)),
    )
    if fault:
        st.caption(f"It cannot be taken. {plain(fault)}")


def _take(remedy: Remedy) -> None:
    former = edits.drafted_experiment()
    rates = [
        spoken_in(edits.setting(LOSS), each.system.m).rate(each.learning_rate)
        for each in (former, remedy.experiment)
    ]
    old, new = tell_apart(*rates)
    remark = f"{remedy.title}: the learning rate was {old} and is now {new}, {LONG_RUN}."
    if former.tolerance is not None and remedy.experiment.tolerance is None:
        remark += " The tolerance is gone, because the loss is another one now."
    edits.adopt(remedy.experiment, remedy.meaning, remark)


def _refused(experiment: Experiment) -> str:
    """Why the dashboard refuses an experiment; "" if it accepts it."""
    try:
        check_experiment(experiment)
    except InvalidInput as fault:
        return str(fault)
    return ""
