"""The page Why: modes, geometry, prediction, rounding and conditioning of the experiment."""

import streamlit as st

from lsedash.programs.variants import VARIANTS
from lsedash.text.words import number_word
from lsedash.ui.pages.page import Page
from lsedash.ui.pages.why.conditioning import conditioning
from lsedash.ui.pages.why.formulas import formula_box
from lsedash.ui.pages.why.geometry import geometry
from lsedash.ui.pages.why.modes import modes
from lsedash.ui.pages.why.prediction import prediction
from lsedash.ui.pages.why.rounding import rounding
from lsedash.ui.state.visit import Inputs
from lsedash.ui.widgets.computing import verified
from lsedash.ui.widgets.parts import choose_part
from lsedash.ui.widgets.progress import ProgressPlace

PARTS = {
    "modes": modes,
    "geometry": geometry,
    "prediction": prediction,
    "rounding": rounding,
    "conditioning": conditioning,
}
TITLES = {
    "modes": "Modes",
    "geometry": "Geometry",
    "prediction": "Predicted and measured",
    "rounding": f"Are the {number_word(len(VARIANTS))} the same?",
    "conditioning": "Conditioning",
}


def _body(inputs: Inputs) -> None:
    experiment, theory, place = inputs.experiment, inputs.theory, ProgressPlace()
    part = choose_part("why_part", TITLES, inputs.shown)
    checked = verified(experiment, inputs.programs, place)
    with st.container(key="why"):
        if not theory.rank:
            st.info(
                "A is zero, so every gradient is zero. Nothing moves: there is nothing to explain."
            )
        elif not any(len(run.points) for run in checked.comparison.runs):
            st.info(f"The loss of the start is too large for {experiment.dtype}: nothing ran.")
        else:
            PARTS[part](checked, theory, place)
            formula_box(part, theory, experiment)


PAGE = Page(
    "Why",
    "why",
    "Linear algebra predicts every run before it starts. Here is how, and how well.",
    _body,
    showable=PARTS.keys(),
)
