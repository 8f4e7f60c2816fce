"""The bytes of files: encodings, and files that are no texts."""

import pytest

from lsedash import InvalidInput
from lsedash.data.reading import read_table

TEXT = "Größe;Preis €\r\n1,5;−2\r\n3;4\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_a_file_is_read_in_whatever_unicode_it_was_saved(encoding):
    table = read_table(TEXT.encode(encoding)).table
    assert table.names == ("Größe", "Preis €")
    assert table.values.tolist() == [[1.5, -2], [3, 4]]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_file_of_an_older_windows_is_read(encoding):
    table = read_table("Größe;Höhe\r\n1,5;2\r\n3;4\r\n".encode(encoding)).table
    assert (table.names, table.values.tolist()) == (("Größe", "Höhe"), [[1.5, 2], [3, 4]])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7 1 2 3", "is a PDF, not a table; save the numbers as CSV"),
        (b"\x89PNG\r\n", "a picture"),
        (b"PK\x03\x04" + b"word/document.xml", "a compressed file"),
        (b"\x93NUMPY\x01\x00", "a NumPy file"),
        (bytes(range(256)), "not a text"),
        (b"\xff\xfe1", "not; save it as UTF-8"),
        (b"", "empty"),
    ],
)
def test_a_file_that_is_no_text_is_refused_in_a_sentence(data, says):
    with pytest.raises(InvalidInput, match=says):
        read_table(data)
