"""A verdict is about programs: right ones agree wherever they start, wrong ones depart."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from helpers.programs import Fake
from helpers.strategies import descents
from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.checking.verification import verify

WORKED = LinearSystem([[1, 2, 0], [0, 1, 0], [0, 0, 1]], [1, 2, 3])


def verdict(experiment, variants=VARIANTS):
    return verify(compare(experiment, variants), Theory(experiment.system))


@given(descents(fastest=1.0))
@settings(max_examples=30)
def test_no_variant_departs_from_the_prediction(experiment):
    assert verdict(experiment).departing == ()
    assert verdict(replace(experiment, dtype="float32")).departing == ()


@pytest.mark.parametrize("distance", [0, 1e-12, 1e-9, 1e-6, 1e-3, 1])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_no_variant_departs_next_to_a_solution(distance, dtype):
    start = np.array([-3, 2, 3]) + distance
    assert verdict(Experiment(WORKED, start, 0.1, 50, dtype=dtype)).departing == ()


def test_no_variant_departs_at_a_solution_that_floats_cannot_hold():
    system = LinearSystem([[0.1, 0.2], [0.3, 0.4]], [0.3, 0.7])
    assert verdict(Experiment(system, [1, 1], 0.1, 50)).departing == ()


def test_no_variant_departs_where_most_of_b_is_out_of_reach():
    system = LinearSystem([[1], [1]], [1e6 + 1, -1e6])
    assert verdict(Experiment(system, [0], 0.3, 50)).departing == ()


def test_a_run_without_points_departs_from_nothing():
    assert verdict(Experiment(WORKED, [1e30, 0, 0], dtype="float32")).worst == 0


def without_the_half(A, b, x0, learning_rate, iterations):
    for x, loss in VARIANTS[0](A, b, x0, learning_rate, iterations):
        yield x, 2 * loss


def with_twice_the_rate(A, b, x0, learning_rate, iterations):
    yield from VARIANTS[0](A, b, x0, 2 * learning_rate, iterations)


def from_elsewhere(A, b, x0, learning_rate, iterations):
    yield from VARIANTS[0](A, b, x0 + 1e-9, learning_rate, iterations)


@pytest.mark.parametrize("wrong", [without_the_half, with_twice_the_rate, from_elsewhere])
def test_a_wrong_program_departs_and_the_right_ones_do_not(wrong):
    found = verdict(Experiment(WORKED, None, 0.1, 50), [*VARIANTS, Fake(wrong, "wrong")])
    assert found.departing == ("wrong",)
    assert found.worst == found.differences["wrong"] > found.bound


def test_a_program_that_moves_where_nothing_pulls_departs():
    flat = Experiment(LinearSystem([[0, 0]], [1]), [1, 2], 0.1, 50)
    assert verdict(flat, [Fake(from_elsewhere)]).departing == ("fake",)
    assert verdict(flat).departing == ()


def test_the_bound_grows_with_the_condition_number_the_iterations_and_eps():
    bounds = [
        verdict(Experiment(LinearSystem([[1, 0], [0, small]], [1, 1]), None, 0.1, N, dtype=dtype))
        for small, N, dtype in [(0.5, 50, "float64"), (0.5, 100, "float64"), (0.5, 50, "float32")]
    ]
    steep = verdict(Experiment(LinearSystem([[1, 0], [0, 0.001]], [1, 1]), None, 0.1, 50))
    assert bounds[1].bound == pytest.approx(2 * bounds[0].bound)
    assert bounds[2].bound == pytest.approx(2**29 * bounds[0].bound)
    assert steep.bound == pytest.approx(20 * bounds[0].bound)
