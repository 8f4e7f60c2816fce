"""What the stage is told: exact, complete, and bounded in size whatever the experiment."""

import json
from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest

from helpers.comparisons import compared
from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.checking.verification import verify
from lsedash.checking.verified import Verified
from lsedash.figures.view import View, kinds
from lsedash.presets import PRESETS
from lsedash.stage.payload import moved_start, payload

WORKED, TWO, ONE = (preset.experiment for preset in PRESETS[:3])
FOUR = PRESETS[5].experiment
MORE = 21_000  # iterations: more than there are points recorded, so that it is told no less
RATE = {"text": "0.1", "fault": None, "follows": False}


def told(experiment, view=View(), variants=VARIANTS):  # noqa: B008 - a frozen value
    comparison = compared(experiment, tuple(variants))
    view = view.fitted(experiment.system.n)
    theory = Theory(experiment.system)
    checked = Verified(comparison, verify(comparison, theory))
    return payload(checked, theory, view, RATE), comparison


def unpacked(text):
    return np.frombuffer(b64decode(text))


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_every_number_of_a_run_arrives_to_the_last_bit(preset):
    message, comparison = told(replace(preset.experiment, iterations=50))
    assert json.loads(json.dumps(message, allow_nan=False))
    apart = comparison.disagreement()
    for sent, run in zip(message["runs"], comparison.runs, strict=True):
        assert np.array_equal(unpacked(sent["points"]), run.points)
        assert np.array_equal(unpacked(sent["losses"]), run.losses)
        assert np.array_equal(unpacked(sent["apart"]), apart[run.key])
    verdict = verify(comparison, Theory(preset.experiment.system))
    assert message["verdict"]["difference"] == verdict.worst


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_one_rounding_of_x_is_told_in_the_dtype_that_was_run(dtype):
    message, comparison = told(replace(TWO, dtype=dtype))
    largest = max(np.abs(run.iterates).max() for run in comparison.runs)
    assert message["rounding"] == np.finfo(dtype).eps * largest


@pytest.mark.parametrize("view", [View(), View("fit")])
def test_an_update_of_the_worked_example_is_small(view):
    assert len(json.dumps(told(WORKED, view)[0])) < 64 * 1024


@pytest.mark.parametrize(
    ("m", "n", "view", "iterations"),
    [
        (64, 2, View(), 200_000),
        (64, 3, View("space"), MORE),
        (64, 64, View(), MORE),
        (64, 64, View("modes"), MORE),
        (64, 64, View("fit"), MORE),
        (4096, 1, View(), MORE),
        (4096, 1, View("fit"), MORE),
        (2048, 2, View(), MORE),
        (64, 1, View("fit"), MORE),
        (2048, 2, View("rows"), MORE),
    ],
)
def test_no_update_is_large_whatever_m_and_n_and_200_000_iterations(m, n, view, iterations):
    system = LinearSystem(np.eye(m, n) + np.eye(m, n, k=1), np.ones(m))
    experiment = Experiment(system, np.full(n, 1 / 3), 0.3, iterations)
    message, _ = told(experiment, view, VARIANTS[:1])
    one = message["runs"][0]
    message["runs"] = [one] * len(VARIANTS)
    assert len(json.dumps(message)) < 400 * 1024


def test_a_run_without_a_single_point_is_told_too():
    beyond = Experiment(LinearSystem([[1e15]], [1e15]), [-1e15], dtype="float32")
    message, _ = told(beyond)
    assert json.dumps(message, allow_nan=False)
    assert [len(unpacked(run["points"])) for run in message["runs"]] == [0] * len(VARIANTS)
    assert not message["verdict"]["checked"]
    assert "beyond float32" in message["verdict"]["text"]


@pytest.mark.parametrize("size", [1e-100, 1e-60, 1e15])
@pytest.mark.parametrize("n", [1, 2, 3])
def test_entries_of_any_size_the_dashboard_takes_can_be_told(size, n):
    system = LinearSystem(size * np.eye(n), np.full(n, size))
    for rate in (1 / size, 1e-3):
        message, _ = told(Experiment(system, np.full(n, 2.0), rate, 20))
        assert json.dumps(message, allow_nan=False)


def test_a_start_at_the_solution_up_to_rounding_is_seen_in_an_ordinary_window():
    at_it = Experiment(LinearSystem([[1, 2], [0, 1]], [1, 2]), [-3, 2], 0.3)
    window = np.array(told(at_it)[0]["path"]["window"])
    assert (np.ptp(window, axis=1) > 0.1).all()


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_a_view_that_a_system_does_not_have_becomes_the_plain_one(n):
    assert View("space").fitted(n) == (View("space") if n == 3 else View())
    assert View("coordinates", 0, 4).fitted(n) == (View("coordinates", 0, 4) if n == 5 else View())
    assert View("coordinates", 1, 1).fitted(n) == View()
    assert View().fitted(n).kind in kinds(n)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_fit_is_told_a_and_b_once_and_every_x_so_that_a_x_is_that_of_numpy(preset):
    message, comparison = told(preset.experiment, View("fit"))
    system, fitted = preset.experiment.system, message["fitted"]
    A = unpacked(fitted["rows"]).reshape(system.m, system.n)
    assert np.array_equal(A, system.A)
    assert np.array_equal(unpacked(fitted["right"]), system.b)
    first = unpacked(message["runs"][0]["places"])
    for sent, run in zip(message["runs"], comparison.runs, strict=True):
        places = first if sent["places"] is None else unpacked(sent["places"])
        drawn = np.isin(run.points, unpacked(sent["points"]))
        reached = run.iterates[drawn].astype(float) @ system.A.T
        (low, high) = message["path"]["window"][1]
        off = np.abs(places.reshape(-1, system.n) @ A.T - reached).max()
        assert off <= 1e-4 * (high - low)  # a thirtieth of a pixel
    assert told(preset.experiment)[0]["fitted"] is None


def test_the_rows_of_two_unknowns_are_told_to_the_last_bit_with_the_path():
    message, comparison = told(TWO, View("rows"))
    assert np.array_equal(unpacked(message["lines"]["rows"]).reshape(-1, 2), TWO.system.A)
    assert np.array_equal(unpacked(message["lines"]["right"]), TWO.system.b)
    assert len(message["lines"]["equations"]) == TWO.system.m
    places = unpacked(message["runs"][0]["places"]).reshape(-1, 2)
    assert np.array_equal(places, comparison.runs[0].iterates)
    assert message["fitted"] is None
    assert told(TWO)[0]["lines"] is None


def test_a_program_that_departs_is_told_by_itself():
    comparison, theory = compare(TWO), Theory(TWO.system)
    first, *others, last = comparison.runs
    departing = replace(last, iterates=last.iterates + 0.01)
    comparison = replace(comparison, runs=(first, *others, departing))
    checked = Verified(comparison, verify(comparison, theory))
    message = payload(checked, theory, View("fit"), RATE)
    sent = [run["places"] for run in message["runs"]]
    assert sent[1:-1] == [None] * len(others)
    assert np.array_equal(unpacked(sent[0]), first.iterates.ravel())
    assert np.array_equal(unpacked(sent[-1]), departing.iterates.ravel())


def test_a_start_dragged_among_coordinates_changes_those_alone():
    moved = moved_start(FOUR, View("coordinates", 3, 1), np.array([0.25, -1.5]))
    assert moved.tolist() == [FOUR.x0[0], -1.5, FOUR.x0[2], 0.25]
    assert moved_start(ONE, View(), np.array([7.5])).tolist() == [7.5]
    assert moved_start(TWO, View("rows"), np.array([0.25, -1.5])).tolist() == [0.25, -1.5]


def test_a_start_dragged_among_modes_lies_where_it_was_put():
    place = np.array([0.3, -0.7])
    moved = moved_start(FOUR, View("modes"), place)
    directions = View("modes").plane(Theory(FOUR.system)).directions
    assert directions @ moved == pytest.approx(place, abs=1e-4)  # as finely as a hand moves
    away = moved - FOUR.x0
    assert away - directions.T @ (directions @ away) == pytest.approx(np.zeros(4), abs=1e-4)
