"""The chart of the two floors: how close descent comes in float32 and in float64."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from plotly.graph_objects import Figure

from lsedash.checking.floors import Floor
from lsedash.figures.curves import PREDICTED, TALL, Curve, loss_figure
from lsedash.figures.prediction import MOST_DOTS
from lsedash.figures.style import Stroke, drawn_points

LOOKS = {
    "float64": Stroke("#0072B2", "", "circle", 3),
    "float32": Stroke("#D55E00", "10px,4px", "square", 3),
}
BOUND = ": rounding, at most"


def floor_figure(floors: Sequence[Floor]) -> Figure:
    """The measured distances to the limit, and dots where exact arithmetic would have them."""
    curves = []
    for floor in floors:
        kept = drawn_points(len(floor.points))
        points = floor.points[kept].astype(float)
        look = LOOKS[floor.dtype]
        curves.append(Curve(floor.dtype, points, floor.distances[kept], look))
        thin = replace(look, width=1.5, dash="2px,4px")
        name = f"{floor.dtype}{BOUND}"
        bounds = floor.bounds[kept]
        above = np.where(bounds > 0, bounds, np.nan)  # a start may be exact
        curves.append(Curve(name, points, above, thin))
    longest = max(floors, key=lambda floor: len(floor.points))
    every = -(-max(len(longest.points), 1) // MOST_DOTS)
    dots = longest.points[::every].astype(float)
    curves.append(Curve("exact arithmetic", dots, longest.predicted[::every], PREDICTED, dots=True))
    figure = loss_figure(curves, "distance to the limit")
    figure.update_traces(mode="lines", selector=lambda trace: trace.name.endswith(BOUND))
    return figure.update_layout(height=TALL)
