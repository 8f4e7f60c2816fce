"""The formulas of a part, in letters and with the experiment's numbers; made when opened."""

from functools import partial

import streamlit as st

from lsedash.experiment import Experiment
from lsedash.explaining.formulas import formulas
from lsedash.text.settings import IN_NUMBERS, UNFOLDED
from lsedash.theory.closed_form import Theory
from lsedash.ui.state import edits
from lsedash.ui.state.controls import controlled, remembered
from lsedash.ui.state.readers import flag


def formula_box(part: str, theory: Theory, experiment: Experiment) -> None:
    """Show the formulas of a part."""
    unfolded = edits.setting(UNFOLDED)
    fold = controlled(f"formulas_{part}", unfolded, flag, partial(edits.choose, UNFOLDED))
    box = st.expander("The formulas", **fold)
    if not unfolded:  # saves the work for content that is not visible
        return
    with box:
        filled, field = remembered(IN_NUMBERS)
        st.toggle("with this experiment's numbers, to four digits", **field)
        for formula in formulas(part, theory, experiment, edits.spoken()):
            st.caption(formula.name)
            st.latex(formula.general)
            if filled:
                st.latex(formula.numbers)
