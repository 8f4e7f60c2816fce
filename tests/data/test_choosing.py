"""Which columns and rows of a table somebody means, and what cannot be done with them."""

import numpy as np
import pytest

from helpers.known_data import HOUSES
from lsedash import InvalidInput
from lsedash.data.design import design
from lsedash.data.table import Table

NAN = np.nan


def table(*rows, names=("size", "rooms", "price"), **more):
    return Table(names, np.array(rows, dtype=float), **more)


QUARTETS = Table(
    ("dataset", "group", "x", "y"),
    np.array([[NAN, 1, 10, 8.04], [NAN, 1, 8, 6.95], [NAN, 2, 10, 9.14], [NAN, 2, 8, 8.14]]),
    texts={0: ("I", "I", "II", "II")},
)


@pytest.mark.parametrize("rows", [{"dataset": "II"}, {"group": 2}, {"group": "2.0"}])
def test_rows_can_be_chosen_by_the_value_of_a_column(rows):
    made = design(QUARTETS, features="x", rows=rows)
    assert made.b.tolist() == [9.14, 8.14]
    assert made.rows == (3, 4)
    assert any(told.startswith("2 of 4 rows are taken: those with ") for told in made.said)
    assert design(QUARTETS, rows={"dataset": "I", "group": 1}).names == ("constant", "x")


def test_columns_are_known_by_title_in_any_case_and_by_number():
    for size in ("size", "Size", " SIZE ", 1, "1"):
        assert design(HOUSES, target=3, features=size).names == ("constant", "size")


def test_any_titles_make_names_that_can_be_told_apart_and_shown():
    titles = ("x", "x", "constant", "a\nb", "n" * 300, "")
    made = design(table(np.arange(6.0) ** 2, np.arange(6.0) + 1, names=titles))
    assert made.names[:5] == ("constant", "x", "x (2)", "constant (3)", "a b")
    assert len(set(made.names)) == 6
    assert max(map(len, made.names)) <= 100
    assert made.target == "column 6"


@pytest.mark.parametrize(
    ("data", "options", "sentence"),
    [
        (HOUSES, {"target": "cost"}, "There is no column 'cost'; there are size, rooms and price."),
        (HOUSES, {"features": ["size", 7]}, "There is no column 7; there are size, rooms"),
        (HOUSES, {"features": "price"}, "price is the target, so it cannot be a feature, too."),
        (HOUSES, {"powers": {"depth": 2}}, "There is no column 'depth'; there are size, rooms"),
        (HOUSES, {"powers": 2.5}, "A power is a whole number from 1 to 99; it is 2.5."),
        (HOUSES, {"powers": 99}, "size⁸⁵ is too large to compute with."),
        (
            HOUSES,
            {"rows": {"rooms": "12"}},
            "No row has '12' in rooms; there are 3, 2, 4, 5 and 1.",
        ),
        (QUARTETS, {"target": "dataset"}, "dataset holds texts; the target must be one of group"),
        (
            Table(("city",), np.array([[NAN], [NAN]]), texts={0: ("Bonn", "Köln")}),
            {},
            "No column holds numbers; there are city.",
        ),
        (
            table([1, NAN, 3], [NAN, 2, 3]),
            {},
            "In every row a number is missing, most often in size; leave that column out.",
        ),
        (
            table([1, 2], [3, 4], names=("x", "x")),
            {"features": "x"},
            "Columns 1 and 2 are called 'x'; give the number of one of them.",
        ),
        (
            table([1], [3], names=("y",)),
            {"constant": False},
            "Nothing is left for A; keep the constant, or choose other features.",
        ),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence_with_the_names(data, options, sentence):
    with pytest.raises(InvalidInput) as told:
        design(data, **options)
    assert sentence in str(told.value)
    assert str(told.value).count(". ") == 0
