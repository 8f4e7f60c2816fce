"""The path chart on the page, with the choice of what to look at."""

import numpy as np
import streamlit as st

from lsedash.figures.path import (
    PathData,
    parabola_figure,
    path_data,
    plane_data,
    plane_figure,
    space_figure,
)
from lsedash.figures.plane import coordinate_name, coordinate_plane, eigen_plane
from lsedash.figures.style import Figure, Theme
from lsedash.problem import Array
from lsedash.runner import Comparison
from lsedash.theory import Theory
from lsedash.ui.table import TITLES

CHART = {"displaylogo": False, "showSendToCloud": False}
HEIGHT = 380  # of the chart, in pixels
CHOICE_HEIGHT = 56  # of the choice of what to look at, above it
PLANE, MODES, SPACE = "Coordinates", "Modes", "3-D"


def show(comparison: Comparison, theory: Theory, theme: Theme) -> int | None:
    """Draw the chart; the iteration at which the predicted path leaves its window, if it does."""
    n = theory.system.n
    title = st.empty()
    view, axes = _view(n)
    if n == 1:
        data, figure = _parabola(comparison, theory, theme)
    elif view == SPACE:
        names = tuple(coordinate_name(i) for i in range(3))
        data = path_data(comparison, theory, np.eye(3), names)
        figure = space_figure(data, TITLES, theme)
    else:
        plane = eigen_plane(theory) if view == MODES else coordinate_plane(n, *axes)
        data = plane_data(comparison, theory, plane)
        figure = plane_figure(data, TITLES, theme)
    title.html(_title(n, data, view))
    st.plotly_chart(
        figure, key="path", theme=None, config=CHART, alt="Path of the iterates from the start x0"
    )
    return data.leaves_at


def _parabola(comparison: Comparison, theory: Theory, theme: Theme) -> tuple[PathData, Figure]:
    data = path_data(comparison, theory, np.eye(1), (coordinate_name(0),))
    system = theory.system

    def loss(xs: Array) -> Array:
        residuals = np.outer(xs, system.A[:, 0]) - system.b
        return np.asarray(0.5 * (residuals**2).sum(axis=1))

    return data, parabola_figure(data, loss, TITLES, theme)


def _view(n: int) -> tuple[str, tuple[int, int]]:
    """What to look at, and which two coordinates."""
    if n < 3:
        return PLANE, (0, 1)
    row = st.container(key="view")
    left, first, second = row.columns([6, 2, 2], vertical_alignment="center", gap="small")
    options = [PLANE, MODES] + ([SPACE] if n == 3 else [])
    with left:
        view = st.segmented_control(
            "View",
            options,
            default=PLANE,
            key=f"view_{n == 3}",
            required=True,
            label_visibility="collapsed",
        )
    if view != PLANE:
        return str(view), (0, 1)
    across = first.selectbox(
        "Across",
        range(n),
        key=f"across_{n}",
        format_func=lambda i: f"→ {coordinate_name(i)}",
        label_visibility="collapsed",
    )
    others = [i for i in range(n) if i != across]
    up = second.selectbox(
        "Up",
        others,
        key=f"up_{n}",
        format_func=lambda i: f"↑ {coordinate_name(i)}",
        label_visibility="collapsed",
    )
    return PLANE, (across, up)


def _title(n: int, data: PathData, view: str) -> str:
    what = "contours: slice through the limit · dots: predicted"
    if n == 1:
        what = "on the loss · dots: predicted"
    elif n == 2:
        what = "over contours of the loss · dots: predicted"
    elif view == SPACE:
        what = "drag to turn"
    leaves = "" if data.leaves_at is None else f" · leaves the window at k = {data.leaves_at}"
    return f'<p class="chart-title"><b>Path of the iterates</b> <small>{what}{leaves}</small></p>'
