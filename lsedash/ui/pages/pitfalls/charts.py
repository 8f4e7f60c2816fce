"""The charts of a pitfall: the wrong program over the right one, with the prediction as dots."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lsedash.figures.curves import (
    PREDICTED,
    Curve,
    Figure,
    coordinate_figure,
    loss_curve,
    loss_figure,
    path_figure,
    shown_window,
)
from lsedash.figures.style import Stroke, stroke
from lsedash.figures.view import path_of
from lsedash.problem import Array
from lsedash.programs.program import Program
from lsedash.running.run import Comparison, Run
from lsedash.theory.closed_form import Theory
from lsedash.theory.prediction import Prediction
from lsedash.ui.state import edits

BROKEN = Stroke("#D55E00", "", "x", 3)


@dataclass(frozen=True, eq=False)
class Case:
    """A pitfall that has been run on an experiment beside the right program.

    (`measured` is what was measured besides, as a sentence.)
    """

    pitfall: Program
    comparison: Comparison
    theory: Theory
    prediction: Prediction
    measured: str

    @property
    def run(self) -> Run:
        return self.comparison[self.pitfall.key]

    @property
    def right(self) -> Run:
        return self.comparison[self.pitfall.variant.key]

    @property
    def comparable(self) -> bool:
        """Whether the run has points to compare with a predicted path."""
        return self.prediction.iterates is not None and len(self.run.points) > 0


def loss_chart(case: Case) -> Figure:
    """The wrong losses over the right ones, and the predicted losses as dots."""
    curves = [
        loss_curve("right", case.right.points, case.right.losses, _ghost(case), ghost=True),
        loss_curve("wrong", case.run.points, case.run.losses, BROKEN),
    ]
    if case.comparable and case.prediction.losses is not None:
        dots = thinned(case.run.points)
        predicted = case.prediction.losses(dots)
        curves.append(Curve("predicted", dots, predicted, PREDICTED, dots=True))
    return loss_figure(curves, "loss, as the program has it")


def thinned(ks: NDArray[np.int64], most: int = 26) -> Array:
    """At most this many of the points, evenly spaced, for the dots of a prediction."""
    return ks[:: -(-len(ks) // most)].astype(float)


def _ghost(case: Case) -> Stroke:
    """The right program in the colour of the variant that it is or comes from."""
    return Stroke(stroke(case.pitfall.variant.variant.key).colour, "", "circle", 6)


def path_chart(case: Case) -> Figure:
    """The wrong path over the right one; for one unknown, x over the iterations."""
    view = edits.view(case.theory.system.n)
    data = path_of(case.comparison, case.theory, view.flat, edits.meaning())
    over_time = case.theory.system.n == 1
    styles = {case.right.key: ("right", _ghost(case)), case.run.key: ("wrong", BROKEN)}
    curves = [
        _path_curve(name, *data.paths[key], style, over_time=over_time, ghost=name == "right")
        for key, (name, style) in styles.items()
    ]
    if case.comparable and case.prediction.iterates is not None:
        ks = thinned(case.run.points)
        with np.errstate(over="ignore", invalid="ignore"):
            path = case.prediction.iterates(ks) @ data.directions.T
        curves.append(_path_curve("predicted", ks, path, PREDICTED, over_time=over_time, dots=True))
    bounded = case.comparison.experiment.learning_rate < case.prediction.edge
    if over_time:
        return coordinate_figure(curves, data)
    wrong = data.paths[case.run.key][1]
    return path_figure(curves, data, shown_window(data, [wrong] if bounded else []))


def _path_curve(
    name: str, ks: ArrayLike, path: Array, style: Stroke, *, over_time: bool, **options: bool
) -> Curve:
    across = np.asarray(ks, dtype=float) if over_time else path[:, 0]
    return Curve(name, across, path[:, -1], style, **options)
