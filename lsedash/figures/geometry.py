"""Charts of the geometry: equations as lines, what descent can reach, the loss and its floor."""

from collections.abc import Sequence

import numpy as np
from plotly.graph_objects import Figure

from lsedash.figures.curves import QUIET, TALL, Curve, finished, loss_figure, path_figure
from lsedash.figures.modes import titled, to_scale
from lsedash.figures.path import LOSS_NAME, PathData
from lsedash.figures.plane import coordinate_name
from lsedash.figures.prediction import with_floor
from lsedash.figures.style import Stroke
from lsedash.problem import Array
from lsedash.text.notation import format_number
from lsedash.theory.closed_form import Theory
from lsedash.theory.geometry import Equation, equations, line_across, null_directions, start_split

NAMED = 6  # equations with a colour and a name of their own; more are drawn alike
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9")
DASHES = ("solid", "12px,4px", "4px,4px", "12px,3px,3px,3px", "2px,3px", "20px,4px")
ROOM = 6.0  # window widths that lines are drawn across
PARABOLA = 121  # points it is drawn in
ABOVE = Stroke("#D55E00", "6px,4px", "x", 2.5)


def widened(window: Array, places: Sequence[Array]) -> Array:
    """A window, (2, 2), made wide enough for some places in it, each (2,)."""
    low, high = window.T
    for place in places:
        low, high = np.minimum(low, place), np.maximum(high, place)
    room = np.where((low < window[:, 0]) | (high > window[:, 1]), 0.08 * (high - low), 0.0)
    return np.column_stack([low - room, high + room])


def row_figure(theory: Theory, x0: Array, window: Array) -> Figure:
    """Each equation of two unknowns as a line, and the points that matter.

    Args:
        window: lower and upper edge of each axis, (2, 2).
    """
    figure = Figure()
    _draw_lines(figure, equations(theory.system), window)
    _solutions(figure, theory, np.eye(2), x0, window)
    _points(figure, theory, x0, np.eye(2))
    figure.update_xaxes(range=list(window[0]), zeroline=False)
    figure.update_yaxes(range=list(window[1]), zeroline=False)
    finished(figure, coordinate_name(0), coordinate_name(1))
    return to_scale(figure.update_layout(height=TALL), window)


def plane_figure(
    curves: Sequence[Curve], data: PathData, theory: Theory, x0: Array, window: Array
) -> Figure:
    """The path over the contours, with the line of solutions and the shortest one."""
    figure = path_figure(curves, data, window)
    _solutions(figure, theory, data.directions, x0, window)
    if theory.rank < theory.system.n:
        _shortest(figure, theory, x0, data.directions)
    return titled(to_scale(figure, window), "the loss, its contours and the path")


def parabola_figure(theory: Theory, x0: Array, window: Array) -> Figure:
    """The loss of a single unknown, with each equation's own solution as an upright line."""
    across = np.linspace(window[0, 0], window[0, 1], PARABOLA)
    limit = theory.descent_limit(x0)[0]
    heights = theory.least_loss + 0.5 * theory.curvatures[0] * (across - limit) ** 2
    figure = Figure()
    figure.add_scatter(x=across, y=heights, mode="lines", name="loss", line={"color": QUIET})
    _draw_lines(figure, equations(theory.system), window)
    start = theory.system.loss(x0)
    for x, y, name, symbol in (
        (x0[0], start, "start", "circle-open"),
        (limit, theory.least_loss, "descent ends", "star"),
    ):
        _point(figure, np.array([x, y]), name, symbol)
    figure.update_xaxes(range=list(window[0]), zeroline=False)
    figure.update_yaxes(range=list(window[1]), zeroline=False)
    return finished(figure, coordinate_name(0), LOSS_NAME).update_layout(height=TALL)


def floor_loss_figure(curve: Curve, theory: Theory) -> Figure:
    """A run's loss over its floor, the smallest possible one, and what is above it."""
    rest = curve.y - theory.least_loss  # not above 0 where rounding took it below
    above = Curve("above the floor", curve.x, np.where(rest > 0, rest, np.nan), ABOVE)
    figure = loss_figure([curve, above] if theory.least_loss else [curve])
    return with_floor(figure, theory).update_layout(height=TALL)


def equation_name(equation: Equation) -> str:
    """ "2: x₁ − 3x₂ = 4"; at most six terms are written out."""
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
    roomy = middle + ROOM * (window - middle)  # axes that are to scale show more than the window
    for i, row in enumerate(rows):
        ends = line_across(row, roomy)
        named = len(rows) <= NAMED
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
    """The line of all solutions that there are where one direction is frozen, in a plane."""
    frozen = null_directions(theory)
    if len(frozen) != 1 or theory.system.n < 2:
        return
    along, through = directions @ frozen[0], directions @ theory.descent_limit(x0)
    length = float(np.linalg.norm(along))
    if length < 1e-9:
        return  # it is seen from its end
    reach = 2 * float(np.ptp(window, axis=1).max()) / length
    ends = through + np.outer([-reach, reach], along)
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
        _shortest(figure, theory, x0, directions)


def _shortest(figure: Figure, theory: Theory, x0: Array, directions: Array) -> None:
    shortest = start_split(theory, x0).minimum_norm
    _point(figure, directions @ shortest, "minimum norm", "diamond-open")


def _point(figure: Figure, place: Array, name: str, symbol: str) -> None:
    figure.add_scatter(
        x=place[:1],
        y=place[1:2],
        mode="markers",
        name=name,
        marker={"symbol": symbol, "size": 14, "color": QUIET, "line": {"width": 2.5}},
        hovertemplate="(%{x:.4g}, %{y:.4g})",
    )
