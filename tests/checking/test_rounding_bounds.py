"""Measured distances, and what rounding can do to a path."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings

from helpers.floors import DTYPES, LONG, UNIT, exact_path
from helpers.strategies import descents, whole_systems
from helpers.theory import measured
from lsedash import Experiment, LinearSystem, Theory, compare
from lsedash.checking.floors import distances
from lsedash.running.run import Run
from lsedash.text.fields import DEFAULT
from lsedash.theory.rounding import rounding_bound, rounding_bounds


def off_the_path(run, path, directions):
    """How far each point of a run is from the path along the directions, (points,)."""
    apart = (run.iterates - path[run.points]).astype(float)
    return np.linalg.norm(apart @ directions.T, axis=1)


# --- distances


@given(descents(whole_systems))
@settings(max_examples=30)
def test_distances_are_those_to_the_least_squares_solution_where_A_sees_them(experiment):
    A, b = experiment.system.A, experiment.system.b
    run, theory = measured(experiment), Theory(experiment.system)
    inverse = np.linalg.pinv(A)
    seen = run.iterates @ (inverse @ A).T - np.linalg.lstsq(A, b, rcond=None)[0]
    expected = np.linalg.norm(seen, axis=1)
    found = distances(run, theory, experiment.x0)
    size = expected.max() + np.abs(run.iterates).max()
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-11 * (1 + size))


def test_distances_of_a_run_in_float32_are_not_rounded_to_it():
    experiment = Experiment(LinearSystem([[1]], [0.1]), [0.1], dtype="float32", iterations=0)
    run, theory = measured(experiment), Theory(experiment.system)
    assert distances(run, theory, [0.1])[0] == pytest.approx(np.float64(np.float32(0.1)) - 0.1)


def test_what_the_directions_that_stay_do_is_no_distance():
    system = LinearSystem([[1, 2]], [5])  # the limit from 0 is (1, 2); nothing moves along (2, -1)
    iterates = np.array([[1, 2], [3, 1], [-9, 7], [2, 4]], dtype=float)
    run = Run("made", np.arange(4), iterates, np.zeros(4), "finished", 0.0)
    found = distances(run, Theory(system), [0, 0])
    np.testing.assert_allclose(found, [0, 0, 0, np.sqrt(5)], atol=1e-14)


# --- what rounding can do


def check_bounds(experiment):
    theory, path = Theory(experiment.system), exact_path(experiment)
    for dtype in DTYPES:
        one = replace(experiment, dtype=dtype)
        bounds = rounding_bounds(theory, one)
        assert bounds.shape == (experiment.iterations + 1,)
        assert rounding_bound(theory, one) == bounds.max()
        for run in compare(one).runs:
            found = off_the_path(run, path, theory.moving_directions)
            assert (found <= bounds[run.points]).all(), run.key


@given(descents())
@settings(max_examples=40)
def test_no_variant_is_further_off_the_exact_path_than_the_bound(experiment):
    check_bounds(experiment)


@given(descents(whole_systems))
@settings(max_examples=40)
def test_nor_on_systems_of_whole_numbers_of_every_rank(experiment):
    check_bounds(experiment)


@given(descents(whole_systems, fastest=1.0, iterations=300))
@settings(max_examples=15)
def test_nor_in_the_end(experiment):
    check_bounds(experiment)


ALMOST = 1 + 0.999 * UNIT["float32"]  # float32 makes 1 of it: the largest error it can make
ONES = np.ones(199)  # lost one by one in a sum from the left that begins with 2^24
LONG_ROW = np.append(2.0**24, ONES)
UNSEEN = np.append(LONG_ROW, -LONG_ROW.sum())  # adds up to 0
STEEP_FIRST = np.append(2.0**12, ONES)  # whose squares are such a sum
TILTED = LinearSystem([[0.8, 0.06], [0.6, -0.08]], [1, 1])  # condition number 10


@pytest.mark.parametrize(
    "experiment",
    [
        pytest.param(Experiment(LinearSystem([[1]], [0]), [ALMOST], 1e-3, 0), id="start"),
        pytest.param(Experiment(LinearSystem([[1]], [ALMOST]), [0], 1.0, 3), id="b"),
        pytest.param(Experiment(LinearSystem([[ALMOST]], [0]), [1], 1.0, 1), id="A"),
        pytest.param(Experiment(LinearSystem([[1]], [0]), [1], ALMOST, 1), id="rate"),
        pytest.param(Experiment(LinearSystem([[1]], [2]), [1], 2.0**-25, 30), id="update"),
        pytest.param(
            Experiment(LinearSystem(1e3 * np.ones((1, 200)), [0]), LONG_ROW, 5e-9, 1),
            id="a long row",
        ),
        pytest.param(
            Experiment(LinearSystem(np.ones((201, 1)), UNSEEN), [0], 1 / 200, 1),
            id="a long column and a residual that stays",
        ),
        pytest.param(
            Experiment(LinearSystem(STEEP_FIRST[:, None], STEEP_FIRST), [0], 2.0**-24, 1),
            id="a long column and a residual that goes",
        ),
        pytest.param(
            Experiment(LinearSystem([[1, 2]], [1]), [2e6 / 3, -1e6 / 3], 0.1, 40),
            id="far off in the null space",
        ),
        pytest.param(
            Experiment(LinearSystem([[1], [1]], [1e5, 1 / 3 - 1e5]), [0], 0.3, 40),
            id="a residual that stays",
        ),
        pytest.param(Experiment(TILTED, None, 1.9, 3000), id="tilted valley"),
        pytest.param(Experiment(LinearSystem([[1 / 3]], [1]), [0], 30.0, 40), id="growing"),
        pytest.param(
            Experiment(LinearSystem([[1e-3, 5e-4], [3e-4, 1e-3]], [0, 0]), [1e-20] * 2, 5e5, 20),
            id="squares that underflow",
        ),
        pytest.param(
            Experiment(LinearSystem([[0.1, 0.3]], [0]), [0.1, 0.37], 9.0, 200),
            id="drift along the null space",
        ),
    ],
)
def test_the_bound_holds_where_one_cause_is_all(experiment):
    check_bounds(replace(experiment, dtype="float32"))


def test_a_run_in_float32_is_not_within_the_bound_of_float64():
    run = measured(replace(DEFAULT, dtype="float32"))
    theory = Theory(DEFAULT.system)
    found = off_the_path(run, exact_path(DEFAULT), theory.moving_directions)
    assert found.max() > 1000 * rounding_bound(theory, DEFAULT)


@given(descents())
@settings(max_examples=30)
def test_the_bound_is_as_much_larger_in_float32_as_its_eps(experiment):
    theory = Theory(experiment.system)
    assume(theory.rank)
    double, single = (rounding_bound(theory, replace(experiment, dtype=one)) for one in DTYPES)
    assert single >= 0.9 * 2**29 * double
    assert single <= 4 * 2**29 * double + 2 * UNIT["float32"] * np.linalg.norm(experiment.x0)


def test_the_bound_settles_where_descent_converges():
    bounds = rounding_bounds(Theory(LONG.system), LONG)
    assert bounds[-1] == pytest.approx(bounds[-200], rel=1e-9)
    assert bounds[0] == 0  # the start is given in float64


@pytest.mark.parametrize("learning_rate", [1e3, 1e150, 1e308])
def test_the_bound_of_a_run_that_leaves_all_floats_is_infinite(learning_rate):
    experiment = replace(DEFAULT, learning_rate=learning_rate, iterations=400)
    with np.errstate(over="ignore"):
        bounds = rounding_bounds(Theory(DEFAULT.system), experiment)
    assert not np.isnan(bounds).any()
    assert bounds[-1] == np.inf
