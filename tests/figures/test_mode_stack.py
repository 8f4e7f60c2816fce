"""The stacked chart of the modes: the data in it, held against measured runs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers.mode_charts import (
    EPS,
    EXPERIMENTS,
    FIT,
    LOOK,
    NOTHING,
    SIXTY_FOUR,
    WORKED,
    every,
    stacked,
)
from helpers.programs import NUMPY
from helpers.strategies import descents, whole_systems
from lsedash import Experiment, LinearSystem, Theory, compare
from lsedash.figures.curves import HIGHEST, QUIET, Curve
from lsedash.figures.loss import LOWEST
from lsedash.figures.modes import FILLS, stack, stack_figure, translucent, window_of
from lsedash.figures.style import MOST_DRAWN

TWELVE = LinearSystem(np.diag(np.arange(12.0, 0, -1)), np.zeros(12))  # x_i is mode i's coordinate
IN_TWELVE = Experiment(TWELVE, np.arange(1.0, 13), 0.01, 30)
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
    assert "floor" not in layers.names
    assert layers.numbers == tuple(range(len(layers.names)))[::-1]


@given(descents(whole_systems))
def test_a_system_without_one_stands_on_its_least_loss(experiment):
    system = experiment.system
    least = system.loss(np.linalg.lstsq(system.A, system.b, rcond=None)[0])
    assume(least > 1e-9)
    layers = stack(Theory(system), experiment.x0, experiment.learning_rate, [0, 5, 50])
    assert (layers.names[0], layers.numbers[0]) == ("floor", -1)
    assert layers.names[1:].count("floor") == 0
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
    assert (floor.name, floor.line.color) == ("floor", QUIET)


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
