"""Record one program's run: points, time, warnings, status."""

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf, nan
from statistics import median
from time import perf_counter, thread_time
from traceback import FrameSummary, extract_tb
from typing import Any

import numpy as np

from lsedash.experiment import Experiment
from lsedash.problem import Array
from lsedash.programs.program import Runnable
from lsedash.running.run import Run, Status

_FLOATS = {size: np.dtype(f"f{size}") for size in (2, 4, 8)}  # by the bytes of one entry

Arguments = tuple[Array, Array, Array, float, int]  # of a program

# warnings.catch_warnings changes the state of the whole process: one thread at a time.
_warnings_lock = threading.Lock()


@contextmanager
def recorded_warnings() -> Iterator[list[warnings.WarningMessage]]:
    """Collect the warnings of the block instead of printing or raising them."""
    with _warnings_lock, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield caught


class Recorder:
    """Runs one variant and records it.

    Every `stride`-th point is recorded, at first each one. When the record is full, every second
    point is dropped and the stride doubles: a short run is complete, a long one evenly spaced.

    Args:
        watched: a loss; the first point that has at most so much is noted. None for none.
    """

    def __init__(
        self,
        variant: Runnable,
        experiment: Experiment,
        arguments: Arguments,
        max_points: int,
        watched: float | None = None,
    ) -> None:
        self.key = variant.key
        self.experiment = experiment
        fits = experiment.iterations < max_points
        self.capacity = max_points if fits else max_points - 1  # leave room for the last point
        self.status: Status = "stopped"  # while the variant runs
        self.late = False  # whether the deadline ended the run
        self.watched = -inf if watched is None else watched
        self.reached: int | None = None
        self.exception: Exception | None = None
        self.traceback: tuple[FrameSummary, ...] = ()
        self.warnings: dict[str, None] = {}
        self.seconds = 0.0
        self.paces: list[float] = []  # processor time for each point, of each turn
        self.stride = 1
        self.rows: list[bytes] = []  # x at the recorded points; bytes are the fastest copy
        self.losses: list[float] = []
        self.last = (-1, b"", nan)  # point, x, loss
        A, b, x0, learning_rate, iterations = arguments
        self.steps = iter(variant(A, b, x0.copy(), learning_rate, iterations))
        self.tensor_view = _TensorView()

    def advance(self, target: int) -> None:
        """Run the variant until point `target` is next or the run ends."""
        first_point = self.next_point
        with recorded_warnings() as caught:
            began = thread_time()
            try:
                self._record_until(target)
            except StopIteration:
                self.status = "finished"
            except Exception as exception:  # pitfalls raise on purpose
                self.status, self.exception = "raised", exception
                self.traceback = tuple(extract_tb(exception.__traceback__))
                exception.__traceback__ = None
            points = self.next_point - first_point
            if points:
                self.paces.append((thread_time() - began) / points)
        self.warnings.update(dict.fromkeys(f"{w.category.__name__}: {w.message}" for w in caught))
        if self.status == "stopped" and self.next_point > self.experiment.iterations:
            self.status = "finished"

    def _record_until(self, target: int) -> None:
        """The loop over the points; local names make it fast."""
        tolerance = -1.0 if self.experiment.tolerance is None else self.experiment.tolerance
        steps, view, stride = self.steps, self.tensor_view.of, self.stride
        rows, losses, seconds, watched = self.rows, self.losses, self.seconds, self.watched
        last_point, last_row, last_loss = self.last
        try:
            for point in range(last_point + 1, target):
                start_time = perf_counter()
                x, loss = next(steps)
                seconds += perf_counter() - start_time
                if isinstance(x, np.ndarray):
                    row, value = x.tobytes(), float(loss)
                else:
                    row, value = view(x).tobytes(), loss.item()
                # if x is not finite, neither is A x, so checking the loss is enough
                if not value < inf:
                    self.status = "diverged"
                    return
                last_point, last_row, last_loss = point, row, value
                if value <= watched:
                    self.reached, self.watched = point, -inf
                    watched = -inf
                if not point % stride:
                    rows.append(row)
                    losses.append(value)
                    if len(rows) > self.capacity:
                        stride = self._thin()
                if value <= tolerance:
                    self.status = "converged"
                    return
        finally:
            self.seconds, self.last = seconds, (last_point, last_row, last_loss)

    def _thin(self) -> int:
        """Drop every second point; return the new stride."""
        self.rows[:], self.losses[:] = self.rows[::2], self.losses[::2]
        self.stride *= 2
        return self.stride

    @property
    def next_point(self) -> int:
        """The number of the point that the variant yields next."""
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
        if not np.isfinite(iterates).all():  # only a pitfall's, where the loss is still finite
            finite = int(np.argmin(np.isfinite(iterates).all(axis=1)))
        status: Status = self.status if finite == len(iterates) else "diverged"
        return Run(
            key=self.key,
            points=points[:finite],
            iterates=iterates[:finite],
            losses=np.array(losses)[:finite],
            status=status,
            reached=self.reached,
            stopped_by="" if status != "stopped" else "deadline" if self.late else "cancel",
            seconds=self.seconds,
            pace=median(self.paces) if self.paces else 0.0,
            exception=self.exception,
            traceback=self.traceback,
            warnings=tuple(self.warnings),
        )


class _TensorView:
    """A tensor's memory as a NumPy array; a new array is made only if the memory is another."""

    def __init__(self) -> None:
        self.tensor: Any = None
        self.pointer = 0
        self.array: Any = None

    def of(self, tensor: Any) -> Any:
        pointer = tensor.data_ptr()
        if tensor is not self.tensor or pointer != self.pointer:  # x.data may be replaced
            self.tensor, self.pointer, self.array = tensor, pointer, tensor.detach().numpy()
        return self.array
