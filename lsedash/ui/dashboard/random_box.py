"""The fields of *Random...*: a random system of any size that the dashboard takes."""

import streamlit as st

from lsedash.experiment import Experiment
from lsedash.presets import random_system
from lsedash.problem import InvalidInput
from lsedash.theory.closed_form import Theory
from lsedash.ui.state import edits
from lsedash.ui.state.controls import field_value
from lsedash.ui.state.limits import MOST_COLUMNS, MOST_ENTRIES, SIZES, check_size
from lsedash.ui.state.line import pressing
from lsedash.ui.state.readers import number, whole
from lsedash.ui.widgets.notes import fault_note

ROWS, COLUMNS = (1, MOST_ENTRIES), (1, MOST_COLUMNS)  # of a random system
KAPPAS, SEEDS = (1.0, 1e8), (0, 999_999)


def random_box() -> None:
    """Draw the fields of a random system and the button that makes it."""
    st.number_input("Rows", *ROWS, 4, key="random_m")
    st.number_input("Columns", *COLUMNS, 4, key="random_n")
    st.number_input("Condition number", *KAPPAS, 10.0, key="random_kappa", format="%.4g")
    st.number_input("Seed", *SEEDS, 0, key="random_seed")
    fault_note(edits.noted("random box"))
    st.button("Make it", type="primary", **pressing("random_make", _make_random))
    st.caption(f"A has {SIZES}.")


def _make_random() -> None:
    """Read the fields now: a number may have been typed since the button was drawn."""
    m, n = field_value("random_m", whole(*ROWS)), field_value("random_n", whole(*COLUMNS))
    kappa = field_value("random_kappa", number(*KAPPAS))
    seed = field_value("random_seed", whole(*SEEDS))
    try:
        check_size(m, n)
    except InvalidInput as fault:
        edits.note("random box", fault)
        return
    system = random_system(kappa, m=m, n=n, seed=seed)
    rate = Theory(system).optimal_learning_rate
    edits.adopt(Experiment(system, None, rate, 200))
