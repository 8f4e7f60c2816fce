"""The data of the path chart: the iterates in a plane, on a parabola or in space."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lsedash.figures.plane import Plane, contours, image_of
from lsedash.figures.style import MOST_DRAWN, drawn_points
from lsedash.meaning import Meaning
from lsedash.problem import Array
from lsedash.running.run import Comparison
from lsedash.text.convention import OURS, Spoken
from lsedash.text.unknowns import coordinate_name
from lsedash.theory.closed_form import Theory
from lsedash.theory.window import path_window

RINGS = 4.0 ** np.arange(-4, 4)  # levels of the contours: each is twice as wide as the one before


@dataclass(frozen=True, eq=False)
class PathData:
    """The data of a path chart in d = 1, 2 or 3 dimensions.

    Attributes:
        names: of the axes; for d = 1 the second axis is the loss.
        directions: orthonormal, (d, n); x is drawn at directions @ x.
        paths: by variant key, the drawn points and the iterates there, (points, d).
        start, limit: (d,).
        window: lower and upper edge of each axis, (d, 2); for d = 1 a second row is the loss.
        lines: contours of the loss, (points, 2), nan between two; empty unless d = 2.
    """

    names: tuple[str, ...]
    directions: Array
    paths: dict[str, tuple[NDArray[np.int64], Array]]
    start: Array
    limit: Array
    window: Array
    lines: Array


def plane_data(comparison: Comparison, theory: Theory, plane: Plane) -> PathData:
    """Gather a path in a plane, with the contours of the loss."""
    image = image_of(plane, theory)
    data = path_data(comparison, theory, plane.directions, plane.names)
    error = data.start - data.limit
    level = 0.5 * np.sum((image @ error) ** 2)
    if level == 0:  # the loss at the start is the smallest possible one
        level = 0.5 * np.max(np.sum(image**2, axis=0)) * np.ptp(data.window[0]) ** 2 / 16
    reach = 4 * float(np.ptp(data.window, axis=1).max())
    lines = contours(image, level * RINGS, data.limit, reach)
    return replace(data, lines=lines)


def parabola_data(
    comparison: Comparison, theory: Theory, meaning: Meaning | None = None
) -> PathData:
    """Gather the path of a single unknown, with a window for the parabola of its loss."""
    names = coordinate_name(0, meaning), OURS.loss_name
    data = path_data(comparison, theory, np.eye(1), names)
    half_width = np.abs(data.window[0] - data.limit[0]).max()
    rise = 0.5 * float(theory.curvatures[0]) * half_width**2
    margin = 0.12 * (rise or 1.0)
    heights = [theory.least_loss - margin, theory.least_loss + rise + margin]
    return replace(data, window=np.vstack([data.window, heights]))


def spoken_heights(data: PathData, spoken: Spoken) -> PathData:
    """The path with the loss of a single unknown as it is spoken."""
    if len(data.directions) > 1:
        return data
    window = np.vstack([data.window[:1], spoken.loss(data.window[1:])])
    return replace(data, names=(data.names[0], spoken.loss_name), window=window)


def path_data(
    comparison: Comparison,
    theory: Theory,
    directions: Array,
    names: tuple[str, ...],
    most: int = MOST_DRAWN,
) -> PathData:
    """Gather a path, at most so many points of it, along some orthonormal directions, (d, n)."""
    experiment = comparison.experiment
    x0 = experiment.x0
    paths = {}
    for run in comparison.runs:
        drawn = drawn_points(len(run.points), most)
        paths[run.key] = run.points[drawn], run.iterates[drawn].astype(float) @ directions.T
    start, limit = directions @ x0, directions @ theory.descent_limit(x0)
    return PathData(
        names=names,
        directions=directions,
        paths=paths,
        start=start,
        limit=limit,
        window=path_window(theory, x0, directions),
        lines=np.empty((0, 2)),
    )
