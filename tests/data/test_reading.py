"""Files and pasted tables: what is read, and what is said about it."""

import csv
import io

import numpy as np
import pytest

from lsedash import InvalidInput
from lsedash.data.how import How
from lsedash.data.reading import read_table


def numbers(source, how=How()):  # noqa: B008
    """The numbers that are read without a question."""
    return read_table(source, how).table.values.tolist()


def test_a_file_with_a_title_line_is_read_and_the_sentence_says_how():
    reading = read_table("population of city,profit\n6.1101,17.592\n5.5277,9.1302\n8.5186,13.662\n")
    assert reading.table.names == ("population of city", "profit")
    assert reading.table.values.tolist() == [[6.1101, 17.592], [5.5277, 9.1302], [8.5186, 13.662]]
    assert reading.said == (
        "3 rows, 2 columns; commas between, decimal points; the first line holds titles"
    )
    assert reading.alternatives == ()


def test_each_part_of_the_sentence_names_what_corrects_it():
    reading = read_table("X;Y\n108;392,5\n19;46,2\n")
    fields = {part.field: part for part in reading.parts if part.field}
    assert list(fields) == ["separator", "decimal", "titles"]
    assert dict(fields["decimal"].choices).keys() == {".", ","}
    assert fields["titles"].text in reading.said
    assert numbers("X;Y\n108;392,5\n19;46,2\n", reading.how) == [[108, 392.5], [19, 46.2]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", " ", "   ", ", ", " | "])
@pytest.mark.parametrize("title", [True, False])
def test_a_table_is_read_whatever_stands_between(separator, title):
    rows = [["size", "rooms", "price"]] * title + [["21.5", "3", "-4e2"], ["16", "2", "5.25"]]
    reading = read_table("\r\n".join(separator.join(row) for row in rows))
    assert reading.table.values.tolist() == [[21.5, 3, -400], [16, 2, 5.25]]
    assert reading.table.names == (("size", "rooms", "price") if title else ("", "", ""))


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        (
            "1,5 2,5 3,5\n4,5 5,5 6,5",
            [[[1.5, 2.5, 3.5], [4.5, 5.5, 6.5]], [[1, 5, 2, 5, 3, 5], [4, 5, 5, 5, 6, 5]]],
        ),
        ("1,234", [[[1, 234]], [[1.234]], [[1234]]]),
        ("1.234\n5.678\n9.012", [[[1.234], [5.678], [9.012]], [[1234], [5678], [9012]]]),
    ],
)
def test_what_can_be_read_in_several_ways_is_asked_about(text, readings):
    reading = read_table(text)
    found = [each.table.values.tolist() for each in reading.alternatives]
    assert sorted(map(str, found)) == sorted(
        map(str, (np.array(r, float).tolist() for r in readings))
    )
    with pytest.raises(InvalidInput, match="can be read in"):
        _ = reading.table
    for each in reading.alternatives:
        assert each.said in reading.said
        assert numbers(text, each.how) == each.table.values.tolist()


@pytest.mark.parametrize(
    "text",
    [
        "# x y\n1 2\n3 4",
        "year,1990,2000\n1,1,2\n2,3,4",
        "price in dollars\n1\n2",
        "note\nx,y\n(m),(s)\n1,2\n3,4\nsource",
        "     x    y\n0  1.0  2.0\n1  3.0  4.0",
        "X;Y\n1,5;2\n",
        "1 2; 3 4",
        "1,5 2,5\n3,5 4,5",
        "1 234\n5 678",
        "1.234.567,8\n1,5",
    ],
)
def test_the_complete_how_of_a_reading_leads_to_the_same_table(text):
    first = read_table(text)
    for reading in first.alternatives or (first,):
        again = read_table(text, reading.how)
        assert (again.table.names, again.said) == (reading.table.names, reading.said)
        np.testing.assert_array_equal(again.table.values, reading.table.values)


def test_whoever_says_where_the_titles_are_is_believed():
    assert numbers("1,2\n3,4\n5,6", How(separator=",", titles=False)) == [[1, 2], [3, 4], [5, 6]]
    reading = read_table("1,2\n3,4\n5,6", How(separator=",", titles=True))
    assert (reading.table.names, reading.table.values.tolist()) == (("1", "2"), [[3, 4], [5, 6]])
    assert read_table("x y\n1 2\n3 4", How(titles=False)).table.names == ("", "")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,2\n3,4", [[1, 2], [3, 4]]),
        ("1.0,300.0\n2.0,500.0", [[1, 300], [2, 500]]),
        ("1,0\n2,-1\n3,-2", [[1, 0], [2, -1], [3, -2]]),
        ("2104,399900\n1600,329900\n2400,369000", [[2104, 399900], [1600, 329900], [2400, 369000]]),
        ("x,y\n1,234\n5,678", [[1, 234], [5, 678]]),
        ("price;size\n1,5;2\n3;4", [[1.5, 2], [3, 4]]),
        ("a;b\n1,234,567;1\n1,000;2", [[1234567, 1], [1000, 2]]),
        ("1'234;5\n1’000;6", [[1234, 5], [1000, 6]]),
        ("1\u202f234;5\n12\xa0000;6", [[1234, 5], [12000, 6]]),
        ("$1,234.50;50 %\n$2,000.00;60 %", [[1234.5, 50], [2000, 60]]),
        ("1.0D+02 -2.5d0\n\u22123 4", [[100, -2.5], [-3, 4]]),
        ("1/3 1 / 2\n-2/4 3", [[1 / 3, 0.5], [-0.5, 3]]),
        ("1 2 | 3\n4 5 | 6", [[1, 2, 3], [4, 5, 6]]),
        ("0.5\n1.234", [[0.5], [1.234]]),
    ],
)
def test_what_a_person_would_not_ask_is_not_asked(text, values):
    assert numbers(text) == values


def test_signs_that_are_dropped_and_lines_that_are_left_out_are_said():
    reading = read_table("Houses, 1985\nsize;price\nm;$\n5 %;$1\n6 %;NA\nSource: a book")
    assert reading.table.values.tolist()[0] == [5, 1]
    for words in ("1 gap", "percent signs dropped", "currency signs dropped", "3 lines of notes"):
        assert words in reading.said


def test_gaps_texts_and_labels_stay_in_their_rows():
    gaps = read_table("x,y\n1,NA\n?,2\n3,\nnull,-\nmissing,5").table.gaps
    assert gaps.tolist() == [
        [False, True],
        [True, False],
        [False, True],
        [True, True],
        [True, False],
    ]
    table = read_table("set,x,y\nI,1,2\nI,3,4\nII,5,6").table
    assert (table.texts, table.labels) == ({0: ("I", "I", "II")}, ())
    table = read_table("town,x\nBonn,1\nNew York,2").table
    assert (table.labels, table.names, table.values.tolist()) == (
        ("Bonn", "New York"),
        ("x",),
        [[1], [2]],
    )
    index = read_table(",Hours,Scores\n0,2.5,21\n1,5.1,47").table
    assert index.names == ("", "Hours", "Scores")
    assert index.values.tolist() == [[0, 2.5, 21], [1, 5.1, 47]]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("Dear all, see below.", "no number"),
        ("1 2\n3 x", "row 2, column 2: 'x' is not a number"),
        ("x,y\n1,2\n3,inf", r"row 2 \(line 3\), column 2: 'inf' is not a number"),
        ("1e999,2\n3,4", "'1e999' is not a number"),
        ("1 2\n3 4 5\n6 7", "row 2 has 3 entries but row 1 has 2"),
        ("first:\n1 2\n3 4\nsecond:\n5 6\n7 8", "line 4 divides the text into two tables"),
    ],
)
def test_what_is_no_table_of_numbers_is_refused_in_a_sentence(text, says):
    with pytest.raises(InvalidInput, match=says):
        read_table(text)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_quoted_cells_are_divided_as_the_csv_module_divides_them(delimiter):
    rows = [["the size, in m", 'a "name"', "x;y"], ["1.5", "2.25", "3"], ["4", "5", "6.75"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    table = read_table(out.getvalue()).table
    assert table.names == tuple(rows[0])
    assert table.values.tolist() == [[float(cell) for cell in row] for row in rows[1:]]


@pytest.mark.parametrize("form", ["%.18e", "%.3f", "%g"])
def test_what_numpy_saves_is_read_as_numpy_loads_it(form):
    out = io.StringIO()
    np.savetxt(out, np.random.default_rng(0).standard_normal((50, 4)), fmt=form, header="a b c d")
    table = read_table(out.getvalue()).table
    assert table.names == ("a", "b", "c", "d")
    out.seek(0)
    np.testing.assert_array_equal(table.values, np.loadtxt(out))
