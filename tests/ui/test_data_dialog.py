"""A visitor's own table: what the dialog says of it, how it is corrected, what becomes of it."""

from base64 import b64encode

import numpy as np
import pytest

from helpers.first_page import (
    address,
    component,
    data_of,
    linked,
    opened,
    says,
    stage_says,
    told,
)
from lsedash.text.link import read_link

HOUSES = "size,rooms,price\n2104,3,399.9\n1600,3,329.9\n2400,3,369\n1416,2,232\n3000,4,539.9\n"
SETS = "set,x,y\nI,10,8.04\nI,8,6.95\nII,10,9.14\nII,8,8.14\nI,13,7.58\n"


def brought(text, name="houses.csv"):
    page = opened()
    return bring(page, text.encode() if isinstance(text, str) else text, name)


def bring(page, content, name=""):
    message = {"name": name, "content": b64encode(content).decode()}
    return says(page, "data_dialog", content=message)


def shown(page):
    return data_of(page, "data_dialog")


def sentence(reading):
    return "".join(
        part["before"] * (i > 0) + part["text"] for i, part in enumerate(reading["parts"])
    )


def roles(page):
    return [column["role"] for column in shown(page)["design"]["columns"]]


def test_a_file_is_shown_as_it_was_understood_and_what_would_come_of_it():
    page = brought(HOUSES)
    (reading,) = shown(page)["readings"]
    assert sentence(reading).startswith("5 rows, 3 columns; commas between")
    assert reading["titles"] == ["size", "rooms", "price"]
    assert reading["rows"][0] == ["2104", "3", "399.9"]
    assert roles(page) == ["feature", "feature", "target"]
    assert "A is 5 x 3" in shown(page)["design"]["outcome"]
    assert linked(page).system.A.tolist() == [[1, 2, 0], [0, 1, 0], [0, 0, 1]]  # nothing used yet


def test_used_the_table_is_the_experiment_with_its_names_at_half_the_edge_and_that_is_said():
    page = says(brought(HOUSES), "data_dialog", use=None)
    experiment = linked(page)
    A = np.column_stack([np.ones(5), [2104, 1600, 2400, 1416, 3000], [3, 3, 3, 2, 4]])
    assert experiment.system.A.tolist() == A.tolist()
    assert experiment.system.b.tolist() == [399.9, 329.9, 369, 232, 539.9]
    edge = 2 / np.linalg.norm(A, 2) ** 2
    assert experiment.learning_rate == pytest.approx(edge / 2, rel=1e-3)
    assert read_link(address(page)).meaning.names == ("constant", "size", "rooms")
    assert any("half the edge" in caption.value for caption in page.caption)
    assert (shown(page)["used"], shown(page)["brought"]) == (1, False)


def test_the_labels_of_a_table_name_the_points_of_fit_as_long_as_the_page_is_open():
    page = says(brought("city,size,price\nBonn,50,110\nRome,80,160\n"), "data_dialog", use=None)
    stage_says(page, view={"kind": "fit", "across": 0, "up": 1})
    assert told(page)["fitted"]["labels"] == ["Bonn", "Rome"]
    again = opened(address(page))
    assert (told(again)["fitted"]["labels"], told(again)["fitted"]["axes"][0]) == ([], "size")


def test_what_can_be_read_in_two_ways_is_asked_and_the_answer_taken():
    page = brought("1,5 2,5 3,5\n4,5 5,5 6,5\n")
    tables = [reading["rows"] for reading in shown(page)["readings"]]
    assert [["1.5", "2.5", "3.5"], ["4.5", "5.5", "6.5"]] in tables
    assert len(tables) > 1
    assert shown(page)["design"] is None
    says(page, "data_dialog", use=None)
    assert shown(page)["brought"]  # nothing is used before it is chosen
    right = tables.index([["1.5", "2.5", "3.5"], ["4.5", "5.5", "6.5"]])
    says(page, "data_dialog", reading=right)
    says(page, "data_dialog", use=None)
    assert linked(page).system.b.tolist() == [3.5, 6.5]


def test_each_part_of_the_sentence_can_be_corrected():
    page = brought("1;2\n3;4\n5;6\n")
    (part,) = [part for part in shown(page)["readings"][0]["parts"] if part["field"] == "titles"]
    other = next(offer["value"] for offer in part["offers"] if offer["value"] != part["value"])
    says(page, "data_dialog", how={"field": "titles", "value": other})
    (reading,) = shown(page)["readings"]
    assert reading["titles"] == ["1", "2"]
    assert len(reading["rows"]) == 2


def test_a_column_gets_another_role_and_there_is_one_target():
    page = brought(HOUSES)
    says(page, "data_dialog", role={"column": 0, "role": "target"})
    assert roles(page) == ["target", "feature", "feature"]
    says(page, "data_dialog", role={"column": 1, "role": "left out"})
    says(page, "data_dialog", use=None)
    assert read_link(address(page)).meaning.names == ("constant", "price")


def test_rows_are_chosen_by_a_column_of_texts():
    page = brought(SETS)
    assert roles(page) == ["left out", "feature", "target"]
    says(page, "data_dialog", role={"column": 0, "role": "only II"})
    says(page, "data_dialog", use=None)
    assert linked(page).system.b.tolist() == [9.14, 8.14]


def test_constant_powers_and_standardising():
    page = brought(HOUSES)
    says(page, "data_dialog", role={"column": 1, "role": "left out"})
    says(page, "data_dialog", options={"constant": True, "power": 2, "standardize": True})
    says(page, "data_dialog", use=None)
    opened_again = read_link(address(page))
    assert opened_again.meaning.names == ("constant", "size", "size²")
    columns = opened_again.experiment.system.A.T
    assert np.allclose(columns[1:].mean(axis=1), 0)
    size = np.array([2104, 1600, 2400, 1416, 3000])
    A, b = np.column_stack([np.ones(5), size, size**2]), opened_again.experiment.system.b
    fitted = np.linalg.lstsq(columns.T, b)[0]
    raw = np.linalg.lstsq(A, b)[0]
    assert opened_again.meaning.back(fitted) == pytest.approx(raw, rel=1e-6)


def test_rows_with_gaps_are_left_out_and_that_is_said():
    page = brought("a,b\n1,2\nNA,3\n4,\n5,6\n7,9\n")
    assert any("left out" in sentence for sentence in shown(page)["design"]["sentences"])
    assert shown(page)["readings"][0]["rows"][1] == ["gap", "3"]
    says(page, "data_dialog", use=None)
    assert linked(page).system.b.tolist() == [2, 6, 9]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"once upon a time\n", "number"),
        (bytes(range(256)) * 10, ""),
        (b"PK\x03\x04 this is no workbook", ""),
    ],
)
def test_a_file_without_a_table_gets_one_sentence_and_nothing_else_is_lost(content, said):
    page = bring(opened({"lr": "0.2"}), content, "odd.bin")
    assert shown(page)["fault"] or shown(page)["design"]["fault"]
    assert said in shown(page)["fault"]
    says(page, "data_dialog", use=None)
    assert linked(page).learning_rate == 0.2
    assert shown(page)["used"] == 0


def test_a_table_that_the_dashboard_does_not_take_says_so_before_it_is_used():
    page = brought("a,b\n1e99,1\n2,3\n")
    assert "1e15" in shown(page)["design"]["fault"] or "1e12" in shown(page)["design"]["fault"]
    says(page, "data_dialog", use=None)
    assert shown(page)["used"] == 0


def test_a_closed_dialog_forgets_the_table():
    page = says(brought(HOUSES), "data_dialog", close=None)
    assert not shown(page)["brought"]
    says(page, "data_dialog", use=None)
    assert shown(page)["used"] == 0


@pytest.mark.parametrize(
    "message",
    [
        {"content": {"name": "x", "content": "?"}},
        {"content": {"name": 3, "content": "MQ=="}},
        {"how": {"field": "__class__", "value": "x"}},
        {"how": {"field": "decimal", "value": "no such"}},
        {"role": {"column": -1, "role": "target"}},
        {"role": {"column": 150, "role": "target"}},
        {"role": {"column": 0, "role": "emperor"}},
        {"options": {"constant": 1, "power": 2, "standardize": False}},
        {"options": {"constant": True, "power": 10**9, "standardize": False}},
        {"reading": 7},
    ],
)
def test_what_no_dialog_says_changes_nothing(message):
    page = brought(HOUSES)
    before = shown(page)
    says(page, "data_dialog", **message)
    assert shown(page) | {"line": None} == before | {"line": None}
    assert not page.exception


def test_a_file_that_is_too_long_is_refused():
    page = brought("1 2\n" * 300_000)
    assert "characters" in shown(page)["fault"] or "MB" in shown(page)["fault"]


def test_a_small_update_of_the_page_does_not_repeat_the_table():
    rows = "".join(f"{i},{i * i}\n" for i in range(5000))
    page = brought("a,b\n" + rows)
    assert len(component(page, "data_dialog").json) < 10_000
