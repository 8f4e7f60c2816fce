"""Charts of the geometry: equations as lines, solutions, the loss and its floor."""

from collections.abc import Sequence

import numpy as np
from plotly.graph_objects import Figure

from lsedash.figures.curves import (
    QUIET,
    TALL,
    Curve,
    finished,
    loss_figure,
    path_figure,
    show_window,
)
from lsedash.figures.modes import titled, to_scale
from lsedash.figures.path import PathData
from lsedash.figures.prediction import with_floor
from lsedash.figures.style import Stroke
from lsedash.meaning import Meaning
from lsedash.problem import Array
from lsedash.text.convention import OURS, Spoken
from lsedash.text.notation import format_number
from lsedash.text.unknowns import coordinate_name, coordinate_names
from lsedash.theory.closed_form import Theory
from lsedash.theory.geometry import Equation, equations, line_across, null_directions, start_split

NAMED = 6  # up to this many equations have their own colour and name; more look alike
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9")
DASHES = ("solid", "12px,4px", "4px,4px", "12px,3px,3px,3px", "2px,3px", "20px,4px")
MOST_LINES = 60  # equations that are drawn; of more, evenly spaced ones
ROOM = 6.0  # window widths over which a line is drawn
PARABOLA = 121  # points of the parabola
ABOVE = Stroke("#D55E00", "6px,4px", "x", 2.5)


def widened(window: Array, points: Sequence[Array]) -> Array:
    """A window, (2, 2), widened to contain some points, each (2,)."""
    low, high = window.T
    for point in points:
        low, high = np.minimum(low, point), np.maximum(high, point)
    room = np.where((low < window[:, 0]) | (high > window[:, 1]), 0.08 * (high - low), 0.0)
    return np.column_stack([low - room, high + room])


def drawn_equations(theory: Theory) -> Sequence[Equation]:
    """The equations that are drawn: all, or evenly spaced ones if there are many."""
    rows = equations(theory.system)
    return rows[:: -(-len(rows) // MOST_LINES)]


def row_figure(theory: Theory, x0: Array, window: Array, meaning: Meaning | None = None) -> Figure:
    """Each equation in two unknowns as a line, with the start and the solutions.

    Args:
        window: lower and upper edge of each axis, (2, 2).
    """
    figure = Figure()
    _draw_lines(figure, drawn_equations(theory), window)
    _solutions(figure, theory, np.eye(2), x0, window)
    _points(figure, theory, x0, np.eye(2))
    show_window(figure, window)
    finished(figure, *coordinate_names(2, meaning))
    return to_scale(figure.update_layout(height=TALL), window)


def plane_figure(
    curves: Sequence[Curve], data: PathData, theory: Theory, x0: Array, window: Array
) -> Figure:
    """The path over the contours, with the line of solutions and the minimum-norm solution."""
    figure = path_figure(curves, data, window)
    _solutions(figure, theory, data.directions, x0, window)
    if theory.rank < theory.system.n:
        _minimum_norm(figure, theory, x0, data.directions)
    return titled(to_scale(figure, window), "the loss, its contours and the path")


def parabola_figure(
    theory: Theory,
    x0: Array,
    window: Array,
    meaning: Meaning | None = None,
    spoken: Spoken = OURS,
) -> Figure:
    """The loss of a single unknown, with each equation's solution as a vertical line."""
    across = np.linspace(window[0, 0], window[0, 1], PARABOLA)
    limit = theory.descent_limit(x0)[0]
    heights = theory.least_loss + 0.5 * theory.curvatures[0] * (across - limit) ** 2
    figure = Figure()
    heights = spoken.loss(heights)
    figure.add_scatter(x=across, y=heights, mode="lines", name="loss", line={"color": QUIET})
    _draw_lines(figure, drawn_equations(theory), window)
    _point(figure, np.array([x0[0], spoken.loss(theory.system.loss(x0))]), "start", "circle-open")
    _point(figure, np.array([limit, spoken.loss(theory.least_loss)]), "descent ends", "star")
    show_window(figure, window)
    title = spoken.loss_name
    return finished(figure, coordinate_name(0, meaning), title).update_layout(height=TALL)


def floor_loss_figure(curve: Curve, theory: Theory, spoken: Spoken = OURS) -> Figure:
    """A run's loss, its floor (the smallest possible loss), and the difference of the two."""
    excess = curve.y - spoken.loss(theory.least_loss)  # rounding may make it 0 or negative
    above = Curve("above the floor", curve.x, np.where(excess > 0, excess, np.nan), ABOVE)
    figure = loss_figure([curve, above] if theory.least_loss else [curve], spoken.loss_name)
    return with_floor(figure, theory, spoken).update_layout(height=TALL)


def equation_name(equation: Equation) -> str:
    """An equation in words, such as "2: x₁ − 3x₂ = 4", with at most six terms."""
    terms: list[str] = []
    for i, value in enumerate(equation.normal.tolist()):
        if value:
            size = "" if abs(value) == 1 else format_number(float(f"{abs(value):.4g}"))
            sign = ("−" if value < 0 else "") if not terms else ("− " if value < 0 else "+ ")
            terms.append(f"{sign}{size}{coordinate_name(i)}")
    left = " ".join(terms[:NAMED]) + (" …" if len(terms) > NAMED else "")
    side = format_number(float(f"{equation.right_side + 0.0:.4g}")).replace("-", "−")
    return f"{equation.number}: {left or '0'} = {side}"


def _draw_lines(figure: Figure, rows: Sequence[Equation], window: Array) -> None:
    middle = window.mean(axis=1, keepdims=True)
    wide = middle + ROOM * (window - middle)  # a chart that is to scale shows more than its window
    named = len(rows) <= NAMED
    for i, row in enumerate(rows):
        ends = line_across(row, wide)
        look = {"color": COLOURS[i], "width": 3, "dash": DASHES[i]} if named else {"color": QUIET}
        figure.add_scatter(
            x=ends[:, 0],
            y=ends[:, 1],
            mode="lines",
            name=equation_name(row) + _remark(row, ends),
            line=look,
            showlegend=named,
            hoverinfo="name",
        )


def _remark(row: Equation, ends: Array) -> str:
    if row.kind != "line":
        return f", {row.kind}"
    return "" if len(ends) else ", outside"


def _solutions(figure: Figure, theory: Theory, directions: Array, x0: Array, window: Array) -> None:
    """If exactly one direction is frozen, the line of all solutions, seen in a plane."""
    frozen = null_directions(theory)
    if len(frozen) != 1 or theory.system.n < 2:
        return
    direction, limit = directions @ frozen[0], directions @ theory.descent_limit(x0)
    length = float(np.linalg.norm(direction))
    if length < 1e-9:
        return  # the line is orthogonal to the plane
    reach = 2 * float(np.ptp(window, axis=1).max()) / length
    ends = limit + np.outer([-reach, reach], direction)
    figure.add_scatter(
        x=ends[:, 0],
        y=ends[:, 1],
        mode="lines",
        name="all least-squares solutions" if theory.least_loss else "all solutions",
        line={"color": QUIET, "width": 3, "dash": "8px,6px"},
        hoverinfo="name",
    )


def _points(figure: Figure, theory: Theory, x0: Array, directions: Array) -> None:
    _point(figure, directions @ x0, "start", "circle-open")
    end = "least squares" if theory.least_loss else "descent ends"
    _point(figure, directions @ theory.descent_limit(x0), end, "star")
    if theory.rank < theory.system.n:
        _minimum_norm(figure, theory, x0, directions)


def _minimum_norm(figure: Figure, theory: Theory, x0: Array, directions: Array) -> None:
    solution = start_split(theory, x0).minimum_norm
    _point(figure, directions @ solution, "minimum norm", "diamond-open")


def _point(figure: Figure, point: Array, name: str, symbol: str) -> None:
    figure.add_scatter(
        x=point[:1],
        y=point[1:2],
        mode="markers",
        name=name,
        marker={"symbol": symbol, "size": 14, "color": QUIET, "line": {"width": 2.5}},
        hovertemplate="(%{x:.4g}, %{y:.4g})",
    )
