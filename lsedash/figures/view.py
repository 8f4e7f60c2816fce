"""What a path is looked at along: two coordinates, two modes, or all three axes."""

from dataclasses import dataclass

import numpy as np

from lsedash.figures.path import PathData, parabola_data, path_data, plane_data
from lsedash.figures.plane import Plane, coordinate_name, coordinate_plane, eigen_plane
from lsedash.running.run import Comparison
from lsedash.theory.closed_form import Theory

COORDINATES, MODES, SPACE = "coordinates", "modes", "space"


@dataclass(frozen=True)
class View:
    """What the path chart looks at.

    Attributes:
        kind: "coordinates", "modes" (steepest and flattest direction) or "space" (n = 3).
        across, up: which two coordinates, counted from 0.
    """

    kind: str = COORDINATES
    across: int = 0
    up: int = 1

    def fitted(self, n: int) -> "View":
        """The same view of n unknowns, or the plain one if there is no such view."""
        known = self.kind in kinds(n) and max(self.across, self.up) < n
        return self if known and self.across != self.up else View()

    def plane(self, theory: Theory) -> Plane:
        """The plane looked at; for n > 1."""
        if self.kind == MODES:
            return eigen_plane(theory)
        return coordinate_plane(theory.system.n, self.across, self.up)


def kinds(n: int) -> tuple[str, ...]:
    """The kinds of view that n unknowns have."""
    if n < 3:
        return (COORDINATES,)
    return (COORDINATES, MODES, SPACE) if n == 3 else (COORDINATES, MODES)


def path_of(comparison: Comparison, theory: Theory, view: View) -> PathData:
    """The path as this view shows it."""
    n = theory.system.n
    if n == 1:
        return parabola_data(comparison, theory)
    if view.kind == SPACE:
        names = tuple(coordinate_name(i) for i in range(3))
        return path_data(comparison, theory, np.eye(3), names)
    return plane_data(comparison, theory, view.plane(theory))
