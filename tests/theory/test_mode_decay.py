"""When a mode is below 1 % of the loss at the start, against runs and fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers.strategies import whole_systems
from helpers.theory import DIAGONAL, EPS, TWELVE, limit_of, measured
from lsedash import Experiment, LinearSystem, Theory
from lsedash.theory.modes import below, shares


def first_below(excess):
    """The first of some losses above the least that is at most 1 % of the start's, or None."""
    found = np.flatnonzero(excess <= 0.01 * excess[0])
    return int(found[0]) if len(found) else None


def along_one_mode(theory, i, learning_rate, iterations):
    """The losses above the least of a run that starts at a distance of 1 along mode i alone."""
    system = theory.system
    start = limit_of(system, np.zeros(system.n)) + theory.directions[:, i]
    run = measured(Experiment(system, start, learning_rate, iterations))
    return start, run.losses - theory.least_loss


@given(whole_systems(), st.floats(0.1, 0.99))
@settings(max_examples=30)
def test_below_is_when_a_run_along_the_mode_alone_has_lost_all_but_a_hundredth(system, share):
    theory = Theory(system)
    assume(0 < theory.rank and theory.condition_number < 6)
    rate = share * theory.critical_learning_rate
    for i in range(theory.rank):
        start, excess = along_one_mode(theory, i, rate, 1000)
        k = shares(theory, start, rate)[i].below
        slack = 1 + 1e-9  # a mode may come so close to 1 % that rounding decides
        assert excess[k] <= 0.01 * excess[0] * slack
        assert (excess[:k] > 0.01 * excess[0] / slack).all()


@pytest.mark.parametrize("learning_rate", [0.01, 0.0625, 0.25, 0.4, 0.47, 0.499])
@pytest.mark.parametrize("i", [0, 1])
def test_below_is_the_very_iteration_that_a_run_says(i, learning_rate):
    theory = Theory(DIAGONAL)
    start, excess = along_one_mode(theory, i, learning_rate, 2000)
    assert shares(theory, start, learning_rate)[i].below == first_below(excess)
    assert first_below(excess) >= 1


@pytest.mark.parametrize("step", [2.0, 2.0 + 4 * EPS, 2.5, 1e300, np.inf])
def test_a_mode_that_does_not_shrink_is_never_below(step):
    assert below(step) is None
    if step < 3:
        start, excess = along_one_mode(Theory(DIAGONAL), 0, step / 4, 60)
        assert shares(Theory(DIAGONAL), start, step / 4)[0].below is None
        assert first_below(excess) is None


def test_a_step_of_exactly_one_is_below_at_once():
    start, excess = along_one_mode(Theory(DIAGONAL), 0, 0.25, 5)
    assert first_below(excess) == 1
    assert shares(Theory(DIAGONAL), start, 0.25)[0].below == 1
    assert below(1.0) == below(float(np.nextafter(1, 0))) == below(float(np.nextafter(1, 2))) == 1


@given(st.floats(0.01, 1.99))
def test_below_is_the_first_power_that_is_small_enough_in_fractions(step):
    k, factor = below(step), abs(1 - Fraction(step))
    nearly = Fraction(1, 10**12)  # so close to 1 % the logarithm's rounding decides
    assert factor ** (2 * k) <= Fraction(1, 100) * (1 + nearly)
    assert factor ** (2 * k - 2) > Fraction(1, 100) * (1 - nearly)


@pytest.mark.parametrize(
    ("step", "k"), [(0.5, 4), (1.5, 4), (0.75, 2), (1.75, 9), (0.95, 1), (1.05, 1), (0.85, 2)]
)
def test_below_as_counted_by_hand(step, k):
    assert below(step) == k


@pytest.mark.parametrize("step", [1e-3, 1e-6, 1e-12, 1e-15, 1e-100])
def test_tiny_steps_take_half_the_logarithm_of_a_hundred_over_the_step(step):
    assert below(step) == pytest.approx(np.log(100) / (2 * step), rel=1e-3 if step > 1e-6 else 1e-6)


def test_a_step_of_1e_12_is_below_at_the_iteration_its_losses_say():
    theory = Theory(LinearSystem([[1e-6]], [0]))
    (share,) = shares(theory, [1], 1.0)
    around = share.below + np.array([-(10**4), 0, 10**4])
    early, there, late = theory.mode_losses([1], 1.0, around)[:, 0] / share.loss
    assert early > 0.01 > late
    assert there == pytest.approx(0.01, rel=1e-11)


@pytest.mark.parametrize("gap", [1e-3, 1e-9, 16 * EPS])
def test_steps_just_below_two_take_as_long_as_those_just_above_nothing(gap):
    assert below(2 - gap) == pytest.approx(below(gap), rel=1e-6)


@pytest.mark.parametrize("step", [2 - 2 * EPS, 2, 2 + 2 * EPS, 3])
def test_a_step_of_two_to_rounding_or_more_is_never_below(step):
    assert below(step) is None


@pytest.mark.parametrize("step", [0.0, 5e-324, 1e-308])
def test_a_step_too_small_for_its_iterations_to_be_counted_is_never_below(step):
    assert below(step) is None


@pytest.mark.parametrize(("learning_rate", "other"), [(0.1, 22), (0.6, 3)])
def test_a_mode_that_starts_at_its_limit_is_below_from_the_start(learning_rate, other):
    first, second = shares(Theory(DIAGONAL), [1, 3, 7], learning_rate)
    assert (first.loss, first.share, first.below) == (0, 0, 0)
    assert (second.share, second.below) == (1, other)


@pytest.mark.parametrize("zeros", [[], [8], [3, 4, 5, 6, 7, 8]])
@pytest.mark.parametrize("learning_rate", [0.005, 0.0135, 0.0142, 0.03])
def test_a_group_is_below_once_the_last_of_it_is(zeros, learning_rate):
    x0 = np.ones(12)
    x0[zeros] = 0
    run = measured(Experiment(TWELVE, x0, learning_rate, 1000))
    own = 0.5 * (run.iterates * np.arange(12, 0, -1)) ** 2
    for share in shares(Theory(TWELVE), x0, learning_rate):
        times = [first_below(own[:, i]) for i in range(share.first - 1, share.last)]
        assert share.below == (None if None in times else max(times))
