"""Presenter mode without a browser: the link of every page has it, and no other message counts."""

import pytest

from helpers.first_page import address, data_of, opened, says
from lsedash.ui.pages.registry import PAGES

pages = pytest.mark.parametrize("path", [page.path for page in PAGES])


@pages
def test_presenter_mode_is_in_the_link_of_every_page_and_escape_takes_it_out(path):
    page = opened({"lr": "0.2", "present": "2"}, path)
    assert data_of(page, "presenter")["present"] == "2"
    links = data_of(page, "address")["links"].values()
    assert all("present=2" in link for link in links)
    says(page, "presenter", present={"present": "0"})
    assert address(page) == {"lr": "0.2"}
    assert not any("present" in link for link in data_of(page, "address")["links"].values())


def test_the_browser_knows_the_paths_of_all_pages():
    known = data_of(opened(), "presenter")["pages"]
    assert known == [f"/{page.path}" for page in PAGES]


def test_a_lesson_stays_in_presenter_mode_from_step_to_step():
    page = opened({"lesson": "edge", "present": "1"})
    assert data_of(page, "presenter")["present"] == "1"
    says(page, "lesson_bar", press={"do": "skip", "step": 1})
    assert data_of(page, "presenter")["present"] == "1"
    assert address(page)["step"] == "2"


@pytest.mark.parametrize("sent", [{"present": "10"}, {"present": "x"}, {"k": "1"}, "1", None])
def test_no_other_message_changes_what_fills_the_screen(sent, caplog):
    page = opened({"present": "1"})
    says(page, "presenter", present=sent)
    assert address(page) == {"present": "1"}
    assert "Dropped a message" in caplog.text
