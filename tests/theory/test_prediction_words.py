"""The predictions of the pitfalls in words, with numbers that are right."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given

from helpers.pitfalls import BY_KEY, DIAGONAL, EDGES, SYSTEMS, at_edge, steepest
from helpers.strategies import descents, whole_systems
from lsedash import Experiment
from lsedash.text.fields import DEFAULT
from lsedash.theory.pitfalls import predict

NOTHING = SYSTEMS["nothing"]


def number_after(words, text):
    return float(words.split(text)[1].split()[0].rstrip(".,:;"))


MOVED = {  # by key: the formula before the edge
    "minus_gradient": "λₘₐₓ = ",
    "entry_by_entry": "‖aⱼ‖² = ",
    "never_cleared": "λₘₐₓ = ",
    "half_forgotten": "λₘₐₓ = ",
    "mean_with_half": "λₘₐₓ = ",
    "features_not_scaled": "λₘₐₓ = ",
    "broadcast_b": "λₘₐₓ) = ",
    "scheduler_first": "λₘₐₓ) = ",
}


@pytest.mark.parametrize("key", MOVED)
@pytest.mark.parametrize("name", ["worked example", "wide", "tall", "rank 1 of 3"])
def test_the_words_give_the_edge(key, name):
    system = SYSTEMS[name]
    words = predict(key, at_edge(BY_KEY[key], system, 0.5)).words
    edge = EDGES[key](system) / steepest(system)
    assert number_after(words, MOVED[key]) == pytest.approx(edge, rel=1e-3)


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("minus_gradient", "penalty 1/α = ", 10),
        ("sign_reversed", "steepest mode it is ", 1 + 0.1 * (3 + 2 * 2**0.5)),
        ("half_forgotten", "learning rate ", 0.2),
        ("mean_with_half", "0.1 / 3 = ", 0.1 / 3),
        ("mean_with_half", "by m = ", 3),
        ("broadcast_b", "mean(b) = ", 2),
        ("features_not_scaled", "instead of ", 3 + 2 * 2**0.5),
        ("scheduler_first", "learning rate ", 0.098),
        ("history_without_copy", "last update, number ", 51),
        ("history_without_copy", "number ", 51),
    ],
)
def test_the_words_have_the_numbers_of_the_worked_example(key, text, expected):
    words = predict(key, DEFAULT).words
    assert number_after(words, text) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("rate", [0.05, 0.25, 0.5, 0.75])
def test_the_words_give_the_periods_of_the_steepest_and_the_flattest_mode(rate):
    words = predict("never_cleared", Experiment(DIAGONAL, None, rate)).words
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
    below, beyond = (predict(key, Experiment(DIAGONAL, None, rate)).words for rate in (low, high))
    assert said_below in below
    assert said_beyond not in below
    assert said_beyond in beyond
    assert said_below not in beyond


def test_the_words_know_the_exceptions():
    assert "m = 1" in predict("broadcast_b", Experiment(SYSTEMS["one row"])).words
    assert "A is zero" in predict("never_cleared", Experiment(NOTHING)).words
    one = predict("never_cleared", Experiment(SYSTEMS["one by one"], None, 1 / 9)).words
    assert number_after(one, "period of ") == 6
    assert "flattest" not in one


@given(descents(whole_systems))
def test_the_collapsed_path_is_where_one_update_more_leads(experiment):
    assume(experiment.learning_rate * steepest(experiment.system) < 2)
    prediction = predict("history_without_copy", experiment)
    A, b, x, rate, iterations = experiment.arguments()
    for _ in range(iterations + 1):
        x = x - rate * A.T @ (A @ x - b)
    reach = 1 + np.abs(x).max() + np.abs(experiment.x0).max() + np.linalg.norm(b)
    np.testing.assert_allclose(prediction.iterates([0, 3]), [x, x], atol=1e-10 * reach)
