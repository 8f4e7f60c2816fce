"""The page Learning rates: what it does in a race, in a sweep and in other optimizers."""

import streamlit as st

from lsedash.experiment import Experiment
from lsedash.problem import InvalidSystem
from lsedash.theory import Theory
from lsedash.ui.optimizing import optimizers
from lsedash.ui.pages import page
from lsedash.ui.race import race
from lsedash.ui.sweeping import sweep

PARTS = {"Race": race, "Sweep": sweep, "Optimizers": optimizers}


def show() -> None:
    """Draw the page."""
    page(_body)


def _body(experiment: Experiment, _faults: dict[str, InvalidSystem]) -> None:
    theory, place = Theory(experiment.system), st.empty()
    if theory.rank == 0:
        st.info("A is zero, so every gradient is: no learning rate does anything.")
        return
    part = st.segmented_control(
        "What to look at",
        list(PARTS),
        default="Race",
        required=True,
        key="rates_part",
        label_visibility="collapsed",
    )
    PARTS[part](experiment, theory, place)
