"""What linear algebra says of the pitfalls, against what they do, and against exact arithmetic."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import inf

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import descents, whole_systems

from lsedash import Experiment, LinearSystem
from lsedash.link import DEFAULT
from lsedash.pitfalls import PITFALLS
from lsedash.pitfalls.predictions import swing
from lsedash.presets import random_system

BY_KEY = {pitfall.key: pitfall for pitfall in PITFALLS}
EVERY = pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: pitfall.key)

# The largest stable learning rate times lambda_max, for m equations.
EDGES = {
    "minus_gradient": lambda _m: 1,
    "never_cleared": lambda _m: 4,
    "cleared_too_early": lambda _m: inf,
    "half_forgotten": lambda _m: 1,
    "mean_with_half": lambda m: 2 * m,
    "broadcast_b": lambda m: 2 / m,
    "float32_by_default": lambda _m: 2,
    "outer_x": lambda _m: inf,
    "parameter_replaced": lambda _m: inf,
    "history_without_copy": lambda _m: 2,
    "graphs_kept": lambda _m: 2,
}
DESCENDING = pytest.mark.parametrize("pitfall", [BY_KEY[key] for key in EDGES], ids=list(EDGES))

SYSTEMS = {
    "worked example": DEFAULT.system,
    "wide": LinearSystem([[1, 2, 0, -1], [0, 1, -1, 3]], [1, 2]),
    "tall": LinearSystem([[1, 2], [0, 1], [3, -1], [1, 1]], [1, 2, 3, -4]),
    "rank 1 of 3": LinearSystem(np.outer([1, -2, 3], [2, 1, 1]), [1, 2, 3]),
    "one by one": LinearSystem([[3]], [2]),
    "one row": LinearSystem([[1, 2, 3]], [4]),
    "nothing": LinearSystem([[0, 0], [0, 0]], [3, 4]),
}
NOTHING = SYSTEMS["nothing"]
DIAGONAL = LinearSystem([[2, 0, 0], [0, 1, 0], [0, 0, 0]], [2, 1, 0])  # curvatures 4, 1, 0


def steepest(system):
    return float(np.linalg.norm(system.A, 2) ** 2)


def at_edge(pitfall, system, share, iterations=60, x0=None):
    """An experiment at a share of the pitfall's edge, or of the largest stable rate."""
    edge = EDGES[pitfall.key](system.m)
    product = 2 if edge == inf else edge
    rate = share * (product / steepest(system) if system.A.any() else 1)
    start = np.arange(1, system.n + 1) if x0 is None else x0
    return Experiment(system, start, rate, iterations)


def rounding(pitfall):
    return 1e-4 if pitfall.key == "float32_by_default" else 1e-9


def assert_agrees(pitfall, experiment):
    """Run and prediction, relative to the largest terms that the run adds up."""
    run, prediction = pitfall.run(experiment), pitfall.prediction(experiment)
    system, m = experiment.system, experiment.system.m
    assert run.status == "finished"
    size = np.linalg.norm(system.A, 2)
    reach = np.linalg.norm([experiment.x0, *run.iterates.astype(float)], axis=1).max()
    pull = np.linalg.norm(system.b)
    x, losses = prediction.iterates(run.points), prediction.losses(run.points)
    assert x.shape == run.iterates.shape
    assert losses.shape == run.losses.shape
    within = rounding(pitfall)
    np.testing.assert_allclose(
        run.iterates, x, rtol=0, atol=within * (reach + pull / size if size else 1 + reach)
    )
    off = np.abs(np.sqrt(run.losses) - np.sqrt(losses)).max()
    assert off <= within * m * (size * reach + pull)


# --- against the runs


@EVERY
@pytest.mark.parametrize("iterations", [0, 1, 2, 60])
def test_a_path_is_predicted_if_and_only_if_there_is_one(pitfall, iterations):
    run = pitfall.run(replace(DEFAULT, iterations=60))
    prediction = pitfall.prediction(replace(DEFAULT, iterations=iterations))
    assert (prediction.iterates is not None) == (run.status == "finished")
    assert (prediction.losses is not None) == (run.status == "finished")
    assert (run.status == "finished") == (pitfall.key in EDGES)


@DESCENDING
@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 0.9, 1.0, 1.3])
@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS.keys())
def test_the_run_is_as_predicted(pitfall, system, share):
    assert_agrees(pitfall, at_edge(pitfall, system, share))


@DESCENDING
@given(descents(whole_systems), st.floats(0.01, 0.99))
def test_every_run_within_the_edge_is_as_predicted(pitfall, experiment, share):
    system, iterations = experiment.system, experiment.iterations
    assert_agrees(pitfall, at_edge(pitfall, system, share, iterations, experiment.x0))


@DESCENDING
def test_some_points_are_predicted_like_all_of_them(pitfall):
    prediction = pitfall.prediction(DEFAULT)
    path, losses = prediction.iterates(np.arange(51)), prediction.losses(np.arange(51))
    np.testing.assert_allclose(prediction.iterates([7, 0, 50]), path[[7, 0, 50]], atol=1e-14)
    np.testing.assert_allclose(prediction.losses([7, 0, 50]), losses[[7, 0, 50]], atol=1e-14)
    assert prediction.iterates([]).shape == (0, 3)
    assert prediction.losses([]).shape == (0,)


def test_mixed_types_are_predicted_to_be_right_where_they_agree():
    agreed = replace(DEFAULT, dtype="float32")
    pitfall = BY_KEY["mixed_precision"]
    run, prediction = pitfall.run(agreed), pitfall.prediction(agreed)
    np.testing.assert_allclose(run.iterates, prediction.iterates(run.points), atol=1e-5)
    np.testing.assert_allclose(run.losses, prediction.losses(run.points), atol=1e-5)
    assert prediction.edge == pytest.approx(2 / steepest(DEFAULT.system))
    assert pitfall.prediction(DEFAULT).iterates is None


@EVERY
@pytest.mark.parametrize("iterations", [0, 1])
@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS.keys())
def test_the_shortest_experiments_run_and_are_predicted(pitfall, system, iterations):
    experiment = Experiment(system, np.ones(system.n), 0.05, iterations)
    run, prediction = pitfall.run(experiment), pitfall.prediction(experiment)
    assert len(run.points) <= iterations + 1
    assert prediction.words
    if pitfall.key in EDGES:
        assert_agrees(pitfall, experiment)


@EVERY
@pytest.mark.parametrize("iterations", [0, 1, 50])
def test_it_is_said_if_the_experiment_ends_before_the_error(pitfall, iterations):
    experiment = replace(DEFAULT, iterations=iterations)
    expected = pitfall.key not in EDGES and pitfall.run(experiment).status == "finished"
    assert ("ends before that" in pitfall.prediction(experiment).words) == expected


# --- edges


@DESCENDING
@given(whole_systems())
def test_the_edge_is_a_multiple_of_one_over_the_largest_curvature(pitfall, system):
    edge = pitfall.prediction(Experiment(system)).edge
    product = EDGES[pitfall.key](system.m)
    assert edge == pytest.approx(product / steepest(system) if system.A.any() else inf)


def excited(shape):
    """A well-conditioned system, and a start that has something of every mode."""
    m, n = shape
    rng = np.random.default_rng(5)
    system = LinearSystem(random_system(3, m=m, n=n).A, rng.standard_normal(m))
    return system, rng.standard_normal(n)


@DESCENDING
@pytest.mark.parametrize("shape", [(4, 4), (5, 3), (3, 5)])
def test_below_the_edge_the_path_stays_bounded(pitfall, shape):
    system, x0 = excited(shape)
    experiment = at_edge(pitfall, system, 0.98, 1500, x0)
    assert experiment.learning_rate < pitfall.prediction(experiment).edge
    run = pitfall.run(experiment)
    assert run.status == "finished"
    assert np.abs(run.iterates).max() < 100


@DESCENDING
@pytest.mark.parametrize("shape", [(4, 4), (5, 3), (3, 5)])
def test_beyond_the_edge_the_path_grows(pitfall, shape):
    system, x0 = excited(shape)
    experiment = at_edge(pitfall, system, 1.02, 1500, x0)
    if EDGES[pitfall.key](system.m) == inf:
        farthest = replace(experiment, learning_rate=1e6 * experiment.learning_rate)
        assert np.abs(pitfall.run(farthest).iterates).max() < 100
        assert pitfall.prediction(experiment).edge == inf
    else:
        assert np.abs(pitfall.run(experiment).iterates).max() > 1e6
        assert pitfall.prediction(experiment).edge < experiment.learning_rate


# --- a single mode of the undamped


def exact_swing(step, most):
    """e_0, ..., e_most by e_(k+1) = (2 - s) e_k - e_(k-1) in exact arithmetic."""
    values = [Fraction(1), Fraction(1)]
    for _ in range(most):
        values.append((2 - Fraction(step)) * values[-1] - values[-2])
    return values[1:]


def assert_swings(step, most, within):
    exact = exact_swing(step, most)
    largest = max(abs(value) for value in exact)
    off = [
        abs(Fraction(float(value)) - e)
        for value, e in zip(swing(step, range(most + 1)), exact, strict=True)
    ]
    assert float(max(off) / largest) <= within


@given(st.floats(1e-9, 3.9) | st.floats(4.1, 100))
def test_the_swing_satisfies_its_recurrence(step):
    assert_swings(step, 40, 1e-11)


@pytest.mark.parametrize("step", [1e-300, 1e-18, 1e-12, 1e-6, 1.0, 2.0, 3.0, 4.0, 5.0, 1e6])
def test_the_swing_satisfies_its_recurrence_at_special_steps(step):
    assert_swings(step, 40, 1e-11)


@pytest.mark.parametrize("off", [2e-16, 5e-16, 1e-15, 1e-14, 1e-12, 1e-9])
@pytest.mark.parametrize("side", [-1, 1])
def test_the_swing_satisfies_its_recurrence_next_to_the_edge(side, off):
    assert_swings(4 * (1 + side * off), 200, 1e-12)


def test_the_swing_beyond_what_floats_hold_is_infinite_and_keeps_its_sign():
    assert swing(5.0, [10**6, 10**6 + 1]).tolist() == [inf, -inf]


# --- at the edge, beyond it, and where numbers end


@pytest.mark.parametrize("system", list(SYSTEMS.values())[:-1], ids=list(SYSTEMS)[:-1])
@pytest.mark.parametrize("ulps", [-2, -1, 0, 1, 2])
def test_at_the_edge_itself_never_cleared_grows_as_predicted(system, ulps):
    share = 1 + ulps * float(np.finfo(float).eps)
    assert_agrees(BY_KEY["never_cleared"], at_edge(BY_KEY["never_cleared"], system, share))


# Learning rates beyond the edge, and starts where the steepest mode is at rest all the same.
RESTING = {
    "minus_gradient": (0.75, [0.75, 3, 7]),  # its rest is at 4 alpha / (1 + 4 alpha)
    "never_cleared": (3.0, [1, 1.5, 7]),
    "half_forgotten": (3.0, [1, 1, 7]),
    "float32_by_default": (3.0, [1, 1, 7]),
    "graphs_kept": (3.0, [1, 1, 7]),
    "history_without_copy": (3.0, [1, 1, 7]),
}


@pytest.mark.parametrize("key", RESTING)
@pytest.mark.parametrize("iterations", [10, 10_000])
def test_a_mode_at_rest_is_predicted_to_stay_at_rest(key, iterations):
    rate, x0 = RESTING[key]
    prediction = BY_KEY[key].prediction(Experiment(DIAGONAL, x0, rate, iterations))
    assert prediction.iterates([iterations])[0, 0] == pytest.approx(x0[0], abs=1e-9)


def test_a_resting_mode_beyond_the_edge_of_never_cleared_leaves_the_others_to_swing():
    experiment = Experiment(DIAGONAL, [1, 1.5, 7], 3.0, 3000)  # alpha lambda is 12, 3 and 0
    pitfall = BY_KEY["never_cleared"]
    run, prediction = pitfall.run(experiment), pitfall.prediction(experiment)
    assert run.status == "finished"
    np.testing.assert_allclose(run.iterates, prediction.iterates(run.points), atol=1e-9)
    np.testing.assert_allclose(run.losses, prediction.losses(run.points), atol=1e-9)


@DESCENDING
def test_beyond_what_floats_hold_the_prediction_is_not_finite_and_does_not_warn(pitfall):
    experiment = replace(DEFAULT, x0=[1.0, 2.0, 4.0], learning_rate=3.0, iterations=10**6)
    prediction = pitfall.prediction(experiment)
    grows = prediction.edge < 3
    assert np.isfinite(prediction.losses([10**6])).tolist() == [not grows]
    assert np.isfinite(prediction.iterates([10**6])).all() == (not grows)


@EVERY
def test_a_matrix_whose_square_is_nothing_to_floats_is_predicted_too(pitfall):
    experiment = Experiment(LinearSystem([[1e-170]], [1e-170]), [2], 0.1, 5)
    run, prediction = pitfall.run(experiment), pitfall.prediction(experiment)
    if pitfall.key in EDGES:
        assert prediction.edge == inf
        np.testing.assert_allclose(prediction.iterates(run.points), run.iterates, atol=1e-15)


# --- the words


def number_after(words, text):
    return float(words.split(text)[1].split()[0].rstrip(".,:;"))


MOVED = ["minus_gradient", "never_cleared", "half_forgotten", "mean_with_half", "broadcast_b"]


@pytest.mark.parametrize("key", MOVED)
@pytest.mark.parametrize("name", ["worked example", "wide", "tall", "rank 1 of 3"])
def test_the_words_give_the_edge(key, name):
    system = SYSTEMS[name]
    words = BY_KEY[key].prediction(at_edge(BY_KEY[key], system, 0.5)).words
    edge = EDGES[key](system.m) / steepest(system)
    assert number_after(words, "λₘₐₓ = " if key != "broadcast_b" else "λₘₐₓ) = ") == pytest.approx(
        edge, rel=1e-3
    )


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("minus_gradient", "penalty 1/α = ", 10),
        ("half_forgotten", "learning rate ", 0.2),
        ("mean_with_half", "0.1 / 3 = ", 0.1 / 3),
        ("mean_with_half", "by m = ", 3),
        ("broadcast_b", "mean(b) = ", 2),
        ("history_without_copy", "last update, number ", 51),
        ("history_without_copy", "number ", 51),
    ],
)
def test_the_words_have_the_numbers_of_the_worked_example(key, text, expected):
    words = BY_KEY[key].prediction(DEFAULT).words
    assert number_after(words, text) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("rate", [0.05, 0.25, 0.5, 0.75])
def test_the_words_give_the_periods_of_the_steepest_and_the_flattest_mode(rate):
    words = BY_KEY["never_cleared"].prediction(Experiment(DIAGONAL, None, rate)).words
    for step, text in ((4 * rate, "period of "), (rate, "(steepest mode) to ")):
        values = [1.0, 1.0]
        for _ in range(3000):
            values.append((2 - step) * values[-1] - values[-2])
        turns = sum(a < 0 <= b for a, b in pairwise(values))
        assert number_after(words, text) == pytest.approx(3000 / turns, rel=0.02)


@pytest.mark.parametrize(
    ("key", "low", "high", "said_below", "said_beyond"),
    [
        ("minus_gradient", 0.24, 0.26, "It settles on", "does not settle on"),
        ("never_cleared", 0.99, 1.01, "for ever", "the steepest mode grows"),
    ],
)
def test_the_words_change_at_the_edge(key, low, high, said_below, said_beyond):
    below, beyond = (
        BY_KEY[key].prediction(Experiment(DIAGONAL, None, rate)).words for rate in (low, high)
    )
    assert said_below in below
    assert said_beyond not in below
    assert said_beyond in beyond
    assert said_below not in beyond


def test_the_words_know_the_exceptions():
    assert "m = 1" in BY_KEY["broadcast_b"].prediction(Experiment(SYSTEMS["one row"])).words
    assert "A is zero" in BY_KEY["never_cleared"].prediction(Experiment(NOTHING)).words
    one = BY_KEY["never_cleared"].prediction(Experiment(SYSTEMS["one by one"], None, 1 / 9)).words
    assert number_after(one, "period of ") == 6
    assert "flattest" not in one


@given(descents(whole_systems))
def test_the_collapsed_path_is_where_one_update_more_leads(experiment):
    assume(experiment.learning_rate * steepest(experiment.system) < 2)
    prediction = BY_KEY["history_without_copy"].prediction(experiment)
    A, b, x, rate, iterations = experiment.arguments()
    for _ in range(iterations + 1):
        x = x - rate * A.T @ (A @ x - b)
    reach = 1 + np.abs(x).max() + np.abs(experiment.x0).max() + np.linalg.norm(b)
    np.testing.assert_allclose(prediction.iterates([0, 3]), [x, x], atol=1e-10 * reach)
