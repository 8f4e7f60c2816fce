"""Fit: the data, and what A x makes of them, in a window that no path moves."""

from dataclasses import replace

import numpy as np
import pytest

from lsedash import Experiment, LinearSystem, Theory
from lsedash.figures.fit import feature_values, fit_data, term_values
from lsedash.figures.view import FIT, View, kinds
from lsedash.meaning import Meaning, Term
from lsedash.presets import PRESETS

SIZES = np.array([50.0, 80, 120, 200, 90])
PRICES = np.array([110.0, 160, 260, 390, 200])


def regression(*terms):
    """The system of these terms of the sizes against the prices, and its meaning."""
    A = np.column_stack([term_values(term, SIZES) for term in terms])
    return LinearSystem(A, PRICES), Meaning(terms, "price")


def standardised(power):
    values = SIZES**power
    return Term("size", power, values.mean(), values.std())


LINE = Term("size", 1), Term()
CURVE = standardised(1), standardised(2), standardised(3), Term()


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_every_system_has_a_fit_and_its_window_has_b_the_start_and_the_limit(preset):
    experiment = preset.experiment
    system, theory = experiment.system, Theory(experiment.system)
    data = fit_data(theory, experiment.x0)
    assert not data.curved
    assert data.axes == ("b", "A x")
    assert np.array_equal(data.across, system.b)
    (left, right), (low, high) = data.window
    assert ((left < system.b) & (system.b < right)).all()
    for x in (experiment.x0, theory.descent_limit(experiment.x0)):
        assert ((low < system.A @ x) & (system.A @ x < high)).all()
    assert FIT in kinds(system.n)
    assert View(FIT).fitted(system.n).kind == FIT


@pytest.mark.parametrize("terms", [LINE, CURVE, (Term("size", 1),)])
def test_one_feature_with_its_powers_is_a_curve_over_the_data_in_the_data_s_own_units(terms):
    system, meaning = regression(*terms)
    data = fit_data(Theory(system), np.zeros(system.n), meaning)
    assert data.curved
    assert data.axes == ("size", "price")
    assert data.across == pytest.approx(SIZES)
    x = np.arange(1.0, system.n + 1)
    at_the_data = [np.interp(size, data.grid, data.basis @ x) for size in SIZES]
    assert at_the_data == pytest.approx(system.A @ x, rel=1e-2)
    (left, right), (low, high) = data.window
    assert left < SIZES.min() < SIZES.max() < right
    assert data.grid[0] < left < right < data.grid[-1]
    assert low < PRICES.min() < PRICES.max() < high


def test_a_line_is_exact_wherever_it_is_drawn():
    system, meaning = regression(standardised(1), Term())
    data = fit_data(Theory(system), np.zeros(2), meaning)
    slope, height = 40.0, 224.0
    expected = slope * (data.grid - SIZES.mean()) / SIZES.std() + height
    assert data.basis @ [slope, height] == pytest.approx(expected)


@pytest.mark.parametrize(
    "terms",
    [
        (Term("size", 1), Term("rooms", 1)),  # two features
        (Term("size", 2), Term()),  # the sign of a size is not known
        (Term(),),
    ],
)
def test_without_one_feature_each_row_is_a_point(terms):
    system = LinearSystem(np.column_stack([SIZES, SIZES[::-1]])[:, : len(terms)], PRICES)
    meaning = Meaning(terms, "price")
    assert feature_values(system, meaning) is None
    data = fit_data(Theory(system), np.zeros(system.n), meaning)
    assert not data.curved
    assert data.axes == ("price", "price, predicted")


def test_a_matrix_that_was_edited_is_no_longer_a_curve():
    system, meaning = regression(*LINE)
    A = system.A.copy()
    A[2, 1] = 1.5
    assert feature_values(LinearSystem(A, PRICES), meaning) is None


def test_the_window_is_the_same_at_every_rate_and_no_diverging_point_is_in_it():
    system, meaning = regression(*LINE)
    experiment = Experiment(system, [0, 0], 1e-5, 50)
    theory = Theory(system)
    calm = fit_data(theory, experiment.x0, meaning).window
    wild = replace(experiment, learning_rate=10 * theory.critical_learning_rate)
    assert np.array_equal(fit_data(theory, wild.x0, meaning).window, calm)
    assert np.abs(theory.iterates(wild.x0, wild.learning_rate, [50])).max() > 1e6
    assert np.abs(calm).max() < 1e3


def test_equal_entries_of_b_have_a_window_around_them():
    theory = Theory(LinearSystem([[1, 2], [3, 4]], [0, 0]))
    window = fit_data(theory, np.zeros(2)).window
    assert (np.ptp(window, axis=1) > 0.1).all()


def test_descents_that_differ_by_less_than_can_be_seen_look_the_same():
    system = LinearSystem([[1, 0], [0, 1], [1, 1]], [1, 2, 4])
    data = fit_data(Theory(system), np.zeros(2))
    path = np.array([[0.0, 0.0], [1.0, 2.0]])
    assert data.alike(system, path, path + 1e-9)
    assert not data.alike(system, path, path + 1e-2)
    assert not data.alike(system, path, path[:1])
    assert not data.alike(system, path, path * np.nan)
