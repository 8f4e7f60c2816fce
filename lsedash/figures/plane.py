"""The plane of the path chart, and the exact contours of the loss in it."""

from dataclasses import dataclass

import numpy as np

from lsedash.meaning import Meaning
from lsedash.problem import Array
from lsedash.text.unknowns import coordinate_name
from lsedash.theory.closed_form import Theory

CONTOUR_POINTS = 64


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


def curvature_in(plane: Plane, theory: Theory) -> Array:
    """The second derivative of the loss within the plane, (2, 2): P A^T A P^T."""
    image = theory.system.A @ plane.directions.T
    return np.asarray(image.T @ image)


def contours(curvature: Array, levels: Array, centre: Array, reach: float) -> Array:
    """Contours of the loss around the limit, (points, 2), nan between one contour and the next.

    In the plane, the loss at limit + z exceeds the loss at the limit by exactly 1/2 z^T Q z. So
    each contour is an ellipse, or a pair of straight lines if Q has a flat direction.

    Args:
        curvature: Q, (2, 2), symmetric, positive semidefinite.
        levels: how much the contours' losses exceed the loss at the limit, positive.
        centre: the limit in the plane, (2,).
        reach: half the length of straight lines.
    """
    flat, steep = np.linalg.eigvalsh(curvature)
    axes = np.linalg.eigh(curvature)[1]
    if steep <= 0:
        return np.empty((0, 2))
    gap = np.full((1, 2), np.nan)
    pieces = []
    for level in levels:
        radius = np.sqrt(2 * level / steep)
        if flat > 1e-14 * steep:
            across = np.sqrt(2 * level / flat)
            for arc in _arcs(across, radius, reach):
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
