"""Residual and start split into what moves and what stays, against NumPy and runs."""

from math import ceil

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers.programs import NUMPY
from helpers.strategies import descents, moderate, systems, whole_systems
from helpers.theory import EPS, NOTHING
from lsedash import Experiment, LinearSystem, Theory, compare
from lsedash.presets import PRESETS, hilbert
from lsedash.theory.conditioning import iterations_per_digit
from lsedash.theory.geometry import null_directions, residual_split, start_split


@st.composite
def starts(draw, systems=systems):
    """A system's theory and a start."""
    system = draw(systems())
    return Theory(system), draw(arrays(float, system.n, elements=moderate))


def in_size(theory, x0):
    """The largest terms of A x0 - b; what rounding is relative to."""
    return np.linalg.norm(theory.system.A, 2) * np.linalg.norm(x0) + np.linalg.norm(theory.system.b)


def end_of_run(theory, x0):
    """The last point of a run long enough to leave a millionth of a millionth."""
    iterations = ceil(12 * iterations_per_digit(theory))
    assume(theory.rank and iterations <= 2000)
    rate = theory.optimal_learning_rate
    run = compare(Experiment(theory.system, x0, rate, iterations), NUMPY).runs[0]
    return run.iterates[-1]


# --- the residual


@given(starts())
def test_the_parts_of_the_residual_add_up_at_right_angles(pair):
    theory, x0 = pair
    split, size = residual_split(theory, x0), in_size(theory, x0)
    residual = theory.system.A @ x0 - theory.system.b
    np.testing.assert_array_equal(split.residual, residual)
    assert np.abs(split.removable + split.floor - residual).max() <= 4 * EPS * size
    assert abs(split.removable @ split.floor) <= 64 * EPS * size * np.linalg.norm(split.floor)
    assert split.removable_loss + split.floor_loss == pytest.approx(
        theory.system.loss(x0), rel=1e-12, abs=64 * EPS * size**2
    )


@given(starts(whole_systems))
def test_the_floor_is_the_residual_of_the_least_squares_solution(pair):
    theory, x0 = pair
    A, b = theory.system.A, theory.system.b
    expected = A @ np.linalg.lstsq(A, b, rcond=None)[0] - b
    split = residual_split(theory, x0)
    np.testing.assert_allclose(split.floor, expected, atol=1e-10 * (1 + np.abs(b).max()))
    projector = A @ np.linalg.pinv(A)
    np.testing.assert_allclose(
        split.removable, projector @ split.residual, atol=1e-10 * (1 + in_size(theory, x0))
    )


@given(starts())
def test_the_floor_is_that_of_the_least_loss(pair):
    theory, x0 = pair
    split, rounding = residual_split(theory, x0), 16 * EPS * np.linalg.norm(theory.system.b)
    assert split.floor.any() == (theory.least_loss > 0)
    assert abs(np.sqrt(split.floor_loss) - np.sqrt(theory.least_loss)) <= rounding


@given(starts(lambda: whole_systems(consistent=True)))
def test_nothing_stays_of_the_residual_of_a_solvable_system(pair):
    split = residual_split(*pair)
    assert not split.floor.any()
    np.testing.assert_array_equal(split.removable, split.residual)


def test_where_nothing_moves_all_of_the_residual_stays():
    split = residual_split(Theory(NOTHING), [7, 8])
    assert split.removable.tolist() == [0, 0]
    assert split.floor.tolist() == [-3, -4]
    assert (split.removable_loss, split.floor_loss) == (0, 12.5)


@given(starts(whole_systems))
@settings(max_examples=40)
def test_a_run_leaves_the_floor_of_the_residual(pair):
    theory, x0 = pair
    left = theory.system.residual(end_of_run(theory, x0))
    floor = residual_split(theory, x0).floor
    np.testing.assert_allclose(left, floor, atol=1e-10 * (1 + in_size(theory, x0)))


@pytest.mark.parametrize("gap", [1e-9, 1e-3, 1.0])
def test_an_ill_conditioned_matrix_does_not_blur_the_floor(gap):
    A = np.vstack([hilbert(6), np.zeros(6)])  # condition number 1.5e7
    b = np.append(hilbert(6) @ np.ones(6), gap)
    split = residual_split(Theory(LinearSystem(A, b)), np.full(6, 3.0))
    np.testing.assert_allclose(split.floor, [0, 0, 0, 0, 0, 0, -gap], atol=16 * EPS)
    np.testing.assert_allclose(split.removable[:6], 2 * hilbert(6) @ np.ones(6), rtol=1e-14)


# --- the start


@given(systems())
def test_null_directions_are_an_orthonormal_basis_of_what_A_does_not_see(system):
    theory = Theory(system)
    N = null_directions(theory)
    assert N.shape == (system.n - np.linalg.matrix_rank(system.A), system.n)
    np.testing.assert_allclose(N @ N.T, np.eye(len(N)), atol=1e-13)
    assert np.abs(system.A @ N.T).max(initial=0) <= 64 * EPS * np.linalg.norm(system.A, 2)
    assert not np.signbit(N[N == 0]).any()
    for row in N:
        assert row.max() >= (1 - 1e-8) * np.abs(row).max()


def test_the_sign_of_a_null_direction_does_not_hang_on_rounding():
    for order in ([0, 1], [1, 0]):
        A = np.array([[1.0, 1.0], [3.0, 3.0]])[order]
        N = null_directions(Theory(LinearSystem(A, [0, 0])))
        np.testing.assert_allclose(N, [[np.sqrt(0.5), -np.sqrt(0.5)]])


def test_null_directions_of_a_matrix_of_zeros_are_all_there_are():
    assert null_directions(Theory(NOTHING)).tolist() == [[1, 0], [0, 1]]


@given(starts())
def test_the_parts_of_the_start_add_up_at_right_angles(pair):
    theory, x0 = pair
    split, size = start_split(theory, x0), np.linalg.norm(x0)
    assert np.abs(split.moving + split.frozen - x0).max() <= 2 * EPS * size
    assert abs(split.moving @ split.frozen) <= 64 * EPS * size**2
    assert np.linalg.norm(theory.system.A @ split.frozen) <= 64 * EPS * in_size(theory, x0)


@given(starts(whole_systems))
def test_the_parts_of_the_start_and_of_the_limit_are_those_of_the_pseudoinverse(pair):
    theory, x0 = pair
    A, b = theory.system.A, theory.system.b
    split, inverse = start_split(theory, x0), np.linalg.pinv(A)
    shortest = np.linalg.lstsq(A, b, rcond=None)[0]
    size = 1 + np.abs(x0).max() + np.abs(shortest).max()
    np.testing.assert_allclose(split.moving, inverse @ A @ x0, atol=1e-10 * size)
    np.testing.assert_allclose(split.minimum_norm, shortest, atol=1e-10 * size)
    np.testing.assert_allclose(split.limit, split.minimum_norm + split.frozen, atol=1e-10 * size)


@given(starts())
def test_nothing_is_frozen_where_the_rank_is_full_and_all_where_it_is_zero(pair):
    theory, x0 = pair
    split = start_split(theory, x0)
    if theory.rank == theory.system.n:
        assert not split.frozen.any()
        np.testing.assert_array_equal(split.moving, x0)
    if theory.rank == 0:
        assert not split.moving.any()
        np.testing.assert_array_equal(split.frozen, x0)


@given(descents(whole_systems, fastest=1.0))
@settings(max_examples=40)
def test_the_frozen_part_stays_put_over_a_run(experiment):
    system = experiment.system
    run = compare(experiment, NUMPY).runs[0]
    blind = np.eye(system.n) - np.linalg.pinv(system.A) @ system.A
    frozen = start_split(Theory(system), experiment.x0).frozen
    reach = np.linalg.norm(run.iterates, axis=1).max()
    moved = np.abs(run.iterates @ blind.T - frozen).max()
    assert moved <= 1e-12 * (reach + in_size(Theory(system), experiment.x0))


@given(starts(whole_systems))
@settings(max_examples=40)
def test_a_run_ends_at_the_limit(pair):
    theory, x0 = pair
    split = start_split(theory, x0)
    size = 1 + np.abs(x0).max() + np.abs(split.limit).max()
    np.testing.assert_allclose(end_of_run(theory, x0), split.limit, atol=1e-9 * size)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_the_presets_are_taken_apart(preset):
    theory, x0 = Theory(preset.experiment.system), preset.experiment.x0
    start, residual = start_split(theory, x0), residual_split(theory, x0)
    assert start.frozen.any() == (preset.key in ("wide", "rank_deficient"))
    scattered = preset.source and preset.key != "data_degree_5"  # real data fit no line exactly
    assert residual.floor.any() == (preset.key == "straight_line_fit" or bool(scattered))
