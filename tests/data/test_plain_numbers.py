"""A column of plain numbers is read at once, as each of its cells is read by itself."""

from hypothesis import given
from hypothesis import strategies as st

from lsedash.data.numbers import COMMA, POINT, STYLES, plain_numbers, read_cell

CELLS = st.lists(st.text("0123456789.,+-e ' €NA", max_size=8), min_size=1, max_size=5)
PLAIN = st.lists(st.from_regex(r"[+-]?[0-9]{1,6}([.,][0-9]{1,6})?", fullmatch=True), min_size=1)


@given(CELLS | PLAIN, st.sampled_from(STYLES))
def test_a_column_has_the_numbers_and_the_texts_of_its_cells(cells, style):
    plain = plain_numbers(cells, style)
    if plain is not None:
        assert list(zip(*plain, strict=True)) == [tuple(read_cell(cell, style)) for cell in cells]


def test_one_cell_that_is_no_plain_number_sends_the_column_to_the_careful_reader():
    assert plain_numbers(["1,5", "-2"], COMMA) == ([1.5, -2.0], ["1.5", "-2"])
    assert plain_numbers(["1,5", "-2"], POINT) is None
    for other in ("", "NA", "1 000", "€2", "1/3"):
        assert plain_numbers(["1", other], POINT) is None
