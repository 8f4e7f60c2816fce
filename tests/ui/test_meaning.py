"""What the columns of A mean stays with the experiment as long as it is true."""

import pytest

from helpers.first_page import address, clicked, entered, linked, opened, preset_box, typed
from lsedash.text.fields import DEFAULT
from lsedash.ui.state.visit import NAME

LINK = {"A": "1 2;1 3;1 4", "b": "5 6 8", "names": "price;1;size"}


def meant(page):
    """The names that the page's link has; the visit and the link agree."""
    names = address(page).get("names")
    assert (page.session_state[NAME].meaning is None) == (names is None)
    return names


def pasted(page, what, text):
    page.radio(key="paste_what").set_value(what)
    page.text_area(key="paste_text").set_value(text)
    return clicked(page, "paste_use")


def test_names_in_a_link_stay_when_entries_and_the_rate_are_edited():
    page = opened(LINK)
    entered(page, A=[["1", "2"], ["1", "3"], ["1", "7"]])
    typed(page, "learning_rate", "0.01")
    pasted(page, "b", "1 2 3")
    assert meant(page) == "price;1;size"
    assert linked(page).system.A.tolist() == [[1, 2], [1, 3], [1, 7]]
    assert linked(page).system.b.tolist() == [1, 2, 3]


def one_more_column(page):
    wide = [["1", "2", "0"], ["1", "3", "0"], ["1", "4", "0"]]
    entered(page, A=wide, x0=["0", "0", "0"])


CHANGES = {
    "a column": one_more_column,
    "a pasted system": lambda page: pasted(page, "A | b", "1 2 3\n4 5 7"),
    "a pasted A": lambda page: pasted(page, "A", "1 2\n4 5"),
    "Random": lambda page: clicked(page, "random_make"),
    "a preset": lambda page: preset_box(page).set_value("Two unknowns").run(),
    "Reset": lambda page: clicked(page, "reset"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_names_are_dropped_with_the_columns_that_they_name(change):
    page = opened(LINK)
    change(page)
    assert not page.exception
    assert meant(page) is None


def test_names_that_do_not_fit_are_told_above_the_page_and_stay_in_the_link_until_an_edit():
    page = opened({**LINK, "names": "price;size"})
    (warning,) = page.warning
    assert "There are names for 1 column, but A has 2 columns." in warning.value
    assert page.query_params == {**LINK, "names": "price;size"}
    typed(page, "iterations", "7")
    assert "names" not in address(page)


def test_names_of_a_system_beyond_the_dashboards_limits_do_not_name_another_one():
    page = opened({"A": "1 1e99 1", "b": "1", "names": "y;1;a;b"})
    (warning,) = page.warning
    assert "A, row 1, column 2" in warning.value
    assert page.session_state[NAME].meaning is None
    assert page.session_state[NAME].experiment == DEFAULT
    assert page.query_params["names"] == "y;1;a;b"
