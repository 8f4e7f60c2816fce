"""The board of a prediction holds every answer, and neither its ends nor its ticks give it away."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsedash.figures.board import curve_axes, handle_points, plane_axes, rate_axis, round_above

sizes = st.floats(1e-12, 1e12)


@given(sizes)
def test_an_axis_of_rates_holds_the_edge_and_ends_at_a_round_number(edge):
    axis = rate_axis(edge)
    assert 1.2 * edge < axis.high < 6 * edge
    assert abs(edge / axis.high - 0.5) > 0.05
    assert f"{axis.high:.0e}"[0] in "125"
    assert axis.low == axis.ticks[0] == 0
    assert 3 <= len(axis.ticks) <= 8


def test_edges_that_differ_by_a_third_may_have_the_same_axis():
    assert rate_axis(0.3) == rate_axis(0.4)
    assert rate_axis(np.inf).high == 1


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=2))
def test_a_plane_is_symmetric_and_holds_start_and_limit(point):
    axes = plane_axes(("x₁", "x₂"), np.array(point), np.zeros(2))
    for axis in axes:
        assert axis.low == -axis.high
        assert max(map(abs, point)) <= axis.high
        assert axis.ticks[0] == -axis.ticks[-1]


@pytest.mark.parametrize("first", [0.0, 1e-7, 0.5, 3e9, np.inf])
def test_a_log_chart_is_empty_and_has_room_on_both_sides_of_the_first_loss(first):
    across, up = curve_axes("loss", first, 50)
    assert (across.low, across.high, up.log) == (0, 50, True)
    if 0 < first < np.inf:
        assert up.low < 1e-8 * first
        assert up.high >= 1e3 * first


@pytest.mark.parametrize("iterations", [0, 1, 3, 50, 1000])
def test_a_curve_is_moved_at_whole_iterations_up_to_the_last(iterations):
    points = handle_points(iterations)
    assert points == sorted(set(points))
    assert len(points) <= 10
    if iterations:
        assert (points[0] > 0, points[-1]) == (True, iterations)


@given(sizes)
def test_round_numbers_are_never_below(value):
    assert value <= round_above(value) <= 2.6 * value
