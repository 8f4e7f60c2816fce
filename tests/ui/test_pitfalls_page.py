"""The page Pitfalls without a browser: every mistake, on systems of every kind."""

from dataclasses import replace

import pytest

from helpers.first_page import linked
from helpers.markup import of_class, parsed
from helpers.pages import KINDS, TALL, html, turned_to, words
from lsedash.programs.pitfalls import PITFALLS
from lsedash.text.fields import DEFAULT
from lsedash.text.link import write_link
from lsedash.theory.pitfalls import predict

every = pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: pitfall.key)


def chosen(page, pitfall):
    (radio,) = [radio for radio in page.radio if radio.label == "Pitfalls"]
    radio.set_value(pitfall.key).run()
    assert not page.exception
    return page


def plain(text):
    return text.replace("\\", "")


@pytest.fixture(scope="module")
def worked():
    return turned_to("Pitfalls")


@every
def test_it_shows_the_mistake_what_came_of_it_and_what_to_do(worked, pitfall):
    page = chosen(worked, pitfall)
    run = pitfall.run(DEFAULT)
    shown = plain(words(page))
    for text in (pitfall.title, pitfall.symptom, pitfall.lesson, pitfall.fix, pitfall.bites):
        assert text in shown
    assert predict(pitfall.key, DEFAULT).words in shown
    difference = parsed(html(page))
    assert of_class(difference, "gone") or of_class(difference, "new")
    said = "\n".join(code.value for code in page.code)
    for warning in run.warnings:
        assert warning in said
    if run.exception is None:
        assert "Traceback" not in said
    else:
        assert f'File "{pitfall.key}.py", line ' in said
        assert str(run.exception) in said
    assert len(page.get("plotly_chart")) == 2


def test_the_equality_with_momentum_is_measured(worked):
    assert "SGD(momentum=1.0), the paths " in plain(
        words(chosen(worked, PITFALLS["never_cleared"]))
    )


def test_the_graphs_that_a_list_of_losses_keeps_are_counted(worked):
    page = chosen(worked, PITFALLS[-1])
    operations, leaf = 5, 1  # mul, pow, norm, sub, bmm; all losses share the one x
    assert f"keeps {51 * operations + leaf} graph nodes" in plain(words(page))


def test_next_and_previous_lead_through_all_of_them():
    page = turned_to("Pitfalls")
    for pitfall in PITFALLS:
        assert f". {pitfall.title}" in plain(words(page))
        if pitfall is not PITFALLS[-1]:
            page.button(key="Next").click().run()
    page.button(key="Next").click().run()
    assert f"1. {PITFALLS[0].title}" in plain(words(page))
    page.button(key="Previous").click().run()
    assert f"{len(PITFALLS)}. {PITFALLS[-1].title}" in plain(words(page))
    assert page.query_params == {"show": PITFALLS[-1].key}


def test_a_link_leads_to_a_mistake():
    page = turned_to("Pitfalls", TALL, show="broadcast_b")
    assert "b of shape" in words(page)
    assert page.query_params == write_link(TALL, show="broadcast_b")


@pytest.mark.parametrize("experiment", [*KINDS.values(), TALL], ids=[*KINDS, "tall"])
def test_no_mistake_on_no_system_reaches_the_page_as_a_crash(experiment):
    page = turned_to("Pitfalls", experiment)
    for pitfall in PITFALLS:
        chosen(page, pitfall)
    assert linked(page) == experiment


def test_a_rate_beyond_the_moved_edge_is_said_to_be_so():
    page = turned_to("Pitfalls", replace(DEFAULT, learning_rate=0.2))
    (half,) = [pitfall for pitfall in PITFALLS if pitfall.key == "half_forgotten"]
    assert "0.2 is above it" in words(chosen(page, half))
