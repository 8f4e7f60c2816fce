"""How many iterations a tolerance takes, against measured runs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers.strategies import descents, whole_systems
from helpers.theory import NOTHING, WORKED, measured
from lsedash import Experiment, LinearSystem, Theory

VALLEY = LinearSystem([[1, 0], [0, 3]], [0, 0])  # at rate 0.25: factors 3/4 and -5/4
VALLEY_START = [1, 1e-6]


def brute_force(theory, tolerance, x0, learning_rate, most=1000):
    below = np.flatnonzero(theory.losses(x0, learning_rate, np.arange(most)) <= tolerance)
    return int(below[0]) if len(below) else None


def count(k):
    return np.inf if k is None else k


@given(descents(whole_systems), st.floats(-6, 1))
def test_iterations_to_is_the_first_point_at_or_below_the_tolerance(experiment, exponent):
    theory, x0, rate = Theory(experiment.system), experiment.x0, experiment.learning_rate
    start = theory.losses(x0, rate, [0])[0]
    tolerance = theory.least_loss + 10**exponent * (start - theory.least_loss)
    rounding = 1e-12 * start
    assume(tolerance - rounding > theory.least_loss)
    k = count(theory.iterations_to(tolerance, x0, rate))
    earliest = count(brute_force(theory, tolerance + rounding, x0, rate))
    latest = count(brute_force(theory, tolerance - rounding, x0, rate))
    assert earliest <= k or 1000 <= k
    assert k <= latest


@given(descents(whole_systems, fastest=1.0, iterations=300), st.floats(-6, 1))
@settings(max_examples=30)
def test_a_measured_run_converges_at_the_iteration_that_was_predicted(experiment, exponent):
    theory, x0, rate = Theory(experiment.system), experiment.x0, experiment.learning_rate
    start, least = experiment.system.loss(x0), theory.least_loss
    tolerance = float(least + 10**exponent * (start - least))
    rounding = 1e-9 * start
    assume(tolerance - rounding > least)
    run = measured(replace(experiment, tolerance=tolerance))
    reached = run.last_point if run.status == "converged" else np.inf
    earliest = count(theory.iterations_to(tolerance + rounding, x0, rate))
    latest = count(theory.iterations_to(tolerance - rounding, x0, rate))
    assert earliest <= reached
    assert reached <= latest or experiment.iterations < latest


@pytest.mark.parametrize("tolerance", [0.5, 0.1, 1e-2, 1e-6, 1e-9, 1e-12])
def test_the_worked_example_converges_at_the_iteration_that_was_predicted(tolerance):
    run = measured(Experiment(WORKED, None, 0.1, 10_000, tolerance=tolerance))
    assert run.status == "converged"
    assert Theory(WORKED).iterations_to(tolerance, [0, 0, 0], 0.1) == run.last_point


def test_a_start_that_is_good_enough_takes_no_iterations():
    assert Theory(WORKED).iterations_to(7.0, [0, 0, 0], 0.1) == 0
    assert Theory(WORKED).iterations_to(7.0, [0, 0, 0], 10.0) == 0


@pytest.mark.parametrize(
    ("system", "tolerance", "x0", "learning_rate"),
    [
        pytest.param(WORKED, 1e-3, [0, 0, 0], 0.4, id="diverging"),
        pytest.param(LinearSystem([[1]], [0]), 0.4, [1], 2.0, id="undamped"),
        pytest.param(NOTHING, 12.4, [0, 0], 0.1, id="nothing moves"),
        pytest.param(LinearSystem([[1], [1]], [0, 2]), 0.999, [9], 0.1, id="below least loss"),
        pytest.param(VALLEY, 1e-14, VALLEY_START, 0.25, id="below the bottom of the valley"),
    ],
)
def test_a_loss_that_is_never_reached_takes_no_number_of_iterations(
    system, tolerance, x0, learning_rate
):
    theory = Theory(system)
    assert theory.iterations_to(tolerance, x0, learning_rate) is None
    assert brute_force(theory, tolerance, x0, learning_rate) is None


def test_a_loss_that_falls_before_it_grows_is_reached_on_the_way_down():
    losses = Theory(VALLEY).losses(VALLEY_START, 0.25, np.arange(200))
    bottom = int(losses.argmin())
    assert 0 < bottom < 100
    assert losses[-1] > losses[0]
    for k in range(1, bottom + 1):
        tolerance = float(losses[k])
        assert Theory(VALLEY).iterations_to(tolerance, VALLEY_START, 0.25) == k
    run = measured(Experiment(VALLEY, VALLEY_START, 0.25, 200, tolerance=float(losses[20] * 1.001)))
    assert run.last_point == 20


def test_a_tolerance_of_zero_is_reached_in_one_step_or_never():
    theory = Theory(LinearSystem([[2]], [0]))
    assert theory.iterations_to(0, [3], 0.25) == 1
    assert theory.iterations_to(0, [3], 0.2) is None
    assert theory.iterations_to(0, [0], 0.2) == 0


@pytest.mark.parametrize("learning_rate", [1e-6, 1e-100, 1e-300])
def test_a_creeping_rate_is_counted_too(learning_rate):
    theory = Theory(LinearSystem([[1]], [0]))  # loss_k = 1/2 (1 - alpha)^(2 k)
    k = theory.iterations_to(0.5 * np.exp(-2), [1], learning_rate)
    assert k == pytest.approx(1 / learning_rate, rel=1e-5)


@pytest.mark.parametrize("rate", [1e100, 1e160, 1e300])
def test_a_rate_whose_square_is_beyond_floats_never_gets_there(rate):
    assert Theory(WORKED).iterations_to(0.07, [0, 0, 0], rate) is None


def test_a_start_whose_loss_is_beyond_floats_never_gets_there():
    with np.errstate(over="ignore"):
        theory = Theory(LinearSystem([[1]], [1e200]))
    assert theory.iterations_to(1e3, [0], 0.1) is None
