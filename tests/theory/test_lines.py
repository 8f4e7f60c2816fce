"""Equations and their lines, against fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers.strategies import moderate, whole, whole_systems
from helpers.theory import EPS, NOTHING
from lsedash import LinearSystem
from lsedash.theory.geometry import equations, line_across

SQUARE = np.array([[-1.0, 1.0], [-1.0, 1.0]])
windows = st.tuples(whole, st.integers(1, 4), whole, st.integers(1, 4)).map(
    lambda w: np.array([[w[0], w[0] + w[1]], [w[2], w[2] + w[3]]], float)
)


def exact_crossing(a, b, window):
    """Where a . x = b crosses each edge of the window, in fractions; two points at most."""
    a, b = [Fraction(float(v)) for v in a], Fraction(float(b))
    found = set()
    for axis in (0, 1):
        other = 1 - axis
        for edge in (Fraction(float(v)) for v in window[axis]):
            if not a[other]:
                continue
            across = (b - a[axis] * edge) / a[other]
            if window[other][0] <= across <= window[other][1]:
                found.add((edge, across) if axis == 0 else (across, edge))
    return found


@given(whole_systems())
def test_an_equation_is_a_row_of_the_system(system):
    found = equations(system)
    assert [equation.number for equation in found] == list(range(1, system.m + 1))
    assert np.array_equal([equation.normal for equation in found], system.A)
    assert [equation.right_side for equation in found] == system.b.tolist()


@given(whole_systems())
def test_a_zero_row_is_always_true_or_never_and_any_other_can_be_fulfilled(system):
    for equation in equations(system):
        normal, side = equation.normal, equation.right_side
        true_at_zero, true_somewhere = side == 0, True
        if normal.any():
            x = normal * side / (normal @ normal)  # the foot of the perpendicular from 0
            assert normal @ x == pytest.approx(side)
        else:
            true_somewhere = true_at_zero
        assert (equation.kind == "line") == bool(normal.any())
        assert (equation.kind == "never true") == (not true_somewhere)


@given(arrays(float, 2, elements=whole), st.integers(-12, 12), windows)
@settings(max_examples=300)
def test_a_line_enters_and_leaves_the_window_where_fractions_say(normal, side, window):
    assume(normal.any())
    found = line_across(equations(LinearSystem([normal], [side]))[0], window)
    expected = exact_crossing(normal, side, window)
    assert found.shape == ((2, 2) if expected else (0, 2))
    for point in expected:
        assert np.abs(found - np.array(point, float)).max(axis=1).min() < 1e-14
    for point in found:
        assert min(abs(np.array(p, float) - point).max() for p in expected) < 1e-14


@given(
    arrays(float, 2, elements=moderate),
    moderate,
    st.floats(1e-6, 1e6),
    st.tuples(moderate, moderate),
)
def test_the_ends_of_a_line_lie_on_it_and_on_the_frame(normal, side, width, corner):
    assume(normal.any())
    window = np.array([[corner[0], corner[0] + width], [corner[1], corner[1] + 2 * width]])
    found = line_across(equations(LinearSystem([normal], [side]))[0], window)
    size = np.abs(window).max()
    for point in found:
        assert abs(normal @ point - side) <= 32 * EPS * (np.abs(normal).sum() * size + abs(side))
        assert np.abs(window.T - point).min() <= 8 * EPS * size
        assert (point >= window[:, 0] - 8 * EPS * size).all()
        assert (point <= window[:, 1] + 8 * EPS * size).all()


@pytest.mark.parametrize("scale", [1e-100, 1e-12, 1.0, 1e12])
def test_the_size_of_an_equation_does_not_move_its_line(scale):
    equation = equations(LinearSystem([[scale, 2 * scale]], [0.5 * scale]))[0]
    np.testing.assert_allclose(line_across(equation, SQUARE), [[-1, 0.75], [1, -0.25]], rtol=1e-14)


@pytest.mark.parametrize("b", [1e-5, -1e300])
def test_a_line_far_away_misses_the_window(b):
    assert line_across(equations(LinearSystem([[1e-10, 1e-9]], [b]))[0], SQUARE).shape == (0, 2)


def test_what_is_no_line_crosses_nothing():
    for equation in equations(NOTHING):
        assert line_across(equation, SQUARE).shape == (0, 2)


def test_an_equation_in_one_unknown_is_an_upright_line():
    equation = equations(LinearSystem([[2]], [3]))[0]
    window = [[0, 4], [-1, 9]]  # x and the loss
    assert sorted(line_across(equation, window).tolist()) == [[1.5, -1], [1.5, 9]]
    assert line_across(equation, [[2, 4], [-1, 9]]).shape == (0, 2)


def test_an_equation_in_three_unknowns_is_no_line():
    with pytest.raises(ValueError, match="two unknowns; the equation has 3"):
        line_across(equations(LinearSystem([[1, 2, 3]], [1]))[0], SQUARE)
