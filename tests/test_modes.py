"""The loss taken apart into modes, held against measured runs and exact arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from programs import NUMPY
from strategies import descents, whole_systems

from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.modes import EXTREMES, MOST, below, groups, losses_by_group, shares
from lsedash.presets import PRESETS

EPS = np.finfo(float).eps
DIAGONAL = LinearSystem([[2, 0, 0], [0, 1, 0], [0, 0, 0]], [2, 1, 0])  # curvatures 4, 1, 0
NOTHING = LinearSystem([[0, 0], [0, 0]], [3, 4])
TWELVE = LinearSystem(np.diag(np.arange(12.0, 0, -1)), np.zeros(12))  # x_i is mode i's coordinate

every_preset = pytest.mark.parametrize(
    "experiment", [preset.experiment for preset in PRESETS], ids=[preset.key for preset in PRESETS]
)


def measured(experiment):
    return compare(experiment, NUMPY, max_points=10**6).runs[0]


def about(experiment, run):
    """What `mode_losses` and its like are asked for, to have them at the points of a run."""
    return experiment.x0, experiment.learning_rate, run.points


def terms(system, iterates):
    """The largest of what A x and b bring into A x - b; what rounding is relative to."""
    reach = np.linalg.norm(np.atleast_2d(iterates), axis=1).max()
    return np.linalg.norm(system.A, 2) * reach + np.linalg.norm(system.b)


def rounding_of(experiment, run):
    """What one rounding of its terms may make of a run's residual.

    A run that grows multiplies the first ones as it does everything else.
    """
    system = experiment.system
    factor = Theory(system).convergence_factor(experiment.learning_rate)
    growth = max(1, factor) ** experiment.iterations
    return EPS * max(terms(system, run.iterates), growth * terms(system, experiment.x0))


def limit_of(system, x0):
    """A^+ b + (I - A^+ A) x0, as x0 and the shortest step that lowers its loss most."""
    x0 = np.asarray(x0, dtype=float)
    return x0 + np.linalg.lstsq(system.A, system.b - system.A @ x0, rcond=None)[0]


def assume_well_apart(theory):
    """Singular vectors are known as well as their values are apart, from each other and from 0."""
    S = np.append(theory.singular_values[: theory.rank], 0)
    assume(theory.rank and np.diff(-S).min() >= 0.01 * S[0])


# --- the modes add up to the loss


@given(descents())
def test_the_modes_and_the_least_loss_add_up_to_the_loss(experiment):
    theory = Theory(experiment.system)
    ks = np.arange(experiment.iterations + 1)
    parts = theory.mode_losses(experiment.x0, experiment.learning_rate, ks)
    losses = theory.losses(experiment.x0, experiment.learning_rate, ks)
    assert parts.shape == (len(ks), theory.rank)
    assert (parts >= 0).all()
    total = theory.least_loss + parts.sum(axis=1)
    np.testing.assert_allclose(total, losses, rtol=0, atol=1e-12 * losses.max())


@every_preset
def test_the_modes_add_up_to_the_losses_that_the_programs_of_a_preset_measure(experiment):
    theory = Theory(experiment.system)
    for run in compare(experiment, VARIANTS).runs:
        total = theory.least_loss + theory.mode_losses(*about(experiment, run)).sum(axis=1)
        np.testing.assert_allclose(total, run.losses, rtol=0, atol=1e-12 * run.losses.max())


@given(descents())
def test_the_modes_add_up_to_the_losses_of_a_run(experiment):
    theory, run = Theory(experiment.system), measured(experiment)
    total = theory.least_loss + theory.mode_losses(*about(experiment, run)).sum(axis=1)
    # Twelve digits of a loss are there to be compared only where its root, the residual, is above
    # the rounding of its terms |A||x| + |b| by fourteen: the largest loss at least (|A||x| + |b|)^2
    # / 2000, in a run that does not grow.
    assume(rounding_of(experiment, run) <= 1e-14 * np.sqrt(total.max()))
    np.testing.assert_allclose(run.losses, total, rtol=0, atol=1e-12 * total.max())


@given(descents(whole_systems))
def test_a_mode_has_the_part_of_the_residual_along_its_left_singular_vector(experiment):
    system, theory, run = experiment.system, Theory(experiment.system), measured(experiment)
    assume_well_apart(theory)
    left = np.linalg.svd(system.A.T)[2][: theory.rank]  # by the transpose: not what theory takes
    residuals = run.iterates @ system.A.T - system.b
    along = 0.5 * (residuals @ left.T) ** 2
    predicted = theory.mode_losses(*about(experiment, run))
    scale = run.losses.max()
    assume(rounding_of(experiment, run) <= 1e-14 * np.sqrt(scale))
    np.testing.assert_allclose(along, predicted, rtol=0, atol=1e-11 * scale)


@pytest.mark.parametrize("k", [0, 1, 2, 7, 50, 300])
def test_every_mode_has_all_its_digits_however_little_is_left_of_it(k):
    # factors 1 - 4/8 and 1 - 1/8; along them the start's residual is 2 (3 - 1) and 1 (5 - 1)
    expected = [
        Fraction(1, 2) * Fraction(1, 2) ** (2 * k) * 4**2,
        Fraction(1, 2) * Fraction(7, 8) ** (2 * k) * 4**2,
    ]
    found = Theory(DIAGONAL).mode_losses([3, 5, 7], 0.125, [k])
    np.testing.assert_allclose(found, [[float(value) for value in expected]], rtol=1e-13)


def test_a_tiny_step_keeps_its_digits_over_very_many_iterations():
    theory = Theory(LinearSystem([[1e-6]], [0]))  # alpha lambda is 1e-12
    loss = theory.mode_losses([1], 1.0, [10**12])[0, 0]
    coordinate = theory.mode_coordinates([1], 1.0, [10**12])[0, 0]
    assert loss == pytest.approx(0.5e-12 * np.exp(-2), rel=1e-11)
    assert abs(coordinate) == pytest.approx(np.exp(-1), rel=1e-11)


@pytest.mark.parametrize("k", [10**4, 10**15])
def test_a_mode_without_weight_stays_at_zero_beside_one_that_goes_beyond_floats(k):
    theory = Theory(DIAGONAL)  # at rate 2.5 the factors are -9 and -1.5
    assert theory.mode_losses([1, 3, 7], 2.5, [k]).tolist() == [[0, np.inf]]
    assert theory.mode_losses([2, 1, 7], 2.5, [k]).tolist() == [[np.inf, 0]]
    assert np.isfinite(theory.mode_coordinates([1, 3, 7], 2.5, [k])).tolist() == [[True, False]]


def test_where_nothing_moves_there_are_no_modes_to_add_up():
    theory = Theory(NOTHING)
    assert theory.mode_losses([1, 2], 0.1, [0, 5]).shape == (2, 0)
    assert theory.mode_coordinates([1, 2], 0.1, [0, 5]).shape == (2, 0)
    assert shares(theory, [1, 2], 0.1) == ()
    assert losses_by_group(theory, [1, 2], 0.1, [0, 5]).shape == (2, 0)


# --- the path in the modes' own coordinates


@given(descents(whole_systems))
def test_mode_coordinates_are_those_of_a_measured_run(experiment):
    system, theory, run = experiment.system, Theory(experiment.system), measured(experiment)
    assume(system.A.any())
    limit = limit_of(system, experiment.x0)
    along = (run.iterates - limit) @ theory.directions[:, : theory.rank]
    found = theory.mode_coordinates(*about(experiment, run))
    assert found.shape == (len(run.points), theory.rank)
    flattest = theory.singular_values[theory.rank - 1]
    size = max(experiment.iterations, 1) * rounding_of(experiment, run) / flattest
    np.testing.assert_allclose(
        found, along, rtol=0, atol=8 * size + 8 * EPS * np.linalg.norm(limit)
    )


@given(descents())
def test_mode_coordinates_lead_from_the_limit_to_every_iterate(experiment):
    theory = Theory(experiment.system)
    asked = experiment.x0, experiment.learning_rate, np.arange(experiment.iterations + 1)
    limit, coordinates = theory.descent_limit(experiment.x0), theory.mode_coordinates(*asked)
    iterates = theory.iterates(*asked)
    reach = np.abs(limit).max() + np.abs(iterates).max() + np.abs(coordinates).max(initial=0)
    np.testing.assert_allclose(
        limit + coordinates @ theory.moving_directions, iterates, rtol=0, atol=1e-13 * reach
    )


@given(descents(whole_systems))
def test_a_mode_loses_half_its_curvature_times_its_coordinate_squared(experiment):
    theory = Theory(experiment.system)
    asked = experiment.x0, experiment.learning_rate, np.arange(experiment.iterations + 1)
    curvatures = theory.singular_values[: theory.rank] ** 2
    np.testing.assert_allclose(
        0.5 * curvatures * theory.mode_coordinates(*asked) ** 2,
        theory.mode_losses(*asked),
        rtol=1e-10,
        atol=1e-300,
    )


# --- who is told apart


@pytest.mark.parametrize("rank", range(MOST + 1))
def test_up_to_eight_modes_are_all_told_apart(rank):
    assert list(groups(rank)) == [(i, i) for i in range(1, rank + 1)]


@pytest.mark.parametrize("rank", range(MOST + 1, 65))
def test_of_more_the_three_steepest_and_flattest_are_and_the_middle_is_one(rank):
    found = list(groups(rank))
    alone = [1, 2, 3, rank - 2, rank - 1, rank]
    assert [first for first, last in found if first == last] == alone
    assert found[EXTREMES] == (4, rank - 3)
    assert [i for first, last in found for i in range(first, last + 1)] == [*range(1, rank + 1)]


@given(descents())
def test_shares_are_of_the_loss_at_the_start(experiment):
    theory, system = Theory(experiment.system), experiment.system
    found = shares(theory, experiment.x0, experiment.learning_rate)
    total = theory.least_loss + sum(share.loss for share in found)
    residual = np.linalg.norm(system.residual(experiment.x0))
    rounding = 16 * EPS * terms(system, experiment.x0)
    assert np.sqrt(2 * total) == pytest.approx(residual, rel=1e-12, abs=rounding)
    if total == 0:
        assert {share.share for share in found} <= {0.0}
    else:
        floor = theory.least_loss / total
        assert floor + sum(share.share for share in found) == pytest.approx(1, rel=1e-12)
        assert all(0 <= share.share <= 1 for share in found)


def test_of_a_loss_of_nothing_nobody_has_a_share():
    found = shares(Theory(DIAGONAL), [1, 1, 7], 0.1)
    assert [(share.loss, share.share, share.below) for share in found] == [(0, 0, 0)] * 2


@given(descents())
def test_shares_come_steepest_first_with_the_modes_they_are_of(experiment):
    theory = Theory(experiment.system)
    modes = theory.modes(experiment.learning_rate)
    found = shares(theory, experiment.x0, experiment.learning_rate)
    curvatures = [share.modes[0].curvature for share in found]
    assert curvatures == sorted(curvatures, reverse=True)
    assert [share.modes for share in found] == [(mode,) for mode in modes[: theory.rank]]


@pytest.mark.parametrize(("n", "rank"), [(8, 8), (9, 9), (9, 8), (12, 10), (64, 64), (64, 20)])
def test_shares_of_many_unknowns_leave_no_mode_out_and_have_no_frozen_one(n, rank):
    diagonal = np.where(np.arange(n) < rank, np.linspace(2, 1, n), 0)
    theory, x0 = Theory(LinearSystem(np.diag(diagonal), np.zeros(n))), np.arange(1.0, n + 1)
    found = shares(theory, x0, 0.1)
    assert [(share.first, share.last) for share in found] == list(groups(rank))
    assert [mode for share in found for mode in share.modes] == [*theory.modes(0.1)[:rank]]
    own = 0.5 * (diagonal * x0) ** 2
    for share in found:
        part = own[share.first - 1 : share.last].sum()
        assert share.loss == pytest.approx(part, rel=1e-13)
        assert share.share == pytest.approx(part / own.sum(), rel=1e-13)


def test_shares_have_the_names_of_their_modes():
    names = [share.name for share in shares(Theory(TWELVE), np.ones(12), 0.01)]
    assert names[:4] == ["mode 1", "mode 2", "mode 3", "modes 4 to 9"]
    assert names[4:] == ["mode 10", "mode 11", "mode 12"]


@given(st.integers(1, 20), st.floats(0.01, 3), st.integers(0, 60))
def test_the_groups_add_up_to_what_all_modes_add(n, share, last):
    system = LinearSystem(np.diag(np.arange(float(n), 0, -1)), np.ones(n))
    theory = Theory(system)
    x0, rate = np.linspace(-1, 2, n), share * 2 / n**2
    ks = np.arange(last + 1)
    parts = losses_by_group(theory, x0, rate, ks)
    assert parts.shape == (len(ks), len(list(groups(n))))
    np.testing.assert_allclose(parts.sum(axis=1), theory.losses(x0, rate, ks), rtol=1e-12)


def test_the_groups_are_what_a_run_measures_of_them():
    experiment = Experiment(TWELVE, np.arange(1.0, 13), 0.0142, 40)  # the steepest one diverges
    run = measured(experiment)
    own = 0.5 * (run.iterates * np.arange(12, 0, -1)) ** 2
    expected = np.column_stack([own[:, :3], own[:, 3:9].sum(axis=1), own[:, 9:]])
    found = losses_by_group(Theory(TWELVE), *about(experiment, run))
    np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12)


def test_groups_that_add_up_beyond_floats_are_infinite_without_a_warning():
    theory = Theory(LinearSystem(np.eye(64), np.zeros(64)))
    parts = losses_by_group(theory, np.ones(64), 3.0, [511])[0]  # 1/2 4^511 each
    assert np.isinf(parts).tolist() == [False] * 3 + [True] + [False] * 3


# --- when a mode is below 1 %


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
