"""The closed forms of two wrong programs that follow another recurrence than descent."""

from math import asin, asinh, pi, sqrt

import numpy as np
from numpy.typing import ArrayLike

from lsedash.experiment import Experiment
from lsedash.problem import Array
from lsedash.text.words import brief
from lsedash.theory.closed_form import Theory
from lsedash.theory.prediction import Prediction

NOTHING_TO_MOVE = (
    "The update forgets the old x. A is zero, and so is every gradient: x is 0 from the first "
    "update on, at any learning rate."
)


def undamped(experiment: Experiment) -> Prediction:
    """Heavy ball with momentum 1: e_(k+1) = (2 - alpha lambda) e_k - e_(k-1), e_(-1) = e_0.

    With cos(t) = 1 - alpha lambda / 2, e_k = cos((k + 1/2) t) / cos(t / 2) e_0: a swing that
    neither decays nor grows for alpha lambda < 4. Polyak, "Some methods of speeding up the
    convergence of iteration methods" (1964); Goh, "Why Momentum Really Works" (2017).
    """
    theory = Theory(experiment.system)
    steps = experiment.learning_rate * theory.curvatures[: theory.rank]
    limit = theory.descent_limit(experiment.x0)
    start = theory.moving_directions @ (experiment.x0 - limit)

    def swings(ks: ArrayLike) -> Array:
        return np.array([swing(step, ks) for step in steps]).reshape(len(steps), np.size(ks)).T

    def iterates(ks: ArrayLike) -> Array:
        with np.errstate(over="ignore", invalid="ignore"):
            moved = np.where(start == 0, 0.0, (swings(ks) - 1) * start)
            return np.asarray(experiment.x0 + moved @ theory.moving_directions)

    def losses(ks: ArrayLike) -> Array:
        residual = theory.residual_along(experiment.x0)
        with np.errstate(over="ignore", invalid="ignore"):
            parts = np.where(residual == 0, 0.0, swings(ks) * residual)
            return np.asarray(theory.least_loss + 0.5 * np.sum(parts**2, axis=1))

    return Prediction(
        _swing_words(theory, steps), iterates, losses, 2 * theory.critical_learning_rate
    )


def swing(step: float, ks: ArrayLike) -> Array:
    """e_k / e_0 of a mode with momentum 1 and alpha lambda = `step`, for each k, (len(ks),)."""
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


def _swing_words(theory: Theory, steps: Array) -> str:
    if not steps.any():
        return "A is zero, and so is every gradient: their sum does not move x either."
    steps = steps[steps > 0]  # a tiny curvature may underflow
    edge = 2 * theory.critical_learning_rate
    head = (
        "Old gradients act as momentum 1: no mode is damped, and none grows below the learning "
        f"rate 4 / λₘₐₓ = {brief(edge)}"
    )
    if steps[0] >= 4:
        return f"{head}. The learning rate is not below it: the steepest mode grows."
    periods = [pi / asin(sqrt(step) / 2) for step in (steps[0], steps[-1])]
    same = len(steps) == 1 or periods[1] - periods[0] < 0.05
    others = "" if same else f" (steepest mode) to {brief(periods[1], 3)} (flattest)"
    return (
        f"{head}. Each mode that starts away from the limit swings about it for ever, with a "
        f"period of {brief(periods[0], 3)}{others} iterations."
    )


def ridge(experiment: Experiment) -> Prediction:
    """x_(k+1) = -alpha A^T (A x_k - b), whose fixed point solves (A^T A + I / alpha) x = A^T b.

    It minimizes 1/2 ||A x - b||^2 + 1/(2 alpha) ||x||^2, ridge regression with the penalty
    1/alpha: Hoerl and Kennard (1970). Each iteration multiplies the distance to it along mode i by
    -alpha lambda_i.
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
    outcome = (
        "It settles on the ridge solution"
        if steps[0] < 1
        else "The learning rate is not below it, so the path does not settle on the ridge solution"
    )
    words = _ridge_words(edge, outcome, rate) if theory.rank else NOTHING_TO_MOVE
    return Prediction(words, iterates, losses, edge)


def _ridge_words(edge: float, outcome: str, rate: float) -> str:
    return (
        f"The update forgets the old x. Below the learning rate 1 / λₘₐₓ = {brief(edge)} the path "
        f"ends where ½‖Ax − b‖² + ‖x‖² / (2α) is least, not ½‖Ax − b‖². "
        f"{outcome} with penalty 1/α = {brief(1 / rate)}."
    )
