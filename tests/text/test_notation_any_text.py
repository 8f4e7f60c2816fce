"""Whatever is typed is read or refused, and quickly."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lsedash import InvalidInput
from lsedash.text.notation import parse_matrix, parse_number, parse_vector


def outcome(parse, text):
    """The numbers in a text, and the sentence that refused it, one of them empty."""
    try:
        return np.atleast_1d(parse(text)), ""
    except InvalidInput as refusal:
        return np.empty(0), str(refusal).strip()


def read_or_refused(parse, text):
    numbers, refusal = outcome(parse, text)
    if numbers.size:
        return bool(np.isfinite(numbers).all())
    return refusal.endswith(".") and len(refusal) < 300


@given(st.text() | st.text("0123456789.,;/+-eE[]() \t\r\nnparytosqx=\xa0\u2212", max_size=60))
@example("array([1, 2]")
@example("][")
@example(",;,")
@example("\x1c1")
@example("1\u20282")
def test_any_text_is_read_or_refused(text):
    for parse in (parse_number, parse_vector, parse_matrix):
        assert read_or_refused(parse, text)


PATTERNS = (" ", "[", "]", "(", ")", "()", "[]", "][", "] [", "] , [", ",", ", ", ", ,", ";", "\n")
NUMBERS = ("1", "1 ", "1,", "1;", "1/", "1 / ", "1 /", ".", "-", "e", "1e", "1e1", "[1] ", "[1, ")
OTHERS = ("\t", "\r", "\xa0", "\u2212", "array(", ", dtype=", ",dtype=x", "1]\n[")


@pytest.mark.parametrize("pattern", PATTERNS + NUMBERS + OTHERS)
@pytest.mark.parametrize(("before", "after"), [("", ""), ("array([", "])"), ("1", "x"), ("[[", "")])
def test_very_long_text_is_read_or_refused(pattern, before, after):
    text = before + pattern * (40_000 // len(pattern)) + after
    for parse in (parse_number, parse_vector):
        assert read_or_refused(parse, text)


@pytest.mark.parametrize("pattern", [" ", "[", "(", "1", "1,", ", ", "1 /", "array("])
def test_the_longest_text_of_the_dashboard_is_read_or_refused(pattern):
    text = pattern * (128_000 // len(pattern))
    assert read_or_refused(parse_matrix, text)
