"""The formulas of a part, in letters and with the experiment's numbers; made when opened."""

import streamlit as st

from lsedash.experiment import Experiment
from lsedash.explaining.formulas import formulas
from lsedash.theory.closed_form import Theory
from lsedash.ui.state.controls import remembered


def formula_box(part: str, theory: Theory, experiment: Experiment) -> None:
    """Show the formulas of a part."""
    box = st.expander("The formulas", key=f"formulas_{part}", on_change="rerun")
    if not box.open:  # saves the work for content that is not visible
        return
    with box:
        filled, field = remembered("formula_numbers", False)
        st.toggle("with this experiment's numbers, to four digits", **field)
        for formula in formulas(part, theory, experiment):
            st.caption(formula.name)
            st.latex(formula.general)
            if filled:
                st.latex(formula.numbers)
