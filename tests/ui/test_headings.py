"""What every page says first: its title and what it shows; what its charts say aloud."""

from dataclasses import replace

import pytest

from helpers.first_page import opened
from helpers.markup import parsed, text
from helpers.pages import html, turned_to
from lsedash import Theory
from lsedash.text.fields import DEFAULT
from lsedash.text.words import brief
from lsedash.ui.pages.registry import PAGES


def spoken(page):
    """What is said of each chart."""
    return [chart.proto.alt for chart in page.get("plotly_chart")]


@pytest.mark.parametrize("registered", PAGES, ids=lambda page: page.title)
def test_a_page_has_one_heading_of_the_first_level_and_says_in_a_sentence_what_it_shows(registered):
    page = opened(path=registered.path)
    assert [text(heading) for heading in parsed(html(page)).iter("h1")] == [registered.title]
    assert registered.sentence in text(parsed(html(page)))
    assert registered.sentence.endswith(".")
    assert len(registered.sentence) <= 150  # one line beside the title


@pytest.mark.parametrize("name", ["Learning rates", "Why", "Pitfalls"])
@pytest.mark.parametrize("rate", [0.1, 0.5])
def test_every_chart_says_its_axes_and_its_ends_and_what_it_says_follows_the_experiment(name, rate):
    experiment = replace(DEFAULT, learning_rate=rate)
    said = spoken(turned_to(name, experiment))
    assert len(said) > 1
    for sentence in said:
        assert " against " in sentence
        assert sentence.endswith(".")
    last = Theory(DEFAULT.system).losses(DEFAULT.x0, rate, [DEFAULT.iterations])[0]
    if name != "Learning rates":  # whose race has rates of its own
        assert f"{brief(last)} at k = {DEFAULT.iterations}" in said[0]
