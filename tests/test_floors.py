"""How close descent comes: measured distances, what rounding can do, what to expect in the end."""

from dataclasses import replace
from math import log10

import numpy as np
import pytest
from hypothesis import assume, given, settings
from programs import NUMPY
from strategies import descents, systems, whole_systems

from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.link import DEFAULT
from lsedash.presets import random_system
from lsedash.rounding.floors import (
    attainable_digits,
    distances,
    floor_of,
    floors,
    rounding_bound,
    rounding_bounds,
    stream_floors,
)
from lsedash.runner import Run

DTYPES = ["float64", "float32"]
UNIT = {"float64": 2.0**-53, "float32": 2.0**-24}
LONG = replace(DEFAULT, iterations=2000)

both_dtypes = pytest.mark.parametrize("dtype", DTYPES)


def exact_path(experiment):
    """The iterates in longdouble, (N + 1, n), by the rule alone: without a closed form."""
    A, b, x = (
        array.astype(np.longdouble)
        for array in (experiment.system.A, experiment.system.b, experiment.x0)
    )
    path = [x]
    for _ in range(experiment.iterations):
        x = x - np.longdouble(experiment.learning_rate) * (A.T @ (A @ x - b))
        path.append(x)
    return np.array(path)


def off_the_path(run, path, directions):
    """How far each point of a run is from the path along the directions, (points,)."""
    apart = (run.iterates - path[run.points]).astype(float)
    return np.linalg.norm(apart @ directions.T, axis=1)


def measured(experiment):
    return compare(experiment, NUMPY, max_points=10**6).runs[0]


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


# --- floors


def by_dtype(experiment, **options):
    return {one.dtype: one for one in floors(experiment, **options)}


def at_the_optimal_rate(system, iterations, x0=None):
    return Experiment(system, x0, Theory(system).optimal_learning_rate, iterations)


def test_there_is_a_floor_for_each_dtype_whichever_the_experiment_has():
    for dtype in DTYPES:
        found = floors(replace(DEFAULT, dtype=dtype))
        assert [one.dtype for one in found] == DTYPES
        assert [one.points.tolist() for one in found] == [list(range(51))] * 2


@both_dtypes
def test_measured_and_predicted_stand_side_by_side(dtype):
    found = by_dtype(DEFAULT)[dtype]
    run = measured(replace(DEFAULT, dtype=dtype))
    limit = np.array([-3, 2, 3])  # A is regular
    expected = np.linalg.norm(run.iterates - limit, axis=1)
    np.testing.assert_allclose(found.distances, expected, rtol=1e-13)
    exact = np.linalg.norm((exact_path(DEFAULT) - limit).astype(float), axis=1)
    np.testing.assert_allclose(found.predicted, exact, rtol=1e-13)
    assert (np.abs(found.distances - exact) <= found.bounds + 1e-14).all()
    assert found.last == found.distances[-1]
    assert found.size == pytest.approx(np.sqrt(22))
    assert found.relative == found.last / found.size


def test_a_long_run_reaches_its_floor_and_a_short_one_does_not():
    assert [one.reached for one in floors(DEFAULT)] == [False, False]
    long = floors(at_the_optimal_rate(DEFAULT.system, 2000))
    assert [one.reached for one in long] == [True, True]
    for one in long:
        assert one.relative < 100 * UNIT[one.dtype]
        assert one.last <= one.bounds[-1] + 1e-14


def test_the_floor_of_float32_is_reached_first():
    found = by_dtype(at_the_optimal_rate(DEFAULT.system, 350))
    assert found["float32"].reached
    assert not found["float64"].reached


@both_dtypes
def test_a_start_at_the_limit_is_at_its_floor(dtype):
    found = by_dtype(Experiment(LinearSystem([[2]], [6]), [3], 0.1, 5))[dtype]
    assert found.reached
    assert found.last == found.predicted[-1] == 0


@both_dtypes
@pytest.mark.parametrize("iterations", [60, 200])
def test_a_run_that_arrived_exactly_is_at_its_floor(dtype, iterations):
    found = by_dtype(Experiment(LinearSystem([[1]], [1]), None, 0.5, iterations))[dtype]
    assert found.last == 0 < found.predicted[-1]
    assert found.reached


@pytest.mark.parametrize("learning_rate", [2 / 9, 1.0])
def test_without_convergence_there_is_no_floor(learning_rate):
    experiment = Experiment(LinearSystem([[3]], [1]), [1 / 3], learning_rate, 30)
    for one in floors(experiment):
        assert not one.reached


def test_a_run_without_a_finite_point_has_no_floor():
    found = by_dtype(Experiment(LinearSystem([[1e10]], [0]), [1e30], 1e-20, 10))["float32"]
    assert len(found.points) == len(found.distances) == len(found.bounds) == 0
    assert np.isnan(found.last)
    assert not found.reached


def test_where_nothing_moves_the_distance_is_zero():
    for one in floors(Experiment(LinearSystem([[0, 0]], [1]), [1, 2])):
        assert not one.distances.any()
        assert one.size == 0
        assert np.isnan(one.relative)


def test_the_tolerance_does_not_end_a_way_to_the_floor():
    assert [one.points[-1] for one in floors(replace(DEFAULT, tolerance=1.0))] == [50, 50]


def test_the_deadline_ends_it_with_what_there_is():
    for one in floors(LONG, deadline=0.0):
        assert 0 < len(one.points) < 2001
        assert one.points.shape == one.distances.shape == one.predicted.shape == one.bounds.shape


def test_stopping_to_listen_leaves_the_floors_that_were_run():
    seen = []
    for report in stream_floors(LONG):
        found = report.snapshot()
        seen.append((len(found), report.finished))
        assert [one.dtype for one in found] == DTYPES[: len(found)]
        assert len(found[-1].points) == report.done
        assert all(len(one.points) == 2001 for one in found[:-1])
    assert seen[0] == (1, False)
    assert [finished for _, finished in seen].count(True) == 1
    assert seen[-1] == (2, True)


def test_a_long_run_is_thinned_and_its_theory_with_it():
    experiment = replace(DEFAULT, iterations=20_001)
    found = floors(experiment)[0]
    assert len(found.points) == 10_002
    bounds = rounding_bounds(Theory(DEFAULT.system), experiment)
    assert found.bounds.tolist() == bounds[found.points].tolist()


def test_a_floor_can_be_made_of_any_program_s_run():
    theory = Theory(DEFAULT.system)
    for run in compare(DEFAULT).runs:
        found = floor_of(run, theory, DEFAULT)
        np.testing.assert_allclose(found.distances, found.predicted, rtol=1e-12)


# --- digits to expect


def exact_limit(system, x0):
    """Where descent ends, (n,): refined in longdouble, for float64 must not measure itself."""
    A, b = (array.astype(np.longdouble) for array in (system.A, system.b))
    inverse, x = np.linalg.pinv(system.A), x0.astype(np.longdouble)
    for _ in range(4):
        x = x - inverse @ (inverse.T @ (A.T @ (A @ x - b)))
    return x


def surplus(system, x0=None, *, dtype):
    """Digits of the limit that NumPy by hand has in the end, beyond those to be expected."""
    theory = Theory(system)
    iterations = int((20 if dtype == "float64" else 10) * theory.condition_number**2) + 40
    experiment = replace(at_the_optimal_rate(system, iterations, x0), dtype=dtype)
    run, limit = compare(experiment, VARIANTS[:1]).runs[0], exact_limit(system, experiment.x0)
    left, size = (
        np.linalg.norm(theory.moving_directions @ vector.astype(float))
        for vector in (run.iterates[-1] - limit, limit)
    )
    return -log10(max(left / size, UNIT[dtype])) - attainable_digits(theory, experiment)


@both_dtypes
@pytest.mark.parametrize("condition_number", [1, 3, 10, 30])
def test_descent_attains_the_digits_that_were_to_be_expected(condition_number, dtype):
    found = [
        surplus(random_system(condition_number, m=m, n=n, seed=seed), dtype=dtype)
        for m, n in ((2, 2), (4, 4), (8, 5), (3, 6), (8, 8))
        for seed in range(2 if condition_number == 30 else 5)
    ]
    assert min(found) >= -0.75
    assert np.median(found) <= 1
    assert max(found) <= 2.25  # rounding errors may cancel


@both_dtypes
def test_it_attains_them_on_a_harder_system(dtype):
    assert -0.75 <= surplus(random_system(100, seed=1), dtype=dtype) <= 2.25


@both_dtypes
@pytest.mark.parametrize("size", [1e2, 1e4])
def test_a_residual_that_stays_costs_digits(size, dtype):
    for seed in range(3):
        system = random_system(5, m=8, n=4, seed=seed)
        apart = np.random.default_rng(seed).standard_normal(8)
        out_of_range = apart - system.A @ np.linalg.lstsq(system.A, apart, rcond=None)[0]
        hard = LinearSystem(system.A, system.b + size * out_of_range)
        assert -0.75 <= surplus(hard, dtype=dtype) <= 2.25
        easy, worse = (
            attainable_digits(Theory(one), Experiment(one, dtype=dtype)) for one in (system, hard)
        )
        assert worse < easy - log10(size) / 2


@both_dtypes
def test_a_start_far_off_in_the_null_space_costs_digits(dtype):
    for seed in range(3):
        system = random_system(5, m=3, n=6, seed=seed)
        apart = np.random.default_rng(seed).standard_normal(6)
        unseen = apart - np.linalg.pinv(system.A) @ system.A @ apart
        assert -0.75 <= surplus(system, 1e3 * unseen, dtype=dtype) <= 2.25


def test_each_tenfold_of_the_condition_number_costs_two_digits():
    found = [
        attainable_digits(Theory(system), Experiment(system))
        for system in (random_system(10.0**power) for power in range(1, 5))
    ]
    np.testing.assert_allclose(np.diff(found), -2, atol=0.01)


@given(systems())
def test_float64_has_nine_digits_more_than_float32(system):
    theory = Theory(system)
    double, single = (attainable_digits(theory, Experiment(system, dtype=one)) for one in DTYPES)
    if double is None:
        limit = theory.descent_limit(np.zeros(system.n))
        assert single is None
        assert not system.A.any() or np.linalg.norm(limit) <= 1e-12 * np.linalg.norm(system.b)
        return
    assert 0 <= single <= 24 * log10(2) + 1e-12
    assert 0 <= double <= 53 * log10(2) + 1e-12
    assert single == pytest.approx(max(double - 29 * log10(2), 0))


@pytest.mark.parametrize("system", [LinearSystem([[0, 0]], [1]), LinearSystem([[2, 1]], [0])])
def test_a_limit_of_zero_has_no_digits(system):
    assert attainable_digits(Theory(system), Experiment(system)) is None


def test_a_slope_that_floats_cannot_hold_promises_no_digits():
    system = LinearSystem([[1e-170]], [1e-170])
    assert attainable_digits(Theory(system), Experiment(system)) is None
