"""The prediction of each pitfall, by its key."""

from collections.abc import Callable
from dataclasses import replace
from math import inf

import numpy as np

from lsedash.experiment import Experiment
from lsedash.problem import LinearSystem
from lsedash.text.words import brief
from lsedash.theory.closed_form import Theory
from lsedash.theory.orders import entry_by_entry, one_step_ahead
from lsedash.theory.prediction import Prediction, edge_words, raises, right, scaled, stays
from lsedash.theory.recurrences import ridge, undamped


def mixed_raises(experiment: Experiment) -> Prediction:
    """PyTorch refuses to multiply a float64 matrix by a float32 vector."""
    predict = (
        raises(0, "there is no matrix product of a float64 and a float32 tensor.")
        if experiment.dtype == "float64"
        else right("This experiment is in float32 throughout: the dtypes agree, and it works.")
    )
    return predict(experiment)


def rounded_early(experiment: Experiment) -> Prediction:
    """The path of the right program, in float32."""
    words = (
        "The same path, up to rounding: 1e-7 of the largest numbers instead of 1e-16."
        if experiment.dtype == "float64"
        else "This experiment is in float32 throughout: the mistake makes no difference."
    )
    return right(words)(experiment)


def rate_over_m(experiment: Experiment) -> Prediction:
    """The mean divides the sum of m squares by m, and so the gradient and the effective rate."""
    m, rate = experiment.system.m, experiment.learning_rate
    edge = m * Theory(experiment.system).critical_learning_rate
    words = (
        f"Loss and gradient are divided by m = {m}: this is the right program's path at the "
        f"learning rate {brief(rate)} / {m} = {brief(rate / m)}. "
        f"{edge_words('2m / λₘₐₓ', edge, rate)}"
    )
    return scaled(experiment, words, rate=1 / m, loss=1 / m)


def rate_doubled(experiment: Experiment) -> Prediction:
    """Without the half, loss and gradient are twice as large, and so is the effective rate."""
    rate = experiment.learning_rate
    edge = Theory(experiment.system).critical_learning_rate / 2
    words = (
        f"Loss and gradient are doubled: this is the right program's path at the learning rate "
        f"{brief(2 * rate)}. {edge_words('1 / λₘₐₓ', edge, rate)}"
    )
    return scaled(experiment, words, rate=2.0, loss=2.0)


def uphill(experiment: Experiment) -> Prediction:
    """The right program's path at the rate -alpha: mode i grows by 1 + alpha lambda_i."""
    theory = Theory(experiment.system)
    if theory.critical_learning_rate == inf:
        return right("A is zero, and so is every gradient: nothing moves.")(experiment)
    factor = 1 + experiment.learning_rate * float(theory.curvatures[0])
    words = (
        "Each iteration multiplies the distance to the limit along a mode by 1 + αλ, which is "
        f"above 1 for every α: no learning rate is stable. For the steepest mode it is "
        f"{brief(factor)} here."
    )
    return replace(scaled(experiment, words, rate=-1.0, loss=1.0), edge=0.0)


def first_column_longer(experiment: Experiment) -> Prediction:
    """The right program's path on the system whose first column is ten times as long."""
    system = experiment.system
    units = np.ones(system.n)
    units[0] = 10.0
    other = replace(experiment, system=LinearSystem(system.A * units, system.b))
    before, after = Theory(system), Theory(other.system)
    edge, rate = after.critical_learning_rate, experiment.learning_rate
    words = (
        f"The first column of A is ten times as long. The condition number κ is "
        f"{brief(after.condition_number)} instead of {brief(before.condition_number)}, and descent "
        f"feels its square. {edge_words('2 / λₘₐₓ', edge, rate)}"
    )
    return scaled(other, words, rate=1.0, loss=1.0)


def mean_of_b(experiment: Experiment) -> Prediction:
    """Broadcasting makes the sum over all pairs: sum_ij ((A x)_i - b_j)^2.

    It equals m ||A x - mean(b)||^2 plus the constant m sum_j (b_j - mean(b))^2.
    """
    system, m, rate = experiment.system, experiment.system.m, experiment.learning_rate
    mean = float(np.mean(system.b))
    constant = 0.5 * m * float(np.sum((system.b - mean) ** 2))
    other = replace(experiment, system=LinearSystem(system.A, np.full(m, mean)))
    edge = Theory(system).critical_learning_rate / m
    words = (
        f"(m, 1) minus (m,) is an m x m matrix of all differences (A x)ᵢ − bⱼ. The program "
        f"descends towards A x = mean(b) = {brief(mean)} in each row, with m = {m} times the "
        f"gradient. {edge_words('2 / (m λₘₐₓ)', edge, rate)}"
    )
    if m == 1:
        words = "With a single equation, m = 1, broadcasting changes nothing: only a warning comes."
    of_mean = scaled(other, words, rate=float(m), loss=float(m))
    assert of_mean.losses is not None
    losses = of_mean.losses
    return replace(of_mean, losses=lambda ks: losses(ks) + constant)


def collapsed(experiment: Experiment) -> Prediction:
    """Every entry of the history is the same tensor: x after the last update."""
    theory, last = Theory(experiment.system), experiment.iterations + 1
    end = theory.iterates(experiment.x0, experiment.learning_rate, [last])
    words = (
        f"Every entry of the history is the same tensor, so the path is one point: x after the "
        f"last update, number {last}. The losses are right, because each is a new tensor."
    )
    return Prediction(
        words,
        iterates=lambda ks: np.repeat(end, np.size(ks), axis=0),
        losses=lambda ks: theory.losses(experiment.x0, experiment.learning_rate, ks),
        edge=theory.critical_learning_rate,
    )


# By pitfall key: experiment -> prediction.
PREDICTIONS: dict[str, Callable[[Experiment], Prediction]] = {
    "minus_gradient": ridge,
    "sign_reversed": uphill,
    "entry_by_entry": entry_by_entry,
    "never_cleared": undamped,
    "cleared_too_early": stays(
        "step() finds no gradient and skips x: x stays x0, at any learning rate."
    ),
    "backward_twice": raises(1, "the second backward() finds no saved tensors."),
    "recorded_update": raises(1, "PyTorch refuses the update."),
    "no_longer_a_leaf": raises(2, "the new x has no gradient."),
    "half_forgotten": rate_doubled,
    "mean_with_half": rate_over_m,
    "features_not_scaled": first_column_longer,
    "broadcast_b": mean_of_b,
    "float32_by_default": rounded_early,
    "mixed_precision": mixed_raises,
    "whole_numbers": raises(0, "integers cannot require a gradient."),
    "numpy_of_a_leaf": raises(0, "x requires a gradient from the start."),
    "init_misspelled": raises(0, "nobody calls _init_, and nn.Module's own takes no arguments."),
    "parameters_in_a_list": raises(0, "model.parameters() is empty."),
    "outer_x": stays("The program never updates model.x: it stays x0, at any learning rate."),
    "parameter_replaced": stays(
        "The model's x is in no parameter group: it stays x0, at any learning rate."
    ),
    "scheduler_first": one_step_ahead,
    "history_without_copy": collapsed,
    "graphs_kept": right("The same path as the right program: nothing is wrong with the numbers."),
}


def predict(key: str, experiment: Experiment) -> Prediction:
    """The prediction of the pitfall with this key on an experiment.

    Raises:
        KeyError: there is no prediction for this key.
    """
    return PREDICTIONS[key](experiment)
