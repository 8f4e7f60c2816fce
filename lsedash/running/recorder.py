"""The record of one program's run while it is being made: points, clock, warnings, status."""

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf, nan
from time import perf_counter
from traceback import FrameSummary, extract_tb
from typing import Any

import numpy as np

from lsedash.experiment import Experiment
from lsedash.programs.program import Runnable
from lsedash.running.run import Run, Status

_FLOATS = {size: np.dtype(f"f{size}") for size in (2, 4, 8)}  # by the bytes of one entry

# warnings.catch_warnings replaces state of the whole process; two threads must not interleave.
_warnings_lock = threading.Lock()


@contextmanager
def recorded_warnings() -> Iterator[list[warnings.WarningMessage]]:
    """Keep what is warned in here, instead of printing or raising it; one thread at a time."""
    with _warnings_lock, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield caught


class Recorder:
    """One variant's run while it is being made.

    Points are recorded every `stride`; whenever the room is used up, every second one is dropped
    and the stride doubles. So an early end is seen in full and a long run stays evenly spaced.
    """

    def __init__(self, variant: Runnable, experiment: Experiment, max_points: int) -> None:
        self.key = variant.key
        self.experiment = experiment
        fits = experiment.iterations < max_points
        self.room = max_points if fits else max_points - 1  # one is for the last point
        self.status: Status = "stopped"  # until something else happens
        self.exception: Exception | None = None
        self.traceback: tuple[FrameSummary, ...] = ()
        self.warnings: dict[str, None] = {}
        self.seconds = 0.0
        self.stride = 1
        self.rows: list[bytes] = []  # x at the points kept; bytes are the cheapest copy there is
        self.losses: list[float] = []
        self.last = (-1, b"", nan)  # point, x, loss
        self.steps = iter(variant(*experiment.arguments()))
        self.live = _Live()

    def advance(self, target: int) -> None:
        """Go on until point `target` is next or the run ends, in whichever way."""
        with recorded_warnings() as caught:
            try:
                self._record_until(target)
            except StopIteration:
                self.status = "finished"
            except Exception as exception:  # a program may be wrong in any way, even on purpose
                self.status, self.exception = "raised", exception
                self.traceback = tuple(extract_tb(exception.__traceback__))
                exception.__traceback__ = None
        self.warnings.update(dict.fromkeys(f"{w.category.__name__}: {w.message}" for w in caught))
        if self.status == "stopped" and self.next_point > self.experiment.iterations:
            self.status = "finished"

    def _record_until(self, target: int) -> None:
        """What is done for every point; local names keep it out of the variant's way."""
        tolerance = -1.0 if self.experiment.tolerance is None else self.experiment.tolerance
        steps, view, stride = self.steps, self.live.view, self.stride
        rows, losses, seconds = self.rows, self.losses, self.seconds
        last, row, value = self.last
        try:
            for point in range(last + 1, target):
                began = perf_counter()
                x, loss = next(steps)
                seconds += perf_counter() - began
                if isinstance(x, np.ndarray):
                    copied, number = x.tobytes(), float(loss)
                else:
                    copied, number = view(x).tobytes(), loss.item()
                if (
                    not number < inf
                ):  # in a descent A x is not finite where x is not: this tells of both
                    self.status = "diverged"
                    return
                last, row, value = point, copied, number
                if not point % stride:
                    rows.append(row)
                    losses.append(value)
                    if len(rows) > self.room:
                        stride = self._thin()
                if value <= tolerance:
                    self.status = "converged"
                    return
        finally:
            self.seconds, self.last = seconds, (last, row, value)

    def _thin(self) -> int:
        """Drop every second point; the stride from here on."""
        self.rows[:], self.losses[:] = self.rows[::2], self.losses[::2]
        self.stride *= 2
        return self.stride

    @property
    def next_point(self) -> int:
        return self.last[0] + 1

    def run(self) -> Run:
        """The run so far."""
        rows, losses = self.rows, self.losses
        points = np.arange(len(rows)) * self.stride
        last_point, last_row, last_loss = self.last
        if rows and points[-1] != last_point:
            rows, losses = [*rows, last_row], [*losses, last_loss]
            points = np.append(points, last_point)
        n = self.experiment.system.n
        dtype = _FLOATS.get(len(last_row) // n, np.dtype(self.experiment.dtype))
        iterates = np.frombuffer(b"".join(rows), dtype).reshape(-1, n)
        finite = len(iterates)
        if not np.isfinite(iterates).all():  # a pitfall's x, beside a finite loss
            finite = int(np.argmin(np.isfinite(iterates).all(axis=1)))
        return Run(
            key=self.key,
            points=points[:finite],
            iterates=iterates[:finite],
            losses=np.array(losses)[:finite],
            status=self.status if finite == len(iterates) else "diverged",
            seconds=self.seconds,
            exception=self.exception,
            traceback=self.traceback,
            warnings=tuple(self.warnings),
        )


class _Live:
    """NumPy's view of a tensor's memory, made anew only when that memory moves."""

    def __init__(self) -> None:
        self.x: Any = None
        self.pointer = 0
        self.array: Any = None

    def view(self, x: Any) -> Any:
        pointer = x.data_ptr()
        if x is not self.x or pointer != self.pointer:  # x.data may be replaced under the same x
            self.x, self.pointer, self.array = x, pointer, x.detach().numpy()
        return self.array
