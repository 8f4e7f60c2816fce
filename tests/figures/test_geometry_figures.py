"""What the charts of the geometry draw: lines that are the equations, points that matter."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers.strategies import whole
from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.figures.curves import loss_curve
from lsedash.figures.geometry import (
    equation_name,
    floor_loss_figure,
    parabola_figure,
    plane_figure,
    row_figure,
    widened,
)
from lsedash.figures.path import plane_data
from lsedash.figures.plane import coordinate_plane
from lsedash.figures.spectrum import spectrum_figure
from lsedash.figures.style import stroke
from lsedash.presets import PRESETS, hilbert
from lsedash.theory.geometry import equations

SQUARE = np.array([[-5.0, 5.0], [-5.0, 5.0]])
FIT = next(p.experiment for p in PRESETS if p.title == "Straight-line fit")


def places(trace):
    return np.column_stack([trace.x, trace.y]).astype(float)


def named(figure, start):
    return [trace for trace in figure.data if trace.name and trace.name.startswith(start)]


@given(st.integers(1, 5), st.data())
def test_lines_are_the_equations_and_the_line_of_solutions_has_the_least_loss(m, data):
    A = data.draw(arrays(float, (m, 2), elements=whole))
    assume(A.any())
    system = LinearSystem(A, data.draw(arrays(float, m, elements=whole)))
    x0, theory = data.draw(arrays(float, 2, elements=whole)), Theory(system)
    figure = row_figure(theory, x0, SQUARE)
    for row, trace in zip(equations(system), figure.data, strict=False):
        for x in places(trace):
            assert row.normal @ x == pytest.approx(row.right_side, abs=1e-9)
    lines = named(figure, "all")
    assert len(lines) == (theory.rank == 1)
    for line in lines:
        for x in places(line):
            assert system.loss(x) == pytest.approx(theory.least_loss, rel=1e-6, abs=1e-9)
    (start,) = named(figure, "start")
    (end,) = [*named(figure, "descent ends"), *named(figure, "least squares")]
    assert places(start).tolist() == [x0.tolist()]
    np.testing.assert_allclose(places(end)[0], theory.descent_limit(x0))


def test_rows_of_zeros_say_what_they_ask_for():
    system = LinearSystem([[1, 0], [0, 0], [0, 0]], [1, 0, 3])
    names = [trace.name for trace in row_figure(Theory(system), np.zeros(2), SQUARE).data]
    assert "2: 0 = 0, always true" in names
    assert "3: 0 = 3, never true" in names
    far = LinearSystem([[1, 0], [0, 1]], [1000, 0])
    names = [trace.name for trace in row_figure(Theory(far), np.zeros(2), SQUARE).data]
    assert "1: x₁ = 1000, outside" in names


def test_an_equation_as_it_is_written():
    (row,) = equations(LinearSystem([[2, -1, 0, 0.5]], [-3]))
    assert equation_name(row) == "1: 2x₁ − x₂ + 0.5x₄ = −3"
    (row,) = equations(LinearSystem([[1]], [-0.0]))
    assert equation_name(row) == "1: x₁ = 0"


def test_a_parabola_is_the_loss():
    theory = Theory(LinearSystem([[2], [1]], [3, 1]))
    figure = parabola_figure(theory, np.array([-1.0]), np.array([[-2.0, 3.0], [-1.0, 60.0]]))
    for x, y in places(figure.data[0]):
        assert theory.system.loss([x]) == pytest.approx(y)


def test_the_floor_is_in_sight_however_far_the_loss_is_above_it():
    system = LinearSystem([[1, 0], [0, 1], [1, 1]], [1000, 1000, 2000.1])
    (run,) = compare(Experiment(system, None, 0.001, 10), VARIANTS[:1]).runs
    theory = Theory(system)
    curve = loss_curve("one", run.points, run.losses, stroke(run.key))
    low, high = floor_loss_figure(curve, theory).layout.yaxis.range
    assert low < np.log10(theory.least_loss) < high


def test_above_the_floor_there_is_the_loss_without_it():
    (run,) = compare(FIT, VARIANTS[:1]).runs
    A, b = FIT.system.A, FIT.system.b
    curve = loss_curve("one", run.points, run.losses, stroke(run.key))
    figure = floor_loss_figure(curve, Theory(FIT.system))
    (above,) = named(figure, "above")
    least = np.linalg.lstsq(A, b)[1][0] / 2
    first = slice(0, 40)  # later, rounding is all there is
    np.testing.assert_allclose(above.y[first], run.losses[first] - least, rtol=1e-6)
    (floor,) = figure.layout.shapes
    assert (floor.y0, floor.y1) == (pytest.approx(least), pytest.approx(least))


def test_the_path_s_plane_has_the_shortest_solution_where_pinv_has_it():
    system, x0 = LinearSystem([[1, 2], [2, 4]], [1, 2]), np.array([-1.0, 2.0])
    comparison, theory = compare(Experiment(system, x0, 0.05, 30), VARIANTS[:1]), Theory(system)
    data = plane_data(comparison, theory, coordinate_plane(2, 0, 1))
    figure = plane_figure([], data, theory, x0, SQUARE)
    (shortest,) = named(figure, "minimum norm")
    np.testing.assert_allclose(places(shortest)[0], np.linalg.pinv(system.A) @ system.b)


def test_a_window_is_widened_by_what_is_outside_only():
    assert widened(SQUARE, [np.zeros(2)]).tolist() == SQUARE.tolist()
    wide = widened(SQUARE, [np.array([9.0, 0.0])])
    assert wide[0, 1] > 9
    assert wide[1].tolist() == SQUARE[1].tolist()


def test_a_spectrum_ends_at_one_over_the_condition_number():
    systems = [FIT.system, LinearSystem(hilbert(4), np.ones(4))]
    theories = [Theory(system) for system in systems]
    figure = spectrum_figure([("one", theories[0]), ("other", theories[1])])
    for trace, system in zip(figure.data, systems, strict=True):
        assert trace.y[0] == 1
        assert trace.y[-1] == pytest.approx(1 / np.linalg.cond(system.A))
