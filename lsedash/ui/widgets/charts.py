"""Charts as all pages but the first show them."""

from functools import partial
from typing import Any

import streamlit as st

from lsedash.figures.curves import Figure
from lsedash.text.notation import format_number
from lsedash.text.words import round_down
from lsedash.ui.state import edits
from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.controls import value_of


def chart(
    key: str, figure: Figure, alt: str, *, log_rates: bool = False, takes: bool = False
) -> None:
    """Show a chart.

    Args:
        alt: what it shows, for those who do not see it.
        log_rates: whether the rates are on a log axis.
        takes: whether the experiment takes the rate of a point that is clicked.
    """
    if log_rates:
        figure.update_xaxes(type="log", exponentformat="power")
    clicks: dict[str, Any] = {}
    if takes:
        clicks = {"on_select": partial(_take, key), "selection_mode": "points"}
    st.plotly_chart(figure, key=key, alt=alt, config={"displayModeBar": False}, **clicks)


@unbroken
def _take(key: str) -> None:
    points = value_of(key).selection.points
    if points:
        edits.edit(learning_rate=format_number(round_down(points[0]["x"])))
