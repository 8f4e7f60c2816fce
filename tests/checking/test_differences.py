"""How far apart two runs are, counted in units of the last place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.floors import DTYPES
from helpers.strategies import finite
from lsedash.checking.bits import Difference, difference, loss_difference, units_between
from lsedash.running.run import Run


def made(iterates, points=None, dtype="float64", losses=None):
    """A run that nobody ran."""
    iterates = np.array(iterates, dtype=dtype)
    iterates = iterates if iterates.ndim == 2 else iterates[:, None]
    points = np.arange(len(iterates)) if points is None else np.array(points)
    losses = np.zeros(len(iterates)) if losses is None else np.array(losses, dtype=float)
    return Run("made", points, iterates, losses, "finished", 0.0)


def after(value, steps, dtype):
    """The floating-point number so many steps further up."""
    value = np.dtype(dtype).type(value)
    for _ in range(steps):
        value = np.nextafter(value, np.dtype(dtype).type(np.inf))
    return value


@given(finite, st.integers(0, 40), st.sampled_from(DTYPES))
def test_units_are_counted_as_steps_from_one_number_to_the_next(value, steps, dtype):
    largest = float(np.finfo(dtype).max)
    start = np.dtype(dtype).type(np.clip(value, -largest, largest / 2))
    end = after(start, steps, dtype)
    assert units_between(np.array([start, end]), np.array([end, start])) == [steps, steps]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("below", [0, 1, 7])
def test_units_are_counted_across_zero(dtype, below):
    start = -after(np.dtype(dtype).type(0), below, dtype)
    end = after(start, below + 5, dtype)
    assert end == 5 * np.finfo(dtype).smallest_subnormal
    assert units_between(np.array([start]), np.array([end])) == [below + 5]


@pytest.mark.parametrize(
    ("dtype", "fraction_bits", "binades"), [("float64", 52, 2046), ("float32", 23, 254)]
)
def test_units_are_exact_however_many(dtype, fraction_bits, binades):
    """A binade has 2^p numbers; below the smallest come 2^p with the subnormal ones and 0."""
    numbers = 2**fraction_bits
    one, two, largest = np.array([[1, 2, np.finfo(dtype).max]], dtype).T
    assert units_between(one, two) == [numbers]
    assert units_between(0 * one, one) == [numbers * binades // 2]
    assert units_between(largest, -largest) == [2 * (numbers * (binades + 1) - 1)]


def test_equal_runs_differ_nowhere():
    run = made([[1, 2], [3, 4]])
    assert difference(run, run) == Difference(None, None, 0, 0.0, 0.0, 2)
    assert difference(run, run).equal


def test_the_sign_of_zero_does_not_count():
    assert difference(made([[0.0, 1]]), made([[-0.0, 1]])).equal


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_difference_is_found_at_its_first_point_and_in_its_furthest_entry(dtype):
    reference = np.ones((5, 3), dtype)
    values = reference.copy()
    values[2, 0], values[2, 1], values[4, 2] = after(1, 2, dtype), after(1, 9, dtype), 3
    found = difference(made(values, dtype=dtype), made(reference, dtype=dtype))
    assert (found.first, found.entry, found.units) == (2, 1, 9)
    assert not found.equal
    assert found.largest == 2
    assert found.relative == 2 / 3
    assert found.compared == 5


def test_the_furthest_entry_is_so_in_units_not_in_size():
    reference, values = [[2.0**60, 1.0]], [[after(2.0**60, 1, float), after(1.0, 3, float)]]
    found = difference(made(values), made(reference))
    assert (found.entry, found.units) == (1, 3)
    assert found.largest == 2.0**8


@given(st.lists(finite, min_size=1, max_size=4), st.lists(finite, min_size=1, max_size=4))
def test_a_difference_does_not_depend_on_which_run_comes_first(ours, theirs):
    one, other = made(ours), made(theirs)
    assert difference(one, other) == difference(other, one)


def test_only_points_that_both_have_are_compared():
    thinned, ended = made([1, 2, 3, 9], points=[0, 2, 4, 5]), made([1, 7, 2, 7, 5, 9])
    found = difference(thinned, ended)
    assert (found.compared, found.first, found.largest) == (4, 4, 2)
    assert difference(thinned, made([1, 7, 2])) == Difference(None, None, 0, 0.0, 0.0, 2)


def test_a_difference_is_relative_to_the_larger_run():
    assert difference(made([2]), made([-6])).relative == 8 / 6
    assert difference(made([-6]), made([2])).relative == 8 / 6


def test_runs_without_points_or_of_zeros_do_not_differ():
    nothing = difference(made(np.empty((0, 2))), made([[1, 2]]))
    assert nothing == Difference(None, None, 0, 0.0, 0.0, 0)
    assert difference(made([0]), made([0])).relative == 0


def test_a_difference_beyond_what_floats_hold_is_infinite():
    largest = np.finfo(float).max
    found = difference(made([largest]), made([-largest]))
    assert found.largest == np.inf
    assert found.units == 2 * (2**52 * 2047 - 1)


def test_runs_of_two_float_types_are_not_compared():
    with pytest.raises(ValueError, match="not float64 and float32"):
        difference(made([1]), made([1], dtype="float32"))
    with pytest.raises(ValueError, match="not float32 and float64"):
        loss_difference(made([1], dtype="float32"), made([1]))


@pytest.mark.parametrize("dtype", DTYPES)
def test_losses_are_counted_in_units_of_the_type_that_the_run_computes_in(dtype):
    losses = [3, 1, 1], [3, float(after(1, 4, dtype)), 2]
    one, other = (made([0, 0, 0], dtype=dtype, losses=values) for values in losses)
    assert loss_difference(one, other) == Difference(1, 0, 4, 1.0, 1 / 3, 3)
    assert difference(one, other).equal
