"""The Plotly charts of all pages but the first."""

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
    key: str, figure: Figure, alt: str, *, log_rates: bool = False, sets_rate: bool = False
) -> None:
    """Show a chart.

    Args:
        alt: the description that a screen reader reads.
        log_rates: whether the rates are on a log axis.
        sets_rate: whether a click on a point sets the experiment's learning rate.
    """
    if log_rates:
        figure.update_xaxes(type="log", exponentformat="e")
    clicks: dict[str, Any] = {}
    if sets_rate:
        clicks = {"on_select": partial(_set_rate, key), "selection_mode": "points"}
    st.plotly_chart(figure, key=key, alt=alt, config={"displayModeBar": False}, **clicks)


@unbroken
def _set_rate(key: str) -> None:
    points = value_of(key).selection.points
    if points:
        edits.edit(learning_rate=format_number(round_down(points[0]["x"])))
