"""The table of a system that is too large for the grid: one entry is edited, the rest stays."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.first_page import (
    component,
    data_of,
    linked,
    opened,
    preset_box,
    says,
    sentences,
    stage_says,
    told,
    typed,
)
from lsedash import Experiment, LinearSystem
from lsedash.meaning import Meaning, Term
from lsedash.text.link import write_link

CITY = np.random.default_rng(1).uniform(5, 22, 97).round(4)
HOUSES = Experiment(
    LinearSystem(np.column_stack([np.ones(97), CITY]), CITY.round(1)), [0.5, -1], 1e-5, 20
)
TALL = Experiment(LinearSystem(np.arange(1.0, 4097)[:, None], np.ones(4096)), None, 1e-12, 20)


def edited(page, **entry):
    """Type into the table, as the browser says it: that one entry alone."""
    revision = data_of(page, "entries")["revision"]
    return says(page, "entries", entry={"revision": revision, "column": 0} | entry)


@pytest.mark.parametrize("experiment", [HOUSES, TALL], ids=["97 x 2", "4096 x 1"])
def test_the_numbers_of_a_system_larger_than_the_grid_are_visible(experiment):
    page = opened(write_link(experiment))
    texts, table = data_of(page, "texts"), data_of(page, "entries")
    assert (np.array(texts["A"], dtype=float) == experiment.system.A).all()
    assert (np.array(texts["b"], dtype=float) == experiment.system.b).all()
    assert [float(text) for text in table["x0"]] == experiment.x0.tolist()
    assert (texts["names"], texts["target"]) == (["x₁", "x₂"][: experiment.system.n], "b")
    assert table["changes"] == []
    assert "lsedash_grid" not in [p.proto.component_name for p in page.get("bidi_component")]


def test_one_entry_is_edited_at_a_time_and_the_table_is_not_sent_again():
    page = opened(write_link(HOUSES))
    before = component(page, "texts").SerializeToString()
    edited(page, field="A", row=40, column=1, text="7.5")
    A, b = HOUSES.system.A.copy(), HOUSES.system.b.copy()
    A[40, 1] = 7.5
    assert linked(page) == replace(HOUSES, system=LinearSystem(A, b))
    edited(page, field="b", row=96, text="-2")
    edited(page, field="x0", row=1, text="1/4")
    b[96] = -2
    assert linked(page) == replace(HOUSES, system=LinearSystem(A, b), x0=[0.5, 0.25])
    typed(page, "iterations", "30")
    stage_says(page, rate={"text": "2e-5"})
    assert component(page, "texts").SerializeToString() == before
    table = data_of(page, "entries")
    assert table["number"] == data_of(page, "texts")["number"]
    assert table["changes"] == [["A", 40, 1, "7.5"], ["b", 96, 0, "-2"]]
    assert table["x0"] == ["0.5", "1/4"]


def test_a_start_that_is_dragged_does_not_send_the_table_again():
    page = opened(write_link(HOUSES))
    before = component(page, "texts").SerializeToString()
    view = {"kind": "coordinates", "across": 0, "up": 1}
    stage_says(page, start={"place": [2, 3], "n": 2, "view": view})
    assert data_of(page, "entries")["x0"] == ["2", "3"]
    assert component(page, "texts").SerializeToString() == before


def test_an_entry_that_is_no_number_is_told_where_it_is_and_keeps_the_system():
    page = opened(write_link(HOUSES))
    edited(page, field="A", row=40, column=1, text="7,5x")
    (said,) = sentences(page)
    assert said.startswith("A, row 41, column 2: '7,5x' is not a number")
    fault = data_of(page, "entries")["fault"]
    assert (fault["field"], fault["row"], fault["column"]) == ("A", 41, 2)
    assert data_of(page, "entries")["changes"] == [["A", 40, 1, "7,5x"]]
    assert linked(page) == HOUSES
    edited(page, field="A", row=40, column=1, text="7.5")
    assert sentences(page) == []


@pytest.mark.parametrize(
    "entry",
    [
        {"field": "A", "row": 97, "column": 0, "text": "1"},
        {"field": "A", "row": 0, "column": 2, "text": "1"},
        {"field": "x0", "row": 2, "text": "1"},
        {"field": "b", "row": 0, "text": "1", "revision": 10**6},
    ],
    ids=str,
)
def test_an_entry_of_another_table_changes_nothing(entry):
    page = opened(write_link(HOUSES))
    edited(page, **entry)
    assert linked(page) == HOUSES
    assert not page.warning


def test_after_many_changes_the_texts_are_sent_anew():
    page = opened(write_link(HOUSES))
    first = data_of(page, "texts")["number"]
    for row in range(51):
        edited(page, field="b", row=row, text=str(row))
    texts = data_of(page, "texts")
    assert texts["number"] != first
    assert texts["b"][:51] == [str(row) for row in range(51)]
    assert data_of(page, "entries")["changes"] == []


def test_a_block_pasted_into_the_table_replaces_the_entries_under_it():
    page = opened(write_link(HOUSES))
    says(page, "entries", block={"text": "7\t8\n9\t-1", "field": "A", "row": 95, "column": 0})
    system = linked(page).system
    assert system.A[95:].tolist() == [[7, 8], [9, -1]]
    assert (system.A[:95] == HOUSES.system.A[:95]).all()
    says(page, "entries", block={"text": "x y", "field": "A", "row": 0, "column": 0})
    assert len(sentences(page)) == 1
    assert linked(page).system == system


def test_the_heads_of_the_table_are_the_names_of_the_data():
    meaning = Meaning((Term(), Term("population of city", 1)), "profit")
    texts = data_of(opened(write_link(HOUSES, meaning=meaning)), "texts")
    assert (texts["names"], texts["target"]) == (["constant", "population of city"], "profit")
    assert texts["meant"]


def test_a_smaller_system_has_the_grid_again():
    page = opened(write_link(HOUSES))
    preset_box(page).set_value(preset_box(page).options[0]).run()
    assert data_of(page, "grid")["A"] == [["1", "2", "0"], ["0", "1", "0"], ["0", "0", "1"]]
    assert told(page)["verdict"]["checked"]
