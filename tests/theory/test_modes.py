"""The loss taken apart into modes, held against measured runs and exact arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given

from helpers.comparisons import compared
from helpers.strategies import descents, whole_systems
from helpers.theory import DIAGONAL, EPS, about, limit_of, measured, terms
from lsedash import LinearSystem, Theory
from lsedash.presets import PRESETS
from lsedash.theory.modes import losses_by_group, shares

NOTHING = LinearSystem([[0, 0], [0, 0]], [3, 4])

every_preset = pytest.mark.parametrize(
    "experiment", [preset.experiment for preset in PRESETS], ids=[preset.key for preset in PRESETS]
)


def rounding_of(experiment, run):
    """What one rounding of its terms may make of a run's residual.

    A run that grows multiplies the first ones as it does everything else.
    """
    system = experiment.system
    factor = Theory(system).convergence_factor(experiment.learning_rate)
    growth = max(1, factor) ** experiment.iterations
    return EPS * max(terms(system, run.iterates), growth * terms(system, experiment.x0))


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
    for run in compared(experiment).runs:
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
