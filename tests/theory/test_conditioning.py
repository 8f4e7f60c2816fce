"""What helps against a bad condition number: other systems that find the same x."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.strategies import descents, whole_systems
from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.explaining.diagnosis import describe_conditioning
from lsedash.presets import PRESETS, hilbert, random_system
from lsedash.text.fields import DEFAULT
from lsedash.theory.conditioning import iterations_per_digit, outlook, remedies, why_no_qr

HILBERT = next(p.experiment for p in PRESETS if p.title == "Hilbert 4x4")
kinds = descents(whole_systems, fastest=1.0, iterations=5)


def named(experiment):
    return {remedy.key: remedy for remedy in remedies(experiment)}


@given(kinds)
def test_other_unknowns_have_the_same_loss_at_corresponding_points(experiment):
    system = experiment.system
    for key, remedy in named(experiment).items():
        y = remedy.change @ experiment.x0
        assert y.tolist() == remedy.experiment.x0.tolist()
        np.testing.assert_allclose(remedy.back(y), experiment.x0, rtol=1e-9, atol=1e-9)
        if key in ("columns", "standardise") or (key == "qr" and Theory(system).rank == system.n):
            whole = system.loss(experiment.x0)
            np.testing.assert_allclose(
                remedy.experiment.system.loss(y), whole, rtol=1e-9, atol=1e-9
            )
            assert remedy.experiment.tolerance == experiment.tolerance
        else:
            assert remedy.experiment.tolerance is None


@given(kinds)
def test_what_a_remedy_finds_is_a_solution_of_the_system(experiment):
    system, theory = experiment.system, Theory(experiment.system)
    scale = np.linalg.norm(system.A) ** 2 * (
        1 + np.linalg.norm(theory.descent_limit([0] * system.n))
    )
    for remedy in remedies(experiment):
        if remedy.key == "rows" and theory.least_loss:
            continue  # it weighs the equations differently, and says so
        found = remedy.back(remedy.theory.descent_limit(remedy.experiment.x0))
        gradient = system.A.T @ (system.A @ found - system.b)
        assert np.abs(gradient).max() <= 1e-9 * (scale + np.linalg.norm(system.b))


@given(kinds)
def test_scaled_rows_and_columns_have_length_1_or_are_zero(experiment):
    for key, axis in (("rows", 1), ("columns", 0)):
        remedy = named(experiment).get(key)
        lengths = np.linalg.norm(experiment.system.A, axis=axis)
        if remedy is None:
            theory = Theory(experiment.system)
            assert theory.condition_number < 1 + 1e-9 or np.ptp(lengths[lengths > 0]) < 1e-9
        else:
            scaled = np.linalg.norm(remedy.experiment.system.A, axis=axis)
            np.testing.assert_allclose(scaled, lengths > 0, rtol=1e-12)


@given(kinds)
def test_qr_is_offered_for_full_rank_and_then_kappa_is_1(experiment):
    theory, system = Theory(experiment.system), experiment.system
    remedy = named(experiment).get("qr")
    full = theory.rank == min(system.m, system.n) > 0
    assert (remedy is not None) == (full and theory.condition_number > 1 + 1e-12)
    assert bool(why_no_qr(theory)) == (remedy is None)
    if remedy:
        np.testing.assert_allclose(np.linalg.cond(remedy.experiment.system.A), 1, rtol=1e-12)


@given(st.integers(0, 200), st.integers(2, 5))
@settings(max_examples=30)
def test_no_scaling_of_columns_is_much_better(seed, n):
    """Van der Sluis (1969), theorem 3.5: within sqrt(n) of the best."""
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(n + 1, n)) * 10.0 ** rng.integers(-3, 4, n)
    remedy = named(Experiment(LinearSystem(A, np.ones(n + 1))))["columns"]
    for _ in range(20):
        other = np.linalg.cond(remedy.experiment.system.A * 10.0 ** rng.uniform(-1, 1, n))
        assert remedy.theory.condition_number <= np.sqrt(n) * other * (1 + 1e-9)


@pytest.mark.parametrize("key", ["rows", "columns", "qr"])
@pytest.mark.parametrize(
    "system", [DEFAULT.system, random_system(30, m=6, n=4, seed=3), LinearSystem([[3, 4]], [5])]
)
def test_a_run_of_the_new_experiment_leads_to_the_solution_of_the_old(system, key):
    experiment = Experiment(system, None, 0.1, 20_000)
    if key not in named(experiment):
        assert system.m == 1 or key == "rows"
        return
    remedy = named(experiment)[key]
    (run,) = compare(remedy.experiment, VARIANTS[:1], max_points=2).runs
    wanted = np.linalg.lstsq(system.A, system.b)[0]
    np.testing.assert_allclose(remedy.back(run.iterates[-1]), wanted, atol=1e-8)


@given(kinds)
def test_its_rate_is_the_fastest_one_rounded_down(experiment):
    for remedy in remedies(experiment):
        best = remedy.theory.optimal_learning_rate
        assert 0.999 * best <= remedy.experiment.learning_rate <= best * (1 + 1e-11)


def test_after_qr_one_iteration_is_enough():
    remedy = named(replace(HILBERT, iterations=1))["qr"]
    for run in compare(remedy.experiment).runs:
        np.testing.assert_allclose(remedy.back(run.iterates[-1]), np.ones(4), atol=1e-9)


def test_hilberts_matrix_is_hopeless_and_the_worked_example_is_not():
    assert outlook(Theory(HILBERT.system), most=20_000) == "hopeless"
    assert describe_conditioning(Theory(HILBERT.system), most=20_000).count("Hopeless") == 1
    assert outlook(Theory(DEFAULT.system), most=20_000) == "comfortable"


@pytest.mark.parametrize("size", range(1, 9))
def test_the_outlook_is_what_a_run_at_the_fastest_rate_is_like(size):
    theory = Theory(LinearSystem(hilbert(size), np.ones(size)))
    factor = theory.convergence_factor(theory.optimal_learning_rate)
    left = factor**20_000  # of the distance, at worst
    expected = "hopeless" if left > 0.1 else "slow" if left > 1e-16 else "comfortable"
    assert outlook(theory, most=20_000) == expected
    if 0 < factor < 1 - 1e-9:
        np.testing.assert_allclose(factor ** iterations_per_digit(theory), 0.1, rtol=1e-6)


def test_what_changes_nothing_is_left_out():
    assert remedies(Experiment(LinearSystem([[0.6, -0.8], [0.8, 0.6]], [1, 2]))) == ()
    assert remedies(Experiment(LinearSystem([[0, 0]], [1]))) == ()
    assert remedies(Experiment(LinearSystem([[2]], [1]))) == ()


def test_where_kappa_is_1_only_because_the_rest_is_too_small_scaling_helps():
    tiny = Experiment(LinearSystem([[1, 0], [0, 1e-17]], [1, 2e-17]), None, 0.1, 5)
    found = named(tiny)
    assert list(found) == ["rows", "columns"]
    for remedy in found.values():
        assert "The rank counts as 2, not 1" in remedy.what
        (run,) = compare(remedy.experiment, VARIANTS[:1]).runs
        np.testing.assert_allclose(remedy.back(run.iterates[-1]), [1, 2], rtol=1e-9)


@pytest.mark.parametrize(
    ("b", "same"),
    [([1, 2, 3], "Every solution stays a solution"), ([1, 2, 4], "solution is another x")],
)
def test_scaled_rows_keep_the_solutions_if_there_are_any_and_say_so(b, same):
    system = LinearSystem([[1, 0], [0, 2], [1, 2]], b)
    remedy = named(Experiment(system))["rows"]
    assert same in remedy.what
    ours, theirs = (np.linalg.lstsq(s.A, s.b)[0] for s in (system, remedy.experiment.system))
    assert np.allclose(ours, theirs) == same.startswith("Every solution")


def test_the_digits_that_iterations_bring_are_those_a_run_gains():
    system = LinearSystem(np.diag([1.0, 0.02]), [1, 0.02])
    theory = Theory(system)
    fastest = Experiment(system, None, theory.optimal_learning_rate, 20_000)
    (run,) = compare(fastest, VARIANTS[:1]).runs
    apart = np.abs(run.iterates - 1).max(axis=1)
    digits = int(np.log10(apart[0] / apart[-1]))
    text = describe_conditioning(theory, most=20_000)
    assert f"Slow: 20 000 iterations give about {digits} digits." in text


def test_what_float64_has_no_room_for_is_left_out():
    tiny = Experiment(LinearSystem([[1e-300, 0], [0, 1]], [1e10, 1]), None, 0.1, 5)
    assert "rows" not in named(tiny)
