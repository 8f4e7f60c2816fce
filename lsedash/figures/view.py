"""The view of a path: along two coordinates, along two modes, or in space."""

from dataclasses import dataclass

import numpy as np

from lsedash.figures.path import PathData, parabola_data, path_data, plane_data
from lsedash.figures.plane import Plane, coordinate_name, coordinate_plane, eigen_plane
from lsedash.running.run import Comparison
from lsedash.theory.closed_form import Theory

COORDINATES, MODES, SPACE = "coordinates", "modes", "space"


@dataclass(frozen=True)
class View:
    """The view of the path chart.

    Attributes:
        kind: "coordinates", "modes" (steepest and flattest direction) or "space" (n = 3).
        across, up: the two coordinates, counted from 0.
    """

    kind: str = COORDINATES
    across: int = 0
    up: int = 1

    def fitted(self, n: int) -> "View":
        """This view if n unknowns have it, otherwise the default view."""
        possible = self.kind in kinds(n) and max(self.across, self.up) < n
        return self if possible and self.across != self.up else View()

    def plane(self, theory: Theory) -> Plane:
        """The plane of the view; for n > 1."""
        if self.kind == MODES:
            return eigen_plane(theory)
        return coordinate_plane(theory.system.n, self.across, self.up)


def kinds(n: int) -> tuple[str, ...]:
    """The possible kinds of view for n unknowns."""
    if n < 3:
        return (COORDINATES,)
    return (COORDINATES, MODES, SPACE) if n == 3 else (COORDINATES, MODES)


def path_of(comparison: Comparison, theory: Theory, view: View) -> PathData:
    """The path's data for a view."""
    n = theory.system.n
    if n == 1:
        return parabola_data(comparison, theory)
    if view.kind == SPACE:
        names = tuple(coordinate_name(i) for i in range(3))
        return path_data(comparison, theory, np.eye(3), names)
    return plane_data(comparison, theory, view.plane(theory))
