"""What a chart shows in one sentence, for those who hear the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

import numpy as np
from plotly.graph_objects import Figure

from lsedash.problem import Array
from lsedash.text.words import brief, join_names, number_word

MOST_NAMED = 6  # curves; of more only the number and the range are said
ALIKE = 1e-3  # relative; curves that differ less look the same


@dataclass(frozen=True, eq=False)
class Heard:
    """A curve with its finite points, (points,); where a log axis shows 0, y is 0."""

    name: str
    x: Array
    y: Array


def sentence(figure: Figure, name: str) -> str:
    """The axes of a chart, and where its curves begin and end.

    Args:
        name: of the chart, as in "The loss and its floor".
    """
    axes = figure.layout.xaxis, figure.layout.yaxis
    across, up = (unescape(axis.title.text or "") for axis in axes)
    scale = " on a log scale" if figure.layout.yaxis.type == "log" else ""
    return f"{name}: {up}{scale} against {across}, {_content(figure, across)}."


def _content(figure: Figure, across: str) -> str:
    curves = [heard for trace in figure.data if trace.name for heard in _heard(trace)]
    if not curves:
        return _colours(figure)
    symbol = across.split()[-1] if across and "·" not in across else ""
    if len(curves) > 1 and all(_alike(curve, curves[0]) for curve in curves[1:]):
        names = join_names([curve.name for curve in curves])
        return f"{number_word(len(curves))} curves on one line, {names}, {_ends(curves[0], symbol)}"
    if len(curves) > MOST_NAMED:
        values = np.concatenate([curve.y for curve in curves])
        low, high = brief(values.min()), brief(values.max())
        return f"{number_word(len(curves))} curves between {low} and {high}"
    return "; ".join(f"{curve.name} {_ends(curve, symbol)}" for curve in curves)


def _heard(trace: object) -> Sequence[Heard]:
    """The curve of a trace, if it has any point."""
    if getattr(trace, "type", "") != "scatter":
        return ()
    x, y = (np.asarray(values, dtype=float) for values in (trace.x, _heights(trace)))  # type: ignore[attr-defined]
    finite = np.isfinite(x) & np.isfinite(y)
    return (Heard(trace.name, x[finite], y[finite]),) if finite.any() else ()  # type: ignore[attr-defined]


def _heights(trace: object) -> object:
    """The values that a label shows: on a log axis 0 is drawn higher."""
    told = getattr(trace, "customdata", None)
    drawn = trace.y  # type: ignore[attr-defined]
    return told if told is not None and np.shape(told) == np.shape(drawn) else drawn


def _alike(curve: Heard, other: Heard) -> bool:
    """Whether two curves look the same where both have points."""
    inside = (curve.x >= other.x[0]) & (curve.x <= other.x[-1])
    order = np.argsort(other.x)
    expected = np.interp(curve.x[inside], other.x[order], other.y[order])
    ends = np.allclose(curve.x[[0, -1]], other.x[[0, -1]], rtol=0.1)
    return bool(ends and np.allclose(curve.y[inside], expected, rtol=ALIKE, atol=0))


def _ends(curve: Heard, symbol: str) -> str:
    """Where a curve begins and ends: "from 7 at k = 0 to 0.19 at k = 50"."""
    places = [_place(curve.x[i], curve.y[i], symbol) for i in (0, -1)]
    return f"at {places[0]}" if len(curve.x) == 1 else f"from {places[0]} to {places[1]}"


def _place(x: float, y: float, symbol: str) -> str:
    if len(symbol) == 1:  # "iteration k", "learning rate α"
        return f"{brief(y)} at {symbol} = {brief(x)}"
    return f"({brief(x)}, {brief(y)})"


def _colours(figure: Figure) -> str:
    """The range of the colours of a map, if the chart is one."""
    for trace in figure.data:
        if trace.type == "heatmap":
            title = trace.colorbar.title.text.split("<")[0]
            return (
                f"in colours for the {title} from {brief(trace.zmin, 3)} to {brief(trace.zmax, 3)}"
            )
    return "with nothing in it"
