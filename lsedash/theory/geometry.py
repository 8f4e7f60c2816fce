"""The geometry of A x = b: its equations as lines, and what descent can change and what it cannot.

The range of A and the space orthogonal to it split the residual, the row space of A and its null
space split the start: Strang, "The fundamental theorem of linear algebra" (1993).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from lsedash.problem import Array, LinearSystem
from lsedash.theory.closed_form import EPS, Theory

EquationKind = Literal["line", "always true", "never true"]

AS_LARGE = 1 - 1e-9  # of the largest entry: what rounding may have put in front of another


@dataclass(frozen=True, eq=False)
class Equation:
    """One row of A x = b: normal . x = right side.

    Attributes:
        number: which one, from 1.
        normal: the row of A, (n,), at right angles to the line.
        right_side: the entry of b.
        kind: "line"; "always true" or "never true" where the row is zero and b's entry is, or not.
    """

    number: int
    normal: Array
    right_side: float
    kind: EquationKind


@dataclass(frozen=True, eq=False)
class ResidualSplit:
    """The start's residual as the sum of two parts at right angles.

    Attributes:
        residual: A x0 - b, (m,).
        removable: its part in the range of A, (m,), which descent removes.
        floor: its part orthogonal to the range, (m,), which no x removes; exactly 0 where the least
            loss is.
    """

    residual: Array
    removable: Array
    floor: Array

    @property
    def removable_loss(self) -> float:
        """What descent takes off the start's loss, 1/2 ||removable||^2."""
        return float(0.5 * np.sum(self.removable**2))

    @property
    def floor_loss(self) -> float:
        """What it leaves, 1/2 ||floor||^2: the least loss."""
        return float(0.5 * np.sum(self.floor**2))


@dataclass(frozen=True, eq=False)
class StartSplit:
    """The start as the sum of two parts at right angles, and where each of them ends.

    Attributes:
        moving: the start's part in the row space of A, (n,); descent leads it to `minimum_norm`.
        frozen: its part in the null space, (n,); descent never changes it. Exactly 0 if rank = n.
        limit: where descent ends, (n,): minimum_norm + frozen, to rounding.
        minimum_norm: A^+ b, the shortest of the least-squares solutions, (n,).
    """

    moving: Array
    frozen: Array
    limit: Array
    minimum_norm: Array


def equations(system: LinearSystem) -> tuple[Equation, ...]:
    """The m equations, in the order of the rows."""
    rows = zip(system.A, system.b.tolist(), strict=True)
    return tuple(Equation(i, row, side, _kind(row, side)) for i, (row, side) in enumerate(rows, 1))


def line_across(equation: Equation, window: ArrayLike) -> Array:
    """Where an equation in at most two unknowns crosses a window.

    Of a single unknown the second axis of the window is another quantity, such as the loss, and the
    line is upright.

    Args:
        equation: of one or two unknowns.
        window: lower and upper edge of each axis, (2, 2), the axes being the unknowns.

    Returns:
        The two ends of the line inside the window, (2, 2), a point per row, the same twice where it
        only touches a corner; (0, 2) where it misses the window or the equation is no line.

    Raises:
        ValueError: the equation has more than two unknowns.
    """
    edges, normal = np.asarray(window, dtype=float), np.zeros(2)
    if len(equation.normal) > 2:
        raise ValueError(f"A line needs two unknowns; the equation has {len(equation.normal)}.")
    normal[: len(equation.normal)] = equation.normal
    return _across(normal, equation.right_side - float(normal @ edges.mean(axis=1)), edges)


def residual_split(theory: Theory, x0: ArrayLike) -> ResidualSplit:
    """Split the residual at x0 (n,) into what descent removes and what no x removes."""
    residual = theory.system.residual(x0)
    floor = np.zeros(theory.system.m) if theory.least_loss == 0 else _out_of_range(theory)
    return ResidualSplit(residual, residual - floor, floor)


def start_split(theory: Theory, x0: ArrayLike) -> StartSplit:
    """Split the start x0 (n,) into what descent moves and what it never changes."""
    start, still = np.asarray(x0, dtype=float), null_directions(theory)
    frozen = (still @ start) @ still
    if np.linalg.norm(frozen) <= 4 * len(start) * EPS * np.linalg.norm(start):
        frozen = np.zeros(len(start))  # rounding of a start that lies in the row space
    shortest = theory.descent_limit(np.zeros(theory.system.n))
    return StartSplit(start - frozen, frozen, theory.descent_limit(start), shortest)


def null_directions(theory: Theory) -> Array:
    """An orthonormal basis of the null space as rows, (n - rank, n).

    Of each row the first of the largest entries is positive.
    """
    rows = theory.directions[:, theory.rank :].T
    sizes = np.abs(rows)
    leading = (sizes >= AS_LARGE * sizes.max(axis=1, keepdims=True)).argmax(axis=1)
    signs = np.sign(rows[np.arange(len(rows)), leading])
    return np.asarray(rows * signs[:, None] + 0.0)  # no -0


def _kind(row: Array, side: float) -> EquationKind:
    if row.any():
        return "line"
    return "never true" if side else "always true"


def _across(normal: Array, gap: float, window: Array) -> Array:
    """The line normal . (x - center) = gap inside a window, as `line_across` gives it.

    In units of the window, u from -1 to 1 on both axes, it is slopes . u = gap: take the ends where
    the flatter axis ends, and move those that lie outside back to where the steeper axis ends.
    """
    slopes = normal * np.ptp(window, axis=1) / 2
    steep = int(np.abs(slopes).argmax())
    slope, tilt = slopes[steep], slopes[1 - steep]
    if slope == 0:
        return np.empty((0, 2))
    ends = np.array([-1.0, 1.0])
    with np.errstate(over="ignore"):  # a line too far away for floats misses the window
        heights = (gap - tilt * ends) / slope
    if heights.min() > 1 or heights.max() < -1:
        return np.empty((0, 2))
    kept = np.clip(heights, -1, 1)
    outside = kept != heights
    ends[outside] = np.clip((gap - slope * kept[outside]) / tilt, -1, 1)
    u = np.column_stack([ends, kept] if steep == 1 else [kept, ends])
    return np.asarray(window.mean(axis=1) + u * np.ptp(window, axis=1) / 2)


def _out_of_range(theory: Theory) -> Array:
    """A x - b for x = A^+ b, (m,): the part of -b orthogonal to the range of A.

    By the left singular vectors, of which rounding leaves the parts at right angles; A x0 - A x
    would carry kappa times as much of it, and A v_i / s_i too.
    """
    U, b = theory.left_directions, theory.system.b
    return np.asarray(U @ (U.T @ b) - b)
