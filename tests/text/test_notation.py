"""Text to numbers: what is read, and what is refused with a sentence."""

import numpy as np
import pytest

from helpers.tables import TABLE
from lsedash import InvalidInput
from lsedash.text.notation import parse_matrix, parse_number, parse_vector


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3.0),
        ("-2.5e4", -25000.0),
        ("+7", 7.0),
        (".01", 0.01),
        ("1.", 1.0),
        ("1e-9", 1e-9),
        ("1E9", 1e9),
        ("1e+9", 1e9),
        ("1/3", 1 / 3),
        ("-1 / 4", -0.25),
        ("1.5/-3", -0.5),
        ("  2  ", 2.0),
        ("\u22122", -2.0),
        ("007", 7.0),
        ("1e-400", 0.0),
        ("5e-324", 5e-324),
    ],
)
def test_a_number_is_read(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "1 2 0; 0 1 0",
        "1 2 0;0 1 0;",
        " 1 2 0 ;\n 0 1 0 ",
        "1 2 0\n0 1 0",
        "1 2 0\r\n0 1 0\r\n",
        "\n\n1 2 0\n\n0 1 0\n\n",
        "1, 2, 0\n0, 1, 0",
        "1,2,0;0,1,0",
        "1,2,0,\n0,1,0,",
        "1\t2\t0\n0\t1\t0",
        "1\t2\t0\r\n0\t1\t0\r\n",
        "[[1, 2, 0], [0, 1, 0]]",
        "[[1,2,0],[0,1,0]]",
        "[[1, 2, 0],\n [0, 1, 0],\n]",
        "[\n    [1, 2, 0],\n    [0, 1, 0],\n]\n",
        "[[1. 2. 0.]\n [0. 1. 0.]]",
        "array([[1., 2., 0.],\n       [0., 1., 0.]])",
        "np.array([[1, 2, 0], [0, 1, 0]], dtype=float)",
        "numpy.matrix([[1, 2, 0], [0, 1, 0]])",
        "torch.tensor([[1., 2., 0.], [0., 1., 0.]], dtype=torch.float64, requires_grad=True)",
        "tensor([[1., 2., 0.],\n        [0., 1., 0.]], dtype=torch.float64)",
        "2/2 4 / 2 0; 0 1 0/5",
        "1\xa02\xa00; 0 1 0",
        "[1 2 0; 0 1 0]",
    ],
)
def test_a_table_is_read_however_it_is_written(text):
    assert parse_matrix(text).tolist() == TABLE


@pytest.mark.parametrize("rows", [1, 7, 40])
def test_a_table_is_read_as_python_and_numpy_and_a_spreadsheet_write_it(rows):
    table = np.random.default_rng(rows).standard_normal((rows, 30)).round(3)
    with np.printoptions(threshold=100_000, precision=17):
        written = [str(table), repr(table), str(table.tolist())]
    written.append("\r\n".join("\t".join(str(value) for value in row) for row in table))
    for text in written:
        np.testing.assert_array_equal(parse_matrix(text), table)


@pytest.mark.parametrize(
    "text",
    [
        "1 2 3",
        "1, 2, 3",
        "1;2;3",
        "1\n2\n3",
        "1\t2\t3",
        "[1, 2, 3]",
        "[1, 2, 3,]",
        "(1, 2, 3)",
        "[[1], [2], [3]]",
        "[1. 2. 3.]",
        "array([1., 2., 3.])",
        "tensor([1., 2., 3.])",
        "1 4/2 3",
    ],
)
def test_a_vector_is_read_as_a_row_or_as_a_column(text):
    assert parse_vector(text).tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("parse", "text", "message"),
    [
        (parse_matrix, "1 2\nabc 4", "A, row 2, column 1: 'abc' is not a number."),
        (parse_matrix, "1\t\t3\n4\t5\t6", "A, row 1, column 2 is empty; give a number."),
        (parse_matrix, "1,,3", "A, row 1, column 2 is empty; give a number."),
        (
            parse_matrix,
            "1 2 3; 4 5",
            "A, row 2 has 2 entries but row 1 has 3; give every row the same number of entries.",
        ),
        (parse_matrix, "1 2; 3 1e999", "A, row 2, column 2: '1e999' is too large."),
        (parse_matrix, "1/0", "A, row 1, column 1: '1/0' divides by zero."),
        (parse_matrix, " \n ", "A is empty; give at least one number."),
        (parse_matrix, "[[]]", "A is empty; give at least one number."),
        (parse_vector, "1 x 3", "b, entry 2: 'x' is not a number."),
        (
            parse_vector,
            "1 2; 3 4",
            "b must be one row or one column; it has 2 rows of up to 2 entries.",
        ),
        (parse_number, "1,5", "'1,5' is not a number; write a decimal point, 1.5."),
        (parse_number, "", "is empty; give a number."),
        (
            parse_number,
            "1" * 101,
            "'111111111111111111111...' is not a number; it has more than 100 characters.",
        ),
        (parse_matrix, "1" * 1_000_001, "A is longer than 1 000 000 characters."),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(parse, text, message):
    with pytest.raises(InvalidInput) as caught:
        parse(text)
    assert str(caught.value).strip() == message


def test_a_message_carries_the_place_for_whoever_shows_it():
    with pytest.raises(InvalidInput) as matrix:
        parse_matrix("1 2\n3 x")
    with pytest.raises(InvalidInput) as vector:
        parse_vector("1 x", name="x0")
    with pytest.raises(InvalidInput) as number:
        parse_number("x", field="lr", name="learning rate")
    places = [(e.value.field, e.value.row, e.value.column) for e in (matrix, vector, number)]
    assert places == [("A", 2, 2), ("x0", 2, None), ("lr", None, None)]
    assert str(number.value) == "learning rate: 'x' is not a number."


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "1e400",
        "-1e400",
        "1e308/1e-308",
        "nan",
        "inf",
        "-inf",
        "Infinity",
        "1_000",
        "0x10",
        "1j",
        "1+1",
        "2*3",
        "2**3",
        "1//2",
        "1/2/3",
        "pi",
        "True",
        "None",
        "١",  # Arabic digits, full-width digits, superscripts: float() would take some
        "１２",
        "²",
        "½",
        "1e",
        "e5",
        ".",
        "-",
        "--1",
        "1.2.3",
        "1'000",
        "f(1)",
        "",
    ],
)
def test_nothing_is_evaluated_and_nothing_but_a_finite_number_is_read(text):
    for parse in (parse_number, parse_vector, parse_matrix):
        with pytest.raises(InvalidInput):
            parse(text)
