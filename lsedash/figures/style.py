"""How the variants are told apart: colour, dash and marker, because their curves coincide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

Figure = go.Figure

FONT = "Source Sans, Source Sans 3, sans-serif"
MOST_DRAWN = 1001  # points of one curve sent to the browser


@dataclass(frozen=True)
class Stroke:
    """One variant's look; wide strokes lie under narrow ones, so that five coinciding curves show.

    `dash` is in pixels as SVG and Plotly both take it; "" is a solid line.
    """

    colour: str
    dash: str
    symbol: str
    width: float


# Okabe and Ito, "Color Universal Design" (2008), in an order that keeps neighbours apart.
STROKES = {
    "numpy_by_hand": Stroke("#0072B2", "", "circle", 7),
    "torch_autograd": Stroke("#E69F00", "14px,7px", "square", 5.5),
    "torch_mse_loss": Stroke("#009E73", "7px,7px", "diamond", 4.2),
    "torch_module": Stroke("#CC79A7", "9px,4px,2px,4px", "triangle-up", 3),
    "torch_optimizer": Stroke("#D55E00", "2px,5px", "x", 2),
}
OTHER = Stroke("#56B4E9", "4px,3px", "star", 3)


@dataclass(frozen=True)
class Theme:
    """The colours of everything that is not a variant."""

    ink: str
    quiet: str
    line: str
    contour: str
    paper: str
    good: str
    bad: str


LIGHT = Theme("#1a1c24", "#5b6170", "#e3e6ec", "#7fb8dd", "#ffffff", "#0a7a4b", "#b3261e")
DARK = Theme("#f4f5f8", "#a9b0bf", "#2b303b", "#3f6f92", "#0f1218", "#4cc38a", "#ff8a80")


def stroke(key: str) -> Stroke:
    """The look of a variant."""
    return STROKES.get(key, OTHER)


def thinned(count: int, most: int = MOST_DRAWN) -> NDArray[np.intp]:
    """Indices of about `most` of `count` points at most, evenly spaced, first and last kept."""
    step = max(1, -(-(count - 1) // (most - 1)))
    indices = np.arange(0, count, step)
    return indices if not count or indices[-1] == count - 1 else np.append(indices, count - 1)


def marker_sizes(count: int, order: int, among: int, size: float = 10) -> list[float]:
    """Marker sizes that leave a handful a curve, each variant's at points of its own."""
    spacing = max(among, count // 4)
    offset = order * spacing // max(among, 1)
    return [size if i % spacing == offset else 0 for i in range(count)]


def base_figure(theme: Theme, height: int, title_x: str, title_y: str) -> go.Figure:
    """An empty figure with the axes that all charts share."""
    axis: dict[str, Any] = {
        "gridcolor": theme.line,
        "zeroline": False,
        "linecolor": theme.line,
        "ticks": "",
        "tickfont": {"color": theme.quiet, "size": 14},
        "title": {"font": {"color": theme.quiet, "size": 15}, "standoff": 8},
    }
    figure = go.Figure()
    figure.update_layout(
        template="none",
        height=height,
        margin={"l": 64, "r": 16, "t": 12, "b": 48},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "color": theme.ink, "size": 14},
        showlegend=False,
        hoverlabel={"font": {"family": FONT, "size": 14}},
        xaxis=axis | {"title": axis["title"] | {"text": title_x}},
        yaxis=axis | {"title": axis["title"] | {"text": title_y}},
    )
    return figure


def titles(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
