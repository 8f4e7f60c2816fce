"""Many learning rates at once: one descent whose x has a column for each rate.

The columns never mix: each is the descent of a variant at its rate, but one product with A serves
all columns. A leading axis holds several systems of the same shape.
"""

from collections.abc import Iterator
from time import thread_time

import numpy as np
from numpy.typing import ArrayLike

from lsedash.experiment import Experiment
from lsedash.problem import Array, InvalidInput
from lsedash.running.run import Progress
from lsedash.running.swept import Sweep

ROUND = 64  # iterations between two reports
BLOCK = 2**20  # entries of A and of the residual that are worked on at once, for large systems


def sweep(experiment: Experiment, learning_rates: ArrayLike) -> Sweep:
    """The losses of a descent at each learning rate, (N + 1, rates): an array with a `plot()`.

    The experiment's own rate and tolerance are ignored. A is not copied (in float32, once), and
    what is held besides does not grow with m. Losses are inf or nan from the point where
    a variant would stop as diverged.

    Raises:
        InvalidInput: the rates are not a list of positive numbers.
    """
    *_, last = stream_sweep(experiment, learning_rates)
    return Sweep(last.snapshot(), experiment, checked_rates(learning_rates))


def stream_sweep(
    experiment: Experiment,
    learning_rates: ArrayLike,
    points: ArrayLike | None = None,
    deadline: float | None = None,
) -> Iterator[Progress]:
    """Like `sweep`, but reports every few iterations; a snapshot is the losses so far.

    Args:
        points: the numbers of the points whose losses are kept, ascending; None for all.
        deadline: stop after so many seconds of computing; None for no limit.
    """
    rates, total = checked_rates(learning_rates), experiment.iterations + 1
    kept = np.arange(total) if points is None else np.asarray(points)
    losses, done, start_time = np.empty((len(kept), len(rates))), 0, thread_time()
    seconds = 0.0
    for point, row in enumerate(losses_of(experiment, rates)):
        if done < len(kept) and point == kept[done]:
            losses[done] = row
            done += 1
        if point % ROUND == ROUND - 1 or point == total - 1:
            seconds += thread_time() - start_time
            late = deadline is not None and seconds > deadline
            finished = late or point == total - 1
            yield Progress(point + 1, total, finished, losses[:done].view)
            if late:
                return
            start_time = thread_time()


def losses_of(experiment: Experiment, rates: Array) -> Iterator[Array]:
    """The losses of one point after the other, (rates,); the next point may overwrite them."""
    A, b, x0, _, iterations = experiment.arguments()
    starts = np.repeat(x0[None, :, None], len(rates), axis=2)
    for _, losses in descend_together(A[None], b[None], starts, rates.astype(A.dtype), iterations):
        yield losses[0]


def checked_rates(learning_rates: ArrayLike) -> Array:
    """The rates as an array, (rates,).

    Raises:
        InvalidInput: they are not a list of positive numbers.
    """
    rates = np.asarray(learning_rates, dtype=float)
    if rates.ndim != 1 or not rates.size:
        raise InvalidInput(
            f"The learning rates must be a list of numbers; their shape is {rates.shape}.",
            field="lr",
        )
    wrong = rates[~(np.isfinite(rates) & (rates > 0))]
    if len(wrong):
        raise InvalidInput(f"A learning rate must be positive; one is {wrong[0]}.", field="lr")
    return rates


def descend_together(
    A: Array, b: Array, x: Array, learning_rates: Array, iterations: int
) -> Iterator[tuple[Array, Array]]:
    """Descend on several systems at several learning rates, from several starts.

    Args:
        A: (systems, m, n).
        b: (systems, m).
        x: (systems, n, columns), one start for each column; it is not changed.
        learning_rates: (columns,), or (systems, 1, columns) if each system has its own.

    Yields:
        x (systems, n, columns), which the next update overwrites, and the losses
        (systems, columns), for the start and after each update.
    """
    x = x.copy()
    for k in range(iterations + 1):
        with np.errstate(over="ignore", invalid="ignore"):  # a rate above the edge diverges
            losses, gradients = _losses_and_gradients(A, b, x)
        yield x, losses
        if k < iterations:
            with np.errstate(over="ignore", invalid="ignore"):
                x -= learning_rates * gradients


def _losses_and_gradients(A: Array, b: Array, x: Array) -> tuple[Array, Array]:
    """The losses (systems, columns) and gradients (systems, n, columns), some rows at a time."""
    systems, m, n = A.shape
    rows = max(BLOCK // (systems * (n + x.shape[2])), 1)
    losses: Array | float = 0.0
    gradients: Array | float = 0.0
    for first in range(0, m, rows):
        some = A[:, first : first + rows]
        residual = some @ x
        residual -= b[:, first : first + rows, None]
        losses = losses + 0.5 * np.einsum("smr,smr->sr", residual, residual)
        gradients = gradients + some.swapaxes(1, 2) @ residual
    return np.asarray(losses), np.asarray(gradients)
