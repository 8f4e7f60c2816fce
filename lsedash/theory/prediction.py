"""The prediction of a wrong program, and the predictions that several pitfalls share."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from lsedash.experiment import Experiment
from lsedash.problem import Array
from lsedash.text.words import brief, tell_apart
from lsedash.theory.closed_form import Theory

Curve = Callable[[ArrayLike], Array]


@dataclass(frozen=True)
class Prediction:
    """What linear algebra predicts for a pitfall on an experiment.

    Attributes:
        words: a few sentences with the experiment's numbers.
        iterates: ks -> x at each k, (len(ks), n); None if the program raises an exception.
        losses: ks -> the loss that the program reports at each k, (len(ks),); None likewise.
        edge: the path stays bounded below this learning rate; infinite if it always does.
    """

    words: str
    iterates: Curve | None = None
    losses: Curve | None = None
    edge: float = inf


WHEN = (
    "before its first point",
    "in iteration 0, after the start",
    "in iteration 1, after one update",
)


def raises(points: int, why: str) -> Callable[[Experiment], Prediction]:
    """The program raises an exception after so many points, on any system.

    Args:
        why: the end of the sentence that says why.
    """

    def predict(experiment: Experiment) -> Prediction:
        late = " This experiment ends before that." if _ends_within(experiment, points) else ""
        return Prediction(f"It stops {WHEN[points]}, for any A, b and learning rate: {why}{late}")

    return predict


def _ends_within(experiment: Experiment, points: int) -> bool:
    """Whether the descent ends within its first points."""
    system, rate = experiment.system, experiment.learning_rate
    losses = Theory(system).losses(experiment.x0, rate, range(points))
    tolerance = -1.0 if experiment.tolerance is None else experiment.tolerance
    return experiment.iterations < points or not bool(((losses > tolerance) & (losses < inf)).all())


def right(words: str) -> Callable[[Experiment], Prediction]:
    """The path of the right program: the mistake does not change the numbers."""

    def predict(experiment: Experiment) -> Prediction:
        return scaled(experiment, words, rate=1.0, loss=1.0)

    return predict


def stays(words: str) -> Callable[[Experiment], Prediction]:
    """x stays at the start."""

    def predict(experiment: Experiment) -> Prediction:
        loss = Theory(experiment.system).losses(experiment.x0, experiment.learning_rate, [0])[0]
        return Prediction(
            words,
            iterates=lambda ks: np.tile(experiment.x0, (np.size(ks), 1)),
            losses=lambda ks: np.full(np.size(ks), loss),
        )

    return predict


def scaled(experiment: Experiment, words: str, *, rate: float, loss: float) -> Prediction:
    """The right program's path at `rate` times the learning rate, and `loss` times its loss."""
    theory, effective = Theory(experiment.system), rate * experiment.learning_rate
    return Prediction(
        words,
        iterates=lambda ks: theory.iterates(experiment.x0, effective, ks),
        losses=lambda ks: loss * theory.losses(experiment.x0, effective, ks),
        edge=theory.critical_learning_rate / rate,
    )


def edge_words(formula: str, edge: float, rate: float) -> str:
    """A sentence about the largest stable learning rate, with its formula and its value."""
    if edge == inf:
        return "Here A is zero: nothing moves at any learning rate."
    written, at = tell_apart(edge, rate)
    growing = f", and the learning rate {at} is above it: the path grows" if rate > edge else ""
    return f"The edge moves to {formula} = {written if growing else brief(edge)}{growing}."
