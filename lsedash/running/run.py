"""The record of one program, of several programs on one experiment, and of their progress."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from traceback import FrameSummary
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from lsedash.experiment import Experiment
from lsedash.meaning import Meaning
from lsedash.problem import Array

if TYPE_CHECKING:
    from lsedash.figures.curves import Figure

Status = Literal["finished", "converged", "diverged", "stopped", "raised"]
StoppedBy = Literal["", "deadline", "cancel"]


@dataclass(frozen=True, eq=False)
class Run:
    """The record of one variant.

    Attributes:
        key: the variant's key.
        points: the numbers of the recorded points, (points,), ascending; 0 is the start.
        iterates: x at those points, (points, n), in the program's own float type.
        losses: the loss at those points, (points,), float64.
        status: how the run ended; "stopped" while it still runs.
        stopped_by: of a stopped run, "deadline" if its time was up, else "cancel": the user ended
            it, or it still runs. "" of any other run.
        seconds: time spent in the variant itself.
        reached: the first point, recorded or not, whose loss is at most the one that was watched;
            None if there is none, or none was watched.
        pace: processor time of one iteration in seconds, with its recording: the median over the
            run's turns, so that neither a busy machine nor the first call of a library counts. 0
            without a point.
        exception: what the program raised, if the status is "raised"; without its traceback, which
            would keep the program's objects alive.
        traceback: where it was raised, the outermost call first.
        warnings: the warnings of the run, each message once.
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
    stopped_by: StoppedBy = ""
    pace: float = 0.0
    reached: int | None = None

    @property
    def last_point(self) -> int:
        """The number of the last point; -1 if not even the start is finite."""
        return int(self.points[-1]) if len(self.points) else -1

    def _repr_html_(self) -> str:
        """A small table, for notebooks."""
        from lsedash.export import notebook  # a higher floor; only notebooks need it

        return notebook.html_of(notebook.run_table(self))


@dataclass(frozen=True, eq=False)
class Comparison(Mapping[str, Run]):
    """The runs of one experiment by variant key, in the order of the variants."""

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
        """max |x - x of the first run| at each point that both recorded, (points,), by key.

        The first run is NumPy's, if it took part. This is what "differs in x" means on every page.
        """
        return self._apart

    @cached_property
    def _apart(self) -> dict[str, Array]:
        first = self.runs[0]
        by_key = {}
        for run in self.runs:
            _, ours, theirs = np.intersect1d(
                run.points, first.points, assume_unique=True, return_indices=True
            )
            with np.errstate(over="ignore"):  # the difference of diverging runs may overflow
                differences = run.iterates[ours].astype(float) - first.iterates[theirs]
            by_key[run.key] = np.abs(differences).max(axis=1, initial=0.0)
        return by_key

    def largest_disagreement(self) -> dict[str, float]:
        """The largest `disagreement` of each run, by key; 0 where it has no point to compare."""
        return {key: float(apart.max(initial=0.0)) for key, apart in self.disagreement().items()}

    def plot_losses(self) -> "Figure":
        """The losses of all programs, as a Plotly figure.

        Dots are the predicted losses, a line is the smallest possible loss if it is above 0.
        """
        from lsedash.figures import plots  # a higher floor; only the plots need it

        return plots.plot_losses(self)

    def plot_path(
        self,
        view: str = "coordinates",
        *,
        across: int = 0,
        up: int = 1,
        meaning: Meaning | None = None,
    ) -> "Figure":
        """The paths of all programs over the contours of the loss, as a Plotly figure.

        The path of a single unknown is drawn over the iterations.

        Args:
            view: "coordinates", or "modes" for the steepest and the flattest direction.
            across, up: the two coordinates, counted from 0.
            meaning: what the columns of A are, as a `Design` has it, for the names of the axes.

        Raises:
            InvalidInput: the unknowns do not have this view.
        """
        from lsedash.figures import plots

        return plots.plot_path(self, view, across, up, meaning)

    def plot_disagreement(self) -> "Figure":
        """How far each program is from the first at each point, as a Plotly figure."""
        from lsedash.figures import plots

        return plots.plot_disagreement(self)

    def _repr_html_(self) -> str:
        """A small table, for notebooks."""
        from lsedash.export import notebook  # a higher floor; only notebooks need it

        return notebook.html_of(notebook.comparison_table(self))


@dataclass(frozen=True)
class Progress:
    """The progress of a computation.

    Attributes:
        done: how many points (or rates) are done.
        total: how many there are; a finished run has N + 1 points.
        finished: whether this is the last report.
        snapshot: makes the result so far; that of `stream` is a comparison.
        unit: what is counted: points, of which the first is the start, or learning rates.
    """

    done: int
    total: int
    finished: bool
    snapshot: Callable[[], Any]
    unit: Literal["point", "rate"] = "point"
