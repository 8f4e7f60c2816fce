"""What the parts of the page Learning rates share: a tolerance, and charts that can be clicked."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from lsedash.experiment import Experiment
from lsedash.figures.curves import Figure
from lsedash.figures.rates import lane_figure
from lsedash.notation import format_number
from lsedash.runner import Comparison, Run
from lsedash.theory import Theory
from lsedash.ui import session
from lsedash.ui.stage.payload import SPACE, View, path_of


def tolerance_of(experiment: Experiment, theory: Theory) -> float:
    """The experiment's own, or a hundredth of what descent can take off the start's loss."""
    if experiment.tolerance is not None:
        return experiment.tolerance
    start = float(theory.losses(experiment.x0, 1.0, [0])[0])
    return theory.least_loss + 0.01 * (start - theory.least_loss)


def without_rate(experiment: Experiment) -> Experiment:
    """The same for every learning rate and tolerance: what runs at many rates depends on."""
    return replace(experiment, learning_rate=1.0, tolerance=None)


def rounded(rate: float) -> float:
    """A rate with as many digits as a hand has, never above it: it may stand just below an edge."""
    shorter = float(f"{rate:.4g}")
    return shorter if shorter <= rate else float(f"{rate * (1 - 5e-4):.4g}")


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


def _take(key: str) -> None:
    points = st.session_state[key].selection.points
    if points:
        session.edit(learning_rate=format_number(rounded(points[0]["x"])))
        st.session_state.refresh = True  # the sidebar shows it too


def table_html(label: str, heads: Sequence[str], rows: Sequence[str]) -> str:
    """A table of rows, each a <tr>; it scrolls where it is too wide."""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return (
        f'<div class="race-frame" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="race"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def path_charts(lanes: Sequence[tuple[str, Run]], experiment: Experiment, theory: Theory) -> None:
    """Small multiples of (name, run)'s paths, all in the same window; none for one unknown."""
    if theory.system.n == 1:
        return
    view = st.session_state.get("view", View()).fitted(theory.system.n)
    view = View() if view.kind == SPACE else view
    columns = st.columns(4 if len(lanes) == 4 else 3)
    for i, (name, run) in enumerate(lanes):
        data = path_of(Comparison(experiment, (run,)), theory, view)
        figure = lane_figure(name, i, data.paths[run.key][1], data, data.window)
        with columns[i % len(columns)]:
            chart(f"lane_{i}", figure, f"Path of {name}")
