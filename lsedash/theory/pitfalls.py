"""What linear algebra says about the wrong programs, before they are run."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import asin, asinh, inf, pi, sqrt

import numpy as np
from numpy.typing import ArrayLike

from lsedash.experiment import Experiment
from lsedash.problem import Array, LinearSystem
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


def mixed_raises(experiment: Experiment) -> Prediction:
    """A float64 matrix times a float32 vector is refused; with float32 everywhere it is not."""
    predict = (
        raises(0, "no matrix product of a float64 and a float32 tensor is defined.")
        if experiment.dtype == "float64"
        else right("This experiment is in float32 throughout: both agree, and nothing goes wrong.")
    )
    return predict(experiment)


def right(words: str) -> Callable[[Experiment], Prediction]:
    """The path of the right program: what is wrong is not in the numbers."""

    def predict(experiment: Experiment) -> Prediction:
        return _scaled(experiment, words, rate=1.0, loss=1.0)

    return predict


def rounded_early(experiment: Experiment) -> Prediction:
    """The path of the right program, in float32."""
    words = (
        "The same path, up to rounding: 1e-7 of the largest numbers instead of 1e-16."
        if experiment.dtype == "float64"
        else "This experiment is in float32 throughout: right and wrong are the same here."
    )
    return right(words)(experiment)


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


def rate_over_m(experiment: Experiment) -> Prediction:
    """The mean of m squares is their sum over m: so are the gradient and the effective rate."""
    m, rate = experiment.system.m, experiment.learning_rate
    edge = m * Theory(experiment.system).critical_learning_rate
    words = (
        f"Loss and gradient are divided by m = {m}: the right program's descent at the learning "
        f"rate {rate:.4g} / {m} = {rate / m:.4g}. {_edge('2m / λₘₐₓ', edge, rate)}"
    )
    return _scaled(experiment, words, rate=1 / m, loss=1 / m)


def rate_doubled(experiment: Experiment) -> Prediction:
    """Without the half, loss and gradient are twice as large, and so is the effective rate."""
    rate = experiment.learning_rate
    edge = Theory(experiment.system).critical_learning_rate / 2
    words = (
        f"Loss and gradient are doubled: the descent of the right program at the learning rate "
        f"{2 * rate:.4g}. {_edge('1 / λₘₐₓ', edge, rate)}"
    )
    return _scaled(experiment, words, rate=2.0, loss=2.0)


def _edge(formula: str, edge: float, rate: float) -> str:
    if edge == inf:
        return "Here A is zero: nothing moves at any rate."
    beyond = (
        f", and the learning rate {rate:.4g} is beyond it: the path grows" if rate > edge else ""
    )
    return f"The edge moves to {formula} = {edge:.4g}{beyond}."


def _scaled(experiment: Experiment, words: str, *, rate: float, loss: float) -> Prediction:
    theory, effective = Theory(experiment.system), rate * experiment.learning_rate
    return Prediction(
        words,
        iterates=lambda ks: theory.iterates(experiment.x0, effective, ks),
        losses=lambda ks: loss * theory.losses(experiment.x0, effective, ks),
        edge=theory.critical_learning_rate / rate,
    )


def mean_of_b(experiment: Experiment) -> Prediction:
    """Broadcast, (m, 1) - (m,) is every residual against every b: sum_ij ((A x)_i - b_j)^2.

    That is m ||A x - mean(b)||^2 and a constant, m sum_j (b_j - mean(b))^2.
    """
    system, m, rate = experiment.system, experiment.system.m, experiment.learning_rate
    mean = float(np.mean(system.b))
    constant = 0.5 * m * float(np.sum((system.b - mean) ** 2))
    other = replace(experiment, system=LinearSystem(system.A, np.full(m, mean)))
    edge = Theory(system).critical_learning_rate / m
    words = (
        f"(m, 1) minus (m,) is an m x m matrix, every (A x)ᵢ against every bⱼ. The program "
        f"descends towards A x = mean(b) = {mean:.4g} in each row, with m = {m} times the "
        f"gradient. {_edge('2 / (m λₘₐₓ)', edge, rate)}"
    )
    if m == 1:
        words = "With a single equation, m = 1, there is nothing to broadcast: only the warning."
    scaled = _scaled(other, words, rate=float(m), loss=float(m))
    assert scaled.losses is not None
    losses = scaled.losses
    return replace(scaled, losses=lambda ks: losses(ks) + constant)


def undamped(experiment: Experiment) -> Prediction:
    """Heavy ball with momentum 1: e_(k+1) = (2 - alpha lambda) e_k - e_(k-1), e_(-1) = e_0.

    With cos(t) = 1 - alpha lambda / 2, e_k = cos((k + 1/2) t) / cos(t / 2) e_0: a rotation, neither
    damped nor growing while alpha lambda < 4. Polyak, "Some methods of speeding up the convergence
    of iteration methods" (1964); Goh, "Why Momentum Really Works" (2017).
    """
    theory = Theory(experiment.system)
    steps = experiment.learning_rate * theory.curvatures[: theory.rank]
    limit = theory.descent_limit(experiment.x0)
    shares = theory.moving_directions @ (experiment.x0 - limit)

    def covered(ks: ArrayLike) -> Array:
        return np.array([swing(step, ks) for step in steps]).reshape(len(steps), np.size(ks)).T

    def iterates(ks: ArrayLike) -> Array:
        with np.errstate(over="ignore", invalid="ignore"):
            moved = np.where(shares == 0, 0.0, (covered(ks) - 1) * shares)
            return np.asarray(experiment.x0 + moved @ theory.moving_directions)

    def losses(ks: ArrayLike) -> Array:
        along = theory.residual_along(experiment.x0)
        with np.errstate(over="ignore", invalid="ignore"):
            parts = np.where(along == 0, 0.0, covered(ks) * along)
            return np.asarray(theory.least_loss + 0.5 * np.sum(parts**2, axis=1))

    return Prediction(_swinging(theory, steps), iterates, losses, 2 * theory.critical_learning_rate)


def swing(step: float, ks: ArrayLike) -> Array:
    """e_k / e_0 of a mode with alpha lambda = `step` for each k, (len(ks),), momentum 1."""
    k = np.asarray(ks, dtype=float).ravel()
    with np.errstate(over="ignore"):
        if step <= 2:
            angle = 2 * asin(sqrt(step) / 2)
            return np.asarray(np.cos((k + 0.5) * angle) / np.cos(angle / 2))
        sign = np.where(k % 2 == 0, 1.0, -1.0)
        if step == 4:
            return np.asarray(sign * (1 + 2 * k))
        if step < 4:
            angle = 2 * asin(sqrt(4 - step) / 2)
            return np.asarray(sign * np.sin((k + 0.5) * angle) / np.sin(angle / 2))
        angle = 2 * asinh(sqrt(step - 4) / 2)
        return np.asarray(sign * np.sinh((k + 0.5) * angle) / np.sinh(angle / 2))


def _swinging(theory: Theory, steps: Array) -> str:
    if not steps.any():
        return "A is zero and so is every gradient: their sum does not move x either."
    steps = steps[steps > 0]  # a curvature may be too small for floats
    edge = 2 * theory.critical_learning_rate
    head = (
        "Old gradients act as momentum 1: no mode is damped, and none grows below "
        f"4 / λₘₐₓ = {edge:.4g}"
    )
    if steps[0] >= 4:
        return f"{head}. The learning rate is beyond it: the steepest mode grows."
    periods = [pi / asin(sqrt(step) / 2) for step in (steps[0], steps[-1])]
    same = len(steps) == 1 or periods[1] - periods[0] < 0.05
    others = "" if same else f" (steepest mode) to {periods[1]:.3g} (flattest)"
    return (
        f"{head}. Each that is not at rest swings for ever about where descent ends, with a "
        f"period of {periods[0]:.3g}{others} iterations."
    )


def ridge(experiment: Experiment) -> Prediction:
    """x_(k+1) = -alpha A^T (A x_k - b): fixed where (A^T A + I / alpha) x = A^T b.

    That is the minimum of 1/2 ||A x - b||^2 + 1/(2 alpha) ||x||^2, ridge regression with penalty
    1/alpha: Hoerl and Kennard (1970). Mode i comes closer by the factor -alpha lambda_i.
    """
    theory, rate = Theory(experiment.system), experiment.learning_rate
    steps, directions = rate * theory.curvatures, theory.directions.T
    start = directions @ experiment.x0
    fixed = steps / (1 + steps) * (directions @ theory.descent_limit(experiment.x0))

    def iterates(ks: ArrayLike) -> Array:
        with np.errstate(over="ignore", invalid="ignore"):
            powers = (-steps) ** np.asarray(ks, dtype=float).reshape(-1, 1)
            weights = start - fixed
            return np.asarray((fixed + np.where(weights == 0, 0, powers * weights)) @ directions)

    def losses(ks: ArrayLike) -> Array:
        with np.errstate(over="ignore", invalid="ignore"):
            residuals = iterates(ks) @ experiment.system.A.T - experiment.system.b
            return np.asarray(0.5 * np.sum(residuals**2, axis=1))

    edge = theory.critical_learning_rate / 2
    where = (
        "It settles on the ridge solution"
        if steps[0] < 1
        else "The learning rate is not below it, so the path does not settle on the ridge solution"
    )
    words = (
        f"The former x is forgotten. Below 1 / λₘₐₓ = {edge:.4g} the path ends where "
        f"½‖Ax − b‖² + ‖x‖² / (2α) is least, not ½‖Ax − b‖². "
        f"{where} with penalty 1/α = {1 / rate:.4g}."
    )
    return Prediction(words, iterates, losses, edge)


def collapsed(experiment: Experiment) -> Prediction:
    """Every entry of the history is the one x there is: x after the last update."""
    theory, last = Theory(experiment.system), experiment.iterations + 1
    end = theory.iterates(experiment.x0, experiment.learning_rate, [last])
    words = (
        f"Every entry of the history is the same tensor: the path is one point, where x stands "
        f"after the last update, number {last}. The losses are numbers of their own, "
        f"and right."
    )
    return Prediction(
        words,
        iterates=lambda ks: np.repeat(end, np.size(ks), axis=0),
        losses=lambda ks: theory.losses(experiment.x0, experiment.learning_rate, ks),
        edge=theory.critical_learning_rate,
    )
