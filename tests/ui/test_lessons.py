"""Lessons on the pages: what is hidden, what is asked, what is reached; who comes and goes how."""

import pytest

from helpers.first_page import address, clicked, data_of, linked, opened, says, stage_says, told
from helpers.pages import html
from lsedash import compare
from lsedash.lessons.catalogue import LESSONS
from lsedash.lessons.checking import check
from lsedash.lessons.lesson import act_of, question_of
from lsedash.text.link import read_link
from lsedash.text.words import brief
from lsedash.ui.pages.lesson_words import UNTRUE
from lsedash.ui.pages.lessons.own_file import own_file
from lsedash.ui.pages.registry import PAGES

ANSWERS = {
    "choices": {"choice": 1, "numbers": []},
    "rate": {"choice": 0, "numbers": [0.3]},
    "point": {"choice": 0, "numbers": [1.0, 2.0]},
    "curve": {"choice": 0, "numbers": [0.0, 1.0, 10.0, 0.1]},
}
# What a page without any result draws: the frame of the page, and the lesson's part.
FRAME = {"line", "guide", "touch", "address", "presenter", "copy_link", "pictures"}
FRAME |= {"lesson_bar", "prediction"}


def bar(page):
    return data_of(page, "lesson_bar")


def press(page, do):
    return says(page, "lesson_bar", press={"do": do, "step": bar(page)["step"]})


def answer(page):
    asked = data_of(page, "prediction")
    return says(page, "prediction", guess={"step": asked["step"], **ANSWERS[asked["kind"]]})


def components(page):
    names = [part.proto.component_name for part in page.get("bidi_component")]
    return {name.removeprefix("lsedash_") for name in names}


def shows_results(page):
    """Whether anything on the page, or in its sidebar, tells of the system or of its results."""
    drawn = components(page) - FRAME
    return bool(drawn or page.get("plotly_chart") or page.sidebar.get("html"))


def test_shows_results_would_notice_them():
    assert all(shows_results(opened(path=page.path)) for page in PAGES)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_a_lesson_asks_before_it_shows_and_every_goal_can_be_shown(lesson):
    page = opened({"lesson": lesson.key}, lesson.page)
    for number, step in enumerate(lesson.steps, 1):
        assert (bar(page)["step"], bar(page)["steps"]) == (number, len(lesson.steps))
        asks, has_goal = question_of(step) is not None, act_of(step) is not None
        assert bar(page)["open"] == (not asks and not has_goal)
        assert shows_results(page) == (not asks)
        if asks:
            answer(page)
            assert shows_results(page)
        if has_goal:
            press(page, "show")
            assert bar(page)["said"].startswith("Reached")
        if bar(page)["step"] == number:
            press(page, "next")
    assert bar(page)["ended"]
    press(page, "leave")
    assert not components(page) & {"lesson_bar", "prediction"}
    assert shows_results(page)
    assert not {"lesson", "step", "guess", "seed"} & address(page).keys()


@pytest.mark.parametrize(
    "path", [page.path for page in PAGES if page.has_results], ids=lambda path: path or "descend"
)
def test_while_a_question_waits_no_page_and_no_sidebar_has_a_result(path):
    page = opened({"lesson": "too-small", "lr": "0.01", "k": "3"}, path)
    assert data_of(page, "prediction")["result"] is None
    assert not shows_results(page)
    answer(page)
    assert bar(page)["step"] == 2
    assert data_of(page, "prediction")["result"]["words"]
    assert shows_results(page)


def test_a_lesson_opens_the_part_of_a_page_that_it_is_about():
    page = press(opened({"lesson": "zero-grad"}, "pitfalls"), "skip")
    assert address(page)["show"] == "never_cleared"
    assert [box.value for box in page.radio if box.label == "Pitfalls"] == ["never_cleared"]


def test_who_skips_a_question_is_told_nothing_of_a_guess():
    page = press(opened({"lesson": "edge"}), "skip")
    assert bar(page)["text"] == "The edge is 2/λ = 0.5, because λ is 2² = 4."
    assert "prediction" not in components(page)


def test_a_sentence_that_is_untrue_of_the_present_experiment_is_not_said():
    page = answer(opened({"lesson": "swing"}))
    assert "comes nearer" in bar(page)["text"]
    stage_says(page, rate={"text": "0.6"})
    assert bar(page)["text"] == UNTRUE
    stage_says(page, rate={"text": "0.4"})
    assert "comes nearer" in bar(page)["text"]


def test_a_prediction_is_not_compared_with_what_an_act_has_changed_since():
    page = answer(opened({"lesson": "condition"}))
    assert data_of(page, "prediction")["result"]["words"]
    press(page, "next")
    press(page, "show")
    press(page, "next")
    assert (bar(page)["step"], bar(page)["kind"]) == (4, "See")
    assert "prediction" not in components(page)


def test_who_skips_a_goal_is_not_told_that_he_has_reached_it():
    page = press(opened({"lesson": "sum-mean-half", "step": "3"}), "skip")
    assert bar(page)["text"] == UNTRUE
    stage_says(page, rate={"text": "0.2"})
    assert "is below the edge" in bar(page)["text"]


def test_a_goal_is_reached_by_the_stage_or_by_typing_and_stays_reached():
    start = {"lesson": "too-small", "step": "3"}
    page = stage_says(opened(start), rate={"text": "0.3"})
    assert bar(page)["passed"]
    losses = compare(linked(page))["numpy_by_hand"].losses
    assert f"loss(N)/loss(0) is {brief(losses[-1] / losses[0])}" in bar(page)["said"]
    stage_says(page, rate={"text": "0.01"})
    assert (bar(page)["said"], bar(page)["open"]) == ("Reached.", True)
    page = opened(start | address(page) | {"lr": "0.01"}, "why")
    assert not bar(page)["passed"]
    (field,) = [box for box in page.text_input if box.label.startswith("Learning rate")]
    field.set_value("0.25").run()
    assert bar(page)["passed"]


def test_hints_come_one_at_a_time_and_a_way_is_shown_after_three_tries():
    page = opened({"lesson": "too-small", "step": "3"})
    hints = act_of(LESSONS.named("too-small").steps[2]).hints
    for count in range(1, len(hints) + 1):
        press(page, "hint")
        assert tuple(bar(page)["hints"]) == hints[:count]
    assert not bar(page)["more_hints"]
    for rate in ("0.02", "0.03", "0.04"):
        assert not bar(page)["offers_showing"]
        stage_says(page, rate={"text": rate})
    assert bar(page)["offers_showing"]
    assert not bar(page)["open"]


def test_a_step_of_another_seed_asks_the_same_of_another_system():
    last = str(len(LESSONS.named("edge").steps))
    systems = {
        address(opened({"lesson": "edge", "step": last, "seed": seed, "lr": "0.1"})).get("A")
        for seed in "01"
    }
    assert systems == {None}, "a link with an experiment shows that one"
    drawn = [opened({"lesson": "edge", "step": last, "seed": seed}) for seed in "0123"]
    grids = {data_of(page, "grid")["A"][0][0] for page in drawn}
    assert len(grids) > 1
    assert all(bar(page)["kind"] == "Again" for page in drawn)


def test_whoever_opens_the_link_of_a_step_sees_the_same():
    page = answer(opened({"lesson": "edge"}))
    again = opened(address(page))
    for name in ("lesson_bar", "prediction"):
        head = {"line": None}
        assert data_of(again, name) | head == data_of(page, name) | head
    assert not again.warning
    assert told(again)["table"] == told(page)["table"]


def test_two_tabs_are_two_learners():
    one, other = opened({"lesson": "edge"}), opened({"lesson": "edge"})
    answer(one)
    other.run()
    assert (bar(one)["step"], bar(other)["step"]) == (2, 1)
    assert shows_results(one)
    assert not shows_results(other)


def test_a_lesson_that_does_not_exist_is_one_sentence_above_the_page():
    page = opened({"lesson": "nothing", "lr": "0.2"})
    (warning,) = page.warning
    assert "There is no lesson" in warning.value
    assert told(page)["rate"]["text"] == "0.2"


def test_a_message_that_is_no_answer_or_comes_late_changes_nothing():
    page = opened({"lesson": "edge"})
    for guess in ({"choice": 0, "numbers": [-1.0]}, {"choice": 0, "numbers": []}, {"choice": 2}):
        says(page, "prediction", guess={"step": 1, **guess})
        assert not shows_results(page)
    says(page, "prediction", guess={"step": 2, **ANSWERS["rate"]})
    says(page, "lesson_bar", press={"do": "skip", "step": 4})
    says(page, "lesson_bar", press={"do": "fly", "step": 1})
    assert bar(page)["step"] == 1


def test_a_card_begins_its_lesson():
    page = opened(path="lessons")
    for lesson in LESSONS:
        assert lesson.title in html(page)
        assert lesson.sentence in html(page).replace("&#39;", "'")
    clicked(page, "begin_ours_1")
    assert address(page)["lesson"] == LESSONS.keys[1]


def test_a_link_hides_controls_but_no_result():
    page = opened({"hide": "presets,data,run,torch_module"})
    assert not page.selectbox
    assert not [box for box in page.text_input if box.label == "Iterations"]
    assert "data_dialog" not in components(page)
    assert told(page)["kept"]["hide"] == "torch_module"
    assert shows_results(page)
    stage_says(page, kept={"hide": "torch_optimizer"})
    assert address(page)["hide"] == "torch_optimizer,presets,data,run"
    clicked(page, "reset")
    assert address(page)["hide"] == "presets,data,run"
    bare = opened({"hide": "sidebar,pages"})
    assert not bare.get("page_link")
    assert not bare.button
    assert shows_results(bare)


@pytest.mark.parametrize("link", [{}, {"A": "1 2;0 1", "b": "1 2", "lr": "0.3", "show": "modes"}])
def test_a_lesson_made_from_here_is_one_that_begins_here(link):
    file = own_file("why", link)
    assert check(file, "my-lesson") == []
    start = next(line for line in file.splitlines() if line.startswith("start = "))
    assert read_link(dict(part.split("=") for part in start[9:-1].split("&"))).experiment == (
        read_link(link).experiment
    )
    assert "make_lesson" in component_keys(opened(path="lessons"))


def component_keys(page):
    return [part.proto.id.rpartition("-")[2] for part in page.get("download_button")]
