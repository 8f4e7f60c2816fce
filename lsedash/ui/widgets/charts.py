"""The Plotly charts of all pages but the first."""

from functools import partial
from typing import Any

import streamlit as st

from lsedash.figures.curves import Figure
from lsedash.figures.sentence import sentence
from lsedash.text.notation import format_number
from lsedash.text.subject import Subject
from lsedash.text.words import round_down
from lsedash.ui.state import edits
from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.controls import field_value
from lsedash.ui.state.messages import clicked_rate
from lsedash.ui.widgets.pictures import spoken_subject, tell_subject


def chart(
    key: str,
    figure: Figure,
    name: str,
    shown: Subject,
    *,
    log_rates: bool = False,
    sets_rate: bool = False,
) -> None:
    """Show a chart, of which a picture can be taken.

    Args:
        name: of the chart; a screen reader reads it with a sentence of what the chart shows.
        shown: what it shows, for the picture's caption and file name.
        log_rates: whether the rates are on a log axis.
        sets_rate: whether a click on a point sets the experiment's learning rate.
    """
    if log_rates:
        figure.update_xaxes(type="log", exponentformat="e")
    tell_subject(figure, spoken_subject(shown))
    clicks: dict[str, Any] = {}
    if sets_rate:
        clicks = {"on_select": partial(_set_rate, key), "selection_mode": "points"}
    alt = sentence(figure, name)
    st.plotly_chart(figure, key=key, alt=alt, config={"displayModeBar": False}, **clicks)


@unbroken
def _set_rate(key: str) -> None:
    rate = field_value(key, clicked_rate)
    if rate is not None:
        edits.edit(learning_rate=format_number(round_down(rate)))
