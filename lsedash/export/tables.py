"""A comparison as CSV with all digits of every float64."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from lsedash.meaning import LONGEST_NAME, Meaning
from lsedash.running.run import Comparison, Run
from lsedash.text.unknowns import shortened
from lsedash.theory.closed_form import Theory


def losses_csv(comparison: Comparison) -> str:
    """One line for each recorded point: k, the loss of each variant, the predicted loss.

    A cell is empty if the run does not have the point.
    """
    experiment = comparison.experiment
    ks = recorded_points(comparison)
    predicted = Theory(experiment.system).losses(experiment.x0, experiment.learning_rate, ks)
    columns = [losses_by_point(run) for run in comparison.runs]
    lines = (
        [k, *(column.get(k, "") for column in columns), value]
        for k, value in zip(ks, predicted.tolist(), strict=True)
    )
    return _csv(["k", *comparison, "predicted"], lines)


def iterates_csv(comparison: Comparison, meaning: Meaning | None = None) -> str:
    """One line for each variant and point: variant, k, loss, x1, ..., xn.

    With somebody's data the names of the columns of A follow x1, ..., xn, as in "x1 size".
    """
    names = [f"x{i}" for i in range(1, comparison.experiment.system.n + 1)]
    if meaning is not None:
        columns = (shortened(name, LONGEST_NAME) for name in meaning.names)
        names = [f"{name} {column}" for name, column in zip(names, columns, strict=True)]
    lines = (line for run in comparison.runs for line in _points_of(run))
    return _csv(["variant", "k", "loss", *names], lines)


def recorded_points(comparison: Comparison) -> list[int]:
    """The points that at least one run recorded, ascending."""
    return sorted({k for run in comparison.runs for k in run.points.tolist()})


def losses_by_point(run: Run) -> dict[int, float]:
    """The loss of each recorded point k, by k."""
    return dict(zip(run.points.tolist(), run.losses.tolist(), strict=True))


def _points_of(run: Run) -> Iterable[list[Any]]:
    rows = run.iterates.astype(float).tolist()
    for k, loss, x in zip(run.points.tolist(), run.losses.tolist(), rows, strict=True):
        yield [run.key, k, loss, *x]


def _csv(header: Sequence[str], lines: Iterable[Sequence[Any]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")  # writes floats by their repr
    writer.writerow(header)
    writer.writerows(lines)
    return text.getvalue()
