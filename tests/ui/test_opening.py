"""Links opened, blocks pasted, and what the server does before the first visit."""

import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import lsedash
from helpers.first_page import (
    clicked,
    linked,
    opened,
    preset_box,
    programs_that_show,
    sentences,
    shown,
    shown_runs,
    sidebar_words,
    statuses,
    told,
    typed,
)
from lsedash import VARIANTS, Experiment, LinearSystem, Theory
from lsedash.presets import random_system
from lsedash.text.fields import ALL_VARIANTS, DEFAULT
from lsedash.text.link import query_string, write_link

ROOT = Path(lsedash.__file__).parent.parent


def stable(system, **settings):
    """An experiment at the system's own best rate."""
    rate = Theory(system).optimal_learning_rate
    return Experiment(system, None, rate, **settings)


def pasted(page, text, what="A | b"):
    page.radio(key="paste_what").set_value(what)
    page.text_area(key="paste_text").set_value(text)
    return clicked(page, "paste_use")


def warned(page):
    return "\n".join(warning.value.replace("\\", "") for warning in page.warning)


SHAPES = [(1, 1), (5, 1), (1, 2), (2, 64), (64, 3), (64, 64), (4096, 1)]


@pytest.mark.parametrize(("m", "n"), SHAPES, ids=[f"{m}x{n}" for m, n in SHAPES])
def test_a_link_to_a_system_of_any_shape_opens_it(m, n):
    experiment = stable(random_system(3, m=m, n=n, seed=1), iterations=30)
    link = write_link(experiment)
    page = opened(link)
    assert shown(page) == (experiment, ALL_VARIANTS)
    assert page.query_params == link
    assert f"{m} x {n}, rank {min(m, n)}" in sidebar_words(page)
    assert statuses(page) == {"finished"}
    assert told(page)["verdict"]["verified"]
    long = len(query_string(link)) > 8 * 1024
    assert ("longer than 8 kB" in warned(page)) == long


def test_the_whole_experiment_is_in_the_link():
    system = LinearSystem([[1 / 3, 2], [0, 1e-7]], [1, 0.1])
    experiment = Experiment(system, [0.1, -2], 0.37, 21, 1e-9, "float32")
    page = opened(write_link(experiment, ["torch_module"]))
    assert shown(page) == (experiment, ("torch_module",))
    assert linked(page) == experiment


def test_the_stage_hears_whether_there_is_a_link_and_an_edit_makes_one():
    page = opened()
    assert told(page)["linked"] is False
    assert told(opened({"lr": "0.2"}))["linked"] is True
    typed(page, "learning_rate", "0.3")
    assert told(page)["linked"] is True


def test_a_bad_link_opens_what_is_valid_in_it_and_lists_the_rest():
    page = opened({"A": "1 2; 3", "lr": "fast", "iterations": "7", "color": "red"})
    assert programs_that_show(page, replace(DEFAULT, iterations=7)) == ALL_VARIANTS
    listed = [line for line in warned(page).splitlines() if line.startswith("- ")]
    assert len(listed) == 3
    for said in ("row 2 has 1 entry", "'fast' is not a number", "unknown part, 'color'"):
        assert said in warned(page)


def test_the_list_of_problems_goes_with_the_next_edit():
    page = opened({"lr": "fast"})
    assert warned(page)
    typed(page, "learning_rate", "0.2")
    assert not page.warning


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ({"iterations": "200001"}, "at most 200 000 iterations; 200 001"),
        ({"A": ";".join(["1 2"] * 2049), "b": " ".join(["1"] * 2049)}, "A is 2049 x 2"),
        ({"A": "1 2;3 1e16", "b": "1 1"}, "row 2, column 2"),
    ],
)
def test_a_link_beyond_the_limits_opens_the_worked_example_and_says_why(link, says):
    page = opened(link)
    assert programs_that_show(page, DEFAULT) == ALL_VARIANTS
    assert says in "\n".join(sentences(page))
    assert says in warned(page)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_start_too_large_for_single_precision_is_said_to_be_so(n):
    system = LinearSystem(1e15 * np.eye(n), np.full(n, 1e15))
    page = opened(write_link(Experiment(system, np.full(n, -1e15), dtype="float32")))
    assert statuses(page) == {"diverged"}
    assert told(page)["table"].count("diverged at the start") == len(VARIANTS)


def test_a_pasted_system_is_run_at_once():
    page = pasted(opened(), "2 0 | 2\n0 1 | 3\n1 1 | 4")
    assert shown(page)[0].system == LinearSystem([[2, 0], [0, 1], [1, 1]], [2, 3, 4])
    assert linked(page) == shown(page)[0]
    pasted(page, "1 -1", "x0")
    assert shown(page)[0].x0.tolist() == [1, -1]
    pasted(page, "1/2 0 0", "b")
    assert shown(page)[0].system.b.tolist() == [0.5, 0, 0]


def test_a_large_pasted_system_is_shown_in_a_table_and_not_in_the_grid():
    rows = np.eye(20, 13)
    page = pasted(opened(), "\n".join(" ".join(map(str, row)) for row in rows.tolist()), "A")
    assert shown(page)[0].system == LinearSystem(rows, [1, 2, 3, *[0] * 17])
    components = [part.proto.component_name for part in page.get("bidi_component")]
    assert "lsedash_entries" in components
    assert "lsedash_grid" not in components


@pytest.mark.parametrize(
    ("text", "what"), [("1 2; 3 x", "A | b"), ("1 2 3 4", "x0"), ("", "A"), ("1 " * 65, "A")]
)
def test_a_block_that_cannot_be_used_keeps_the_experiment_and_the_text(text, what):
    page = pasted(opened(), text, what)
    assert len(sentences(page)) == 1
    assert shown(page)[0] == DEFAULT
    assert page.text_area(key="paste_text").value == text


def test_a_system_chosen_from_the_list_is_recognised_and_an_edited_one_is_not():
    page = opened({"A": "1 2;0 1", "b": "1 2"})
    assert preset_box(page).value == "Two unknowns"
    pasted(page, "1 3; 0 1", "A")
    assert preset_box(page).value is None


def test_every_loss_on_the_page_is_the_loss_at_its_point():
    page = opened({"A": "1 2;3 4;5 6", "b": "1 0 -1", "lr": "0.01"})
    experiment = shown(page)[0]
    for run in shown_runs(page).values():
        losses = [experiment.system.loss(x) for x in run.places]
        assert run.losses == pytest.approx(losses, rel=1e-12)


def test_no_visitor_waits_for_garbage_collection_or_a_scan_of_all_files():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["runner"]["postScriptGC"] is False
    assert config["server"]["fileWatcherType"] == "none"
    assert config["browser"]["gatherUsageStats"] is False


@pytest.mark.parametrize(("button", "system"), [(1, [[1.5, 2.5]]), (2, [[1, 5, 2, 5, 3]])])
def test_a_pasted_block_that_can_be_read_in_two_ways_is_read_as_the_visitor_says(button, system):
    page = pasted(opened(), "1,5 2,5 3,5\n4,5 5,5 6,5")
    assert shown(page)[0] == DEFAULT
    (question,) = sentences(page)
    assert "can be read in two ways" in question
    clicked(page, f"paste_box_reading_{button}")
    assert shown(page)[0].system.A[:1].tolist() == system
    assert sentences(page) == []
