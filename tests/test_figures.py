"""What the charts show: the data behind them and what reaches the browser, never pixels."""

from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import NUMPY

from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.figures.loss import loss_data, loss_figure
from lsedash.figures.path import (
    FARTHEST,
    parabola_figure,
    path_data,
    plane_data,
    plane_figure,
    space_figure,
)
from lsedash.figures.plane import coordinate_name, coordinate_plane, eigen_plane
from lsedash.figures.style import DARK, LIGHT, MOST_DRAWN, marker_sizes, stroke, thinned
from lsedash.presets import PRESETS
from lsedash.ui.table import runs_table, verdict_line

TITLES = {variant.key: variant.title for variant in VARIANTS}
WORKED, TWO, ONE = (preset.experiment for preset in PRESETS[:3])


def gathered(experiment, variants=NUMPY):
    """The comparison and the theory that every chart is made from."""
    return compare(experiment, variants), Theory(experiment.system)


def every_figure(experiment):
    """All charts that the page could show of an experiment."""
    comparison, theory = gathered(experiment, VARIANTS)
    n = experiment.system.n
    figures = [loss_figure(loss_data(comparison, theory), TITLES, LIGHT)]
    names = tuple(coordinate_name(i) for i in range(n))
    if n == 1:
        data = path_data(comparison, theory, np.eye(1), names)
        figures.append(parabola_figure(data, one_loss(experiment.system), TITLES, DARK))
    else:
        for plane in (coordinate_plane(n, 1, 0), eigen_plane(theory)):
            data = plane_data(comparison, theory, plane)
            figures.append(plane_figure(data, TITLES, LIGHT))
    if n == 3:
        data = path_data(comparison, theory, np.eye(3), names)
        figures.append(space_figure(data, TITLES, DARK))
    return figures


def one_loss(system):
    return lambda xs: np.array([system.loss([x]) for x in xs])


def at_share(experiment, share):
    """The same experiment at a share of its largest stable learning rate."""
    critical = Theory(experiment.system).critical_learning_rate
    return replace(experiment, learning_rate=share * critical)


def coordinates(experiment, n=2):
    return path_data(*gathered(experiment), np.eye(experiment.system.n)[:n], tuple("xyz"[:n]))


def curve(figure, title):
    (trace,) = [trace for trace in figure.data if trace.name == title]
    return trace


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
    for figure in every_figure(experiment):
        assert figure.to_json()
    comparison, theory = gathered(experiment, VARIANTS)
    table = runs_table(comparison, theory)
    assert all(table.count(title) == 1 for title in (">Autograd<", ">MSELoss<", ">Module<"))
    assert ("diverged" in table) == any(run.status == "diverged" for run in comparison.runs)
    assert verdict_line(comparison, theory)


@pytest.mark.parametrize("experiment", EMPTY, ids=["n=1", "n=2", "n=3", "n=4"])
def test_a_start_that_is_already_too_large_leaves_empty_curves(experiment):
    comparison, theory = gathered(experiment, VARIANTS)
    assert {run.last_point for run in comparison.runs} == {-1}
    data = loss_data(comparison, theory)
    assert all(len(points) == len(losses) == 0 for points, losses in data.curves.values())
    assert runs_table(comparison, theory).count("diverged at the start") == len(VARIANTS)


def test_the_loss_chart_holds_the_losses_of_the_runs():
    comparison, theory = gathered(WORKED, VARIANTS)
    figure = loss_figure(loss_data(comparison, theory), TITLES, LIGHT)
    for run in comparison.runs:
        trace = curve(figure, TITLES[run.key])
        assert np.array_equal(trace.x, run.points)
        assert np.array_equal(trace.y, run.losses)
        assert np.array_equal(trace.customdata, run.losses)
    ks = np.arange(WORKED.iterations + 1)
    predicted = curve(figure, "predicted")
    assert np.array_equal(predicted.y, theory.losses(WORKED.x0, WORKED.learning_rate, ks))


def test_a_diverging_loss_is_shown_up_to_its_largest_value():
    comparison, theory = gathered(replace(WORKED, learning_rate=1.0, iterations=2000))
    data = loss_data(comparison, theory)
    largest = comparison["numpy_by_hand"].losses.max()
    assert largest > 1e300
    assert curve(loss_figure(data, TITLES, LIGHT), TITLES["numpy_by_hand"]).y.max() == largest
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


def test_a_loss_of_exactly_zero_stands_on_the_lower_edge_and_says_so():
    experiment = Experiment(LinearSystem([[1]], [2]), learning_rate=1.0, iterations=3)
    comparison, theory = gathered(experiment)
    data = loss_data(comparison, theory)
    figure = loss_figure(data, TITLES, LIGHT)
    trace = curve(figure, TITLES["numpy_by_hand"])
    assert trace.customdata.tolist() == [2, 0, 0, 0]
    assert trace.y.tolist() == [2, *[10 ** data.window[0]] * 3]
    assert "loss exactly 0" in [note.text for note in figure.layout.annotations]


def test_without_a_zero_nothing_is_said_of_zeros():
    figure = loss_figure(loss_data(*gathered(WORKED)), TITLES, LIGHT)
    assert len(figure.layout.annotations) == 0


def test_the_smallest_possible_loss_is_a_line_of_its_own():
    fit = Experiment(LinearSystem([[1], [1]], [0, 2]), learning_rate=0.1)
    figure = loss_figure(loss_data(*gathered(fit)), TITLES, LIGHT)
    assert [shape.y0 for shape in figure.layout.shapes] == [pytest.approx(1.0)]


@given(st.integers(0, 30_000), st.integers(2, 1500))
def test_thinning_keeps_first_and_last_and_a_bounded_number(count, most):
    indices = thinned(count, most)
    assert len(indices) <= most + 1
    assert set(indices[[0, -1]] if count else []) == ({0, count - 1} if count else set())
    assert (np.diff(indices) > 0).all()
    assert count > most or len(indices) == count


def test_a_long_run_sends_a_bounded_number_of_points():
    data = loss_data(*gathered(replace(WORKED, iterations=20_000)))
    points, losses = data.curves["numpy_by_hand"]
    assert len(points) == len(losses) <= MOST_DRAWN + 1
    assert (points[0], points[-1]) == (0, 20_000)


def test_each_variant_has_a_colour_a_dash_a_symbol_and_a_width_of_its_own():
    looks = [astuple(stroke(variant.key)) for variant in VARIANTS]
    assert [len(set(kind)) for kind in zip(*looks, strict=True)] == [len(VARIANTS)] * 4


def test_five_coinciding_curves_have_their_markers_at_points_of_their_own():
    sizes = np.array([marker_sizes(51, order, 5) for order in range(5)])
    assert (np.count_nonzero(sizes, axis=0) <= 1).all()
    assert (np.count_nonzero(sizes, axis=1) >= 3).all()


def test_the_curves_look_different_in_the_figures_too():
    for figure in every_figure(WORKED)[:3]:
        traces = [trace for trace in figure.data if trace.name in TITLES.values()]
        looks = {(trace.line.color, trace.line.dash, trace.marker.symbol) for trace in traces}
        assert len(looks) == len(traces) == len(VARIANTS)


def test_one_unknown_is_drawn_on_the_parabola_of_its_loss():
    comparison, _ = gathered(ONE)
    figure = every_figure(ONE)[1]
    trace = curve(figure, TITLES["numpy_by_hand"])
    run = comparison["numpy_by_hand"]
    assert np.array_equal(trace.x, run.iterates[:, 0])
    assert trace.y == pytest.approx(run.losses, rel=1e-12, abs=1e-15)
    parabola = figure.data[0]
    assert parabola.y == pytest.approx([ONE.system.loss([x]) for x in parabola.x])


def test_three_unknowns_can_be_seen_in_space():
    comparison, _ = gathered(WORKED)
    trace = curve(every_figure(WORKED)[3], TITLES["numpy_by_hand"])
    path = np.column_stack([trace.x, trace.y, trace.z])
    assert np.array_equal(path, comparison["numpy_by_hand"].iterates)


def test_nothing_is_drawn_that_a_browser_s_coordinates_cannot_hold():
    figures = every_figure(replace(WORKED, learning_rate=1.0, iterations=3000))
    for figure in figures[1:]:
        for trace in figure.data:
            places = [*trace.x, *trace.y, *(trace.z if trace.type == "scatter3d" else [])]
            assert np.nanmax(np.abs(places)) < np.finfo("float32").max / 1e4


@pytest.mark.parametrize("share", [0.3, 0.7, 1.0, 1.05, 3.0])
def test_the_path_drawn_is_the_path_measured_inside_the_window_and_outside(share):
    experiment = at_share(TWO, share)
    comparison, theory = gathered(experiment)
    data = plane_data(comparison, theory, coordinate_plane(2, 0, 1))
    figure = plane_figure(data, TITLES, LIGHT)
    name = TITLES["numpy_by_hand"]
    pieces = [np.column_stack([t.x, t.y]) for t in figure.data if t.name.startswith(name)]
    joined = np.vstack([pieces[0], *[piece[1:] for piece in pieces[1:]]])
    iterates = comparison["numpy_by_hand"].iterates
    assert np.array_equal(joined, iterates[: len(joined)])
    assert len(joined) == len(iterates) or np.abs(iterates[len(joined)]).max() > FARTHEST
    assert len(pieces) == (1 if share <= 1 else 2)
    assert len(figure.layout.annotations) == (0 if share <= 1 else 1)
