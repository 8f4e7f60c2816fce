"""Standardising as a remedy: the same fit in other unknowns, at a much smaller kappa."""

import numpy as np
import pytest

from helpers.known_data import HOUSES
from lsedash import Experiment, LinearSystem, Theory
from lsedash.data.design import design
from lsedash.meaning import Meaning, Term
from lsedash.theory.conditioning import remedies


def standardised(experiment, meaning=None):
    """The remedy, or None if it is not offered."""
    return {remedy.key: remedy for remedy in remedies(experiment, meaning)}.get("standardise")


def test_houses_in_square_feet_are_standardised_to_the_design_of_the_course():
    raw, course = design(HOUSES), design(HOUSES, standardize=True)
    remedy = standardised(Experiment(raw.system, [1, 2, 3]), raw.meaning)
    np.testing.assert_allclose(remedy.experiment.system.A, course.A, rtol=0, atol=1e-12)
    assert remedy.meaning.names == ("constant", "size", "rooms")
    for found, expected in zip(remedy.meaning.terms, course.meaning.terms, strict=True):
        assert found.mean == pytest.approx(expected.mean)
        assert found.deviation == pytest.approx(expected.deviation)
    assert Theory(raw.system).condition_number == pytest.approx(9711.937691833033)
    assert remedy.theory.condition_number == pytest.approx(1.8828477826264378)


def test_the_way_back_is_the_least_squares_solution_in_the_units_of_the_data():
    raw = design(HOUSES)
    remedy = standardised(Experiment(raw.system), raw.meaning)
    y = np.linalg.lstsq(remedy.experiment.system.A, raw.b)[0]
    expected = np.linalg.lstsq(raw.A, raw.b)[0]
    np.testing.assert_allclose(remedy.back(y), expected, rtol=1e-10)
    np.testing.assert_allclose(remedy.meaning.back(y), expected, rtol=1e-10)


def test_a_standardised_column_that_is_standardised_again_keeps_its_way_back():
    feature = np.array([1.0, 5.0, 6.0, 20.0])
    meaning = Meaning((Term("t", 1, 3.0, 2.0), Term()), "y")
    A = np.column_stack([(feature - 3) / 2, np.ones(4)])
    remedy = standardised(Experiment(LinearSystem(A, [1, 2, 4, 3])), meaning)
    term, ones = remedy.meaning.terms
    assert (term.mean, ones) == (pytest.approx(feature.mean()), Term())
    assert term.deviation == pytest.approx(feature.std(ddof=1))
    y = np.array([0.3, -2.0])
    np.testing.assert_allclose(remedy.meaning.back(y), meaning.back(remedy.back(y)))


def test_columns_that_are_the_same_in_all_rows_stay():
    system = LinearSystem([[1, 7, 2], [1, 7, 4], [1, 7, 5]], [1, 2, 2])
    remedy = standardised(Experiment(system))
    assert remedy.experiment.system.A[:, :2].tolist() == [[1, 7]] * 3
    assert remedy.meaning is None


@pytest.mark.parametrize(
    "A",
    [
        [[2, 2], [2, 4], [2, 5]],  # no ones
        [[1, 3], [1, 3]],  # nothing varies
        [[1, -1], [1, 0], [1, 1]],  # standardised already
        [[1, 3]],
    ],
)
def test_it_is_offered_only_where_it_changes_something(A):
    assert standardised(Experiment(LinearSystem(A, [1.0] * len(A)))) is None
