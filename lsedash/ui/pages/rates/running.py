"""What moves in the race: its playback, and the lane that is drawn while its chip is dragged."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lsedash.experiment import Experiment
from lsedash.figures.curves import Figure
from lsedash.figures.rates import LANES
from lsedash.figures.style import drawn_points
from lsedash.problem import Array
from lsedash.running.run import Run
from lsedash.stage.packed import spectrum
from lsedash.text.convention import Spoken
from lsedash.theory.closed_form import Theory
from lsedash.ui.pages.rates.race_bar import RaceMark, race_bar
from lsedash.ui.pages.rates.shared import lane_key, lane_plane
from lsedash.ui.state import edits
from lsedash.ui.widgets.chips import Previewed

LOSSES = "race_losses"  # the key of the chart


def previewed(experiment: Experiment, theory: Theory, lanes: int) -> Previewed:
    """What the browser needs to draw a lane at the rate of a dragged chip."""
    ks = drawn_points(experiment.iterations + 1)
    directions = np.eye(1) if theory.system.n == 1 else lane_plane(theory).directions
    paths = [lane_key(i) for i in range(lanes)] if theory.system.n > 1 else []
    return Previewed(spectrum(theory, experiment.x0, directions, edits.spoken()), ks, paths, LOSSES)


def playback(
    lanes: Sequence[tuple[str, Run]], figure: Figure, theory: Theory, spoken: Spoken
) -> None:
    """Draw the playback of the lanes (name, run); their losses are drawn in the figure."""
    if not any(len(run.points) for _, run in lanes):
        return
    longest = max((run for _, run in lanes), key=lambda run: len(run.points))
    floor = 10.0 ** figure.layout.yaxis.range[0]
    losses: dict[str, Array] = {}
    marks = []
    for i, (name, run) in enumerate(lanes):
        colour, ks = LANES[i % len(LANES)].colour, longest.points
        losses[name] = at(ks, run.points, spoken.loss(run.losses))
        heights = np.maximum(losses[name], floor)
        marks.append(RaceMark(LOSSES, name, colour, ks.astype(float), heights, along=True))
        if theory.system.n > 1:
            path = run.iterates.astype(float) @ lane_plane(theory).directions.T
            x, y = (at(ks, run.points, places) for places in path.T)
            marks.append(RaceMark(lane_key(i), name, colour, x, y, along=False))
    race_bar([int(k) for k in longest.points], losses, marks)


def at(ks: NDArray[np.int64], points: NDArray[np.int64], values: Array) -> Array:
    """The values at the iterations ks, (ks,); nan where there is no such point."""
    result = np.full(len(ks), np.nan)
    _, of_ks, of_points = np.intersect1d(ks, points, assume_unique=True, return_indices=True)
    result[of_ks] = values[of_points]
    return result
