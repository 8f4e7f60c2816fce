"""Whatever is given is read or refused in a sentence, and quickly."""

import random
from time import process_time

import pytest

from lsedash import InvalidInput
from lsedash.data.reading import read_table

PIECES = (
    *("0", "1", "23", "1,5", "1.5", "1.234", "1,234", "12 345", " ", "  ", "\t", ",", ";", "|"),
    *("\n", "\n", "\r\n", "[", "]", "(", ")", "{", "}", '"', "'", "x", "NA", "nan", "#", "%", "$"),
    *("€", "1e5", "e", "E", "-", "+", "/", "1/3", "\\\\", "&", "np.array(", "c(", "matrix(", "="),
    *("A =", "\\begin{tabular}", "...", "\u2212", "\xa0", "\u202f", "é", "表", "\x00", "inf"),
    *("1e999", "--", "|-|", "%%MatrixMarket matrix coordinate real general\n", "2 2 2\n", "dtype="),
    *(".T", ":", "<-", "byrow=TRUE", "Columns 1 through 2", "[1,]", "[1]", "*", "^", "`", "~"),
    *(">>> ", "2×2 M:", "\u2028", "_", "0x1", "٣"),
)
MANY = 10_000
LONGEST = 1_000_000
REPEATED = (
    *(" ", "\n", "[", "(", "1", "1,", "1;", "1\t", ", ", "1 /", "array(", "a,", "a b ", "1,5 "),
    *("x\n", "1\n", '"', '"1",', "|", "#", "%\n", "$1,", "1.234 ", "1,234\n", "[1,2],", "[[1]]"),
    *("{1;2}\n", "1&2\\\\", "-", "NA ", "e", "1'234 ", "\xa0", "1\xa0234\n", "A = [", "x,1,2\n"),
    *("1 / 3 ", "$ 1 ", "c(1)", "1 2; ", "1 2;\n", "[1,]", "...", "1.0e+03 * ", "0123456789"),
)


def outcome(source):
    """What is said about a text; nothing but InvalidInput may be raised."""
    try:
        return read_table(source).said + "."
    except InvalidInput as refusal:
        return str(refusal)


def seconds_to_read(source):
    """Processor time; a person gets a sentence, whatever the text is."""
    begin = process_time()
    said = outcome(source)
    seconds = process_time() - begin
    assert said.endswith(".")
    assert len(said) < 1000
    return seconds


def random_text(draw):
    kind, length = draw.random(), draw.choice((3, 10, 40, 200))
    if kind < 0.6:
        return "".join(draw.choices(PIECES, k=length))
    if kind < 0.8:
        return "".join(draw.choices(draw.sample(PIECES, 6), k=3 * length))
    return "".join(chr(draw.randrange(draw.choice((128, 0x3000, 0xD7FF)))) for _ in range(length))


@pytest.mark.parametrize("seed", [0])
def test_10_000_random_texts_are_read_or_refused_each_within_50_ms(seed):
    draw = random.Random(seed)
    for _ in range(MANY):
        text = random_text(draw)
        encoding = draw.choice((None, None, None, "utf-8", "utf-16", "latin-1"))
        source = text.encode(encoding, "replace") if encoding else text
        slow = seconds_to_read(source) > 0.05  # a garbage collection may have come in between
        assert not slow or seconds_to_read(source) < 0.05, source


@pytest.mark.parametrize("piece", REPEATED)
def test_a_text_of_a_million_characters_is_read_or_refused_within_a_second(piece):
    text = (piece * (LONGEST // len(piece) + 1))[:LONGEST]
    assert seconds_to_read(text) < 1 or seconds_to_read(text) < 1


def test_a_longer_text_is_refused_at_once():
    with pytest.raises(InvalidInput, match="longer than 1 000 000 characters"):
        read_table("1\n" * 500_001)
    with pytest.raises(InvalidInput, match="longer than 1 000 000 characters"):
        read_table(b"1\n" * 500_001)
