"""The path chart's geometry: lines of equal loss and the window they are seen through."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from helpers.programs import NUMPY
from helpers.strategies import descents
from lsedash import Experiment, LinearSystem, Theory, compare
from lsedash.figures.path import RINGS, path_data, plane_data
from lsedash.figures.plane import coordinate_plane, eigen_plane
from lsedash.presets import PRESETS

TWO = PRESETS[1].experiment
PLANAR = [preset.experiment for preset in PRESETS if preset.experiment.system.n == 2]
SPATIAL = [preset.experiment for preset in PRESETS if preset.experiment.system.n > 2]


def in_plane(experiment, plane):
    return plane_data(compare(experiment, NUMPY), Theory(experiment.system), plane)


def in_coordinates(experiment):
    directions = np.eye(experiment.system.n)
    names = tuple(f"x{i}" for i in range(experiment.system.n))
    return path_data(compare(experiment, NUMPY), Theory(experiment.system), directions, names)


def lines_of(contours):
    """The single lines, which are parted by nan."""
    ends = np.flatnonzero(np.isnan(contours[:, 0]))
    return [piece[~np.isnan(piece[:, 0])] for piece in np.split(contours, ends)][:-1]


def losses_along(line, plane, experiment):
    """The loss at each point of a line in the plane through the limit."""
    limit = Theory(experiment.system).descent_limit(experiment.x0)
    offsets = line - plane.directions @ limit
    return np.array([experiment.system.loss(limit + z @ plane.directions) for z in offsets])


def inside(points, window):
    return ((points >= window[:, 0]) & (points <= window[:, 1])).all(axis=1)


def assert_lines_of_equal_loss(experiment, plane):
    lines = lines_of(in_plane(experiment, plane).lines)
    assert len(lines) >= len(RINGS)
    for line in lines:
        losses = losses_along(line, plane, experiment)
        assert losses == pytest.approx(np.full(len(losses), losses.mean()), rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("experiment", PLANAR, ids=range(len(PLANAR)))
def test_contours_are_lines_of_equal_loss(experiment):
    assert_lines_of_equal_loss(experiment, coordinate_plane(2, 0, 1))
    assert_lines_of_equal_loss(experiment, eigen_plane(Theory(experiment.system)))


@pytest.mark.parametrize("experiment", SPATIAL, ids=range(len(SPATIAL)))
def test_contours_of_more_unknowns_are_those_of_the_slice_through_the_limit(experiment):
    n = experiment.system.n
    for first, second in ((0, 1), (n - 1, 0)):
        assert_lines_of_equal_loss(experiment, coordinate_plane(n, first, second))
    assert_lines_of_equal_loss(experiment, eigen_plane(Theory(experiment.system)))


@pytest.mark.parametrize("experiment", PLANAR, ids=range(len(PLANAR)))
def test_one_contour_goes_through_the_start(experiment):
    plane = coordinate_plane(2, 0, 1)
    lines = lines_of(in_plane(experiment, plane).lines)
    levels = [losses_along(line, plane, experiment).mean() for line in lines]
    start = experiment.system.loss(experiment.x0)
    assert min(abs(level - start) for level in levels) <= 1e-9 * start


def test_the_contours_of_a_flat_valley_are_straight_lines_across_the_window():
    experiment = Experiment(LinearSystem([[1, 2], [2, 4]], [1, 2]), [-1, 2], 0.05, 30)
    plane = coordinate_plane(2, 0, 1)
    assert_lines_of_equal_loss(experiment, plane)
    data = in_plane(experiment, plane)
    lines = lines_of(data.lines)
    assert len(lines) == 2 * len(RINGS)
    for line in lines:
        across = np.diff(line, axis=0)[0]
        assert abs(across @ [1, 2]) <= 1e-12 * np.linalg.norm(across)
        assert np.linalg.norm(across) > np.linalg.norm(np.ptp(data.window, axis=1))


@pytest.mark.parametrize("flat", [1e-3, 1e-5, 1e-6])
def test_a_very_long_valley_has_its_contours_within_reach(flat):
    experiment = Experiment(LinearSystem([[1, 0], [0, flat]], [1, flat]), [2, -1], 1.0)
    plane = coordinate_plane(2, 0, 1)
    assert_lines_of_equal_loss(experiment, plane)
    data = in_plane(experiment, plane)
    near = [line for line in lines_of(data.lines) if inside(line, data.window).sum() > 4]
    assert len(near) >= 4


@pytest.mark.parametrize("n", [2, 3])
def test_a_zero_has_no_contours(n):
    experiment = Experiment(LinearSystem(np.zeros((2, n)), [1, 2]), np.ones(n))
    data = in_plane(experiment, coordinate_plane(n, 0, 1))
    assert len(data.lines) == 0
    assert inside(data.start[None], data.window).all()


def test_a_start_at_the_limit_still_has_contours_around_it():
    experiment = replace(TWO, x0=Theory(TWO.system).descent_limit(TWO.x0))
    assert_lines_of_equal_loss(experiment, coordinate_plane(2, 0, 1))


@given(descents(fastest=1.0))
def test_the_window_holds_start_limit_and_every_point_of_a_path_that_does_not_grow(experiment):
    data = in_coordinates(experiment)
    _, path = data.paths["numpy_by_hand"]
    assert inside(np.vstack([data.start, data.limit, path]), data.window).all()


@given(descents(fastest=1.0))
def test_start_and_limit_are_those_of_the_experiment(experiment):
    data = in_coordinates(experiment)
    assert np.array_equal(data.start, experiment.x0)
    assert np.array_equal(data.limit, Theory(experiment.system).descent_limit(experiment.x0))


@given(descents())
def test_the_window_does_not_depend_on_rate_or_length_of_the_run(experiment):
    other = replace(experiment, learning_rate=10 * experiment.learning_rate, iterations=100)
    assert np.array_equal(in_coordinates(experiment).window, in_coordinates(other).window)
