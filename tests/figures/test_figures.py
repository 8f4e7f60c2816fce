"""What the charts show: the data behind them and what reaches the browser, never pixels."""

from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.comparisons import compared
from helpers.programs import NUMPY
from lsedash import VARIANTS, Experiment, LinearSystem, Theory
from lsedash.checking.verification import verify
from lsedash.figures.fit import fit_data
from lsedash.figures.loss import loss_data
from lsedash.figures.style import MOST_DRAWN, WHOLE, drawn_points, stroke
from lsedash.figures.view import View, kinds, path_of
from lsedash.presets import PRESETS
from lsedash.tables.runs_table import runs_table, stamp

WORKED, TWO, ONE = (preset.experiment for preset in PRESETS[:3])


def gathered(experiment, variants=NUMPY):
    """The comparison and the theory that every chart is made from."""
    return compared(experiment, tuple(variants)), Theory(experiment.system)


def every_path(experiment):
    """The paths as all views of an experiment show them."""
    comparison, theory = gathered(experiment, VARIANTS)
    return [path_of(comparison, theory, View(kind)) for kind in kinds(experiment.system.n)]


EMPTY = [
    Experiment(LinearSystem(1e12 * np.eye(n), np.full(n, 1e12)), np.full(n, -1e12), dtype="float32")
    for n in (1, 2, 3, 4)
]
FLAT = [Experiment(LinearSystem(np.zeros((2, n)), [1, 0]), np.ones(n)) for n in (1, 2, 3, 4)]
EXTREME = [
    *EMPTY,
    *FLAT,
    replace(WORKED, learning_rate=1.0, iterations=3000),
    replace(WORKED, learning_rate=1e300),
    replace(TWO, learning_rate=2.0, iterations=3000),
    replace(ONE, learning_rate=5.0, iterations=3000),
    replace(WORKED, iterations=0),
    Experiment(LinearSystem([[1, 0], [0, 1]], [1, 2]), [1, 2]),
    Experiment(LinearSystem([[1e-150, 0], [0, 1]], [1, 1])),
    Experiment(LinearSystem([[0, 0], [0, 0]], [0, 0])),
]


@pytest.mark.parametrize("experiment", EXTREME, ids=range(len(EXTREME)))
def test_no_experiment_is_too_extreme_to_be_drawn_and_tabulated(experiment):
    comparison, theory = gathered(experiment, VARIANTS)
    windows = [path.window for path in every_path(experiment)]
    for window in [*windows, fit_data(theory, experiment.x0).window]:
        assert np.isfinite(window).all()
        assert (np.diff(window) > 0).all()
    assert np.isfinite(loss_data(comparison, theory).window).all()
    verdict = verify(comparison, theory)
    table = runs_table(comparison, theory, verdict)
    assert [row[0].text for row in table.rows] == [variant.title for variant in VARIANTS]
    for row, run in zip(table.rows, comparison.runs, strict=True):
        assert row[2].split(" at ")[0] == run.status
    assert stamp(comparison, theory, verdict)


@pytest.mark.parametrize("experiment", EMPTY, ids=["n=1", "n=2", "n=3", "n=4"])
def test_a_start_that_is_already_too_large_leaves_empty_curves(experiment):
    comparison, theory = gathered(experiment, VARIANTS)
    assert {run.last_point for run in comparison.runs} == {-1}
    data = loss_data(comparison, theory)
    assert all(len(points) == len(losses) == 0 for points, losses in data.curves.values())
    table = runs_table(comparison, theory, verify(comparison, theory))
    assert [row[2] for row in table.rows] == ["diverged at the start"] * len(VARIANTS)


def test_the_loss_chart_holds_the_losses_of_the_runs():
    comparison, theory = gathered(WORKED, VARIANTS)
    for key, (points, losses) in loss_data(comparison, theory).curves.items():
        assert np.array_equal(points, comparison[key].points)
        assert np.array_equal(losses, comparison[key].losses)


def test_a_diverging_loss_is_shown_up_to_its_largest_value():
    comparison, theory = gathered(replace(WORKED, learning_rate=1.0, iterations=2000))
    data = loss_data(comparison, theory)
    largest = comparison["numpy_by_hand"].losses.max()
    assert data.curves["numpy_by_hand"][1].max() == largest > 1e300
    assert data.window[1] >= np.log10(largest)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_the_loss_window_holds_every_positive_loss(preset):
    comparison, theory = gathered(preset.experiment)
    data = loss_data(comparison, theory)
    losses = comparison["numpy_by_hand"].losses
    exponents = np.log10(losses[losses > 0])
    assert data.window[0] < exponents.min()
    assert exponents.max() < data.window[1]
    assert data.least_loss == 0 or data.window[0] < np.log10(data.least_loss)
    assert data.zeros == bool((losses == 0).any())


@given(st.integers(0, 30_000))
def test_thinning_keeps_the_beginning_the_end_and_a_bounded_number(count):
    indices = drawn_points(count)
    assert len(indices) <= MOST_DRAWN
    assert set(indices[[0, -1]] if count else []) == ({0, count - 1} if count else set())
    assert (np.diff(indices) > 0).all()
    assert count > MOST_DRAWN or len(indices) == count
    assert np.array_equal(indices[:WHOLE], np.arange(min(count, WHOLE)))


@given(st.integers(2, 30_000))
def test_every_point_kept_has_a_neighbour_so_that_a_swing_is_seen(count):
    kept = set(drawn_points(count).tolist())
    assert all(k - 1 in kept or k + 1 in kept for k in kept)


def test_a_long_run_sends_a_bounded_number_of_points():
    data = loss_data(*gathered(replace(WORKED, iterations=20_000)))
    points, losses = data.curves["numpy_by_hand"]
    assert len(points) == len(losses) <= MOST_DRAWN
    assert (points[0], points[-1]) == (0, 20_000)


def test_each_variant_has_a_colour_a_dash_a_symbol_and_a_width_of_its_own():
    looks = [astuple(stroke(variant.key)) for variant in VARIANTS]
    assert [len(set(kind)) for kind in zip(*looks, strict=True)] == [len(VARIANTS)] * 4


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_the_path_drawn_is_the_path_measured(preset):
    comparison, _ = gathered(preset.experiment, VARIANTS)
    for path in every_path(preset.experiment):
        for key, (points, places) in path.paths.items():
            kept = np.isin(comparison[key].points, points)
            assert np.array_equal(points, comparison[key].points[kept])
            assert np.array_equal(places, comparison[key].iterates[kept] @ path.directions.T)


def test_one_unknown_has_the_parabola_of_its_loss_in_the_window():
    path, _ = every_path(ONE)
    left, right = path.window[0]
    bottom, top = path.window[1]
    xs = np.linspace(left, right, 101)
    losses = [ONE.system.loss([x]) for x in xs]
    assert bottom < min(losses)
    assert max(losses) < top
