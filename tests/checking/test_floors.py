"""How close descent comes: the floor of a run, measured and predicted."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.floors import DTYPES, LONG, UNIT, at_the_optimal_rate, both_dtypes, exact_path
from helpers.theory import measured
from lsedash import Experiment, LinearSystem, Theory, compare
from lsedash.checking.floors import floor_of, floors, stream_floors
from lsedash.text.fields import DEFAULT
from lsedash.theory.rounding import rounding_bounds


def by_dtype(experiment, **options):
    return {one.dtype: one for one in floors(experiment, **options)}


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
