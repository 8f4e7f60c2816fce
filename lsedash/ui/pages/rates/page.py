"""The page Learning rates: a race of rates, a sweep over rates, and other optimizers."""

import streamlit as st

from lsedash.ui.pages.page import Page
from lsedash.ui.pages.rates.optimizers import optimizers
from lsedash.ui.pages.rates.race import race
from lsedash.ui.pages.rates.sweep import sweep
from lsedash.ui.state.visit import Inputs
from lsedash.ui.widgets.parts import choose_part
from lsedash.ui.widgets.progress import ProgressPlace

PARTS = {"race": race, "sweep": sweep, "optimizers": optimizers}


def _body(inputs: Inputs) -> None:
    theory, place = inputs.theory, ProgressPlace()
    if theory.rank == 0:
        st.info("A is zero, so every gradient is zero, and no learning rate moves x.")
        return
    titles = {name: name.capitalize() for name in PARTS}
    part = choose_part("rates_part", titles, inputs.shown)
    with st.container(key="part"):
        PARTS[part](inputs.experiment, theory, place)


PAGE = Page(
    "Learning rates",
    "learning-rates",
    "What the learning rate does: a race of a few rates, a sweep over many, other optimizers.",
    _body,
    showable=PARTS.keys(),
)
