"""The closed form of the path, against measured runs."""

import numpy as np
import pytest
from hypothesis import assume, given

from helpers.strategies import descents, whole_systems
from helpers.theory import DIAGONAL, EPS, WORKED, measured, terms
from lsedash import Experiment, LinearSystem, Theory
from lsedash.checking.verification import ALLOWANCE


@given(descents())
def test_the_closed_form_predicts_every_point_of_a_run(experiment):
    system, start, rate = experiment.system, experiment.x0, experiment.learning_rate
    theory, run = Theory(system), measured(experiment)
    size = terms(system, run.iterates)
    bound = ALLOWANCE * EPS * max(theory.condition_number, experiment.iterations)
    growth = max(1, theory.convergence_factor(rate)) ** experiment.iterations
    rounding = (
        EPS * growth * terms(system, start)
    )  # what the run itself makes of its first rounding

    iterates = theory.iterates(start, rate, run.points)
    losses = theory.losses(start, rate, run.points)
    steepest = theory.singular_values[0]
    assert steepest * np.abs(run.iterates - iterates).max() <= bound * size + 8 * rounding
    assert np.abs(np.sqrt(run.losses) - np.sqrt(losses)).max() <= bound * size + 8 * rounding


def test_the_closed_form_predicts_a_diverging_run_to_its_last_finite_point():
    run = measured(Experiment(WORKED, None, 0.5, 5000))
    theory = Theory(WORKED)
    assert run.status == "diverged"
    losses = theory.losses([0, 0, 0], 0.5, run.points)
    iterates = theory.iterates([0, 0, 0], 0.5, run.points)
    np.testing.assert_allclose(losses, run.losses, rtol=1e-11)
    np.testing.assert_allclose(iterates[:, :2], run.iterates[:, :2], rtol=1e-11)
    assert theory.losses([0, 0, 0], 0.5, [run.last_point + 1]) == np.inf


def test_the_closed_form_predicts_a_long_run():
    experiment = Experiment(WORKED, [5, -5, 5], 0.01, 20_000)
    run = measured(experiment)
    theory = Theory(WORKED)
    np.testing.assert_allclose(
        theory.iterates([5, -5, 5], 0.01, run.points), run.iterates, atol=1e-11
    )


@given(whole_systems())
def test_after_very_many_iterations_only_the_limit_is_left(system):
    assume(system.A.any())
    theory, x0 = Theory(system), np.ones(system.n)
    x = theory.iterates(x0, theory.optimal_learning_rate, [10**9])[0]
    limit = theory.descent_limit(x0)
    np.testing.assert_allclose(x, limit, atol=1e-9 * (1 + np.abs(limit).max()))
    assert theory.losses(x0, theory.optimal_learning_rate, [10**9])[0] == pytest.approx(
        theory.least_loss, abs=1e-12
    )


@pytest.mark.parametrize("k", [10**4, 10**9, 10**15])
def test_a_mode_without_weight_adds_nothing_even_to_an_infinite_power(k):
    theory = Theory(DIAGONAL)
    x0 = [1, 3, 7]  # the first mode starts at its limit; at rate 0.6 its power is (-1.4)^k
    assert theory.iterates(x0, 0.6, [k]).tolist() == [[1, 1, 7]]
    assert theory.losses(x0, 0.6, [k]).tolist() == [0]


def test_a_mode_with_weight_ends_beyond_what_floats_hold():
    theory = Theory(DIAGONAL)
    assert theory.losses([2, 3, 7], 0.6, [10**6]).tolist() == [np.inf]
    assert not np.isfinite(theory.iterates([2, 3, 7], 0.6, [10**6])[0, 0])


def test_a_slow_mode_keeps_all_its_digits_over_many_iterations():
    system = LinearSystem([[1e-6]], [0])  # alpha lambda is 1e-12: 1 - 1e-12 has lost four digits
    x = Theory(system).iterates([1], 1.0, [10**12])[0, 0]
    assert x == pytest.approx(np.exp(-1), rel=1e-12)
