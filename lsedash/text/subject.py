"""What a chart shows, for the caption and the file name of a picture of it."""

from dataclasses import dataclass

from lsedash.experiment import Experiment
from lsedash.presets import PRESETS
from lsedash.problem import Array, LinearSystem
from lsedash.text.fields import DEFAULT
from lsedash.text.words import brief

MOST_WRITTEN = 4  # rows and columns of a matrix that is written out


@dataclass(frozen=True)
class Subject:
    """What a chart shows.

    Attributes:
        title: what is drawn, for the file's name.
        heading: stands above the picture; "" if the chart has a heading itself.
        system: A and b, and the start and the dtype if they are not the usual ones.
        rate: the learning rate; None if the chart does not show one rate.
        iterations: their number; None if the chart does not depend on it.
    """

    title: str
    heading: str
    system: str
    rate: float | None = None
    iterations: int | None = None


def subject(
    title: str, experiment: Experiment, *, rate: float | None = None, own_heading: bool = False
) -> Subject:
    """The subject of a chart that shows runs of an experiment.

    Args:
        title: what is drawn.
        rate: the learning rate of all its runs; None if they have different ones.
        own_heading: whether the chart has a heading itself.
    """
    heading = "" if own_heading else title
    return Subject(title, heading, setting(experiment), rate, experiment.iterations)


def setting(experiment: Experiment) -> str:
    """A, b, the start and the dtype, without what is usual: "A = [1 2; 0 1], b = [1 2]"."""
    parts = [_written(experiment.system)]
    if experiment.x0.any():
        small = len(experiment.x0) <= MOST_WRITTEN
        parts.append(f"x0 = {_row(experiment.x0)}" if small else "x0 not 0")
    if experiment.dtype != DEFAULT.dtype:
        parts.append(experiment.dtype)
    return " · ".join(parts)


def _written(system: LinearSystem) -> str:
    if max(system.m, system.n) <= MOST_WRITTEN:
        rows = "; ".join(_numbers(row) for row in system.A)
        return f"A = [{rows}] · b = {_row(system.b)}"
    titles = [preset.title for preset in PRESETS if preset.experiment.system == system]
    return " · ".join([*titles[:1], f"A {system.m} x {system.n}"])


def _row(vector: Array) -> str:
    return f"[{_numbers(vector)}]"


def _numbers(vector: Array) -> str:
    return " ".join(brief(value) for value in vector)
