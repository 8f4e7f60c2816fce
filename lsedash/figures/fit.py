"""The data of *Fit*: the rows of A x against b, or somebody's data and the curve of x over them."""

from dataclasses import dataclass

import numpy as np

from lsedash.meaning import Meaning, Term
from lsedash.problem import Array, LinearSystem
from lsedash.text.unknowns import LONG, shortened
from lsedash.theory.closed_form import Theory

PIECES = 80  # of a curve, in the window and on each side of it
ROOM = 0.08  # beside the outermost points, as a share of the window
CLOSE = 1e-9  # relative; a column of A that differs more is not what its term says
INVISIBLE = 1e-4  # of the window's height: a program that differs less is drawn like the first


@dataclass(frozen=True, eq=False)
class FitData:
    """What *Fit* draws.

    Without a curve, row i is a point: b_i across, (A x)_i up. With a curve, row i of the data is
    a point: its feature's value across, b_i up; and x is the curve basis @ x over the grid.

    Attributes:
        axes: the names of the two axes.
        across: the position of each row, (m,).
        grid, basis: the curve's positions, (points,), and the terms there, (points, n); empty
            without a curve.
        window: lower and upper edge of each axis, (2, 2).
    """

    axes: tuple[str, str]
    across: Array
    grid: Array
    basis: Array
    window: Array

    @property
    def curved(self) -> bool:
        """Whether x is a curve."""
        return len(self.grid) > 0

    def alike(self, system: LinearSystem, iterates: Array, others: Array) -> bool:
        """Whether two descents, (points, n), look the same."""
        if iterates.shape != others.shape:
            return False
        rows = self.basis if self.curved else system.A
        with np.errstate(over="ignore", invalid="ignore"):
            apart = np.abs((iterates - others) @ rows.T).max(initial=0.0)
        return bool(apart <= INVISIBLE * np.ptp(self.window[1]))


def fit_data(theory: Theory, x0: Array, meaning: Meaning | None = None) -> FitData:
    """Gather what *Fit* draws; the window has b, the start and the limit, whatever descent does."""
    system = theory.system
    ends = np.column_stack([x0, theory.descent_limit(x0)])  # (n, 2)
    values = None if meaning is None else feature_values(system, meaning)
    if meaning is None or values is None:
        heights = np.append(system.A @ ends, system.b)
        window = np.array([_window(system.b), _window(heights)])
        axes = ("b", "A x")
        if meaning is not None:
            target = shortened(meaning.target, LONG) or "b"
            axes = target, f"{target}, predicted"
        return FitData(axes, system.b, np.empty(0), np.empty((0, system.n)), window)
    low, high = _window(values)
    grid = np.linspace(2 * low - high, 2 * high - low, 3 * PIECES + 1)
    basis = np.column_stack([term_values(term, grid) for term in meaning.terms])
    inside = basis[PIECES : 2 * PIECES + 1]
    heights = _window(np.append(inside @ ends, system.b))
    feature = next(term.feature for term in meaning.terms if term.power)
    axes = shortened(feature, LONG), shortened(meaning.target, LONG) or "b"
    return FitData(axes, values, grid, basis, np.array([[low, high], heights]))


def feature_values(system: LinearSystem, meaning: Meaning) -> Array | None:
    """The values of the only feature, (m,); None if there are several, or A is not made of it."""
    if len({term.feature for term in meaning.terms if term.power}) != 1:
        return None
    plain = [i for i, term in enumerate(meaning.terms) if term.power == 1]
    if not plain:
        return None
    term = meaning.terms[plain[0]]
    values = system.A[:, plain[0]] * term.deviation + term.mean
    with np.errstate(over="ignore", invalid="ignore"):
        columns = np.column_stack([term_values(term, values) for term in meaning.terms])
        off = np.abs(columns - system.A).max(axis=0)
        are = bool((off <= CLOSE * np.abs(system.A).max(axis=0)).all())
    return values if are else None


def term_values(term: Term, values: Array) -> Array:
    """The column of a term for some values of its feature, (values,)."""
    if not term.power:
        return np.ones(len(values))
    return np.asarray((values**term.power - term.mean) / term.deviation)


def _window(values: Array) -> Array:
    """A range with room for some values, (2,); around a single value as wide as it is large."""
    low, high = float(values.min()), float(values.max())
    room = ROOM * (high - low) or 0.5 * max(abs(low), 1.0)
    return np.array([low - room, high + room])
