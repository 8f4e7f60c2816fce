"""Charts that are read: what is in them was measured; nothing is clipped, nothing invented."""

from dataclasses import replace

import numpy as np
import pytest

from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.figures.curves import (
    PREDICTED,
    Curve,
    Figure,
    coordinate_figure,
    drawable,
    log_axis,
    loss_curve,
    loss_figure,
    path_figure,
    shown_window,
)
from lsedash.figures.loss import loss_data
from lsedash.figures.path import parabola_data, plane_data
from lsedash.figures.plane import coordinate_plane
from lsedash.figures.sparkline import HEIGHT, WIDTH, sparkline
from lsedash.figures.style import MOST_DRAWN, stroke
from lsedash.text.fields import DEFAULT

NUMPY = VARIANTS[:1]
LOOK = stroke("numpy_by_hand")


def run_of(experiment):
    return compare(experiment, NUMPY).runs[0]


def test_the_losses_in_the_chart_are_those_of_the_run():
    run = run_of(DEFAULT)
    figure = loss_figure([loss_curve("right", run.points, run.losses, LOOK)])
    (trace,) = figure.data
    assert trace.x.tolist() == run.points.tolist()
    assert trace.y.tolist() == run.losses.tolist()
    low, high = figure.layout.yaxis.range
    assert 10**low < run.losses.min() < run.losses.max() < 10**high


def test_a_long_run_is_thinned_with_its_ends_kept():
    run = run_of(replace(DEFAULT, iterations=5000))
    curve = loss_curve("right", run.points, run.losses, LOOK)
    assert len(curve.x) <= MOST_DRAWN
    assert (curve.x[0], curve.x[-1]) == (0, 5000)
    assert curve.y.tolist() == run.losses[curve.x.astype(int)].tolist()


def test_a_loss_of_exactly_zero_lies_on_the_edge_and_is_labelled_so():
    curve = Curve("right", np.arange(3.0), np.array([1.0, 1e-3, 0.0]), LOOK)
    figure = loss_figure([curve])
    assert figure.data[0].y[-1] == 10 ** figure.layout.yaxis.range[0] < 1e-3
    assert figure.data[0].customdata[-1] == 0
    assert [note.text for note in figure.layout.annotations] == ["exactly 0"]


def test_no_zero_no_label():
    curve = Curve("right", np.arange(2.0), np.array([1.0, 1e-3]), LOOK)
    assert not loss_figure([curve]).layout.annotations


def test_what_is_only_predicted_does_not_widen_the_axis():
    measured = Curve("right", np.arange(2.0), np.array([1.0, 0.5]), LOOK)
    predicted = Curve("predicted", np.arange(2.0), np.array([1.0, 1e-60]), PREDICTED, dots=True)
    alone, both = loss_figure([measured]), loss_figure([measured, predicted])
    assert alone.layout.yaxis.range == both.layout.yaxis.range


def test_nothing_to_draw_is_an_empty_chart():
    figure = loss_figure([])
    assert not figure.data
    assert figure.layout.xaxis.title.text == "iteration k"


def test_the_path_is_drawn_over_contours_with_its_start_and_limit():
    comparison, theory = compare(DEFAULT, NUMPY), Theory(DEFAULT.system)
    data = plane_data(comparison, theory, coordinate_plane(3, 0, 1))
    path = data.paths["numpy_by_hand"][1]
    curve = Curve("right", path[:, 0], path[:, 1], LOOK)
    figure = path_figure([curve], data, data.window)
    rings, drawn, start, limit = figure.data
    assert rings.mode == "lines"
    assert drawn.y.tolist() == path[:, 1].tolist()
    assert (start.x[0], start.y[0], start.text[0]) == (0, 0, "start")
    np.testing.assert_allclose((limit.x[0], limit.y[0]), np.linalg.solve(*system(DEFAULT))[:2])
    assert list(figure.layout.xaxis.range) == data.window[0].tolist()


def system(experiment):
    return experiment.system.A, experiment.system.b


def test_a_window_takes_in_the_paths_it_is_given_and_no_others():
    comparison, theory = compare(DEFAULT, NUMPY), Theory(DEFAULT.system)
    data = plane_data(comparison, theory, coordinate_plane(3, 0, 1))
    inside = shown_window(data, [])
    assert (inside[:, 0] < data.window[:, 0]).all()
    assert (inside[:, 1] > data.window[:, 1]).all()
    far = shown_window(data, [np.array([[100.0, -50.0], [np.nan, 0.0]])])
    assert far[0, 1] > 100
    assert far[1, 0] < -50


def test_a_single_unknown_is_drawn_over_the_iterations_with_its_limit():
    experiment = Experiment(LinearSystem([[2]], [4]), None, 0.1, 9)
    comparison = compare(experiment, NUMPY)
    data = parabola_data(comparison, Theory(experiment.system))
    run = comparison.runs[0]
    curve = Curve("right", run.points.astype(float), run.iterates[:, 0], LOOK)
    figure = coordinate_figure([curve], data)
    assert figure.data[0].y.tolist() == run.iterates[:, 0].tolist()
    assert figure.layout.shapes[0].y0 == pytest.approx(2)


def places(path):
    return np.array([[float(n) for n in pair.split()] for pair in path[1:].split("L") if pair])


@pytest.mark.parametrize("iterations", [0, 1, 50, 3000])
def test_a_sparkline_falls_as_the_logarithm_of_the_loss(iterations):
    comparison = compare(replace(DEFAULT, iterations=iterations), NUMPY)
    window = loss_data(comparison, Theory(DEFAULT.system)).window
    (run,) = comparison.runs
    across, up = places(sparkline(run.points, run.losses, window)).T
    assert across[-1] == (WIDTH if iterations else 0)
    share = (window[1] - np.log10(run.losses[[0, -1]])) / (window[1] - window[0])
    np.testing.assert_allclose(up[[0, -1]], HEIGHT * share, atol=0.06)


def test_a_run_without_points_has_an_empty_sparkline():
    assert places(sparkline([], np.empty(0), (0.0, 1.0))).size == 0


WINDOW = np.array([[-1.0, 1.0], [-1.0, 1.0]])


def test_a_path_near_the_window_is_drawn_as_it_is():
    places = np.array([[0.0, 0.5], [3.0, -900.0], [1e4, 2.0]])
    drawn = drawable(Curve("wrong", *places.T, LOOK), WINDOW)
    assert np.column_stack([drawn.x, drawn.y]).tolist() == places.tolist()


def test_a_path_that_runs_away_is_drawn_on_its_way_out_in_its_direction():
    places = np.array([[0.5, 0.0], [3e200, 4e200], [1e300, -1e300], [np.nan, 0.0]])
    drawn = drawable(Curve("wrong", *places.T, LOOK), WINDOW)
    across, up = drawn.x[1] - 0.5, drawn.y[1]
    assert 1e4 < max(across, up) < 1e6
    assert up / across == pytest.approx(4 / 3)
    assert np.isnan(drawn.x[2:]).all()


def test_predictions_far_away_are_no_dots():
    dots = Curve("predicted", np.array([0.0, 1e20]), np.array([0.0, 1.0]), PREDICTED, dots=True)
    assert np.isnan(drawable(dots, WINDOW).x).tolist() == [False, True]


def test_few_decades_have_ticks_in_plain_numbers_and_more_of_them_have_powers_again():
    figure = Figure()
    log_axis(figure, -2, 0.1)
    axis = figure.layout.yaxis
    np.testing.assert_allclose(axis.tickvals[:4], [0.01, 0.02, 0.05, 0.1])
    assert axis.ticktext[:4] == ("0.01", "0.02", "0.05", "0.1")
    log_axis(figure, -18, 0)
    assert (axis.tickvals, axis.ticktext, axis.dtick) == (None, None, 5)
