"""Everything said before a run, against NumPy's own linear algebra."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers.strategies import descents, systems, whole, whole_systems
from helpers.theory import DIAGONAL, EPS, NOTHING, measured
from lsedash import Experiment, LinearSystem, Theory

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
