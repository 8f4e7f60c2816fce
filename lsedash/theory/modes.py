"""The loss taken apart into the modes of A = U S V^T: who is how much of it, and for how long."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, log, log1p

import numpy as np
from numpy.typing import ArrayLike

from lsedash.problem import Array
from lsedash.theory.closed_form import EPS, Mode, Theory

MOST = 8  # modes told apart; of more, the extremes and the rest as one
EXTREMES = 3  # steepest, and as many flattest
LITTLE = 0.01  # of a mode's loss at the start
SLOWEST = 1.3e-308  # alpha lambda; below it, 1 % is more iterations away than floats can count


@dataclass(frozen=True)
class Share:
    """One mode's part in an experiment, or that of several neighbours.

    Attributes:
        first, last: their numbers, from 1, in the order of `Theory.curvatures`.
        modes: what each of them does.
        loss: their part of the start's loss.
        share: the same over the whole of the start's loss, from 0 to 1; 0 where that is 0.
        below: the first iteration at which the loss of each is at most 1 % of what it was; 0 if it
            was 0, None if that never comes.
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
    """The modes that move, steepest first; of more than eight, those in the middle as one."""
    modes = theory.modes(learning_rate)
    losses = theory.mode_losses(x0, learning_rate, [0])[0]
    steps = learning_rate * theory.curvatures
    whole = theory.least_loss + float(losses.sum())
    found = []
    for first, last in groups(theory.rank):
        loss = float(losses[first - 1 : last].sum())
        found.append(
            Share(
                first,
                last,
                modes[first - 1 : last],
                loss,
                loss / whole if whole > 0 else 0.0,
                _latest(steps[first - 1 : last], losses[first - 1 : last]),
            )
        )
    return tuple(found)


def groups(rank: int) -> Iterator[tuple[int, int]]:
    """First and last number, from 1, of the modes that are told apart."""
    if rank <= MOST:
        yield from ((i, i) for i in range(1, rank + 1))
        return
    yield from ((i, i) for i in range(1, EXTREMES + 1))
    yield EXTREMES + 1, rank - EXTREMES
    yield from ((i, i) for i in range(rank - EXTREMES + 1, rank + 1))


def losses_by_group(theory: Theory, x0: ArrayLike, learning_rate: float, ks: ArrayLike) -> Array:
    """What each of the groups adds to loss_k, (len(ks), groups)."""
    losses = theory.mode_losses(x0, learning_rate, ks)
    with np.errstate(over="ignore"):
        parts = [losses[:, first - 1 : last].sum(axis=1) for first, last in groups(theory.rank)]
    return np.column_stack(parts) if parts else np.empty((len(losses), 0))


def below(step: float) -> int | None:
    """The first k with (1 - step)^(2k) <= 1 %; None if there is none, or none that floats hold.

    Args:
        step: alpha lambda of a mode.
    """
    if not SLOWEST < step < 2 - 8 * EPS:  # beside 2 it is undamped, to rounding
        return None
    if step == 1:
        return 1
    shrinks = log1p(-step) if step < 1 else log(step - 1)  # per iteration, in the loss half of it
    return max(ceil(log(LITTLE) / (2 * shrinks)), 1)


def _latest(steps: Array, losses: Array) -> int | None:
    """When the last of some modes is below 1 % of its start; those that began with 0 always are."""
    times = [below(float(step)) for step in steps[losses > 0]]
    return None if None in times else max((k for k in times if k is not None), default=0)
