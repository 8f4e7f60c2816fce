"""Presets from real data are what their sources print, and show what their sentences say."""

import numpy as np
import pytest

from helpers.known_data import CERTIFIED, HOUSES, LONGLEY
from lsedash import Theory, design
from lsedash.presets import PRESETS

REAL = {preset.title.removeprefix("Data: "): preset for preset in PRESETS if preset.source}


def at(title, *points):
    """The iterates of a preset at some points, by theory."""
    experiment = REAL[title].experiment
    theory = Theory(experiment.system)
    return theory.iterates(experiment.x0, experiment.learning_rate, points)


def least(title):
    """The limit in the data's units, and the smallest loss."""
    preset = REAL[title]
    theory = Theory(preset.experiment.system)
    return preset.meaning.back(theory.descent_limit(preset.experiment.x0)), theory.least_loss


def test_they_stand_together_at_the_end_each_with_a_source_and_names_for_all_columns():
    assert [preset.title for preset in PRESETS[-len(REAL) :]] == [f"Data: {key}" for key in REAL]
    for preset in REAL.values():
        assert preset.source.startswith("Data: ")
        assert preset.source.endswith(".")
        assert len(preset.meaning.terms) == preset.experiment.system.n
    others = [preset for preset in PRESETS if not preset.source]
    assert [preset.meaning for preset in others] == [None] * len(others)


def test_the_thermometer_takes_the_path_of_the_book_at_its_rate():
    after, limit = at("thermometer", 100)[0], least("thermometer")[0]
    np.testing.assert_allclose(after, [0.2327, -0.0438], atol=1e-4)  # printed in the book
    np.testing.assert_allclose(limit, [0.5367719209075443, -17.304785503010798], rtol=1e-9)
    early = at("thermometer", 10)[0]
    assert abs(early[0] - after[0]) < 1e-3 < 1e-2 < abs(early[1] - after[1])


def test_of_the_houses_only_the_price_per_square_foot_settles():
    preset = REAL["houses in square feet"]
    assert preset.experiment.system == design(HOUSES).system
    limit, loss = least("houses in square feet")
    np.testing.assert_allclose(
        limit, [89597.90954279756, 139.21067401762548, -8738.01911232784], rtol=1e-9
    )
    assert loss == pytest.approx(96034162378.333)
    constant, price, rooms = at("houses in square feet", 100)[0]
    assert price == pytest.approx(165.4, abs=0.5)
    assert abs(constant) < 1
    assert abs(rooms) < 1


@pytest.mark.parametrize(
    ("title", "x", "loss"),
    [
        ("Anscombe I", [3.0000909090909067, 0.5000909090909095], 6.881345000000001),
        ("Anscombe II", [3.00090909090909, 0.5000000000000001], 6.88814545454546),
    ],
)
def test_anscombes_sets_have_the_same_line_and_nearly_the_same_smallest_loss(title, x, loss):
    limit, least_loss = least(title)
    np.testing.assert_allclose(limit, x, rtol=1e-10)
    assert least_loss == pytest.approx(loss)
    np.testing.assert_allclose(at(title, 3000)[0], x, rtol=2e-3)


def test_only_the_second_of_anscombes_sets_is_a_parabola():
    left = {}
    for title in ("Anscombe I", "Anscombe II"):
        system = REAL[title].experiment.system
        square = np.column_stack([system.A, system.A[:, 1] ** 2])
        left[title] = np.linalg.lstsq(square, system.b)[1][0] / 2
    assert left["Anscombe II"] < 1e-4 < 6 < left["Anscombe I"]


def test_wamplers_polynomial_has_the_certified_coefficients_and_descent_is_far_off():
    preset = REAL["degree 5"]
    np.testing.assert_allclose(least("degree 5")[0], np.ones(6), rtol=1e-6)
    experiment = preset.experiment
    start, end = Theory(experiment.system).losses(
        experiment.x0, experiment.learning_rate, [0, experiment.iterations]
    )
    assert end < 1e-4 * start
    assert np.abs(preset.meaning.back(at("degree 5", experiment.iterations)[0]) - 1).max() > 1000


def test_longley_is_certified_by_nist_and_descent_never_gets_there():
    system = REAL["Longley"].experiment.system
    assert system == design(LONGLEY, target=1).system
    np.testing.assert_allclose(least("Longley")[0], CERTIFIED["longley"], rtol=1e-5)
    distance = np.abs(at("Longley", 200, 10**9) - CERTIFIED["longley"]).max(axis=1)
    assert distance[1] > 0.99 * distance[0] > 3e6
