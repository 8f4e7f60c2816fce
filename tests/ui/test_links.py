"""Links as they come: with what others append, beyond the limits, encoded twice; and Reset."""

from dataclasses import replace

import pytest
from streamlit.util import calc_hash

from helpers.first_page import (
    address,
    clicked,
    data_of,
    entered,
    linked,
    opened,
    programs_that_show,
    says,
    shown,
    stage_says,
    told,
    typed,
)
from helpers.pages import choice, choose, number_box
from lsedash import Experiment, Theory
from lsedash.presets import random_system
from lsedash.text.fields import ALL_VARIANTS, DEFAULT
from lsedash.text.link import query_string, split_link, write_link
from lsedash.theory.momentum import optimal_momentum

ROWS = ";".join(["1 2"] * 2049)


def moved(page, path):
    """The page after its link to another page was followed."""
    (link,) = [link for link in page.get("page_link") if link.proto.page == path]
    assert not link.proto.query_string
    page.query_params = {}
    page._page_hash = calc_hash(path)
    page.run()
    assert not page.exception
    return page


def test_the_fastest_alpha_and_beta_are_both_kept_by_a_reload():
    page = clicked(opened({"show": "optimizers"}, "learning-rates"), "fastest_momentum")
    again = opened(address(page), "learning-rates")
    rate, beta = optimal_momentum(Theory(DEFAULT.system))
    assert linked(again).learning_rate == pytest.approx(rate, rel=1e-3)
    assert number_box(again, "Momentum β").value == beta


def test_the_iteration_marked_on_why_is_the_one_at_which_the_stage_stands():
    page = opened({"lr": "0.2"}, "why")
    says(page, "cursor", k=17)
    assert address(page) == {"lr": "0.2", "k": "17"}
    assert told(opened(address(page)))["kept"]["k"] == "17"


def test_a_long_link_is_sent_once_and_leads_to_every_page():
    long = Experiment(random_system(10, m=30, n=30), None, 0.01, 20)
    page = opened(write_link(long))
    assert data_of(page, "address")["links"] == {}
    there = moved(page, "why")
    assert linked(there) == long
    elsewhere = moved(choose(there, "What to look at", "conditioning"), "code")
    assert linked(elsewhere) == long
    assert address(moved(elsewhere, "why"))["show"] == "conditioning"


def test_the_links_to_all_pages_lead_to_the_experiment_and_to_what_each_page_showed_last():
    page = choose(opened({"lr": "0.2"}, "why"), "What to look at", "conditioning")
    stage_says(moved(page, ""), rate={"text": "0.3"})
    links = data_of(page, "address")["links"]
    assert links == {
        "Descend": "lr=0.3",
        "Learning rates": "lr=0.3",
        "Why": "lr=0.3&show=conditioning",
        "Pitfalls": "lr=0.3",
        "Code": "lr=0.3",
        "Lessons": "lr=0.3",
    }


def test_the_race_is_opened_at_its_iteration_and_speed():
    page = opened({}, "learning-rates")
    says(page, "race_bar", kept={"k": "17", "speed": "50"})
    assert address(page) == {"k": "17", "speed": "50"}
    again = opened(address(page), "learning-rates")
    assert data_of(again, "race_bar")["kept"] == {"k": "17", "speed": "50"}


def test_a_page_has_its_own_settings_in_its_link_and_those_of_others_stay_with_the_visitor():
    page = opened({"rates": "0.1 0.2", "view": "3,1", "lr": "0.2"}, "learning-rates")
    moved(page, "")
    assert address(page) == {"lr": "0.2", "view": "3,1"}
    stage_says(page, view={"kind": "modes", "across": 0, "up": 1})
    moved(page, "learning-rates")
    assert address(page) == {"lr": "0.2", "view": "modes", "rates": "0.1 0.2"}


def test_a_setting_of_a_page_makes_no_step_in_the_history_and_an_edit_makes_one():
    page = opened({}, "learning-rates")
    choose(page, "Program", "torch_module")
    assert address(page) == {"program": "torch_module"}
    assert page.query_params == {}  # what Streamlit writes is a step
    choose(page, "What to look at", "sweep")
    assert page.query_params == address(page) == {"show": "sweep", "program": "torch_module"}


def test_a_message_of_the_stage_that_changes_no_number_is_answered_without_drawing_again():
    page = opened()
    before = told(page)["serial"]
    stage_says(page, kept={"k": "17", "hide": "torch_module"})
    assert address(page) == {"k": "17", "hide": "torch_module"}
    assert told(page)["serial"] == before


def test_reset_runs_and_shows_all_programs_again_and_says_what_it_resets():
    link = {"lr": "0.2", "hide": "torch_module", "k": "3", "follow": "1", "view": "3,1"}
    page = opened({**link, "variants": "torch_module"})
    before = told(page)["opened"]
    clicked(page, "reset")
    assert shown(page) == (DEFAULT, ALL_VARIANTS)
    assert (told(page)["kept"]["hide"], told(page)["kept"]["k"]) == ("none", "")
    assert told(page)["opened"] > before  # so that the stage takes it over
    assert not told(page)["rate"]["follows"]
    assert address(page) == {"view": "3,1"}
    (help_text,) = [b.proto.help for b in page.button if b.key == "reset"]
    assert "All programs run, none is hidden" in help_text


APPENDED = """
    fbclid gclid msclkid mc_cid mc_eid ref _ga _gl igshid utm_source UTM_Medium embed embed_options
    gbraid wbraid dclid twclid ttclid yclid li_fat_id _hsenc mkt_tok srsltid
"""


def test_what_others_append_to_a_link_is_ignored_without_a_word():
    appended = dict.fromkeys(APPENDED.split(), "IwAR0-x%20;")
    page = opened({"lr": "0.2", **appended})
    assert programs_that_show(page, replace(DEFAULT, learning_rate=0.2)) == ALL_VARIANTS
    assert not page.warning
    assert not page.info
    assert page.query_params == {"lr": "0.2", **appended}


UNUSABLE = [
    ({"A": ROWS, "b": " ".join(["1"] * 2049), "x0": "1 2"}, {}),
    ({"A": "1 2;3 x", "b": "1 2"}, {}),
    ({"A": "1 2 0;0 1 0;0 0 1", "b": "one 2 3", "iterations": "7"}, {"iterations": "7"}),
    ({"iterations": "1e9"}, {}),
    ({"lr": "fast"}, {}),
]


@pytest.mark.parametrize(
    ("link", "usable"), UNUSABLE, ids=["2049 rows", "A", "b", "iterations", "alpha"]
)
def test_a_link_that_cannot_be_used_stays_in_the_address_until_the_visitor_edits(link, usable):
    page = opened(link)
    assert "Parts of the link could not be used" in page.warning[0].value
    assert page.query_params == address(page) == link
    page.run()
    assert address(page) == link
    stage_says(page, view={"kind": "modes", "across": 0, "up": 1})  # a look is no edit
    assert address(page) == link | {"view": "modes"}
    moved(page, "why")
    moved(page, "")
    assert address(page) == link | {"view": "modes"}
    typed(page, "tolerance", "1e-3")
    assert not page.warning
    assert address(page) == usable | {"tolerance": "0.001", "view": "modes"}


def test_an_edit_of_a_wrong_cell_of_a_link_beyond_the_limits_is_taken():
    page = opened({"A": "1 2;3 1e16", "b": "1 1"})
    entered(page, A=[["1", "2"], ["3", "1"]])
    assert address(page) == {"A": "1 2;3 1", "b": "1 1"}


TWICE = [
    {"A": "1%202%3B0%201", "b": "1%202", "lr": "0.3"},
    {"A": "1%202;0%201", "b": "1%202", "lr": "0.3"},
    {"A=1%202%3B0%201&b=1%202&lr=0.3": ""},
]


@pytest.mark.parametrize("link", TWICE, ids=["values", "spaces", "the whole query"])
def test_a_link_that_was_encoded_twice_is_decoded_once_more_and_the_page_says_so(link):
    page = opened(link)
    (said,) = page.info
    assert "The link was encoded twice" in said.value
    assert not page.warning
    choice(page, "Precision").set_value("float32").run()
    assert address(page) == {"A": "1 2;0 1", "b": "1 2", "lr": "0.3", "dtype": "float32"}
    assert not page.info


def test_a_percent_sign_that_is_no_encoding_is_a_wrong_number_and_nothing_else():
    page = opened({"lr": "5%2500"})
    assert not page.info
    assert "'5%2500' is not a number" in page.warning[0].value.replace("\\", "")


def test_a_link_with_thousands_of_unknown_parts_names_a_few():
    page = opened({f"part_{i}": "x" for i in range(300)} | {"lr": "0.2"})
    lines = [line for line in page.warning[0].value.splitlines() if line.startswith("- ")]
    assert len(lines) == 6
    assert "295 more unknown parts" in lines[-1]
    assert programs_that_show(page, replace(DEFAULT, learning_rate=0.2)) == ALL_VARIANTS


def test_a_query_string_survives_the_way_through_the_address():
    link = {
        "rates": "0.1 1e-05",
        "hide": "torch_module,torch_optimizer",
        "print": "0 5 50 & more=1",
    }
    assert split_link("?" + query_string(link)) == link
