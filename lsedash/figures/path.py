"""The path chart: where the iterates go, in a plane, on a parabola or in space."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from lsedash.figures.plane import Plane, contours, curvature_in, leaves_window
from lsedash.figures.style import Theme, base_figure, marker_sizes, stroke, thinned
from lsedash.problem import Array
from lsedash.runner import Comparison
from lsedash.theory import Theory

FARTHEST = 1e30  # window widths; beyond, a browser's coordinates (float32) overflow
RINGS = 4.0 ** np.arange(-4, 4)  # levels of the contours: each ring twice as wide as the one before


@dataclass(frozen=True, eq=False)
class PathData:
    """What a path chart shows; d is 1, 2 or 3.

    Attributes:
        names: of the axes, d of them (for d = 1 the second axis is the loss).
        paths: per variant's key, the points kept and the iterates there, (points, d).
        predicted: the predicted path at the points of the longest run, (points, d).
        start, limit: (d,).
        window: lower and upper edge of each axis, (d, 2).
        contours: lines of equal loss, (points, 2), nan between two; empty unless d = 2.
        leaves_at: the iteration at which the predicted path leaves the window; None if it stays.
        around_exit: the predicted points before and after leaving, (2, d), if it leaves.
    """

    names: tuple[str, ...]
    paths: dict[str, tuple[NDArray[np.int64], Array]]
    predicted: Array
    start: Array
    limit: Array
    window: Array
    contours: Array
    leaves_at: int | None
    around_exit: Array


def plane_data(comparison: Comparison, theory: Theory, plane: Plane) -> PathData:
    """Gather a path in a plane, over the contours of the loss in it."""
    curvature = curvature_in(plane, theory)
    data = path_data(comparison, theory, plane.directions, plane.names)
    away = data.start - data.limit
    level = 0.5 * away @ curvature @ away
    if level == 0:  # the start is the limit, or beside it along a flat direction
        level = 0.5 * np.max(np.diag(curvature)) * np.ptp(data.window[0]) ** 2 / 16
    reach = 4 * float(np.ptp(data.window, axis=1).max())
    lines = contours(curvature, level * RINGS, data.limit, reach)
    return PathData(**{**vars(data), "contours": lines})


def path_data(
    comparison: Comparison, theory: Theory, directions: Array, names: tuple[str, ...]
) -> PathData:
    """Gather a path along some directions, (d, n), orthonormal."""
    experiment = comparison.experiment
    x0, rate = experiment.x0, experiment.learning_rate
    paths = {}
    for run in comparison.runs:
        kept = thinned(len(run.points))
        paths[run.key] = run.points[kept], run.iterates[kept].astype(float) @ directions.T
    longest = max((ks for ks, _ in paths.values()), key=len)
    start, limit = directions @ x0, directions @ theory.descent_limit(x0)
    window = _window(theory, x0, directions, limit, start)
    last = max(int(longest[-1]) if len(longest) else 0, 0)
    every = theory.iterates(x0, rate, np.arange(last + 1)) @ directions.T
    leaves_at = leaves_window(every, window)
    return PathData(
        names=names,
        paths=paths,
        predicted=every[longest] if len(longest) else every[:0],
        start=start,
        limit=limit,
        window=window,
        contours=np.empty((0, 2)),
        leaves_at=leaves_at,
        around_exit=every[leaves_at - 1 : leaves_at + 1] if leaves_at else every[:0],
    )


def _window(theory: Theory, x0: Array, directions: Array, limit: Array, start: Array) -> Array:
    """Around start and limit, wide enough for every path that does not grow.

    With |1 - alpha lambda| <= 1 in every mode a point is never further from the limit, along a
    direction p, than the sum of |p v_i| |c_i|.
    """
    shares = theory.directions.T @ (x0 - theory.descent_limit(x0))
    half = np.abs(directions @ theory.directions) @ np.abs(shares)
    half = np.maximum(half, np.abs(start - limit))
    half = np.where(half > 1e-9 * max(half.max(), 1e-300), half, half.max() or 1.0) * 1.2
    return np.column_stack([limit - half, limit + half])


def plane_figure(
    data: PathData, names: Mapping[str, str], theme: Theme, *, height: int = 380
) -> go.Figure:
    """Draw a path over contours; equal scales unless that would squash one axis."""
    figure = base_figure(theme, height, *data.names)
    _contour_lines(figure, data.contours, theme)
    _paths(figure, data, names, theme, lambda path: {"x": path[:, 0], "y": path[:, 1]})
    _landmarks(figure, data.start, data.limit, theme)
    _exit_arrow(figure, data, theme)
    across, up = np.ptp(data.window, axis=1)
    equal = {"scaleanchor": "x"} if 0.2 < across / up < 5 else {}
    figure.update_xaxes(range=data.window[0].tolist())
    figure.update_yaxes(range=data.window[1].tolist(), **equal)
    return figure


def parabola_figure(
    data: PathData,
    loss: Callable[[Array], Array],
    names: Mapping[str, str],
    theme: Theme,
    *,
    height: int = 380,
) -> go.Figure:
    """Draw the only unknown against the loss; `loss` maps x, (points,), to losses."""
    figure = base_figure(theme, height, data.names[0], "loss ½‖Ax − b‖²")
    left, right = data.window[0]
    xs = np.linspace(left, right, 201)
    figure.add_scatter(
        x=xs, y=loss(xs), mode="lines", line={"color": theme.contour, "width": 2}, hoverinfo="skip"
    )
    _paths(figure, data, names, theme, lambda path: {"x": path[:, 0], "y": loss(path[:, 0])})
    ends = np.array([data.start[0], data.limit[0]])
    start, limit = np.column_stack([ends, loss(ends)])
    _landmarks(figure, start, limit, theme)
    top, bottom = float(loss(xs).max()), float(loss(ends[1:])[0])
    room = 0.06 * (top - bottom or 1.0)
    figure.update_xaxes(range=data.window[0].tolist())
    figure.update_yaxes(range=[bottom - room, top + room])
    return figure


def space_figure(
    data: PathData, names: Mapping[str, str], theme: Theme, *, height: int = 380
) -> go.Figure:
    """Draw three coordinates in space; it can be turned with the mouse."""
    figure = base_figure(theme, height, "", "")
    for key in data.paths:
        look = stroke(key)
        points, path = _drawable(data, key)
        figure.add_scatter3d(
            x=path[:, 0],
            y=path[:, 1],
            z=path[:, 2],
            customdata=points,
            mode="lines+markers",
            line={"color": look.colour, "width": look.width * 1.4},
            marker={"size": 2, "color": look.colour},
            name=names[key],
            hovertemplate=_hover(names[key], 3),
        )
    for name, at, symbol in (
        ("x0", data.start, "circle-open"),
        ("limit", data.limit, "diamond"),
    ):
        figure.add_scatter3d(
            x=at[:1],
            y=at[1:2],
            z=at[2:],
            mode="markers+text",
            text=[name],
            textfont={"color": theme.ink, "size": 14, "family": "sans-serif"},
            marker={"symbol": symbol, "size": 5, "color": theme.ink},
            hoverinfo="skip",
        )
    axes = {
        f"{axis}axis": {
            "title": {
                "text": f"x{i}",
                "font": {"color": theme.ink, "family": "sans-serif", "size": 16},
            },
            "tickfont": {"family": "sans-serif", "size": 11},
            "range": edges.tolist(),
            "backgroundcolor": "rgba(0,0,0,0)",
            "gridcolor": theme.line,
            "color": theme.quiet,
        }
        for i, (axis, edges) in enumerate(zip("xyz", data.window, strict=True), 1)
    }
    figure.update_layout(
        scene=axes | {"aspectmode": "cube", "camera": {"eye": {"x": 1.5, "y": 1.5, "z": 0.9}}},
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )
    return figure


def _contour_lines(figure: go.Figure, lines: Array, theme: Theme) -> None:
    figure.add_scatter(
        x=lines[:, 0],
        y=lines[:, 1],
        mode="lines",
        line={"color": theme.contour, "width": 1},
        hoverinfo="skip",
        name="equal loss",
    )


def _paths(
    figure: go.Figure,
    data: PathData,
    names: Mapping[str, str],
    theme: Theme,
    place: Callable[[Array], dict[str, Array]],
) -> None:
    """Every variant's path; once outside the window it goes on as a hairline that hides nothing."""
    for order, key in enumerate(data.paths):
        look = stroke(key)
        points, path = _drawable(data, key)
        inside = len(points) if data.leaves_at is None else int((points <= data.leaves_at).sum())
        figure.add_scatter(
            **place(path[:inside]),
            customdata=points[:inside],
            mode="lines+markers",
            line={"color": look.colour, "width": look.width * 0.7, "dash": look.dash or "solid"},
            marker={
                "symbol": look.symbol,
                "color": look.colour,
                "size": marker_sizes(inside, order, len(data.paths)),
                "line": {"width": 1, "color": theme.paper},
            },
            name=names[key],
            hovertemplate=_hover(names[key], 2),
        )
        if inside < len(points):
            rest = slice(max(inside - 1, 0), None)
            figure.add_scatter(
                **place(path[rest]),
                customdata=points[rest],
                mode="lines",
                line={"color": look.colour, "width": 0.5},
                name=f"{names[key]}, outside",
                hovertemplate=_hover(names[key], 2),
            )
    figure.add_scatter(
        **place(data.predicted[_apart(data.predicted, data.window)]),
        mode="markers",
        marker={"size": 5, "color": theme.ink, "line": {"width": 1, "color": theme.paper}},
        hoverinfo="skip",
        name="predicted",
    )


def _drawable(data: PathData, key: str) -> tuple[NDArray[np.int64], Array]:
    """A path and its points, as far as a browser can draw them."""
    points, path = data.paths[key]
    middle = data.window.mean(axis=1, keepdims=True)
    end = leaves_window(path, middle + FARTHEST * (data.window - middle))
    return points[:end], path[:end]


def _apart(path: Array, window: Array) -> list[int]:
    """Points of a path inside the window, each far enough from the one before to be told apart."""
    chosen: list[int] = []
    scale = np.ptp(window, axis=1) / 40
    inside = np.all((path >= window[:, 0]) & (path <= window[:, 1]), axis=1)
    for i in np.flatnonzero(inside):
        if not chosen or np.max(np.abs(path[i] - path[chosen[-1]]) / scale) > 1:
            chosen.append(int(i))
    return chosen


def _exit_arrow(figure: go.Figure, data: PathData, theme: Theme) -> None:
    """Where the path leaves the window, and at which iteration."""
    if not len(data.around_exit):
        return
    inside, outside = data.around_exit
    step = outside - inside
    edges = np.where(step > 0, data.window[:, 1], data.window[:, 0])
    moving = step != 0
    share = np.min((edges - inside)[moving] / step[moving])
    x, y = inside + 0.98 * share * step
    figure.add_annotation(
        x=x,
        y=y,
        text=f"k = {data.leaves_at}",
        font={"color": theme.ink, "size": 14},
        bgcolor=theme.paper,
        arrowcolor=theme.ink,
        arrowwidth=2,
        ax=45 if step[0] < 0 else -45,
        ay=30 if step[1] > 0 else -30,
    )


def _landmarks(figure: go.Figure, start: Array, limit: Array, theme: Theme) -> None:
    """The start as a ring, the limit as a star, both named."""
    for name, at, symbol, size in (
        ("x0", start, "circle-open", 14),
        ("limit", limit, "star", 16),
    ):
        other = limit if at is start else start
        side = "right" if at[0] > other[0] else "left"
        figure.add_scatter(
            x=at[:1],
            y=at[1:],
            mode="markers+text",
            text=[name],
            textposition=f"{'top' if at[1] > other[1] else 'bottom'} {side}",
            textfont={"color": theme.ink, "size": 14},
            marker={"symbol": symbol, "size": size, "color": theme.ink, "line": {"width": 2}},
            hoverinfo="skip",
            name=name,
        )


def _hover(name: str, dimensions: int) -> str:
    places = ", ".join(f"%{{{axis}:.4g}}" for axis in "xyz"[:dimensions])
    return f"{name}<br>k = %{{customdata}}: {places}<extra></extra>"
