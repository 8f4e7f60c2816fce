"""The plane that the path chart looks at, and the exact contours of the loss in it."""

from dataclasses import dataclass

import numpy as np

from lsedash.problem import Array
from lsedash.theory.closed_form import Theory

CONTOUR_POINTS = 64


@dataclass(frozen=True, eq=False)
class Plane:
    """Two orthonormal directions, (2, n), through where descent ends, and their names."""

    directions: Array
    names: tuple[str, str]


def coordinate_name(index: int) -> str:
    """x₁ for 0."""
    digits = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
    return "x" + str(index + 1).translate(digits)


def coordinate_plane(n: int, first: int, second: int) -> Plane:
    """The plane of two coordinates, counted from 0."""
    return Plane(np.eye(n)[[first, second]], (coordinate_name(first), coordinate_name(second)))


def eigen_plane(theory: Theory) -> Plane:
    """The plane of the steepest and the flattest direction that moves, or a frozen one; n > 1."""
    last, end = max(theory.rank - 1, 1), "flattest" if theory.rank > 1 else "frozen"
    return Plane(theory.directions[:, [0, last]].T, ("steepest direction", f"{end} direction"))


def curvature_in(plane: Plane, theory: Theory) -> Array:
    """The loss' second derivative within the plane, (2, 2): P A^T A P^T."""
    image = theory.system.A @ plane.directions.T
    return np.asarray(image.T @ image)


def contours(curvature: Array, levels: Array, centre: Array, reach: float) -> Array:
    """Lines of equal loss around the limit, (points, 2), nan between one line and the next.

    On the plane through the limit the loss exceeds its value there by 1/2 z^T Q z exactly, so each
    line is an ellipse; where Q has a flat direction, a pair of straight lines of length `reach`.

    Args:
        curvature: Q, (2, 2), symmetric, no eigenvalue negative.
        levels: excess losses, positive.
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
    """An ellipse with these half-axes, as far as it is within reach along the longer one."""
    if across <= reach:
        angle = np.linspace(0, 2 * np.pi, CONTOUR_POINTS + 1)
        return [np.column_stack([across * np.cos(angle), radius * np.sin(angle)])]
    along = np.linspace(-reach, reach, CONTOUR_POINTS)
    height = radius * np.sqrt(1 - (along / across) ** 2)
    return [np.column_stack([along, side * height]) for side in (1, -1)]
