"""What the columns of A mean, in a link and back."""

from contextlib import suppress
from dataclasses import replace
from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.strategies import finite
from lsedash import Experiment, InvalidInput, LinearSystem
from lsedash.meaning import LARGEST_POWER, LONGEST_NAME, Meaning, Term
from lsedash.text.fields import DEFAULT
from lsedash.text.link import query_string, read_link, write_link
from lsedash.text.names import read_meaning

ANY_NAME = st.text(max_size=LONGEST_NAME) | st.text(" ~,;%1=&\n", max_size=8)
FEATURES = st.builds(
    Term,
    ANY_NAME.filter(bool),
    st.integers(1, LARGEST_POWER),
    finite,
    st.floats(0, exclude_min=True, allow_infinity=False),
)
TERMS = st.just(Term()) | FEATURES | ANY_NAME.filter(bool).map(lambda name: Term(name, 1))

HOUSES = Meaning((Term(), Term("size", 1), Term("size", 2), Term("rooms", 1, 3.17, 0.76)), "price")
WRITTEN = "price;1;size;size,2;rooms,1,3.17,0.76"
LINK = {"A": "1 2 4 0;1 3 9 1", "b": "5 6", "names": WRITTEN}


@given(st.lists(TERMS, min_size=1, max_size=5), ANY_NAME)
def test_any_names_survive_their_link_exactly(terms, target):
    meaning = Meaning((Term(), *terms), target)
    experiment = Experiment(LinearSystem([range(len(terms) + 1)], [1]))
    text = query_string(write_link(experiment, meaning=meaning))
    opened = read_link(dict(parse_qsl(text, strict_parsing=True)))
    assert opened.problems == ()
    assert (opened.meaning, opened.experiment) == (meaning, experiment)


def test_a_link_says_in_readable_words_what_the_columns_mean():
    opened = read_link(LINK)
    assert (opened.meaning, opened.problems) == (HOUSES, ())
    assert [term.name for term in HOUSES.terms] == ["constant", "size", "size²", "rooms"]
    assert write_link(opened.experiment, meaning=HOUSES)["names"] == WRITTEN


def test_a_link_typed_by_hand_may_have_blanks():
    assert read_meaning(" price ; 1; size, 2 ", 2) == Meaning((Term(), Term("size", 2)), "price")


def test_a_link_without_names_stays_as_it_is():
    assert write_link(replace(DEFAULT, learning_rate=0.2)) == {"lr": "0.2"}
    assert read_link({"lr": "0.2"}).meaning is None


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        ("price;1;size", "There are names for 2 columns, but A has 4 columns."),
        ("", "There are names for 0 columns, but A has 4 columns."),
        ("price;1;size;size,2;rooms,1,3.17", "here is 'rooms,1,3.17'."),
        ("price;1;size;size,2.5;a", "The names, 'size', power must be a whole number"),
        ("price;1;size;size,1e5;a", "A power is a whole number from 1 to 99; size has 100000."),
        ("price;1;size;size,1,x,1;a", "The names, 'size': 'x' is not a number."),
        ("price;a;size;size,1,1,1;b", "A mean is subtracted, so there must be a column of ones"),
        ("price;1;size;size,1,1,0;a", "size needs a mean and a positive deviation"),
        ("price;1;size;;a", "A term needs the name of a feature."),
        ("price;1;size;a%2C;a", "The name 'a%2C' cannot be read."),
        ("price;1;size;a~2;a", "The name 'a~2' cannot be read."),
        ("price;1;size;~FF;a", "The name '~FF' cannot be read."),
        (f"{'x' * 101};1;size;a;b", "A name has at most 100 characters"),
    ],
)
def test_names_that_cannot_be_used_are_told_in_one_sentence_and_the_rest_counts(names, problem):
    opened = read_link({**LINK, "names": names, "lr": "0.2"})
    (told,) = opened.problems
    assert problem in told
    assert told.endswith("The link's names were left out.")
    assert (opened.meaning, opened.unused) == (None, {"names": names})
    assert opened.experiment.learning_rate == 0.2
    assert opened.experiment.system.A.tolist() == [[1, 2, 4, 0], [1, 3, 9, 1]]


def test_of_a_system_that_cannot_be_used_the_names_are_left_out_without_a_word():
    opened = read_link({**LINK, "A": "1 2 4 x"})
    (told,) = opened.problems
    assert told.startswith("A, row 1, column 4: 'x' is not a number.")
    assert opened.meaning is None
    assert opened.unused == {**LINK, "A": "1 2 4 x"}


def test_names_in_a_link_that_was_encoded_twice_are_decoded_once_more():
    opened = read_link({key: quote(text) for key, text in LINK.items()})
    assert (opened.meaning, opened.problems, opened.decoded) == (HOUSES, (), True)


@given(st.text(max_size=40), st.integers(1, 3))
def test_any_text_is_read_or_refused(text, columns):
    read = None
    with suppress(InvalidInput):
        read = read_meaning(text, columns)
    assert read is None or len(read.terms) == columns
