"""The plane of the modes and their directions: the data drawn, held against measured runs."""

import numpy as np
import pytest
from plotly.graph_objects import Figure

from helpers.mode_charts import (
    EPS,
    EXPERIMENTS,
    LOOK,
    NOTHING,
    SIXTY_FOUR,
    WORKED,
    every,
    gathered,
    stacked,
)
from lsedash import Experiment, LinearSystem, Theory
from lsedash.figures.curves import Curve
from lsedash.figures.modes import (
    FILLS,
    SQUASHED,
    directions_figure,
    mode_data,
    mode_plane,
    stack_figure,
    titled,
    to_scale,
)
from lsedash.figures.path import RINGS, plane_data
from lsedash.figures.plane import coordinate_plane

DEFICIENT_IN_THREE = Experiment(
    LinearSystem([[1, 2, 0], [2, 4, 0], [0, 0, 1]], [1, 2, 3]), [3, -1, 1], 0.05, 30
)
ONE_OF_THREE = Experiment(LinearSystem([[1, 2, 2], [2, 4, 4]], [1, 2]), [1, 5, -2], 0.01, 30)
PLANAR = {
    **{key: experiment for key, experiment in EXPERIMENTS.items() if experiment.system.n > 1},
    "deficient_in_three": DEFICIENT_IN_THREE,
    "one_of_three": ONE_OF_THREE,
    "sixty_four": SIXTY_FOUR,
}


def moving_ends(theory):
    """The numbers, from 0, of the steepest and the flattest mode that move."""
    return [0, theory.rank - 1]


# --- the plane of the modes


@every(PLANAR)
def test_the_plane_is_that_of_the_steepest_and_the_flattest_mode(experiment):
    theory, A = Theory(experiment.system), experiment.system.A
    plane = mode_plane(theory)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-13)
    S = np.linalg.svd(A, compute_uv=False)
    rank = np.linalg.matrix_rank(A)
    slopes = np.linalg.norm(A @ plane.directions.T, axis=0)
    expected = [S[0], S[rank - 1] if rank > 1 else 0]
    np.testing.assert_allclose(slopes, expected, rtol=1e-9, atol=1e-13 * S[0])


@pytest.mark.parametrize(
    ("experiment", "second"),
    [
        (EXPERIMENTS["two_unknowns"], "along v₂ (flattest)"),
        (EXPERIMENTS["rank_deficient"], "along v₂ (frozen)"),
        (DEFICIENT_IN_THREE, "along v₂ (flattest)"),
        (ONE_OF_THREE, "along v₂ (frozen)"),
        (SIXTY_FOUR, "along v₆₄ (flattest)"),
    ],
    ids=["n=2", "rank 1 of 2", "rank 2 of 3", "rank 1 of 3", "n=64"],
)
def test_the_plane_says_what_its_axes_are(experiment, second):
    assert mode_plane(Theory(experiment.system)).names == ("along v₁ (steepest)", second)


@every(PLANAR)
def test_the_path_in_mode_coordinates_is_that_of_theory_and_ends_at_the_origin(experiment):
    comparison, theory, _ = gathered(experiment)
    data = mode_data(comparison, theory)
    assert data.limit.tolist() == [0, 0]
    points, places = data.paths["numpy_by_hand"]
    asked = experiment.x0, experiment.learning_rate, points
    expected = theory.mode_coordinates(*asked)[:, moving_ends(theory)]
    if theory.rank == 1:
        expected = expected * [1, 0]  # along a frozen direction nothing differs from the limit
    size = np.abs(comparison.runs[0].iterates).max() + np.linalg.norm(
        theory.descent_limit(experiment.x0)
    )
    np.testing.assert_allclose(
        places, expected, rtol=0, atol=4 * EPS * theory.condition_number * len(points) * size
    )
    np.testing.assert_allclose(
        data.start, expected[0], rtol=0, atol=32 * EPS * theory.condition_number * size
    )


@every(PLANAR)
def test_the_window_of_the_modes_is_about_the_origin_and_holds_the_start(experiment):
    comparison, theory, _ = gathered(experiment)
    data = mode_data(comparison, theory)
    np.testing.assert_allclose(data.window.mean(axis=1), 0, atol=1e-12 * np.abs(data.window).max())
    assert (data.window[:, 0] < data.start).all()
    assert (data.start < data.window[:, 1]).all()


def lines_of(contours):
    """The single lines, which are parted by nan."""
    ends = np.flatnonzero(np.isnan(contours[:, 0]))
    return [piece[~np.isnan(piece[:, 0])] for piece in np.split(contours, ends)][:-1]


@every(PLANAR)
def test_contours_in_mode_coordinates_are_lines_of_equal_loss_about_the_origin(experiment):
    comparison, theory, _ = gathered(experiment)
    data = mode_data(comparison, theory)
    S = np.linalg.svd(experiment.system.A, compute_uv=False)
    curvatures = np.array([S[0], S[theory.rank - 1] if theory.rank > 1 else 0]) ** 2
    level = 0.5 * curvatures @ data.start**2
    rounding = max(1e-9, 10 * np.finfo(float).eps * theory.condition_number)
    seen = set()
    for line in lines_of(data.lines):
        losses = 0.5 * line**2 @ curvatures
        assert np.ptp(losses) <= rounding * losses.max()
        ring = np.argmin(np.abs(RINGS * level - losses.mean()))
        assert losses == pytest.approx(np.full(len(losses), RINGS[ring] * level), rel=rounding)
        seen.add(int(ring))
    assert seen == set(range(len(RINGS)))


@every(PLANAR)
def test_the_loss_along_a_contour_is_that_of_the_system_there(experiment):
    comparison, theory, _ = gathered(experiment)
    data, limit = mode_data(comparison, theory), theory.descent_limit(experiment.x0)
    for line in lines_of(data.lines)[::3]:
        losses = [experiment.system.loss(limit + z @ data.directions) for z in line[::8]]
        spread = np.ptp(losses)
        assert spread <= 1e-8 * max(losses)


def test_where_nothing_moves_there_are_no_contours_and_the_start_is_the_limit():
    comparison, theory, _ = gathered(NOTHING)
    data = mode_data(comparison, theory)
    assert data.lines.shape == (0, 2)
    assert data.start.tolist() == data.limit.tolist() == [0, 0]
    assert not data.paths["numpy_by_hand"][1].any()


# --- the directions in x


@every(PLANAR)
def test_the_directions_are_drawn_through_the_limit_along_the_arrows(experiment):
    comparison, theory, _ = gathered(experiment)
    plane = coordinate_plane(experiment.system.n, 0, 1)
    data = plane_data(comparison, theory, plane)
    arrows = mode_plane(theory).directions @ plane.directions.T
    places = data.paths["numpy_by_hand"][1]
    figure = directions_figure([Curve("right", *places.T, LOOK)], data, arrows, (0, 6))
    *_, steepest, flattest = figure.data
    for trace, arrow, number in ((steepest, arrows[0], 0), (flattest, arrows[1], 6)):
        ends = np.column_stack([trace.x, trace.y]) - data.limit
        size = np.abs(ends).max() + np.abs(data.limit).max()
        across = ends @ [-arrow[1], arrow[0]]
        np.testing.assert_allclose(across, 0, atol=8 * EPS * size)
        np.testing.assert_allclose(ends[0], -ends[1], atol=8 * EPS * size)
        assert (trace.line.color, trace.line.dash) == (FILLS[number][0], "dash")
        np.testing.assert_allclose(
            np.linalg.norm(ends[1]), np.ptp(data.window, axis=1).max() * np.linalg.norm(arrow)
        )
    assert places.tolist() in [
        np.column_stack([trace.x, trace.y]).tolist() for trace in figure.data[:-2]
    ]


def test_in_a_plane_of_two_unknowns_the_directions_reach_out_of_the_window():
    experiment = EXPERIMENTS["two_unknowns"]
    comparison, theory, _ = gathered(experiment)
    data = plane_data(comparison, theory, coordinate_plane(2, 0, 1))
    figure = directions_figure([], data, mode_plane(theory).directions, (0, 1))
    assert list(figure.layout.xaxis.range) == data.window[0].tolist()
    for trace in figure.data[-2:]:
        ends = np.column_stack([trace.x, trace.y])
        inside = (ends > data.window[:, 0]) & (ends < data.window[:, 1])
        assert not inside.all(axis=1).any()


@pytest.mark.parametrize(
    ("across", "up", "anchored"),
    [(1, 1, True), (4.9, 1, True), (1, 4.9, True), (5.1, 1, False), (1, 5.1, False)],
)
def test_axes_are_to_scale_unless_that_would_squash_one(across, up, anchored):
    assert SQUASHED == 5
    figure = to_scale(Figure(), np.array([[2, 2 + across], [-1, up - 1]]))
    assert figure.layout.yaxis.scaleanchor == ("x" if anchored else None)


def test_a_titled_chart_says_in_words_what_it_shows_and_has_no_legend():
    figure = titled(stack_figure(*stacked(WORKED)), "the loss")
    assert (figure.layout.title.text, figure.layout.showlegend) == ("the loss", False)
