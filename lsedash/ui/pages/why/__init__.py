"""The page Why: modes, geometry, prediction, rounding and conditioning of what is loaded."""

import streamlit as st

from lsedash.experiment import Experiment
from lsedash.problem import InvalidSystem
from lsedash.programs.variants import VARIANTS
from lsedash.theory.closed_form import Theory
from lsedash.ui.pages.frame import page
from lsedash.ui.pages.why.conditioning import conditioning
from lsedash.ui.pages.why.formulas import formula_box
from lsedash.ui.pages.why.geometry import geometry
from lsedash.ui.pages.why.modes import modes
from lsedash.ui.pages.why.prediction import prediction
from lsedash.ui.pages.why.rounding import rounding
from lsedash.ui.state import session
from lsedash.ui.widgets.computing import comparison_of, progress_place

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
    "rounding": "Are the five the same?",
    "conditioning": "Conditioning",
}
SHOWABLE = PARTS.keys()  # by a link


def show() -> None:
    """Draw the page."""
    page(_body)


def _body(experiment: Experiment, _faults: dict[str, InvalidSystem]) -> None:
    theory, place = Theory(experiment.system), progress_place()
    part = session.shown("modes")
    st.segmented_control(
        "What to look at",
        list(PARTS),
        format_func=TITLES.__getitem__,
        required=True,
        label_visibility="collapsed",
        **session.choice("why_part", part, lambda name: session.show(name)),
    )
    chosen = [variant for variant in VARIANTS if variant.key in st.session_state.variants]
    comparison = comparison_of(experiment, chosen, place)
    with st.container(key="why"):
        if not theory.rank:
            st.info(
                "A is zero, so every gradient is: nothing moves, and there is nothing to explain."
            )
        elif not any(len(run.points) for run in comparison.runs):
            st.info(f"The loss of the start is already beyond {experiment.dtype}: nothing ran.")
        else:
            PARTS[part](comparison, theory, place)
            formula_box(part, theory, experiment)
