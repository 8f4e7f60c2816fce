"""What linear algebra says of the pitfalls, against what they do, and against exact arithmetic."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.pitfalls import (
    BOUNDED,
    BY_KEY,
    DESCENDING,
    EDGES,
    EVERY,
    SYSTEMS,
    assert_agrees,
    at_edge,
    steepest,
)
from helpers.strategies import descents, whole_systems
from lsedash import Experiment, LinearSystem
from lsedash.presets import random_system
from lsedash.text.fields import DEFAULT
from lsedash.theory.pitfalls import predict

# --- against the runs


@EVERY
@pytest.mark.parametrize("iterations", [0, 1, 2, 60])
def test_a_path_is_predicted_if_and_only_if_there_is_one(pitfall, iterations):
    run = pitfall.run(replace(DEFAULT, iterations=60))
    prediction = predict(pitfall.key, replace(DEFAULT, iterations=iterations))
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
@settings(max_examples=25)  # for each of the pitfalls
def test_every_run_within_the_edge_is_as_predicted(pitfall, experiment, share):
    system, iterations = experiment.system, experiment.iterations
    assert_agrees(pitfall, at_edge(pitfall, system, share, iterations, experiment.x0))


@DESCENDING
def test_some_points_are_predicted_like_all_of_them(pitfall):
    prediction = predict(pitfall.key, DEFAULT)
    path, losses = prediction.iterates(np.arange(51)), prediction.losses(np.arange(51))
    np.testing.assert_allclose(prediction.iterates([7, 0, 50]), path[[7, 0, 50]], atol=1e-14)
    np.testing.assert_allclose(prediction.losses([7, 0, 50]), losses[[7, 0, 50]], atol=1e-14)
    assert prediction.iterates([]).shape == (0, 3)
    assert prediction.losses([]).shape == (0,)


def test_mixed_types_are_predicted_to_be_right_where_they_agree():
    agreed = replace(DEFAULT, dtype="float32")
    pitfall = BY_KEY["mixed_precision"]
    run, prediction = pitfall.run(agreed), predict(pitfall.key, agreed)
    np.testing.assert_allclose(run.iterates, prediction.iterates(run.points), atol=1e-5)
    np.testing.assert_allclose(run.losses, prediction.losses(run.points), atol=1e-5)
    assert prediction.edge == pytest.approx(2 / steepest(DEFAULT.system))
    assert predict(pitfall.key, DEFAULT).iterates is None


@EVERY
@pytest.mark.parametrize("iterations", [0, 1])
@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS.keys())
def test_the_shortest_experiments_run_and_are_predicted(pitfall, system, iterations):
    experiment = Experiment(system, np.ones(system.n), 0.05, iterations)
    run, prediction = pitfall.run(experiment), predict(pitfall.key, experiment)
    assert len(run.points) <= iterations + 1
    assert prediction.words
    if pitfall.key in EDGES:
        assert_agrees(pitfall, experiment)


@EVERY
@pytest.mark.parametrize("iterations", [0, 1, 50])
def test_it_is_said_if_the_experiment_ends_before_the_error(pitfall, iterations):
    experiment = replace(DEFAULT, iterations=iterations)
    expected = pitfall.key not in EDGES and pitfall.run(experiment).status == "finished"
    assert ("ends before that" in predict(pitfall.key, experiment).words) == expected


# --- edges


@DESCENDING
@given(whole_systems())
@settings(max_examples=20)  # for each of the pitfalls
def test_the_edge_is_a_multiple_of_one_over_the_largest_curvature(pitfall, system):
    edge = predict(pitfall.key, Experiment(system)).edge
    product = EDGES[pitfall.key](system)
    assert edge == pytest.approx(product / steepest(system) if system.A.any() else inf)


def excited(shape):
    """A well-conditioned system, and a start that has something of every mode."""
    m, n = shape
    rng = np.random.default_rng(5)
    system = LinearSystem(random_system(3, m=m, n=n).A, rng.standard_normal(m))
    return system, rng.standard_normal(n)


@pytest.mark.parametrize("pitfall", [BY_KEY[key] for key in EDGES if EDGES[key](DEFAULT.system)])
@pytest.mark.parametrize("shape", [(4, 4), (5, 3), (3, 5)])
def test_below_the_edge_the_path_stays_bounded(pitfall, shape):
    system, x0 = excited(shape)
    experiment = at_edge(pitfall, system, 0.98, 600, x0)
    assert experiment.learning_rate < predict(pitfall.key, experiment).edge
    run = pitfall.run(experiment)
    assert run.status == "finished"
    assert np.abs(run.iterates).max() < 100


@pytest.mark.parametrize("pitfall", [BY_KEY[key] for key in EDGES if key not in BOUNDED])
@pytest.mark.parametrize("shape", [(4, 4), (5, 3), (3, 5)])
def test_beyond_the_edge_the_path_grows(pitfall, shape):
    system, x0 = excited(shape)
    experiment = at_edge(pitfall, system, 1.02, 900, x0)
    if EDGES[pitfall.key](system) == inf:
        farthest = replace(experiment, learning_rate=1e6 * experiment.learning_rate)
        assert np.abs(pitfall.run(farthest).iterates).max() < 100
        assert predict(pitfall.key, experiment).edge == inf
    else:
        assert np.abs(pitfall.run(experiment).iterates).max() > 1e6
        assert predict(pitfall.key, experiment).edge < experiment.learning_rate
