"""The predictions for a single mode of a pitfall, at the edge and beyond it."""

from dataclasses import replace
from fractions import Fraction
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.pitfalls import (
    BY_KEY,
    DESCENDING,
    DIAGONAL,
    EDGES,
    EVERY,
    SYSTEMS,
    assert_agrees,
    at_edge,
)
from lsedash import Experiment, LinearSystem
from lsedash.text.fields import DEFAULT
from lsedash.theory.pitfalls import predict
from lsedash.theory.recurrences import swing

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
    "sign_reversed": (3.0, [1, 1, 7]),
    "entry_by_entry": (3.0, [1, 1, 7]),
    "never_cleared": (3.0, [1, 1.5, 7]),
    "half_forgotten": (3.0, [1, 1, 7]),
    "float32_by_default": (3.0, [1, 1, 7]),
    "scheduler_first": (3.0, [1, 1, 7]),
    "graphs_kept": (3.0, [1, 1, 7]),
    "history_without_copy": (3.0, [1, 1, 7]),
}


@pytest.mark.parametrize("key", RESTING)
@pytest.mark.parametrize("iterations", [10, 10_000])
def test_a_mode_at_rest_is_predicted_to_stay_at_rest(key, iterations):
    rate, x0 = RESTING[key]
    prediction = predict(key, Experiment(DIAGONAL, x0, rate, iterations))
    assert prediction.iterates([iterations])[0, 0] == pytest.approx(x0[0], abs=1e-9)


def test_a_resting_mode_beyond_the_edge_of_never_cleared_leaves_the_others_to_swing():
    experiment = Experiment(DIAGONAL, [1, 1.5, 7], 3.0, 3000)  # alpha lambda is 12, 3 and 0
    pitfall = BY_KEY["never_cleared"]
    run, prediction = pitfall.run(experiment), predict(pitfall.key, experiment)
    assert run.status == "finished"
    np.testing.assert_allclose(run.iterates, prediction.iterates(run.points), atol=1e-9)
    np.testing.assert_allclose(run.losses, prediction.losses(run.points), atol=1e-9)


@DESCENDING
def test_beyond_what_floats_hold_the_prediction_is_not_finite_and_does_not_warn(pitfall):
    experiment = replace(DEFAULT, x0=[1.0, 2.0, 4.0], learning_rate=3.0, iterations=10**6)
    prediction = predict(pitfall.key, experiment)
    grows = prediction.edge < 3 and pitfall.key != "scheduler_first"
    assert np.isfinite(prediction.losses([10**6])).tolist() == [not grows]
    assert np.isfinite(prediction.iterates([10**6])).all() == (not grows)


@EVERY
def test_a_matrix_whose_square_is_nothing_to_floats_is_predicted_too(pitfall):
    experiment = Experiment(LinearSystem([[1e-170]], [1e-170]), [2], 0.1, 5)
    run, prediction = pitfall.run(experiment), predict(pitfall.key, experiment)
    if pitfall.key in EDGES:
        assert prediction.edge == inf
        np.testing.assert_allclose(prediction.iterates(run.points), run.iterates, atol=1e-15)
