"""What the pitfalls come to in the long run, and what they cost."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import lsedash.programs.pitfalls
from helpers.memory import PEAK
from helpers.pitfalls import BY_KEY, STARTED, bits, nodes_alive, run_right, steepest
from helpers.strategies import descents, systems
from lsedash import Comparison, Experiment, LinearSystem, Theory, compare
from lsedash.checking.verification import verify
from lsedash.presets import random_system
from lsedash.programs.pitfalls import PITFALLS
from lsedash.text.fields import DEFAULT
from lsedash.theory.pitfalls import predict


def ridge(system, rate):
    normal = system.A.T @ system.A + np.eye(system.n) / rate
    return np.linalg.solve(normal, system.A.T @ system.b)


@given(systems(), st.floats(0.01, 0.9))
def test_without_the_former_x_it_settles_on_the_ridge_solution(system, share):
    assume(system.A.any())
    rate = float(share / steepest(system))
    run = BY_KEY["minus_gradient"].run(Experiment(system, np.ones(system.n), rate, 400))
    size = 1 + np.linalg.norm(system.b) / np.linalg.norm(system.A, 2)
    np.testing.assert_allclose(run.iterates[-1], ridge(system, rate), atol=1e-12 * size)


def test_without_the_former_x_the_worked_example_ends_away_from_the_solution():
    run = BY_KEY["minus_gradient"].run(replace(DEFAULT, iterations=400))
    solution = np.linalg.solve(DEFAULT.system.A, DEFAULT.system.b)
    assert np.linalg.norm(run.iterates[-1] - solution) > 1
    assert run.losses[-1] < run.losses[0]


def by_accumulated_gradients(experiment):
    """The path of NumPy by hand with `gradient +=` in place of `gradient =`."""
    A, b, x, rate, iterations = experiment.arguments()
    total, path = np.zeros_like(x), [x]
    for _ in range(iterations):
        total = total + A.T @ (A @ path[-1] - b)
        path.append(path[-1] - rate * total)
    return np.array(path)


@given(systems(), st.floats(0.01, 3.9), st.data())
def test_never_cleared_is_momentum_of_one(system, step, data):
    assume(system.A.any())
    x0 = data.draw(st.lists(st.floats(-9, 9), min_size=system.n, max_size=system.n))
    experiment = Experiment(system, x0, float(step / steepest(system)), 200)
    pitfall = BY_KEY["never_cleared"]
    run, twin = pitfall.run(experiment), compare(experiment, [pitfall.twin]).runs[0]
    expected = by_accumulated_gradients(experiment)
    size = np.abs(expected).max() + np.linalg.norm(system.b) / np.linalg.norm(system.A, 2)
    for other in (run.iterates, twin.iterates):
        np.testing.assert_allclose(other, expected, atol=1e-9 * size)


def test_the_twin_is_a_program_of_its_own_that_nobody_has_to_fear():
    twin = BY_KEY["never_cleared"].twin
    assert "torch.optim.SGD(parameters, lr=learning_rate, momentum=1.0)" in twin.source
    assert len(twin.source.splitlines()) <= 45
    assert max(len(line) for line in twin.source.splitlines()) <= 80
    assert [pitfall.key for pitfall in PITFALLS if pitfall.twin] == ["never_cleared"]


@pytest.mark.parametrize("share", [0.3, 0.99])
@pytest.mark.parametrize("shape", [(4, 4), (6, 3)])
def test_one_entry_after_the_other_ends_right_below_an_edge_of_its_own(shape, share):
    m, n = shape
    system = random_system(3, m=m, n=n)
    rate = share * 2 / float(np.max(np.linalg.norm(system.A, axis=0)) ** 2)
    experiment = Experiment(system, np.arange(n), rate, 3000)
    distances = np.linalg.norm(BY_KEY["entry_by_entry"].run(experiment).iterates - 1, axis=1)
    assert distances[-1] < 1e-12
    falling = distances[(distances > 1e-9) & (distances < 1e-3)]
    said = predict("entry_by_entry", experiment).words.split("the distance by ")[1].split()[0]
    measured = (falling[-1] / falling[0]) ** (1 / (len(falling) - 1))
    assert measured == pytest.approx(float(said), rel=0.05)


def test_one_entry_after_the_other_may_end_at_another_solution_if_the_rank_is_below_n():
    experiment = Experiment(LinearSystem([[1, 2]], [5]), None, 0.1, 500)
    run, right = BY_KEY["entry_by_entry"].run(experiment), run_right("entry_by_entry", experiment)
    assert max(run.losses[-1], right.losses[-1]) < 1e-20
    assert np.abs(run.iterates[-1] - right.iterates[-1]).max() > 0.05
    assert "may end at another solution" in predict("entry_by_entry", experiment).words


def test_a_schedule_one_step_ahead_is_the_right_one_from_a_smaller_rate():
    run = BY_KEY["scheduler_first"].run(STARTED)
    smaller = replace(STARTED, learning_rate=0.98 * STARTED.learning_rate)
    right = run_right("scheduler_first", smaller)
    assert right.warnings == ()
    np.testing.assert_allclose(run.iterates, right.iterates, atol=1e-13)


@pytest.mark.parametrize(("step", "period"), [(1.0, 6), (2.0, 4), (3.0, 3)])
def test_never_cleared_swings_with_the_period_of_its_mode(step, period):
    system = LinearSystem([[2, 0], [0, 0]], [6, 0])  # one mode, about x = 3
    x = BY_KEY["never_cleared"].run(Experiment(system, [5, 7], step / 4, 600)).iterates
    np.testing.assert_allclose(x[period:], x[:-period], atol=1e-11)
    for shorter in range(1, period):
        assert np.abs(x[shorter:] - x[:-shorter]).max() > 1
    np.testing.assert_allclose(x[:, 0].reshape(-1)[: 600 // period * period].mean(), 3, atol=1e-11)


@pytest.mark.parametrize("rate", [0.01, 0.1, 0.3, 0.6])
def test_never_cleared_is_neither_damped_nor_grows_on_the_worked_example(rate):
    assert rate < 4 / steepest(DEFAULT.system)
    run = BY_KEY["never_cleared"].run(replace(DEFAULT, learning_rate=rate, iterations=3000))
    distances = np.linalg.norm(run.iterates - [-3, 2, 3], axis=1).reshape(-1)
    early, late = distances[:1500].max(), distances[1500:].max()
    assert late == pytest.approx(early, rel=0.05)
    assert late > 0.9 * distances[0]


def test_with_one_equation_broadcasting_does_no_harm_but_warns():
    experiment = Experiment(LinearSystem([[1, 2]], [3]), [1, -1], 0.1, 20)
    run = BY_KEY["broadcast_b"].run(experiment)
    assert bits(run) == bits(run_right("broadcast_b", experiment))
    assert "target size" in run.warnings[0]


@pytest.mark.parametrize("shape", [(3, 3), (5, 2), (2, 5)])
def test_broadcast_ends_at_the_least_squares_solution_for_the_mean_of_b(shape):
    m, n = shape
    A = random_system(3, m=m, n=n).A
    system = LinearSystem(A, np.random.default_rng(3).standard_normal(m))
    rate = float(1 / (system.m * steepest(system)))
    run = BY_KEY["broadcast_b"].run(Experiment(system, None, rate, 400))
    mean = np.full(system.m, system.b.mean())
    expected = np.linalg.lstsq(system.A, mean, rcond=None)[0]
    np.testing.assert_allclose(run.iterates[-1], expected, atol=1e-9)


@pytest.mark.parametrize(("key", "factor"), [("half_forgotten", 2), ("mean_with_half", 1 / 3)])
def test_a_factor_in_the_loss_is_a_factor_in_the_learning_rate(key, factor):
    run = BY_KEY[key].run(STARTED)
    right = run_right(key, replace(STARTED, learning_rate=factor * STARTED.learning_rate))
    np.testing.assert_allclose(run.iterates, right.iterates, atol=1e-13)
    np.testing.assert_allclose(run.losses, factor * right.losses, rtol=1e-12)


def test_float32_stops_early_where_float64_goes_on():
    long = replace(DEFAULT, iterations=4000)
    run, right = BY_KEY["float32_by_default"].run(long), run_right("float32_by_default", long)
    off, right_off = (np.linalg.norm(r.iterates - [-3.0, 2.0, 3.0], axis=1) for r in (run, right))
    assert off[:200].tolist() == pytest.approx(right_off[:200].tolist(), abs=1e-5)
    assert (run.iterates[2000:] == run.iterates[-1]).all()
    assert 1e-9 < off[-1] < 1e-5
    assert right_off[-1] < 1e-6 * off[-1]
    assert right.losses[-1] < 1e-6 * run.losses[-1]


@given(descents(fastest=1.0))
def test_float32_is_as_right_as_float32_can_be(experiment):
    told = replace(experiment, dtype="float32")
    run = BY_KEY["float32_by_default"].run(experiment)
    assert verify(Comparison(told, (run,)), Theory(experiment.system)).departing == ()


def test_float32_is_less_than_float64_is_held_to():
    run = BY_KEY["float32_by_default"].run(DEFAULT)
    departing = verify(Comparison(DEFAULT, (run,)), Theory(DEFAULT.system)).departing
    assert departing == ("float32_by_default",)


def test_kept_losses_keep_every_node_alive():
    pitfall = BY_KEY["graphs_kept"]
    one, *rest = nodes_alive(pitfall.variant, "loss")
    assert set(rest) == {one}
    kept = nodes_alive(pitfall, "losses")
    assert kept[0] == one
    assert np.diff(kept).tolist() == [one - 1] * 50  # they have only x's node in common


MEMORY = f"""{PEAK}
from dataclasses import replace
from lsedash import compare
from lsedash.text.link import DEFAULT
from lsedash.programs.pitfalls import PITFALLS

pitfall = next(pitfall for pitfall in PITFALLS if pitfall.key == "graphs_kept")
for program in (pitfall.variant, pitfall):
    compare(replace(DEFAULT, iterations=500), [program], max_points=100)
    before = peak()
    compare(replace(DEFAULT, iterations=20_000), [program], max_points=100)
    print(peak() - before)
"""


def test_kept_losses_take_real_memory():
    root = Path(lsedash.__file__).parent.parent
    command = [sys.executable, "-c", MEMORY]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    right, wrong = map(float, done.stdout.split())
    assert right < 5
    assert wrong > 20
