"""The view of a path: along coordinates or modes, in space, over rows; or *Fit*, of the data."""

from dataclasses import dataclass

import numpy as np

from lsedash.figures.path import PathData, parabola_data, path_data, plane_data
from lsedash.figures.plane import Plane, coordinate_plane, eigen_plane
from lsedash.figures.style import MOST_DRAWN
from lsedash.meaning import Meaning, Term
from lsedash.running.run import Comparison
from lsedash.text.unknowns import coordinate_names
from lsedash.theory.closed_form import Theory

COORDINATES, MODES, SPACE, FIT, ROWS = KINDS = "coordinates", "modes", "space", "fit", "rows"
MOST_NUMBERS = 12 * MOST_DRAWN  # of one run, in a view that needs all n coordinates


@dataclass(frozen=True)
class View:
    """The view of the path chart.

    Attributes:
        kind: "coordinates", "modes" (steepest and flattest direction), "space" (n = 3), "fit",
            which shows A x and b instead of the path, or "rows" (n = 2 without a constant), which
            shows each row of A x = b as a line.
        across, up: the two coordinates, counted from 0.
    """

    kind: str = COORDINATES
    across: int = 0
    up: int = 1

    def fitted(self, n: int, meaning: Meaning | None = None) -> "View":
        """This view if n unknowns have it, otherwise the default view."""
        if self.kind not in kinds(n, meaning):
            return View()
        two = self.across != self.up and max(self.across, self.up) < n
        return self if two else View(self.kind if self.kind == FIT else COORDINATES)

    @property
    def flat(self) -> "View":
        """This view if it shows the path in a plane, otherwise the default view."""
        return View() if self.kind in (SPACE, FIT, ROWS) else self

    def most_points(self, n: int) -> int:
        """The most points of a run that this view of n unknowns draws."""
        return min(MOST_DRAWN, MOST_NUMBERS // n) if self.kind == FIT else MOST_DRAWN

    def plane(self, theory: Theory, meaning: Meaning | None = None) -> Plane:
        """The plane of the view; for n > 1."""
        if self.kind == MODES:
            return eigen_plane(theory)
        return coordinate_plane(theory.system.n, self.across, self.up, meaning)


def kinds(n: int, meaning: Meaning | None = None) -> tuple[str, ...]:
    """The possible kinds of view for n unknowns."""
    if n < 3:
        rows = n == 2 and (meaning is None or Term() not in meaning.terms)
        return (COORDINATES, FIT, ROWS) if rows else (COORDINATES, FIT)
    return (COORDINATES, MODES, SPACE, FIT) if n == 3 else (COORDINATES, MODES, FIT)


def path_of(
    comparison: Comparison, theory: Theory, view: View, meaning: Meaning | None = None
) -> PathData:
    """The path's data for a view; *Fit* has all n coordinates of it."""
    n = theory.system.n
    if view.kind == FIT:
        names = coordinate_names(n, meaning)
        return path_data(comparison, theory, np.eye(n), names, view.most_points(n))
    if n == 1:
        return parabola_data(comparison, theory, meaning)
    if view.kind == SPACE:
        return path_data(comparison, theory, np.eye(3), coordinate_names(3, meaning))
    return plane_data(comparison, theory, view.plane(theory, meaning))
