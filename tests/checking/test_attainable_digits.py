"""How many digits there are to expect of a system, and what costs digits."""

from dataclasses import replace
from math import log10

import numpy as np
import pytest
from hypothesis import given

from helpers.floors import DTYPES, UNIT, at_the_optimal_rate, both_dtypes
from helpers.strategies import systems
from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.presets import random_system
from lsedash.theory.rounding import attainable_digits


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
