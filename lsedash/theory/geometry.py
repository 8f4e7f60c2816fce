"""The geometry of A x = b: equations as lines, the residual and the start each as two parts.

The residual splits into its parts in the range of A and orthogonal to it, the start into its parts
in the row space and the null space: Strang, "The fundamental theorem of linear algebra" (1993).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from lsedash.problem import Array, LinearSystem
from lsedash.theory.closed_form import Theory
from lsedash.theory.regimes import EPS

EquationKind = Literal["line", "always true", "never true"]

AS_LARGE = 1 - 1e-9  # fraction of the largest entry from which another counts as equally large


@dataclass(frozen=True, eq=False)
class Equation:
    """One row of A x = b: normal . x = right side.

    Attributes:
        number: of the row, from 1.
        normal: the row of A, (n,), at right angles to the line.
        right_side: the entry of b.
        kind: "line"; for a row of zeros "always true" if b's entry is 0, else "never true".
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
        floor: its part orthogonal to the range, (m,), which no x removes; exactly 0 if the least
            loss is 0.
    """

    residual: Array
    removable: Array
    floor: Array

    @property
    def removable_loss(self) -> float:
        """The part of the start's loss that descent removes, 1/2 ||removable||^2."""
        return float(0.5 * np.sum(self.removable**2))

    @property
    def floor_loss(self) -> float:
        """The part that stays, 1/2 ||floor||^2: the least loss."""
        return float(0.5 * np.sum(self.floor**2))


@dataclass(frozen=True, eq=False)
class StartSplit:
    """The start as the sum of two parts at right angles, and the limit of descent.

    Attributes:
        moving: the start's part in the row space of A, (n,); descent moves it to `minimum_norm`.
        frozen: its part in the null space, (n,); descent never changes it. Exactly 0 if rank = n.
        limit: where descent ends, (n,): minimum_norm + frozen, up to rounding.
        minimum_norm: A^+ b, the shortest least-squares solution, (n,).
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
    """The part of an equation's line that lies inside a window.

    Args:
        equation: in one or two unknowns. The line of one unknown is vertical; the window's second
            axis is then another quantity, such as the loss.
        window: lower and upper edge of each axis, (2, 2).

    Returns:
        The two ends of the line inside the window, (2, 2), a point per row, the same twice if the
        line only touches a corner; (0, 2) if it misses the window or the equation is no line.

    Raises:
        ValueError: the equation has more than two unknowns.
    """
    edges, normal = np.asarray(window, dtype=float), np.zeros(2)
    if len(equation.normal) > 2:
        raise ValueError(f"A line needs two unknowns; the equation has {len(equation.normal)}.")
    normal[: len(equation.normal)] = equation.normal
    return _across(normal, equation.right_side - float(normal @ edges.mean(axis=1)), edges)


def residual_split(theory: Theory, x0: ArrayLike) -> ResidualSplit:
    """Split the residual at x0 (n,) into the part that descent removes and the rest.

    A part to remove that rounding alone explains is exactly 0.
    """
    residual = theory.system.residual(x0)
    floor = np.zeros(theory.system.m) if theory.least_loss == 0 else _out_of_range(theory)
    if theory.starts_at_limit(x0):
        return ResidualSplit(floor, np.zeros(theory.system.m), floor)
    return ResidualSplit(residual, residual - floor, floor)


def start_split(theory: Theory, x0: ArrayLike) -> StartSplit:
    """Split the start x0 (n,) into the part that descent moves and the rest."""
    start, null_basis = np.asarray(x0, dtype=float), null_directions(theory)
    frozen = (null_basis @ start) @ null_basis
    if np.linalg.norm(frozen) <= 4 * len(start) * EPS * np.linalg.norm(start):
        frozen = np.zeros(len(start))  # only rounding: the start lies in the row space
    minimum_norm = theory.descent_limit(np.zeros(theory.system.n))
    return StartSplit(start - frozen, frozen, theory.descent_limit(start), minimum_norm)


def null_directions(theory: Theory) -> Array:
    """An orthonormal basis of the null space as rows, (n - rank, n).

    In each row, the entry with the largest size is positive; of several, the first.
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
    """The line normal . (x - center) = gap inside a window, as `line_across` returns it.

    With u from -1 to 1 on both axes of the window, the line is slopes . u = gap. Take the
    line's points at both ends of the axis with the smaller slope, and move a point outside the
    window along the line to the end of the other axis.
    """
    slopes = normal * np.ptp(window, axis=1) / 2
    steep = int(np.abs(slopes).argmax())
    slope, tilt = slopes[steep], slopes[1 - steep]
    if slope == 0:
        return np.empty((0, 2))
    ends = np.array([-1.0, 1.0])
    with np.errstate(over="ignore"):  # an infinite height misses the window, too
        heights = (gap - tilt * ends) / slope
    if heights.min() > 1 or heights.max() < -1:
        return np.empty((0, 2))
    clipped = np.clip(heights, -1, 1)
    outside = clipped != heights
    ends[outside] = np.clip((gap - slope * clipped[outside]) / tilt, -1, 1)
    u = np.column_stack([ends, clipped] if steep == 1 else [clipped, ends])
    return np.asarray(window.mean(axis=1) + u * np.ptp(window, axis=1) / 2)


def _out_of_range(theory: Theory) -> Array:
    """A x - b for x = A^+ b, (m,): the part of -b orthogonal to the range of A.

    The left singular vectors are orthogonal up to rounding. Computing A x instead, or the vectors
    as A v_i / s_i, would have kappa times larger rounding errors.
    """
    U, b = theory.left_directions, theory.system.b
    return np.asarray(U @ (U.T @ b) - b)
