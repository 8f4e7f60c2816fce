"""Plurals, lists of names, counts and short numbers."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsedash.problem import InvalidInput
from lsedash.text.fields import FIELDS
from lsedash.text.notation import parse_vector
from lsedash.text.words import (
    brief,
    entry_name,
    iteration_count,
    join_names,
    plural,
    round_down,
    spaced,
    tell_apart,
    verb_for,
)


def test_a_noun_is_in_the_plural_unless_there_is_one():
    assert [plural(count, "row") for count in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
    assert [plural(count, "entry") for count in (1, 3)] == ["1 entry", "3 entries"]


def test_an_entry_is_named_by_its_row_and_column_or_by_its_number():
    assert entry_name("A", 2, 1) == "A, row 2, column 1"
    assert entry_name("b", 2) == "b, entry 2"


@pytest.mark.parametrize(
    ("names", "text"), [(["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_names_are_joined_as_in_a_sentence(names, text):
    assert join_names(names) == text


def test_large_counts_have_a_space_before_each_three_digits():
    assert [spaced(count) for count in (7, 999, 20_000, 1_234_567)] == [
        "7",
        "999",
        "20 000",
        "1 234 567",
    ]


@pytest.mark.parametrize(
    ("iterations", "text"),
    [(0.2, "1"), (1, "1"), (1.1, "2"), (46.2, "47"), (19_999.5, "20 000"), (3e8, "3e8")],
)
def test_iterations_are_rounded_up_and_huge_counts_are_a_power_of_ten(iterations, text):
    assert iteration_count(iterations) == text


@given(st.floats(1e-300, 1e300))
def test_a_rate_rounded_down_has_four_digits_and_is_never_above_the_rate(rate):
    rounded = round_down(rate)
    assert float(f"{rounded:.4g}") == rounded
    assert rate * (1 - 1.1e-3) <= rounded <= rate


def test_a_rate_may_be_rounded_up_to_a_limit_of_its_own():
    assert round_down(1 / 6) == 0.1666
    assert round_down(1 / 6, highest=0.17) == 0.1667


EYE = Path(__file__).parents[1] / "js" / "numbers-for-the-eye.json"


@pytest.mark.parametrize(("value", "digits", "expected"), json.loads(EYE.read_text()))
def test_numbers_for_the_eye_are_written_as_the_browser_writes_them(value, digits, expected):
    assert brief(value, digits) == expected  # tests/js/numbers.test.js reads the same table


@given(st.floats(-1.7e308, 1.7e308))
def test_a_number_for_the_eye_is_the_number_to_four_digits(value):
    assert float(brief(value)) == pytest.approx(value, rel=5.1e-4, abs=0)


@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=4, unique=True)
)
def test_numbers_that_are_compared_look_different_and_equal_ones_alike(values):
    numbers = [value + 0.0 for value in values]  # no -0
    texts = tell_apart(*numbers)
    assert len(set(texts)) == len(set(numbers))
    assert tell_apart(numbers[0], numbers[0]) == (brief(numbers[0]),) * 2


def test_numbers_that_four_digits_tell_apart_have_four():
    assert tell_apart(0.34314575, 0.36) == ("0.3431", "0.36")
    assert tell_apart(9.2094e-9, 9.20941e-9) == ("9.2094e-9", "9.20941e-9")


def test_a_name_in_the_plural_has_its_verb_in_the_plural():
    with pytest.raises(InvalidInput, match=r"^The learning rates are empty; give"):
        parse_vector(" ", name="The learning rates")
    with pytest.raises(InvalidInput, match=r"^Iterations to print are empty; give"):
        parse_vector("", name="Iterations to print")
    with pytest.raises(InvalidInput, match=r"^b is empty; give"):
        parse_vector("", name="b")
    for key in ("A", "b", "x0", "lr", "iterations", "tolerance"):
        assert verb_for(FIELDS[key].subject) == "is"
