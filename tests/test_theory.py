"""Prediction against NumPy's own linear algebra, and against measured runs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from programs import NUMPY
from strategies import descents, systems, whole, whole_systems

from lsedash import Experiment, LinearSystem, Theory, compare
from lsedash.verification import ALLOWANCE

EPS = np.finfo(float).eps
WORKED = LinearSystem([[1, 2, 0], [0, 1, 0], [0, 0, 1]], [1, 2, 3])
DIAGONAL = LinearSystem([[2, 0, 0], [0, 1, 0], [0, 0, 0]], [2, 1, 0])  # curvatures 4, 1, 0
NOTHING = LinearSystem([[0, 0], [0, 0]], [3, 4])
VALLEY = LinearSystem([[1, 0], [0, 3]], [0, 0])  # at rate 0.25: factors 3/4 and -5/4
VALLEY_START = [1, 1e-6]


def measured(experiment):
    return compare(experiment, NUMPY, max_points=10**6)[NUMPY[0].key]


def terms(system, iterates):
    """The largest of what A x and b bring into A x - b; what rounding is relative to."""
    reach = np.linalg.norm(np.atleast_2d(iterates), axis=1).max()
    return np.linalg.norm(system.A, 2) * reach + np.linalg.norm(system.b)


# --- against NumPy's linear algebra


@given(systems())
def test_singular_values_rank_and_condition_number_are_those_of_numpy(system):
    theory = Theory(system)
    S = np.linalg.svd(system.A, compute_uv=False)
    np.testing.assert_allclose(theory.singular_values, S, atol=1e-14 * S[0])
    assert theory.rank == np.linalg.matrix_rank(system.A)
    if theory.rank == min(system.A.shape):
        kappa = np.linalg.cond(system.A)
        assert theory.condition_number == pytest.approx(kappa, rel=10 * EPS * kappa)


@given(whole_systems())
def test_the_condition_number_is_taken_over_the_non_zero_singular_values(system):
    assume(system.A.any())
    expected = np.linalg.norm(system.A, 2) * np.linalg.norm(np.linalg.pinv(system.A), 2)
    assert Theory(system).condition_number == pytest.approx(expected, rel=1e-9)


@given(systems())
def test_curvatures_are_the_eigenvalues_of_the_normal_matrix(system):
    theory = Theory(system)
    eigenvalues = np.linalg.eigvalsh(system.A.T @ system.A)[::-1]
    assert theory.curvatures.shape == (system.n,)
    np.testing.assert_allclose(
        theory.curvatures, eigenvalues, atol=1e-13 * np.abs(eigenvalues).max()
    )
    assert not theory.curvatures[theory.rank :].any()


@given(systems())
def test_directions_are_orthonormal_and_belong_to_the_curvatures(system):
    theory = Theory(system)
    V, size = theory.directions, np.linalg.norm(system.A, 2) ** 2
    np.testing.assert_allclose(V.T @ V, np.eye(system.n), atol=1e-13)
    np.testing.assert_allclose(system.A.T @ system.A @ V, V * theory.curvatures, atol=1e-12 * size)


@given(whole_systems())
def test_descent_from_zero_ends_at_the_least_squares_solution_of_least_norm(system):
    expected = np.linalg.lstsq(system.A, system.b, rcond=None)[0]
    limit = Theory(system).descent_limit(np.zeros(system.n))
    np.testing.assert_allclose(limit, expected, atol=1e-9 * (1 + np.abs(expected).max()))


@given(whole_systems(), st.data())
def test_descent_keeps_the_part_of_the_start_that_A_does_not_see(system, data):
    x0 = np.array(data.draw(st.lists(whole, min_size=system.n, max_size=system.n)))
    inverse = np.linalg.pinv(system.A)
    expected = inverse @ system.b + x0 - inverse @ system.A @ x0
    limit = Theory(system).descent_limit(x0)
    np.testing.assert_allclose(limit, expected, atol=1e-9 * (1 + np.abs(expected).max()))


@given(whole_systems())
def test_the_least_loss_is_the_loss_of_the_least_squares_solution(system):
    expected = system.loss(np.linalg.lstsq(system.A, system.b, rcond=None)[0])
    assert Theory(system).least_loss == pytest.approx(expected, rel=1e-9, abs=1e-20)


@given(whole_systems(consistent=True))
def test_the_least_loss_of_a_solvable_system_is_exactly_zero(system):
    assert Theory(system).least_loss == 0


@given(st.floats(1e-9, 1), st.floats(1e-3, 1e3))
def test_the_least_loss_of_an_unsolvable_system_is_seen_however_small(gap, size):
    theory = Theory(LinearSystem([[size], [0]], [size, gap * size]))
    assert theory.least_loss == pytest.approx(0.5 * (gap * size) ** 2)


def test_a_system_with_many_more_equations_than_unknowns_needs_no_square_matrix():
    theory = Theory(LinearSystem(np.ones((100_000, 1)), np.ones(100_000)))
    assert theory.condition_number == 1
    assert theory.least_loss == 0


# --- rates and modes


@given(systems())
def test_the_critical_rate_is_where_the_largest_factor_is_minus_one(system):
    assume(system.A.any())
    theory = Theory(system)
    assert theory.critical_learning_rate == pytest.approx(2 / np.linalg.norm(system.A, 2) ** 2)


@given(whole_systems(), st.floats(0.01, 3))
def test_no_fixed_rate_is_faster_than_the_optimal_one(system, share):
    assume(system.A.any())
    theory = Theory(system)
    best = theory.convergence_factor(theory.optimal_learning_rate)
    kappa = theory.condition_number
    assert best == pytest.approx((kappa**2 - 1) / (kappa**2 + 1), abs=1e-12)
    assert best <= theory.convergence_factor(share * theory.critical_learning_rate) + 4 * EPS


@given(descents(whole_systems, iterations=20))
def test_the_distance_shrinks_at_least_by_the_convergence_factor(experiment):
    theory = Theory(experiment.system)
    limit = theory.descent_limit(experiment.x0)
    distances = np.linalg.norm(measured(experiment).iterates - limit, axis=1)
    factor = theory.convergence_factor(experiment.learning_rate)
    rounding = 1e-9 * (1 + np.linalg.norm(limit) + distances.max())
    assert (distances[1:] <= factor * distances[:-1] + rounding).all()


def test_the_distance_shrinks_by_exactly_the_convergence_factor_along_the_slowest_mode():
    run = measured(Experiment(DIAGONAL, [1, 3, 0], 0.1, 10))
    distances = np.linalg.norm(run.iterates - [1, 1, 0], axis=1)
    factor = Theory(DIAGONAL).convergence_factor(0.1)
    np.testing.assert_allclose(distances[1:], factor * distances[:-1])


@pytest.mark.parametrize(
    ("learning_rate", "kinds"),
    [
        (0.2, ["monotone", "monotone", "frozen"]),
        (0.25, ["one-step", "monotone", "frozen"]),
        (0.3, ["oscillating", "monotone", "frozen"]),
        (0.5, ["undamped", "monotone", "frozen"]),
        (0.6, ["diverging", "monotone", "frozen"]),
        (1.0, ["diverging", "one-step", "frozen"]),
        (1.5, ["diverging", "oscillating", "frozen"]),
        (2.0, ["diverging", "undamped", "frozen"]),
        (2.5, ["diverging", "diverging", "frozen"]),
    ],
)
def test_modes_are_named_by_alpha_lambda(learning_rate, kinds):
    modes = Theory(DIAGONAL).modes(learning_rate)
    assert [mode.kind for mode in modes] == kinds
    assert [mode.curvature for mode in modes] == [4, 1, 0]
    np.testing.assert_allclose(
        [mode.factor for mode in modes], [1 - 4 * learning_rate, 1 - learning_rate, 1]
    )


@pytest.mark.parametrize(("edge", "kind"), [(1.0, "one-step"), (2.0, "undamped")])
@pytest.mark.parametrize("side", [-1, 1])
def test_an_edge_between_modes_is_four_eps_wide(edge, kind, side):
    theory = Theory(LinearSystem([[1]], [0]))
    assert theory.modes(edge * (1 + side * 4 * EPS))[0].kind == kind
    assert theory.modes(edge * (1 + side * 6 * EPS))[0].kind != kind


def test_without_any_slope_the_rates_are_infinite_and_nothing_moves():
    theory = Theory(NOTHING)
    assert theory.critical_learning_rate == np.inf
    assert theory.optimal_learning_rate == np.inf
    assert theory.convergence_factor(0.1) == 0
    assert theory.condition_number == 1
    assert theory.rank == 0
    assert [mode.kind for mode in theory.modes(0.1)] == ["frozen", "frozen"]
    assert theory.iterates([1, 2], 0.1, [0, 5]).tolist() == [[1, 2], [1, 2]]
    assert theory.losses([1, 2], 0.1, [0, 5]).tolist() == [12.5, 12.5]


# --- the closed form against measured runs


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


# --- iterations to a tolerance


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
