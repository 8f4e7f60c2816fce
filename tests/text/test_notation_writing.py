"""Numbers to text, and back to the bit."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers.strategies import finite, sizes
from helpers.tables import TABLE
from lsedash.text.notation import (
    format_matrix,
    format_number,
    format_vector,
    parse_matrix,
    parse_number,
    parse_vector,
    split_table,
)


@given(finite)
@example(0.0)
@example(-0.0)
@example(5e-324)
@example(2.2250738585072014e-308)
@example(1.7976931348623157e308)
@example(0.1 + 0.2)
@example(1e16)
@example(1e22)
def test_a_written_number_reads_back_to_the_bit(value):
    assert np.float64(parse_number(format_number(value))).tobytes() == np.float64(value).tobytes()


@given(finite)
def test_a_written_number_is_the_shortest_and_has_no_plus_sign(value):
    text = format_number(value)
    assert "+" not in text
    assert len(text) <= len(repr(value))


@pytest.mark.parametrize(
    ("value", "text"),
    [(100.0, "100"), (0.1, "0.1"), (1e20, "1e20"), (-0.0, "-0"), (np.float64(-2.5), "-2.5")],
)
def test_a_number_is_written_plainly(value, text):
    assert format_number(value) == text


@given(st.tuples(sizes, sizes).flatmap(lambda shape: arrays(float, shape, elements=finite)))
def test_a_written_matrix_reads_back_to_the_bit(matrix):
    again = parse_matrix(format_matrix(matrix))
    assert again.shape == matrix.shape
    assert again.tobytes() == matrix.tobytes()


@given(sizes.flatmap(lambda size: arrays(float, size, elements=finite)))
def test_a_written_vector_reads_back_to_the_bit(vector):
    assert parse_vector(format_vector(vector)).tobytes() == vector.tobytes()


def test_a_matrix_is_written_in_rows():
    assert format_matrix(np.array(TABLE)) == "1 2 0;0 1 0"


def test_the_cells_of_a_table_are_kept_as_they_were_written():
    assert split_table("1/3 0.50\n1e0 -0") == [["1/3", "0.50"], ["1e0", "-0"]]
