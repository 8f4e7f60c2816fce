"""The chart of the disagreement: how far each program is from the first, point by point."""

from dataclasses import dataclass

import numpy as np
from plotly.graph_objects import Figure

from lsedash.figures.curves import Curve, log_axis, loss_figure
from lsedash.figures.prediction import level, named
from lsedash.figures.style import MOST_DRAWN, drawn_points, looks_of
from lsedash.problem import Array
from lsedash.programs.titles import title_of
from lsedash.running.run import Comparison
from lsedash.text.words import differs_in_x


@dataclass(frozen=True, eq=False)
class Disagreement:
    """The data of the chart, with a bounded number of points.

    Attributes:
        curves: by program key, the points that it shares with the first program, and max |x - x of
            the first| there, each (points,).
        rounding: what one rounding of x can change: eps of the dtype times the largest |x|.
    """

    curves: dict[str, tuple[Array, Array]]
    rounding: float


def disagreement_data(comparison: Comparison, most: int = MOST_DRAWN) -> Disagreement:
    """Gather the disagreement, at most so many points of each run."""
    first, differences = comparison.runs[0], comparison.disagreement()
    curves = {}
    for run in comparison.runs:
        common = np.intersect1d(run.points, first.points, assume_unique=True)
        drawn = drawn_points(len(common), most)
        curves[run.key] = common[drawn].astype(float), differences[run.key][drawn]
    return Disagreement(curves, rounding_level(comparison))


def rounding_level(comparison: Comparison) -> float:
    """eps of the dtype times the largest |x| of any run: what one rounding of x can change."""
    largest = max(float(np.abs(run.iterates).max(initial=0.0)) for run in comparison.runs)
    return float(np.finfo(comparison.experiment.dtype).eps) * largest


def disagreement_figure(comparison: Comparison) -> Figure:
    """The disagreement of all programs but the first, and the size of one rounding of x."""
    data, looks = disagreement_data(comparison), looks_of(comparison)
    first, *others = data.curves
    curves = [Curve(named(key), *data.curves[key], looks[key]) for key in others]
    figure = loss_figure(curves, differs_in_x(title_of(first)))
    if data.rounding > 0:
        low, high = figure.layout.yaxis.range
        exponent = float(np.log10(data.rounding))
        log_axis(figure, min(low, exponent - 1), max(high, exponent + 1))
        level(figure, data.rounding, "one rounding of x")
    return figure
