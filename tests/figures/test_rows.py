"""The row picture: each row of a system with two unknowns is a line in their plane."""

import numpy as np
import pytest

from lsedash import LinearSystem, Theory, design, read_table
from lsedash.figures.rows import row_lines
from lsedash.figures.view import ROWS, View, kinds
from lsedash.meaning import Meaning, Term
from lsedash.text.names import read_meaning, write_meaning
from lsedash.text.unknowns import row_labels

TWO_FEATURES = Meaning((Term("size", 1), Term("rooms", 1)), "price", ("Bonn", "Rome\n!"))
CITIES = "city,size,price\nBonn,50,110\nRome,80,NA\nOslo,120,260\nLima,200,390\n"


def test_each_row_is_a_line_with_its_equation_and_a_row_of_zeros_is_none():
    lines = row_lines(Theory(LinearSystem([[1, -3], [0, 0], [2, 1]], [4, 1, 7])))
    assert lines.rows.tolist() == [[1, -3], [2, 1]]
    assert lines.right.tolist() == [4, 7]
    assert lines.names == ("row 1", "row 3")
    assert lines.equations == ("1: x₁ − 3x₂ = 4", "3: 2x₁ + x₂ = 7")
    assert len(row_lines(Theory(LinearSystem(np.zeros((2, 2)), [0, 1]))).rows) == 0


def test_of_many_rows_some_are_drawn():
    lines = row_lines(Theory(LinearSystem(np.ones((2048, 2)), np.ones(2048))))
    assert 2 < len(lines.rows) <= 60


@pytest.mark.parametrize(
    ("n", "meaning", "offered"),
    [
        (2, None, True),
        (2, TWO_FEATURES, True),
        (2, Meaning((Term("size", 1), Term()), "price"), False),
        (1, None, False),
        (3, None, False),
    ],
)
def test_rows_are_offered_for_two_unknowns_without_a_constant(n, meaning, offered):
    assert (ROWS in kinds(n, meaning)) == offered
    assert View(ROWS).fitted(n, meaning) == View(ROWS if offered else "coordinates")


def test_a_label_reaches_the_row_that_it_names_in_one_line():
    system = LinearSystem([[1, 2], [3, 5]], [1, 2])
    assert row_lines(Theory(system), TWO_FEATURES).names == ("Bonn", "Rome !")
    assert row_labels(3, TWO_FEATURES) == row_labels(2, None) == ()


def test_rows_that_were_left_out_take_their_labels_along():
    assert design(read_table(CITIES).table).meaning.labels == ("Bonn", "Oslo", "Lima")


def test_a_link_keeps_the_names_of_the_columns_but_not_the_labels_of_the_rows():
    again = read_meaning(write_meaning(TWO_FEATURES), 2)
    assert again == TWO_FEATURES
    assert again.labels == ()
