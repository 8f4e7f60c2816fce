"""Charts of the modes: the data in them, held against measured runs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from plotly.graph_objects import Figure
from programs import NUMPY
from strategies import descents, whole_systems

from lsedash import Experiment, LinearSystem, Theory, compare
from lsedash.figures.curves import HIGHEST, QUIET, Curve, loss_curve
from lsedash.figures.loss import LOWEST
from lsedash.figures.modes import (
    FILLS,
    SQUASHED,
    directions_figure,
    mode_data,
    mode_plane,
    stack,
    stack_figure,
    titled,
    to_scale,
    translucent,
    window_of,
)
from lsedash.figures.path import RINGS, plane_data
from lsedash.figures.plane import coordinate_plane
from lsedash.figures.style import MOST_DRAWN, stroke
from lsedash.presets import PRESETS, random_system

EPS = np.finfo(float).eps
LOOK = stroke("numpy_by_hand")
EXPERIMENTS = {preset.key: preset.experiment for preset in PRESETS}
WORKED, FIT = EXPERIMENTS["worked_example"], EXPERIMENTS["straight_line_fit"]
TWELVE = LinearSystem(np.diag(np.arange(12.0, 0, -1)), np.zeros(12))  # x_i is mode i's coordinate
IN_TWELVE = Experiment(TWELVE, np.arange(1.0, 13), 0.01, 30)
SIXTY_FOUR = Experiment(random_system(50, m=64, n=64), np.linspace(-1, 1, 64), 1.5, 40)
DEFICIENT_IN_THREE = Experiment(
    LinearSystem([[1, 2, 0], [2, 4, 0], [0, 0, 1]], [1, 2, 3]), [3, -1, 1], 0.05, 30
)
ONE_OF_THREE = Experiment(LinearSystem([[1, 2, 2], [2, 4, 4]], [1, 2]), [1, 5, -2], 0.01, 30)
NOTHING = Experiment(LinearSystem([[0, 0], [0, 0]], [3, 4]), [1, 2], 0.1, 5)
GROWING = replace(WORKED, learning_rate=1.0, iterations=3000)
REACHING_ZERO = Experiment(LinearSystem([[1, 0], [0, 1]], [1, 2]), [3, 5], 1.0, 4)

STACKED = {
    **EXPERIMENTS,
    "twelve": IN_TWELVE,
    "sixty_four": SIXTY_FOUR,
    "nothing": NOTHING,
    "growing": GROWING,
    "reaching_zero": REACHING_ZERO,
    "tiny": Experiment(LinearSystem(np.eye(2), [1e-155, 1e-155]), None, 0.1, 20),
    "long": replace(WORKED, iterations=3000),
}
PLANAR = {
    **{key: experiment for key, experiment in EXPERIMENTS.items() if experiment.system.n > 1},
    "deficient_in_three": DEFICIENT_IN_THREE,
    "one_of_three": ONE_OF_THREE,
    "sixty_four": SIXTY_FOUR,
}


def every(experiments):
    return pytest.mark.parametrize("experiment", experiments.values(), ids=experiments.keys())


def gathered(experiment):
    """The comparison, the theory and the curve that the charts are made from."""
    comparison = compare(experiment, NUMPY, max_points=10**6)
    run = comparison.runs[0]
    return (
        comparison,
        Theory(experiment.system),
        loss_curve("measured", run.points, run.losses, LOOK),
    )


def stacked(experiment):
    """The stack at the points that are drawn, and the measured curve there."""
    _, theory, measured = gathered(experiment)
    return stack(theory, experiment.x0, experiment.learning_rate, measured.x), measured


def moving_ends(theory):
    """The numbers, from 0, of the steepest and the flattest mode that move."""
    return [0, theory.rank - 1]


# --- the stack


@every(STACKED)
def test_the_top_of_the_stack_is_the_measured_loss(experiment):
    layers, measured = stacked(experiment)
    assert layers.points.tolist() == measured.x.tolist()
    assert layers.tops.shape == (len(measured.x), len(layers.names))
    scale, k = measured.y.max(), max(measured.x.max(), 1)
    # in a run that grows over hundreds of iterations each adds a rounding to what is there
    assert np.abs(layers.tops[:, -1] / scale - measured.y / scale).max() <= max(1e-12, 4 * EPS * k)


@given(descents(), st.integers(0, 10**6))
def test_no_layer_is_thinner_than_nothing(experiment, late):
    theory = Theory(experiment.system)
    points = np.array([0, 1, 2, 10, late])
    layers = stack(theory, experiment.x0, experiment.learning_rate, points)
    assert (layers.tops >= 0).all()
    assert (layers.tops[:, 1:] >= layers.tops[:, :-1]).all()


def test_each_layer_is_as_thick_as_its_modes_are_measured_the_flattest_lowest():
    layers, measured = stacked(IN_TWELVE)
    own = 0.5 * (compare(IN_TWELVE, NUMPY).runs[0].iterates * np.arange(12, 0, -1)) ** 2
    by_layer = np.column_stack(
        [
            own[:, 11],
            own[:, 10],
            own[:, 9],
            own[:, 3:9].sum(axis=1),
            own[:, 2],
            own[:, 1],
            own[:, 0],
        ]
    )
    thick = np.diff(layers.tops, axis=1, prepend=0)
    np.testing.assert_allclose(thick, by_layer, rtol=0, atol=1e-12 * measured.y.max())
    assert layers.names[:3] == ("mode 12", "mode 11", "mode 10")
    assert layers.names[3:] == ("modes 4 to 9", "mode 3", "mode 2", "mode 1")
    assert layers.numbers == (6, 5, 4, 3, 2, 1, 0)


@given(descents(lambda: whole_systems(consistent=True)))
def test_a_system_with_a_solution_has_no_floor(experiment):
    layers = stack(Theory(experiment.system), experiment.x0, experiment.learning_rate, [0, 5])
    assert "what no x removes" not in layers.names
    assert layers.numbers == tuple(range(len(layers.names)))[::-1]


@given(descents(whole_systems))
def test_a_system_without_one_stands_on_its_least_loss(experiment):
    system = experiment.system
    least = system.loss(np.linalg.lstsq(system.A, system.b, rcond=None)[0])
    assume(least > 1e-9)
    layers = stack(Theory(system), experiment.x0, experiment.learning_rate, [0, 5, 50])
    assert (layers.names[0], layers.numbers[0]) == ("what no x removes", -1)
    assert layers.names[1:].count("what no x removes") == 0
    np.testing.assert_allclose(layers.tops[:, 0], least, rtol=1e-9)


def test_where_nothing_moves_and_nothing_is_lost_there_is_no_layer():
    theory = Theory(LinearSystem([[0, 0]], [0]))
    layers = stack(theory, np.ones(2), 0.1, np.arange(3))
    assert layers.names == layers.numbers == ()
    assert layers.tops.shape == (3, 0)


# --- its window


@given(arrays(float, st.integers(1, 8), elements=st.floats(0) | st.just(np.inf)))
def test_the_window_takes_in_all_that_is_positive_and_finite(losses):
    low, high = window_of(losses)
    assert LOWEST <= low < high <= HIGHEST
    exponents = np.log10(losses[(losses > 0) & np.isfinite(losses)])
    if len(exponents):
        assert low == LOWEST or low < exponents.min()
        assert high == HIGHEST or high > exponents.max()
        assert low == LOWEST or low > exponents.min() - 1.4
        assert high < max(exponents.max(), low) + 1.4


@pytest.mark.parametrize("losses", [[], [0.0, 0.0]])
def test_without_any_positive_loss_there_is_a_window_all_the_same(losses):
    low, high = window_of(np.array(losses))
    assert -2 < low < 0 < high < 1


def test_losses_below_all_that_an_axis_can_show_still_have_a_window():
    low, high = window_of(np.array([5e-324, 1e-310]))
    assert LOWEST == low < high


# --- its chart


@every(STACKED)
def test_the_layers_stay_within_the_window_and_the_measured_losses_are_over_them(experiment):
    layers, measured = stacked(experiment)
    figure = stack_figure(layers, measured)
    base, *filled, line = figure.data
    low, high = figure.layout.yaxis.range
    assert (low, high) == window_of(measured.y)
    assert set(base.y) == {10.0**low}
    for trace, name, top in zip(filled, layers.names, layers.tops.T, strict=True):
        assert (trace.name, trace.fill) == (name, "tonexty")
        assert trace.x.tolist() == layers.points.tolist()
        assert np.isfinite(trace.y).all()
        assert 10**low <= trace.y.min()
        assert trace.y.max() <= 10**high
        assert trace.y.tolist() == np.maximum(top, 10.0**low).tolist()
    assert line.customdata.tolist() == measured.y.tolist()
    assert line.y.tolist() == np.maximum(measured.y, 10.0**low).tolist()
    assert line.fill is None


def test_a_loss_of_exactly_zero_lies_on_the_edge():
    layers, measured = stacked(REACHING_ZERO)
    figure = stack_figure(layers, measured)
    assert measured.y[1:].tolist() == [0] * 4
    edge = 10 ** figure.layout.yaxis.range[0]
    for trace in figure.data:
        assert trace.y[1:].tolist() == [edge] * 4
    assert figure.data[-1].y[0] == measured.y[0] > edge


def test_a_stack_that_grows_beyond_floats_ends_at_the_highest_that_can_be_drawn():
    layers = stack(Theory(WORKED.system), WORKED.x0, 1.0, np.array([0, 10, 10**6]))
    assert layers.tops[-1, -1] == np.inf
    measured = Curve("measured", np.arange(2.0), np.array([1.0, 10.0]), LOOK)
    for trace in stack_figure(layers, measured).data:
        assert np.isfinite(trace.y).all()
    assert figure_tops(layers, measured)[-1] == 10.0**HIGHEST


def figure_tops(layers, measured):
    """The last point of each layer that is drawn."""
    return [trace.y[-1] for trace in stack_figure(layers, measured).data[1:-1]]


@pytest.mark.parametrize("n", [1, 3, 8, 64])
def test_no_two_layers_look_the_same_and_steeper_ones_keep_their_look(n):
    system = LinearSystem(np.diag(np.linspace(2, 1, n)), np.zeros(n))
    layers, measured = stacked(Experiment(system, np.ones(n), 0.1, 3))
    filled = stack_figure(layers, measured).data[1:-1]
    looks = [(trace.line.color, trace.fillpattern.shape) for trace in filled]
    assert looks == list(FILLS[: len(looks)])[::-1]
    assert [trace.fillcolor for trace in filled] == [translucent(colour) for colour, _ in looks]
    assert len({colour for colour, _ in looks}) == len({shape for _, shape in looks}) == len(looks)


def test_the_floor_is_quiet():
    layers, measured = stacked(FIT)
    floor = stack_figure(layers, measured).data[1]
    assert (floor.name, floor.line.color) == ("what no x removes", QUIET)


def test_the_legend_stands_as_the_layers_do():
    figure = stack_figure(*stacked(WORKED))
    assert figure.layout.legend.traceorder == "reversed"
    assert [trace.name for trace in figure.data if trace.showlegend is None] == [
        "mode 3",
        "mode 2",
        "mode 1",
        "measured",
    ]


def test_a_long_run_has_a_bounded_number_of_points_in_each_layer():
    figure = stack_figure(*stacked(STACKED["long"]))
    assert {len(trace.x) for trace in figure.data} == {len(figure.data[0].x)}
    assert len(figure.data[0].x) <= MOST_DRAWN


def test_a_translucent_colour_is_the_colour():
    assert translucent("#0072B2") == "rgba(0,114,178,0.35)"


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
    seen = set()
    for line in lines_of(data.lines):
        losses = 0.5 * line**2 @ curvatures
        assert np.ptp(losses) <= 1e-9 * losses.max()
        ring = np.argmin(np.abs(RINGS * level - losses.mean()))
        assert losses == pytest.approx(np.full(len(losses), RINGS[ring] * level), rel=1e-9)
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
