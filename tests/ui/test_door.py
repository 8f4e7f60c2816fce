"""What does not fit is dropped at the door: the page stays as it was, and the log has one line."""

import json
import logging

import pytest
from streamlit.util import calc_hash

from helpers.first_page import address, component, hand_in, linked, opened, says, told
from helpers.pages import html, turned_to
from lsedash.text.fields import DEFAULT
from lsedash.ui.state import speaking

MANY = "9" * 5000
STAGE = [
    3,
    {"session": "s", "messages": 3},
    {"session": "s", "messages": [[MANY, "rate", {}]]},
    {"session": "s", "messages": [{"rate": {}}]},
]
REQUESTS = [
    {"rate": {}},
    {"view": {"kind": "space", "across": 10**9, "up": -1, "x": 1}},
    {"start": {"n": 3, "place": [], "view": {}}},
    {"kept": {"no such setting": "1"}},
    {"no such request": 1},
]
GRID = [
    {"cells": {"revision": 0}},
    {"cells": {"A": 3, "b": 3, "x0": 3, "revision": 0}},
    {"cells": {"A": [[]], "b": [], "x0": [], "revision": 0}},
    {"block": {"text": "1 2", "field": "A", "row": 10**12, "column": 0}},
    {"block": {"text": "1 2", "field": "/etc", "row": 0, "column": 0}},
    {"block": 3},
]
ELSEWHERE = [
    ("Learning rates", "chips", {"rates": [None]}),
    ("Learning rates", "race_bar", {"kept": {"k": {}}}),
    ("Why", "cursor", {"k": {"$": 1}}),
]


@pytest.fixture
def dropped(caplog):
    """The lines about dropped messages, each one line."""
    caplog.set_level(logging.WARNING, "lsedash")
    yield lambda: [line for line in caplog.messages if line.startswith("Dropped")]
    assert all("\n" not in line and "/lsedash/" not in line for line in caplog.messages)


@pytest.mark.parametrize("message", STAGE, ids=str)
def test_a_message_of_the_stage_that_does_not_fit_is_dropped(message, dropped):
    page = opened()
    before = told(page)
    hand_in(page, component(page, "stage").id, json_value=json.dumps({"said": message}))
    assert told(page) == before
    assert address(page) == {}
    assert len(dropped()) == 1


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
def test_a_request_of_the_stage_that_does_not_fit_is_dropped(request_, dropped):
    page = opened()
    before = told(page)
    says(page, "stage", **request_)
    assert told(page) == before | {"line": before["line"] | {"heard": 1}}
    assert address(page) == {}
    assert len(dropped()) == 1


@pytest.mark.parametrize("message", GRID, ids=str)
def test_a_message_of_the_grid_that_does_not_fit_is_dropped(message, dropped):
    page = opened()
    says(page, "grid", **message)
    assert address(page) == {}
    assert dropped()


@pytest.mark.parametrize(("title", "name", "message"), ELSEWHERE, ids=str)
def test_a_message_of_another_component_that_does_not_fit_is_dropped(title, name, message, dropped):
    page = turned_to(title)
    before = address(page)
    says(page, name, **message)
    assert address(page) == before
    assert len(dropped()) == 1


def test_a_line_that_cannot_be_chosen_is_dropped(dropped):
    page = turned_to("Code", show="torch_module")
    before = address(page)
    says(page, "listing", line=10**9)
    assert address(page) == before
    assert len(dropped()) == 1


def test_a_choice_that_is_not_offered_is_dropped_and_the_field_shows_ours(dropped):
    page = turned_to("Pitfalls")
    (chosen,) = [radio for radio in page.radio if radio.label == "Pitfalls"]
    before = chosen.value
    hand_in(page, chosen.proto.id, string_value="no such pitfall")
    (shown,) = [radio for radio in page.radio if radio.label == "Pitfalls"]
    assert shown.value == before
    assert len(dropped()) == 1
    (box,) = [box for box in page.selectbox if box.label == "System"]
    hand_in(page, box.proto.id, string_value="no such system")
    assert len(dropped()) == 2


def test_a_message_of_the_stage_that_comes_after_its_page_was_left_finds_its_way():
    """One run gets both: the session state has no stage any more when it is heard."""
    page = opened()
    identity, session = component(page, "stage").id, told(page)["line"]["session"]
    said = {"session": session, "messages": [[1, "rate", {"text": "0.21"}]]}
    page._page_hash = calc_hash("why")  # as helpers.first_page.opened
    hand_in(page, identity, json_value=json.dumps({"said": said}))
    assert linked(page).learning_rate == 0.21
    assert [title for title in html(page).splitlines() if "<h1" in title and "Why" in title]


def test_an_error_in_a_callback_is_told_in_one_sentence_and_the_page_stays(monkeypatch, caplog):
    page = opened()

    def fail(**_):
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(speaking, "edit", fail)
    says(page, "stage", rate={"text": "0.2"})
    (told_error,) = page.error
    assert "could not be taken over" in told_error.value
    assert "secret" not in told_error.value
    assert any("/secret/path" in str(record.exc_info) for record in caplog.records)
    caplog.clear()  # as expected
    assert told(page)["rate"]["text"] == str(DEFAULT.learning_rate)
