"""How much each mode of A = U S V^T contributes to the loss, and when it has decayed."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, log, log1p

import numpy as np
from numpy.typing import ArrayLike

from lsedash.problem import Array
from lsedash.theory.closed_form import Theory
from lsedash.theory.regimes import EPS, Mode
from lsedash.theory.zero import rounding_loss

MOST_SINGLE = 8  # of more modes, only the extremes are shown one by one
EXTREMES = 3  # steepest modes shown one by one then, and as many flattest
DECAYED = 0.01  # fraction of a mode's initial loss
SMALLEST_STEP = 1.3e-308  # alpha lambda; for a smaller one, float64 cannot hold the iteration count


@dataclass(frozen=True)
class Share:
    """What one mode, or a group of neighbouring modes, contributes to the loss.

    Attributes:
        first, last: the numbers of the first and last mode, from 1, in the order of
            `Theory.curvatures`.
        modes: the modes themselves.
        loss: their part of the start's loss.
        share: the same as a fraction of the start's loss, from 0 to 1; 0 where that is 0.
            A loss at rounding level counts as 0.
        below: the first iteration at which the loss of each mode is at most 1 % of its initial
            loss; 0 if that was 0, None if it never is.
    """

    first: int
    last: int
    modes: tuple[Mode, ...]
    loss: float
    share: float
    below: int | None

    @property
    def name(self) -> str:
        """ "mode 2", or "modes 4 to 61"."""
        if self.first == self.last:
            return f"mode {self.first}"
        return f"modes {self.first} to {self.last}"


def shares(theory: Theory, x0: ArrayLike, learning_rate: float) -> tuple[Share, ...]:
    """The shares of the moving modes, steepest first; of more than eight, the middle as one."""
    modes = theory.modes(learning_rate)
    losses = theory.mode_losses(x0, learning_rate, [0])[0]
    losses[losses <= rounding_loss(theory.system, theory.descent_limit(x0))] = 0.0
    steps = learning_rate * theory.curvatures
    start_loss = theory.least_loss + float(losses.sum())

    def share(first: int, last: int) -> Share:
        group = slice(first - 1, last)
        loss = float(losses[group].sum())
        relative = loss / start_loss if start_loss > 0 else 0.0
        return Share(
            first, last, modes[group], loss, relative, _last_below(steps[group], losses[group])
        )

    return tuple(share(first, last) for first, last in groups(theory.rank))


def groups(rank: int) -> Iterator[tuple[int, int]]:
    """The first and last number, from 1, of the modes in each group."""
    if rank <= MOST_SINGLE:
        yield from ((i, i) for i in range(1, rank + 1))
        return
    yield from ((i, i) for i in range(1, EXTREMES + 1))
    yield EXTREMES + 1, rank - EXTREMES
    yield from ((i, i) for i in range(rank - EXTREMES + 1, rank + 1))


def losses_by_group(theory: Theory, x0: ArrayLike, learning_rate: float, ks: ArrayLike) -> Array:
    """The part of loss_k in each group of modes, (len(ks), groups)."""
    losses = theory.mode_losses(x0, learning_rate, ks)
    with np.errstate(over="ignore"):
        parts = [losses[:, first - 1 : last].sum(axis=1) for first, last in groups(theory.rank)]
    return np.column_stack(parts) if parts else np.empty((len(losses), 0))


def below(step: float) -> int | None:
    """The first k with (1 - step)^(2k) <= 1 %; None if there is none or it overflows.

    Args:
        step: alpha lambda of a mode.
    """
    if not SMALLEST_STEP < step < 2 - 8 * EPS:  # up to rounding, 2 is undamped
        return None
    if step == 1:
        return 1
    log_factor = log1p(-step) if step < 1 else log(step - 1)  # of |1 - step|
    return max(ceil(log(DECAYED) / (2 * log_factor)), 1)


def _last_below(steps: Array, losses: Array) -> int | None:
    """The iteration from which every mode is below 1 % of its initial loss; 0 if that was 0."""
    times = [below(float(step)) for step in steps[losses > 0]]
    return None if None in times else max((k for k in times if k is not None), default=0)
