"""Every preset runs, agrees with the theory, and shows what its sentence says."""

import numpy as np
import pytest

from helpers.programs import NUMPY
from lsedash import Experiment, InvalidInput, LinearSystem, Theory, compare
from lsedash.checking.verification import verify
from lsedash.presets import PRESETS, random_system

BY_KEY = {preset.key: preset for preset in PRESETS}
KEYS = list(BY_KEY)


def parts(key):
    experiment = BY_KEY[key].experiment
    return experiment, experiment.system, Theory(experiment.system)


def losses(key, *points):
    experiment, _, theory = parts(key)
    return theory.losses(experiment.x0, experiment.learning_rate, points)


def test_there_are_a_dozen_each_with_its_own_key_and_title():
    assert len(PRESETS) >= 12
    assert len(BY_KEY) == len({preset.title for preset in PRESETS}) == len(PRESETS)
    assert all(key.isidentifier() and key == key.lower() for key in KEYS)


def test_each_says_in_one_sentence_why():
    assert all(preset.why.endswith(".") for preset in PRESETS)
    assert all(len(preset.why) <= 100 for preset in PRESETS)


@pytest.mark.parametrize("key", KEYS)
def test_each_runs_as_the_theory_predicts(key):
    experiment, _, theory = parts(key)
    comparison = compare(experiment)
    assert {run.status for run in comparison.runs} == {"finished"}
    assert verify(comparison, theory).departing == ()


@pytest.mark.parametrize("key", KEYS)
def test_each_lowers_its_loss_and_starts_away_from_its_limit(key):
    experiment, system, theory = parts(key)
    first, last = losses(key, 0, experiment.iterations)
    assert theory.least_loss <= last < first
    assert first == pytest.approx(system.loss(experiment.x0))


def test_the_worked_example_is_that_of_the_article_and_far_from_its_end():
    experiment, system, _ = parts(KEYS[0])
    assert experiment == Experiment(
        LinearSystem([[1, 2, 0], [0, 1, 0], [0, 0, 1]], [1, 2, 3]), [0, 0, 0], 0.1, 50
    )
    run = compare(experiment, NUMPY).runs[0]
    assert np.linalg.norm(run.iterates[-1] - np.linalg.solve(system.A, system.b)) > 1


def test_two_unknowns_zigzag_across_the_valley_and_creep_along_it():
    experiment, _, theory = parts("two_unknowns")
    across, along = theory.modes(experiment.learning_rate)
    assert across.kind == "oscillating"
    assert along.kind == "monotone"
    assert along.factor > 0.9


def test_past_a_quarter_one_unknown_jumps_over_the_bottom():
    experiment, system, theory = parts("one_unknown")
    assert (system.m, system.n) == (1, 1)
    assert theory.optimal_learning_rate == 1 / 4
    assert experiment.learning_rate > 1 / 4
    sides = np.sign(compare(experiment, NUMPY).runs[0].iterates[:, 0] - 1.5)
    assert sides.tolist() == [-1, 1] * 10 + [-1]


def test_one_step_is_enough_for_orthogonal_A_at_the_fastest_rate():
    experiment, system, theory = parts("orthogonal_a")
    assert theory.condition_number == pytest.approx(1)
    fastest = Experiment(system, experiment.x0, theory.optimal_learning_rate, 1)
    for run in compare(fastest).values():
        np.testing.assert_allclose(run.iterates[1], np.linalg.solve(system.A, system.b))


def test_the_long_valley_has_condition_number_100_and_takes_thousands_of_steps_for_a_digit():
    experiment, system, theory = parts("long_valley")
    assert np.linalg.cond(system.A) == pytest.approx(100)
    distances = np.linalg.norm(
        theory.iterates(experiment.x0, experiment.learning_rate, [1, 2001, 20_001]) - [1, 1], axis=1
    )
    assert distances[1] > distances[0] / 10 > distances[2]


def test_hilberts_loss_is_soon_tiny_while_x_is_far_from_the_solution():
    experiment, system, _ = parts("hilbert_4x4")
    assert system.A.tolist() == [[1 / (i + j + 1) for j in range(4)] for i in range(4)]
    assert np.linalg.cond(system.A) > 10_000
    run = compare(experiment, NUMPY).runs[0]
    distances = np.linalg.norm(run.iterates - 1, axis=1)
    assert run.losses[200] < 1e-6 * run.losses[0]
    assert distances[200] > distances[2000] > 0.05 * distances[0]


def test_the_straight_line_ends_above_zero_at_the_best_line():
    experiment, system, theory = parts("straight_line_fit")
    assert (system.m, system.n) == (6, 2)
    slope, intercept = np.polyfit(system.A[:, 1], system.b, 1)
    np.testing.assert_allclose(theory.descent_limit(experiment.x0), [intercept, slope])
    assert theory.least_loss > 0.01


def test_tall_and_consistent_falls_to_zero():
    _, system, theory = parts("tall_and_consistent")
    assert system.m > system.n == theory.rank
    assert theory.least_loss == 0
    assert losses("tall_and_consistent", 50)[0] < 1e-9


def test_the_start_decides_which_solution_of_the_wide_one_is_found():
    experiment, system, theory = parts("wide")
    assert (system.m, system.n) == (2, 3)
    found = theory.descent_limit(experiment.x0)
    other = theory.descent_limit(np.zeros(3))
    np.testing.assert_allclose(system.A @ found, system.b)
    np.testing.assert_allclose(system.A @ other, system.b)
    assert np.linalg.norm(found - other) > 0.1


def test_nothing_pulls_along_the_line_of_solutions_of_the_rank_deficient_one():
    experiment, system, theory = parts("rank_deficient")
    assert system.A[1].tolist() == (2 * system.A[0]).tolist()
    assert np.linalg.matrix_rank(system.A) == 1
    assert theory.modes(experiment.learning_rate)[1].kind == "frozen"
    np.testing.assert_allclose(system.gradient([-1 + 2 * 7, 1 - 7]), 0, atol=1e-12)


def test_badly_scaled_rows_have_the_solution_of_two_easy_lines():
    _, system, theory = parts("badly_scaled_rows")
    easy = LinearSystem([[1, 1], [1, -1]], [2, 0])
    assert (system.A / [[50], [1]]).tolist() == easy.A.tolist()
    assert (system.b / [50, 1]).tolist() == easy.b.tolist()
    np.testing.assert_allclose(theory.descent_limit([0, 0]), np.linalg.solve(easy.A, easy.b))
    assert theory.condition_number > 49


def test_nearly_parallel_lines_cross_at_a_tiny_angle_and_take_for_ever():
    experiment, system, theory = parts("nearly_parallel_lines")
    first, second = np.arctan2(system.A[:, 0], system.A[:, 1])
    assert abs(first - second) < 0.02
    assert system.loss(np.linalg.solve(system.A, system.b)) < 1e-28
    assert theory.convergence_factor(experiment.learning_rate) > 0.9999


def test_the_random_preset_has_the_condition_number_in_its_title():
    _, system, _ = parts("random_condition_number_10")
    assert system.n == 4
    assert np.linalg.cond(system.A) == pytest.approx(10)


@pytest.mark.parametrize("condition_number", [1, 2.5, 100, 1e6])
@pytest.mark.parametrize(("m", "n"), [(4, 4), (7, 3), (2, 5), (64, 64)])
def test_a_random_system_has_the_chosen_condition_number_and_is_solved_by_ones(
    condition_number, m, n
):
    system = random_system(condition_number, m=m, n=n, seed=3)
    assert (system.m, system.n) == (m, n)
    assert np.linalg.cond(system.A) == pytest.approx(condition_number, rel=1e-8)
    assert np.linalg.norm(system.A, 2) == pytest.approx(1)
    assert system.loss(np.ones(n)) < 1e-28


def test_a_random_system_is_the_same_for_the_same_seed_only():
    assert random_system(10, seed=5) == random_system(10, seed=5)
    assert random_system(10, seed=5) != random_system(10, seed=6)


@pytest.mark.parametrize("condition_number", [0.5, -1, np.inf, np.nan])
def test_an_impossible_condition_number_is_refused(condition_number):
    with pytest.raises(InvalidInput, match="A condition number is 1 or more; it is"):
        random_system(condition_number)
