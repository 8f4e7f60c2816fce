"""Files and pasted tables: what is read, and what is said about it."""

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
