"""The chart of the two floors: the distance to the limit in float32 and in float64."""

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
BOUND = ": bound of rounding"


def floor_figure(floors: Sequence[Floor]) -> Figure:
    """The measured distances to the limit, their bounds, and dots for exact arithmetic."""
    curves = []
    for floor in floors:
        drawn = drawn_points(len(floor.points))
        points = floor.points[drawn].astype(float)
        look = LOOKS[floor.dtype]
        curves.append(Curve(floor.dtype, points, floor.distances[drawn], look))
        thin = replace(look, width=1.5, dash="2px,4px")
        bounds = floor.bounds[drawn]
        positive = np.where(bounds > 0, bounds, np.nan)  # the start may be exact
        curves.append(Curve(f"{floor.dtype}{BOUND}", points, positive, thin))
    longest = max(floors, key=lambda floor: len(floor.points))
    every = -(-max(len(longest.points), 1) // MOST_DOTS)
    dots = longest.points[::every].astype(float)
    curves.append(Curve("exact arithmetic", dots, longest.predicted[::every], PREDICTED, dots=True))
    figure = loss_figure(curves, "distance to the limit")
    figure.update_traces(mode="lines", selector=lambda trace: trace.name.endswith(BOUND))
    return figure.update_layout(height=TALL)
