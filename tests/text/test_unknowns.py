"""The names of the unknowns: one place makes them, short, in one line, and with nothing hidden."""

from hypothesis import given
from hypothesis import strategies as st

from lsedash.meaning import CONSTANT, Meaning, Term
from lsedash.text.unknowns import LONG, SHORT, coordinate_name, coordinate_names, shortened

HOUSES = Meaning((Term("size", 2), Term("living area in square feet", 1), Term()), "price")


def test_an_unknown_is_named_by_its_number_and_with_data_by_its_column_too():
    assert coordinate_name(11) == "x₁₂"
    assert coordinate_names(2) == ("x₁", "x₂")
    assert coordinate_names(3, HOUSES) == ("x₁ · size²", "x₂ · living area in…", f"x₃ · {CONSTANT}")
    assert coordinate_name(1, HOUSES, LONG) == "x₂ · living area in square feet"


def test_a_column_whose_name_shows_nothing_is_named_by_its_number():
    assert coordinate_name(0, Meaning((Term("\u202e\u200b\t", 1),), "y")) == "x₁"


@given(st.text(max_size=100))
def test_whatever_is_in_a_name_it_is_one_short_line_that_hides_nothing(name):
    short = shortened(name)
    assert len(short) <= SHORT
    assert short.isprintable()
    assert short == short.strip()
    if name.isprintable() and len(name) <= SHORT and name == " ".join(name.split()):
        assert short == name
