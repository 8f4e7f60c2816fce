"""The switch how the loss is written: everything is spoken so, and the experiment stays."""

import pytest

from helpers.first_page import (
    address,
    data_of,
    entered,
    field_text,
    linked,
    opened,
    says,
    shown_runs,
    stage_says,
    told,
    typed,
)
from helpers.markup import records
from helpers.pages import charts, choose, html, words
from lsedash.text.convention import CONVENTIONS, HALF_SUM, spoken_in
from lsedash.text.link import read_link

THREE = {"A": "1 2;3 4;5 6", "b": "1 2 4"}
PAGES = ("", "learning-rates", "why", "code", "pitfalls")
OTHERS = [key for key in CONVENTIONS if key != HALF_SUM.key]


def spoken(page, key):
    return stage_says(page, loss={"key": key})


@pytest.mark.parametrize("key", OTHERS)
def test_another_convention_leaves_the_experiment_and_changes_the_numbers(key):
    page = opened(THREE | {"lr": "0.01", "tolerance": "0.5"})
    before, losses = linked(page), shown_runs(page)["numpy_by_hand"].losses
    spoken(page, key)
    in_words = spoken_in(key, 3)
    assert linked(page) == before
    assert told(page)["rate"]["value"] == 0.01
    assert float(field_text(page, "learning_rate")) == pytest.approx(in_words.rate(0.01))
    assert float(field_text(page, "tolerance")) == pytest.approx(in_words.loss(0.5))
    assert shown_runs(page)["numpy_by_hand"].losses == pytest.approx(in_words.loss(losses))
    assert told(page)["spoken"]["lossName"] == f"loss {CONVENTIONS[key].formula}"


def test_a_typed_rate_is_shown_again_after_every_switch_and_the_experiment_stays_to_the_bit():
    page = typed(opened(THREE | {"loss": "mean"}), "learning_rate", "0.01")
    first = linked(page)
    assert first.learning_rate == 0.02 / 3
    for key in ("half-sum", "half-mean", "sum", "mean"):
        spoken(page, key)
        assert linked(page) == first
    assert field_text(page, "learning_rate") == "0.01"


def test_a_rate_that_was_said_before_the_switch_was_answered_means_what_it_meant():
    page = opened(THREE | {"lr": "0.02"})
    stage_says(page, loss={"key": "half-mean"}, rate={"text": "0.01", "loss": "half-sum"})
    assert linked(page).learning_rate == 0.01
    assert field_text(page, "learning_rate") == "0.03"


def test_a_server_that_began_anew_speaks_as_before_and_keeps_the_experiment():
    page = opened(THREE)
    back = {"session": "of another server", "query": "A=1 2;3 4;5 6&b=1 2 4&loss=mean"}
    says(page, "line", back=back)
    assert linked(page).learning_rate == 0.1
    assert address(page)["loss"] == "mean"


def test_a_new_row_leaves_the_typed_rate_and_changes_what_it_stands_for():
    page = opened(THREE | {"loss": "half-mean", "lr": "0.01"})
    entered(page, A=[["1", "2"], ["3", "4"], ["5", "6"], ["0", "1"]], b=["1", "2", "4", "0"])
    assert field_text(page, "learning_rate") == "0.01"
    assert linked(page).learning_rate == 0.01 / 4
    assert address(page)["lr"] == "0.01"


def test_a_rate_that_follows_a_keeps_alpha_lambda_max_when_m_changes():
    page = opened({"A": "2;0", "b": "1 1", "loss": "mean", "lr": "0.1", "follow": "1"})
    entered(page, A=[["2"], ["0"], ["0"], ["0"]], b=["1", "1", "1", "1"])
    assert linked(page).learning_rate == 0.1
    assert field_text(page, "learning_rate") == "0.2"


def test_back_in_our_convention_nothing_on_screen_or_in_the_link_has_changed():
    page = opened(THREE | {"lr": "0.01"})
    before, link, data = html(page), address(page), told(page)["table"]
    spoken(spoken(page, "mean"), "half-sum")
    assert (html(page), address(page), told(page)["table"]) == (before, link, data)


def test_a_wrong_rate_stays_as_it_was_typed():
    page = typed(opened(THREE), "learning_rate", "abc")
    spoken(page, "mean")
    assert field_text(page, "learning_rate") == "abc"
    assert "'abc' is not a number" in told(page)["rate"]["fault"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_a_spoken_link_and_keeps_it(path):
    link = THREE | {"lr": "0.01", "loss": "half-mean"}
    page = opened(link, path)
    assert not page.exception
    assert not page.warning
    assert read_link(address(page)).experiment.learning_rate == 0.01 / 3
    assert {key: address(page)[key] for key in link} == link


@pytest.mark.parametrize("path", PAGES[1:])
def test_the_sidebar_has_the_choice_beside_the_rate_and_tells_by_how_much_m_matters(path):
    page = opened(THREE | {"lr": "0.01"}, path)
    choose(page, "The loss is written as", "mean")
    assert address(page)["loss"] == "mean"
    assert read_link(address(page)).experiment.learning_rate == 0.01
    sidebar = [caption.value for caption in page.sidebar.caption]
    assert "Here m = 3: your 0.015 is 0.01 for ½ sum." in sidebar


def test_the_race_speaks_and_its_rates_stay_when_the_convention_changes():
    page = opened(THREE | {"rates": "0.01 0.02", "loss": "half-mean"}, "learning-rates")
    assert data_of(page, "chips")["rates"] == [0.01 / 3, 0.02 / 3]
    assert [row["α"] for row in records(html(page), "The race in numbers")] == ["0.01", "0.02"]
    choose(page, "The loss is written as", "mean")
    assert data_of(page, "chips")["rates"] == [0.01 / 3, 0.02 / 3]
    assert address(page)["rates"] == "0.005 0.01"
    assert [row["α"] for row in records(html(page), "The race in numbers")] == ["0.005", "0.01"]


def test_dragged_chips_are_kept_as_they_are_spoken():
    page = opened(THREE | {"loss": "mean"}, "learning-rates")
    says(page, "chips", rates=[0.0123 * 2 / 3])
    assert float(address(page)["rates"]) == pytest.approx(0.0123, rel=1e-15)


def test_a_program_and_the_pitfalls_say_what_their_learning_rate_is():
    link = THREE | {"lr": "0.01", "loss": "half-mean"}
    said = "The programs compute ½‖Ax − b‖², so their learning_rate is α/m with m = 3: 0.003333 for"
    for path, more in (("pitfalls", {}), ("code", {"show": "torch_module", "panel": "x-ray"})):
        page = opened(link | more, path)
        assert any(said in caption.value for caption in page.caption)
        choose(page, "The loss is written as", "half-sum")
        assert said not in words(page)


def test_the_sweep_is_drawn_over_spoken_rates_to_beyond_the_spoken_edge():
    page = opened(THREE | {"loss": "half-mean", "show": "sweep", "count": "25"}, "learning-rates")
    ours = opened(THREE | {"show": "sweep", "count": "25"}, "learning-rates")
    (rates, gaps), (our_rates, our_gaps) = (charts(p)[0]["predicted"] for p in (page, ours))
    assert rates == pytest.approx(3 * our_rates)
    assert gaps == pytest.approx(our_gaps / 3)
