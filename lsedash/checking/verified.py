"""A comparison and its verdict, computed in one place: for a long run that takes a while."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from lsedash.checking.verification import Verdict, verify
from lsedash.experiment import Experiment
from lsedash.programs.program import Runnable
from lsedash.running.run import Comparison, Progress
from lsedash.running.runner import DEFAULT_MAX_POINTS, stream
from lsedash.theory.closed_form import Theory


@dataclass(frozen=True, eq=False)
class Verified:
    """The runs of one experiment, and how far each is from the prediction."""

    comparison: Comparison
    verdict: Verdict


def stream_verified(
    experiment: Experiment,
    programs: Sequence[Runnable],
    max_points: int = DEFAULT_MAX_POINTS,
    deadline: float | None = None,
) -> Iterator[Progress]:
    """Like `stream`; a snapshot is a `Verified`."""
    for report in stream(experiment, programs, max_points, deadline):
        yield replace(report, snapshot=partial(_verified, report))


def _verified(report: Progress) -> Verified:
    comparison: Comparison = report.snapshot()
    comparison.disagreement()  # it is kept, and so is known wherever the comparison goes
    return Verified(comparison, verify(comparison, Theory(comparison.experiment.system)))
