"""The page Learning rates: what it does in a race, in a sweep and in other optimizers."""

import streamlit as st

from lsedash.experiment import Experiment
from lsedash.problem import InvalidSystem
from lsedash.theory.closed_form import Theory
from lsedash.ui.pages.frame import page
from lsedash.ui.pages.rates.optimizers import optimizers
from lsedash.ui.pages.rates.race import race
from lsedash.ui.pages.rates.sweep import sweep
from lsedash.ui.state import session
from lsedash.ui.widgets.computing import progress_place

PARTS = {"race": race, "sweep": sweep, "optimizers": optimizers}
SHOWABLE = PARTS.keys()  # by a link


def show() -> None:
    """Draw the page."""
    page(_body)


def _body(experiment: Experiment, _faults: dict[str, InvalidSystem]) -> None:
    theory, place = Theory(experiment.system), progress_place()
    if theory.rank == 0:
        st.info("A is zero, so every gradient is: no learning rate does anything.")
        return
    part = session.shown("race")
    st.segmented_control(
        "What to look at",
        list(PARTS),
        format_func=str.capitalize,
        required=True,
        label_visibility="collapsed",
        **session.choice("rates_part", part, lambda name: session.show(name)),
    )
    with st.container(key="part"):
        PARTS[part](experiment, theory, place)
