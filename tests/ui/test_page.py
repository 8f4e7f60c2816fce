"""The page as a visitor meets it, without a browser: fields, buttons, links, messages."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.first_page import (
    address,
    clicked,
    entered,
    field_text,
    linked,
    opened,
    preset_box,
    sentences,
    shown,
    shown_runs,
    stage_says,
    statuses,
    told,
    typed,
    unfolded,
)
from helpers.markup import tables
from helpers.pages import choice
from lsedash import VARIANTS, Experiment, LinearSystem, Theory
from lsedash.presets import PRESETS, random_system
from lsedash.text.fields import ALL_VARIANTS, DEFAULT
from lsedash.text.link import read_link, write_link
from lsedash.ui.widgets import computing

TWO = PRESETS[1].experiment
FIT = next(p.experiment for p in PRESETS if p.title == "Straight-line fit")


def results(page):
    """The rows of the table of runs; a row's head begins with the program's marker."""
    _heads, *rows = tables(told(page)["table"])["The programs' results"]
    return rows


def test_the_first_screen_is_the_worked_example_with_all_programs():
    page = opened()
    assert shown(page) == (DEFAULT, ALL_VARIANTS)
    assert preset_box(page).value == "Worked example"
    assert page.query_params == {}
    assert [run["key"] for run in told(page)["runs"]] == list(ALL_VARIANTS)
    assert [row[0][1:] for row in results(page)] == [variant.title for variant in VARIANTS]
    assert told(page)["verdict"]["verified"]
    assert sentences(page) == []


def test_every_preset_opens_with_its_own_settings_and_leads_to_a_link():
    page = opened()
    for preset in PRESETS:
        preset_box(page).select(preset.title).run()
        assert not page.exception, preset.title
        assert shown(page) == (preset.experiment, ALL_VARIANTS)
        assert linked(page) == preset.experiment
        assert read_link(address(page)).meaning == preset.meaning
        told_of_it = f"{preset.why} {preset.source}".rstrip()
        assert told_of_it in [caption.value for caption in page.caption]
        assert statuses(page) == {"finished"}
        assert told(page)["verdict"]["verified"], preset.title
        assert sentences(page) == []


def test_a_run_beyond_all_numbers_ends_as_diverged():
    page = opened({"lr": "5", "iterations": "2000"})
    assert statuses(page) == {"diverged"}
    last = shown_runs(page)["numpy_by_hand"].points[-1]
    assert [row[2] for row in results(page)] == [f"diverged at k = {last:.0f}"] * 5


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("learning_rate", "fast", "'fast' is not a number"),
        ("learning_rate", "-0.1", "The learning rate must be positive; it is -0.1."),
        ("learning_rate", "0,1", "write a decimal point"),
        ("learning_rate", "", "give a number"),
        ("iterations", "200001", "at most 200 000 iterations; 200 001 were asked for"),
        ("iterations", "many", "'many' is not a number"),
        ("tolerance", "-1", "The tolerance must be 0 or more"),
    ],
)
def test_a_bad_field_gets_one_sentence_and_changes_nothing_else(field, text, says):
    page = opened(write_link(TWO))
    before = dict(page.query_params)
    typed(page, field, text)
    (sentence,) = sentences(page)
    assert says in sentence
    assert field_text(page, field) == text
    assert shown(page) == (TWO, ALL_VARIANTS)
    assert page.query_params == before


def test_the_sentence_goes_once_the_field_is_right_again():
    page = typed(opened(), "learning_rate", "fast")
    assert sentences(page)
    typed(page, "learning_rate", "0.2")
    assert sentences(page) == []
    assert shown(page)[0] == replace(DEFAULT, learning_rate=0.2)


def test_what_was_typed_is_not_read_as_markup():
    page = typed(opened(), "learning_rate", "*x* <b> :red[a] $1$")
    (sentence,) = sentences(page)
    assert "'*x* <b> :red[a] $1$'" in sentence


def test_iterations_run_from_none_to_the_most():
    page = typed(opened(), "iterations", "0")
    assert shown_runs(page)["torch_module"].points.tolist() == [0]
    typed(page, "iterations", "7")
    assert shown_runs(page)["torch_module"].points.tolist() == list(range(8))
    typed(page, "iterations", "1e3")
    assert shown_runs(page)["torch_module"].points[-1] == 1000


def test_a_tolerance_ends_the_run_and_an_empty_one_lets_it_run():
    page = typed(opened(), "tolerance", "0.5")
    assert statuses(page) == {"converged"}
    assert shown_runs(page)["numpy_by_hand"].losses[-1] <= 0.5
    assert linked(page).tolerance == 0.5
    typed(page, "tolerance", "")
    assert shown(page)[0] == DEFAULT
    assert page.query_params == {}


def test_a_tolerance_that_cannot_be_reached_is_said_to_be_so():
    page = opened(write_link(replace(FIT, tolerance=1e-9)))
    assert any("no program can reach it" in info.value for info in page.info)
    typed(page, "tolerance", "10")
    assert not page.info


def test_single_precision_is_run_in_single_precision():
    page = opened()
    choice(page, "Precision").set_value("float32").run()
    assert not page.exception
    assert linked(page) == replace(DEFAULT, dtype="float32")
    for run in shown_runs(page).values():
        assert np.array_equal(run.places, run.places.astype("float32"))


@pytest.mark.parametrize("through", [[["0", "0"], ["0", "0"]], [["2", "0"], ["0", "1"]]])
def test_a_rate_that_follows_a_is_left_alone_from_and_to_a_system_without_slopes(through):
    page = stage_says(opened(write_link(TWO)), follow={"follows": True})
    assert told(page)["rate"]["follows"]
    entered(page, A=[["0", "0"], ["0", "0"]])
    assert sentences(page) == []
    assert linked(page).learning_rate == TWO.learning_rate
    entered(page, A=through)
    assert linked(page).learning_rate == TWO.learning_rate
    assert told(page)["rate"]["text"] == f"{TWO.learning_rate:g}"


def test_a_rate_that_follows_a_keeps_its_place_on_the_axis():
    page = stage_says(opened(write_link(TWO)), follow={"follows": True})
    entered(page, A=[[f"{2 * value:g}" for value in row] for row in TWO.system.A])
    assert linked(page).learning_rate == pytest.approx(TWO.learning_rate / 4, rel=1e-12)
    stage_says(page, follow={"follows": False})
    entered(page, A=[[f"{value:g}" for value in row] for row in TWO.system.A])
    assert linked(page).learning_rate == pytest.approx(TWO.learning_rate / 4, rel=1e-12)


def test_programs_can_be_chosen_but_never_none():
    page = opened()
    choice(page, "Programs to run").set_value(["torch_module", "numpy_by_hand"]).run()
    assert tuple(shown_runs(page)) == ("numpy_by_hand", "torch_module")
    assert told(page)["absent"] == ["Autograd", "MSELoss", "Optimizer"]  # the legend says so
    assert page.query_params == {"variants": "numpy_by_hand,torch_module"}
    choice(page, "Programs to run").set_value([]).run()
    assert not page.exception
    assert tuple(shown_runs(page)) == ("numpy_by_hand", "torch_module")
    assert choice(page, "Programs to run").value == [
        "numpy_by_hand",
        "torch_module",
    ]


def test_reset_brings_back_the_worked_example():
    page = opened(write_link(replace(TWO, dtype="float32", tolerance=1.0), ["torch_module"]))
    typed(page, "iterations", "x")
    clicked(page, "reset")
    assert shown(page) == (DEFAULT, ALL_VARIANTS)
    assert page.query_params == {}
    assert sentences(page) == []


def test_a_comparison_that_is_not_done_in_time_is_shown_and_marked(monkeypatch):
    monkeypatch.setattr(computing, "DEADLINE", 0.0)
    page = opened({"iterations": "20000"})
    assert statuses(page) == {"stopped"}
    (info,) = [info.value for info in page.info if "Stopped before the end" in info.value]
    assert "by the limit of 10 s" in info
    assert "button" not in info
    assert "stopped at k = " in told(page)["table"]


def opened_more():
    """The page with its lowest part unfolded."""
    return unfolded(opened(), "Print the losses")


def test_what_is_folded_away_is_made_when_it_is_unfolded():
    assert not opened().code
    assert "iter 10 -- loss:" in opened_more().code[0].value


def test_the_iterations_asked_for_are_printed():
    page = typed(opened_more(), "printed", "0, 3 50")
    _, *lines = page.code[0].value.splitlines()
    assert [int(line.split()[1]) for line in lines] == [0, 3, 50]
    run = shown_runs(page)["numpy_by_hand"]
    assert [line.split()[4] for line in lines] == [f"{run.losses[k]:.3e}" for k in (0, 3, 50)]
    typed(page, "iterations", "20")
    assert len(page.code[0].value.splitlines()) == 3
    assert sentences(page) == []


def test_iterations_that_cannot_be_printed_get_one_sentence():
    page = opened_more()
    for text in ("51", "-1", "1.5", "x", "", " ".join(["1"] * 201)):
        typed(page, "printed", text)
        assert len(sentences(page)) == 1, text
        assert not [shown for shown in page.code if "iframe" not in shown.value]
        assert shown(page)[0] == DEFAULT


def test_a_random_system_has_the_shape_and_condition_asked_for():
    page = opened()
    for key, value in {"m": 5, "n": 3, "kappa": 20.0, "seed": 7}.items():
        page.number_input(key=f"random_{key}").set_value(value)
    clicked(page, "random_make")
    assert shown(page)[0].system == random_system(20, m=5, n=3, seed=7)
    assert Theory(shown(page)[0].system).condition_number == pytest.approx(20)
    assert statuses(page) == {"finished"}


def test_a_system_without_slopes_stays_where_it_starts():
    page = opened(write_link(Experiment(LinearSystem(np.zeros((2, 2)), [1, 2]), [3, 4])))
    assert (shown_runs(page)["torch_optimizer"].places == [3, 4]).all()
    assert told(page)["marks"] is None
