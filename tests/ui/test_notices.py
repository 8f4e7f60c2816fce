"""Notices about a link: a few lines, texts of strangers in them as they were typed."""

import time

import pytest

from helpers.first_page import opened, told
from lsedash.text.link import read_link
from lsedash.ui.widgets.notes import JOINER, few, plain

MANY = 31_000
QUICK = 0.1  # seconds of processor time; it takes a twentieth of that


def lines_of(notice):
    return [line for line in notice.value.splitlines() if line.startswith("- ")]


def test_a_link_with_31_000_variants_gets_a_few_lines_and_is_read_at_once():
    link = {"variants": "a," * MANY}
    begin = time.process_time()
    problems = read_link(link).problems
    assert time.process_time() - begin < QUICK
    assert len(problems) == 3
    notice, about_length = opened(link).warning
    assert "longer than 8 kB" in about_length.value
    assert len(lines_of(notice)) == 3
    assert "30 998 more unknown names" in notice.value


def test_a_part_of_a_link_beyond_all_limits_is_not_read():
    page = opened({"A": "1 " * 200_000, "lr": "0.2"})
    (notice,) = page.warning
    (line,) = lines_of(notice)
    assert line == "- The link's 'A' is longer than 256 000 characters and was not read."
    assert told(page)["rate"]["text"] == "0.2"


def test_the_lines_beyond_a_few_are_counted():
    assert few(["a"] * 6) == ["a"] * 6
    assert few([str(number) for number in range(31_003)]) == [*"01234", "and 30 998 more"]
    assert len(few(["x" * 10**6])[0]) < 300


TURNED = {
    "https://a.example": "://",
    "HTTP://A.EXAMPLE": "://",
    "www.a.example": "www.",
    "name@a.example": "e@",
    ":smile:": ":s",
    ":material/link:": ":m",
    "a -> b": "->",
    "a <- b": "<-",
    "a >= b": ">=",
    "a -- b": "--",
}


@pytest.mark.parametrize(("text", "sign"), TURNED.items())
def test_what_streamlit_would_turn_into_something_else_is_held_apart(text, sign):
    shown = plain(text).replace("\\", "")
    assert sign not in shown
    assert shown.replace(JOINER, "") == text


def test_a_text_of_several_lines_stays_in_one():
    assert plain("a\n\n# b\r\n\u2028c") == "a \\# b c"


def test_numbers_stay_as_they_can_be_copied():
    assert plain("it is -0.1, 1e-3 or 3: '-2'") == "it is -0.1, 1e-3 or 3\\: '-2'"
    assert plain("x -= 1") == "x -= 1"
