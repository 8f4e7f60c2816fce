"""What linear algebra says of a wrong program before it is run, and the kinds that are common."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from lsedash.experiment import Experiment
from lsedash.problem import Array
from lsedash.theory.closed_form import Theory

Curve = Callable[[ArrayLike], Array]


@dataclass(frozen=True)
class Prediction:
    """What a pitfall must do on an experiment.

    Attributes:
        words: one or two sentences with the experiment's own numbers.
        iterates: ks -> x at each k, (len(ks), n); None if the program raises instead of descending.
        losses: ks -> the loss that the program itself reports at each k, (len(ks),).
        edge: below this learning rate the path stays bounded; infinite if it always does.
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
    """No descent: the program fails after so many points, whatever the system is."""

    def predict(experiment: Experiment) -> Prediction:
        late = " This experiment ends before that." if _ends_within(experiment, points) else ""
        return Prediction(
            f"It stops {WHEN[points]}, whatever A, b and the learning rate are: {why}{late}"
        )

    return predict


def _ends_within(experiment: Experiment, points: int) -> bool:
    """Whether the descent is over by one of its first points."""
    system, rate = experiment.system, experiment.learning_rate
    losses = Theory(system).losses(experiment.x0, rate, range(points))
    tolerance = -1.0 if experiment.tolerance is None else experiment.tolerance
    return experiment.iterations < points or not bool(((losses > tolerance) & (losses < inf)).all())


def right(words: str) -> Callable[[Experiment], Prediction]:
    """The path of the right program: what is wrong is not in the numbers."""

    def predict(experiment: Experiment) -> Prediction:
        return scaled(experiment, words, rate=1.0, loss=1.0)

    return predict


def stays(words: str) -> Callable[[Experiment], Prediction]:
    """Nothing ever moves."""

    def predict(experiment: Experiment) -> Prediction:
        loss = Theory(experiment.system).losses(experiment.x0, experiment.learning_rate, [0])[0]
        return Prediction(
            words,
            iterates=lambda ks: np.tile(experiment.x0, (np.size(ks), 1)),
            losses=lambda ks: np.full(np.size(ks), loss),
        )

    return predict


def scaled(experiment: Experiment, words: str, *, rate: float, loss: float) -> Prediction:
    """The right program's path at `rate` times the learning rate, with `loss` times its loss."""
    theory, effective = Theory(experiment.system), rate * experiment.learning_rate
    return Prediction(
        words,
        iterates=lambda ks: theory.iterates(experiment.x0, effective, ks),
        losses=lambda ks: loss * theory.losses(experiment.x0, effective, ks),
        edge=theory.critical_learning_rate / rate,
    )


def edge_words(formula: str, edge: float, rate: float) -> str:
    """Where the largest stable learning rate moves, by its formula and as a number."""
    if edge == inf:
        return "Here A is zero: nothing moves at any rate."
    beyond = (
        f", and the learning rate {rate:.4g} is beyond it: the path grows" if rate > edge else ""
    )
    return f"The edge moves to {formula} = {edge:.4g}{beyond}."
