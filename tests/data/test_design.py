"""From a table to A x = b, and from x back to the data's own units."""

import numpy as np
import pytest

from helpers.known_data import (
    CERTIFIED,
    CERTIFIED_LOSSES,
    FILIP,
    HOUSES,
    LONGLEY,
    NORRIS,
    PONTIUS,
    SCORES,
)
from lsedash import Theory
from lsedash.data.design import design
from lsedash.data.table import Table

NAN = np.nan


def solved(made):
    """The least-squares coefficients in the data's units."""
    return made.back(np.linalg.lstsq(made.A, made.b)[0])


def table(*rows, names=("size", "rooms", "price"), **more):
    return Table(names, np.array(rows, dtype=float), **more)


def test_the_last_column_is_predicted_from_all_others_and_a_constant():
    made = design(HOUSES)
    assert made.names == ("constant", "size", "rooms")
    assert (made.target, made.other_targets) == ("price", ("size", "rooms"))
    assert made.A[:2].tolist() == [[1, 2104, 3], [1, 1600, 3]]
    assert made.b[:2].tolist() == [399900, 329900]
    assert made.said == ("A is 47 x 3, with the columns constant, size and rooms; b is price.",)
    assert (made.left_out, made.rows) == ((), tuple(range(1, 48)))
    np.testing.assert_allclose(
        solved(made), [89597.90954279756, 139.21067401762548, -8738.01911232784], rtol=1e-10
    )


def test_standardised_houses_are_those_of_the_course_whose_deviation_divides_by_m_minus_1():
    made = design(HOUSES, standardize=True)
    x = np.linalg.lstsq(made.A, made.b)[0]
    expected = [340412.659574468, 110631.05027884613, -6649.474270819804]
    np.testing.assert_allclose(x, expected, rtol=1e-10)
    theory = Theory(made.system)
    assert theory.condition_number == pytest.approx(1.8828477826264378)
    assert theory.critical_learning_rate == pytest.approx(0.027871265978327647)
    after = theory.iterates(np.zeros(3), 0.01 / 47, [400])[0]  # the course's 0.01 of 1/(2m)
    np.testing.assert_allclose(
        after, [334302.0639932767, 100087.11600584644, 3673.548450928264], rtol=1e-10
    )
    assert "m - 1" in made.said[-1]


@pytest.mark.parametrize("data", [HOUSES, SCORES, NORRIS], ids=["houses", "scores", "norris"])
@pytest.mark.parametrize("powers", [1, 2])
def test_coefficients_come_back_in_the_units_of_the_data(data, powers):
    raw = design(data, powers=powers)
    expected = np.linalg.lstsq(raw.A, raw.b)[0]
    np.testing.assert_array_equal(raw.back(expected), expected)
    if np.linalg.cond(raw.A) < 1e4:  # else the expected ones have fewer digits themselves
        made = design(data, powers=powers, standardize=True)
        np.testing.assert_allclose(solved(made), expected, rtol=1e-10)
    path = np.array([expected, 2 * expected])
    np.testing.assert_array_equal(raw.back(path), path)


NIST = {
    "norris": (NORRIS, 1),
    "longley": (LONGLEY, 1),
    "filip": (FILIP, 10),
    "pontius": (PONTIUS, 2),
}


@pytest.mark.parametrize("name", ["norris", "longley", "pontius"])
def test_nists_certified_values_are_reached_as_far_as_kappa_allows(name):
    data, powers = NIST[name]
    made = design(data, target=1, powers=powers)
    allowed = 10 * np.linalg.cond(made.A) * np.finfo(float).eps
    np.testing.assert_allclose(solved(made), CERTIFIED[name], rtol=allowed)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [("norris", 1e-12), ("longley", 1e-11), ("pontius", 1e-10), ("filip", 1e-5)],
)
def test_nists_certified_values_come_back_from_standardised_columns(name, allowed):
    data, powers = NIST[name]
    made = design(data, target=1, powers=powers, standardize=True)
    np.testing.assert_allclose(solved(made), CERTIFIED[name], rtol=allowed)
    raw = design(data, target=1, powers=powers).system
    assert np.linalg.cond(made.A) < 1e-2 * np.linalg.cond(raw.A)
    assert raw.loss(CERTIFIED[name]) == pytest.approx(CERTIFIED_LOSSES[name], rel=1e-4)


def test_a_constant_column_beside_the_constant_is_left_out_in_words():
    made = design(table([1, 3, 5], [1, 4, 6], [1, 5, 8], names=("ones", "rooms", "price")))
    assert made.names == ("constant", "rooms")
    assert "ones is the same in all rows, like the constant, so it is left out." in made.said
    without = design(table([1, 3, 5], [1, 4, 6], names=("ones", "rooms", "price")), constant=False)
    assert without.names == ("ones", "rooms")


def test_the_same_column_twice_is_left_out_in_words():
    made = design(table([2, 2, 5], [3, 3, 6], [7, 7, 8]), features=["size", "rooms", "size"])
    assert made.names == ("constant", "size")
    assert "rooms has the values of size, so it is left out." in made.said
    yes_or_no = design(table([0, 5], [1, 6], [1, 8], names=("pool", "price")), powers=2)
    assert yes_or_no.names == ("constant", "pool")
    assert "pool² has the values of pool, so it is left out." in yes_or_no.said


def test_columns_of_texts_empty_columns_and_row_numbers_are_left_out_in_words():
    made = design(
        Table(
            ("", "city", "size", "notes", "price"),
            np.array([[1, NAN, 5, NAN, 3], [2, NAN, 6, NAN, 4], [3, NAN, 9, NAN, 4]]),
            texts={1: ("Bonn", "Köln", "Bonn")},
        )
    )
    assert made.names == ("constant", "size")
    assert made.said[1:] == (
        "column 1 only counts the rows, so it is left out.",
        "city holds texts, so it is left out.",
        "notes is empty, so it is left out.",
    )
    assert made.other_targets == ("size",)


def test_an_empty_column_at_the_end_is_not_the_target():
    made = design(table([1, 3, NAN], [4, 4, NAN], [2, 5, NAN]))
    assert made.target == "rooms"


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (("", "x", "y"), ("constant", "x")),
        (("Id", "x", "y"), ("constant", "x")),
        (("Unnamed: 0", "x", "y"), ("constant", "x")),
        (("month", "x", "y"), ("constant", "month", "x")),
        (("", "", ""), ("constant", "column 2")),
    ],
)
@pytest.mark.parametrize("first", [0, 1])
def test_a_column_that_counts_the_rows_is_no_feature_unless_its_title_says_so(names, left, first):
    rows = [[first + i, value, 3] for i, value in enumerate([7, 5, 9, 8])]
    assert design(table(*rows, names=names)).names == left


def test_a_single_feature_may_count():
    assert design(table([1, 5], [2, 6], [3, 9], names=("", ""))).names == ("constant", "column 1")
    assert design(table([1, 5], [2, 6], [3, 9], names=("id", "y"))).names == ("constant", "id")
    chosen = design(SCORES, features=1)
    assert chosen.names == ("constant", "column 1")


def test_rows_with_gaps_are_left_out_by_number_with_the_reason():
    made = design(table([1, 3, 5], [NAN, 4, 6], [2, NAN, NAN], [7, 7, 7]))
    assert [(row.row, row.reason) for row in made.left_out] == [
        (2, "size is missing"),
        (3, "rooms and price are missing"),
    ]
    assert made.rows == (1, 4)
    assert made.A.tolist() == [[1, 1, 3], [1, 7, 7]]
    assert (
        "2 of 4 rows are left out: row 2 (size is missing) and row 3 (rooms and price are missing)."
    ) in made.said
    assert design(table([1, NAN, 5], [2, 4, 6]), features="size").left_out == ()


def test_fewer_rows_than_unknowns_are_told():
    made = design(table([1, 3, 5], [4, 4, 6]))
    assert made.A.shape == (2, 3)
    assert "There are 2 rows for 3 unknowns: many x fit exactly" in made.said[-1]


def test_without_a_constant_standardised_columns_keep_their_zero():
    rows = table([2, 3, 5], [4, 9, 6], [7, 1, 9])
    made = design(rows, constant=False, standardize=True)
    assert made.names == ("size", "rooms")
    assert [term.mean for term in made.meaning.terms] == [0, 0]
    assert "subtracting the means would change the fit" in made.said[-1]
    raw = design(rows, constant=False)
    np.testing.assert_allclose(solved(made), solved(raw), rtol=1e-10)


def test_powers_are_given_for_all_or_by_name():
    assert design(HOUSES, powers={"size": 3}).names == (
        "constant",
        "size",
        "size²",
        "size³",
        "rooms",
    )
    made = design(table([2, 5], [3, 6], [4, 7], names=("t", "y")), powers=2, standardize=True)
    square = np.array([4, 9, 16])
    np.testing.assert_allclose(made.A[:, 2], (square - square.mean()) / square.std(ddof=1))


def test_a_table_of_the_target_alone_is_fitted_by_its_mean():
    made = design(table([1], [3], [8], names=("y",)))
    assert made.names == ("constant",)
    np.testing.assert_allclose(solved(made), [4])
