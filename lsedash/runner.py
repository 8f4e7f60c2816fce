"""Run variants on an experiment: recording, clock, status.

A variant yields, the runner owns everything else. All variants advance in lock-step, a few points
a turn, so that a comparison can show progress and be stopped at any turn, all runs equally long.
"""

import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf, nan
from time import perf_counter
from traceback import FrameSummary, extract_tb
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from lsedash.experiment import Experiment
from lsedash.problem import Array
from lsedash.variants import VARIANTS, Steps

Status = Literal["finished", "converged", "diverged", "stopped", "raised"]

DEFAULT_MAX_POINTS = 10_001
TURN_SECONDS = 0.02  # what one turn of all variants aims at: a fifth of a blink
LONGEST_TURN = 4096  # points
_FLOATS = {size: np.dtype(f"f{size}") for size in (2, 4, 8)}  # by the bytes of one entry

# warnings.catch_warnings replaces state of the whole process; two threads must not interleave.
_warnings_lock = threading.Lock()


@contextmanager
def recorded_warnings() -> Iterator[list[warnings.WarningMessage]]:
    """Keep what is warned in here, instead of printing or raising it; one thread at a time."""
    with _warnings_lock, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield caught


class Program(Protocol):
    """What the runner asks of a variant; `lsedash.variants.Variant` is one."""

    @property
    def key(self) -> str: ...

    def __call__(
        self, A: Array, b: Array, x0: Array, learning_rate: float, iterations: int
    ) -> Steps: ...


@dataclass(frozen=True, eq=False)
class Run:
    """What one variant did.

    Attributes:
        key: the variant's key.
        points: which points were recorded, (points,): 0 is the start; ascending.
        iterates: x at those points, (points, n), in the float type that the program made of it.
        losses: the loss at those points, (points,), float64.
        status: how it ended; "stopped" while it still runs.
        seconds: time spent in the variant itself, in seconds.
        exception: what it raised, if the status is "raised"; without its traceback, which would
            keep everything alive that the program held.
        traceback: where it was raised, from the outermost call on.
        warnings: what was warned while it ran, each message once.
    """

    key: str
    points: NDArray[np.int64]
    iterates: Array
    losses: Array
    status: Status
    seconds: float
    exception: Exception | None = None
    warnings: tuple[str, ...] = ()
    traceback: tuple[FrameSummary, ...] = ()

    @property
    def last_point(self) -> int:
        """The last point reached, -1 if not even the start is finite."""
        return int(self.points[-1]) if len(self.points) else -1


@dataclass(frozen=True, eq=False)
class Comparison(Mapping[str, Run]):
    """The runs of one experiment, by the variants' keys, in their order."""

    experiment: Experiment
    runs: tuple[Run, ...]

    def __getitem__(self, key: str) -> Run:
        for run in self.runs:
            if run.key == key:
                return run
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (run.key for run in self.runs)

    def __len__(self) -> int:
        return len(self.runs)

    def disagreement(self) -> dict[str, Array]:
        """max |x - x of the first run| at each point that both recorded, (points,) per key.

        The first run is NumPy's, if it took part.
        """
        first = self.runs[0]
        result = {}
        for run in self.runs:
            _, ours, theirs = np.intersect1d(
                run.points, first.points, assume_unique=True, return_indices=True
            )
            with np.errstate(
                over="ignore"
            ):  # two diverging runs may be further apart than floats go
                apart = run.iterates[ours].astype(float) - first.iterates[theirs]
            result[run.key] = np.abs(apart).max(axis=1, initial=0.0)
        return result


@dataclass(frozen=True)
class Progress:
    """How far a comparison, or a look into a program, has come.

    Attributes:
        done: points that every running variant has passed.
        total: points of a finished run, N + 1.
        finished: whether this is the last report.
        snapshot: makes what there is by then: of `stream`, the comparison so far.
        unit: what is counted: points, of which the first is iteration 0, or learning rates.
    """

    done: int
    total: int
    finished: bool
    snapshot: Callable[[], Any]
    unit: Literal["point", "rate"] = "point"


def compare(
    experiment: Experiment,
    variants: Sequence[Program] = VARIANTS,
    max_points: int = DEFAULT_MAX_POINTS,
    deadline: float | None = None,
) -> Comparison:
    """Run the variants on the experiment to their end.

    Args:
        experiment: what to run.
        variants: which programs, in the order they take turns.
        max_points: record at most so many points of each run, evenly spaced (at least 2); the first
            and the last are always among them.
        deadline: stop after so many seconds with what there is; None to run on.

    Raises:
        ValueError: no variants, or fewer than two points to keep.
    """
    *_, last = stream(experiment, variants, max_points, deadline)
    comparison: Comparison = last.snapshot()
    return comparison


def stream(
    experiment: Experiment,
    variants: Sequence[Program] = VARIANTS,
    max_points: int = DEFAULT_MAX_POINTS,
    deadline: float | None = None,
) -> Iterator[Progress]:
    """Like `compare`, reporting after every turn; whoever stops listening stops the runs.

    A report comes at least every few hundredths of a second unless a single iteration takes longer.
    """
    if not variants or max_points < 2:
        raise ValueError("Give at least one variant and room for at least two points.")
    began = perf_counter()
    total = experiment.iterations + 1
    recorders = [_Recorder(variant, experiment, max_points) for variant in variants]

    def snapshot() -> Comparison:
        return Comparison(experiment, tuple(recorder.run() for recorder in recorders))

    target, turn, running = 0, 1, recorders
    while running:
        turn_began = perf_counter()
        target = min(target + turn, total)
        for recorder in running:
            recorder.advance(target)
        now = perf_counter()
        turn = min(2 * turn, LONGEST_TURN) if now - turn_began < TURN_SECONDS else max(turn // 2, 1)
        late = deadline is not None and now - began > deadline
        running = [r for r in running if r.status == "stopped" and not late]
        yield Progress(target, total, not running, snapshot)


class _Recorder:
    """One variant's run while it is being made.

    Points are recorded every `stride`; whenever the room is used up, every second one is dropped
    and the stride doubles. So an early end is seen in full and a long run stays evenly spaced.
    """

    def __init__(self, variant: Program, experiment: Experiment, max_points: int) -> None:
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
