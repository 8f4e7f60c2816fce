"""The plane of the path chart, and the exact contours of the loss in it."""

from dataclasses import dataclass

import numpy as np

from lsedash.meaning import Meaning
from lsedash.problem import Array
from lsedash.text.unknowns import coordinate_name
from lsedash.theory.closed_form import Theory

CONTOUR_POINTS = 64
FLAT = 1e-14  # of the steep singular value; a smaller one is rounding


@dataclass(frozen=True, eq=False)
class Plane:
    """A plane through the limit: two orthonormal directions, (2, n), and their names."""

    directions: Array
    names: tuple[str, str]


def coordinate_plane(n: int, first: int, second: int, meaning: Meaning | None = None) -> Plane:
    """The plane of two coordinates, counted from 0."""
    names = coordinate_name(first, meaning), coordinate_name(second, meaning)
    return Plane(np.eye(n)[[first, second]], names)


def eigen_plane(theory: Theory) -> Plane:
    """The plane of the steepest and the flattest moving direction, or a frozen one; n > 1."""
    last, name = max(theory.rank - 1, 1), "flattest" if theory.rank > 1 else "frozen"
    return Plane(theory.directions[:, [0, last]].T, ("steepest direction", f"{name} direction"))


def image_of(plane: Plane, theory: Theory) -> Array:
    """A on the plane, (m, 2): the second derivative of the loss there is Q = image^T image."""
    return np.asarray(theory.system.A @ plane.directions.T)


def contours(image: Array, levels: Array, centre: Array, reach: float) -> Array:
    """Contours of the loss around the limit, (points, 2), nan between one contour and the next.

    In the plane, the loss at limit + z exceeds the loss at the limit by exactly 1/2 ||image z||^2.
    So each contour is an ellipse, or a pair of straight lines if A has a flat direction there. (Its
    half-axes come from the singular values of the image: in Q, the flat one of a condition number
    from 1e8 on would be lost in the rounding of the steep one.)

    Args:
        image: A on the plane, (m, 2).
        levels: how much the contours' losses exceed the loss at the limit, positive.
        centre: the limit in the plane, (2,).
        reach: half the length of straight lines.
    """
    rows = np.vstack([image, np.zeros((1, 2))])  # so that there are two, of a single equation too
    _, (steep, flat), directions = np.linalg.svd(rows, full_matrices=False)
    axes = directions[::-1].T
    if steep <= 0:
        return np.empty((0, 2))
    gap = np.full((1, 2), np.nan)
    pieces = []
    for level in levels:
        radius = np.sqrt(2 * level) / steep
        if flat > FLAT * steep:
            for arc in _arcs(np.sqrt(2 * level) / flat, radius, reach):
                pieces += [arc @ axes.T + centre, gap]
        else:
            for side in (-radius, radius):
                line = np.array([[-reach, side], [reach, side]])
                pieces += [line @ axes.T + centre, gap]
    return np.vstack(pieces)


def _arcs(across: float, radius: float, reach: float) -> list[Array]:
    """An ellipse with half-axes `across` and `radius`, up to `reach` along the longer one."""
    if across <= reach:
        angle = np.linspace(0, 2 * np.pi, CONTOUR_POINTS + 1)
        return [np.column_stack([across * np.cos(angle), radius * np.sin(angle)])]
    along = np.linspace(-reach, reach, CONTOUR_POINTS)
    height = radius * np.sqrt(1 - (along / across) ** 2)
    return [np.column_stack([along, side * height]) for side in (1, -1)]
