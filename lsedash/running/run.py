"""What one program did, what several did on one experiment, and how far they have come."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from traceback import FrameSummary
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from lsedash.experiment import Experiment
from lsedash.problem import Array

Status = Literal["finished", "converged", "diverged", "stopped", "raised"]


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
