"""Fastest in the long run, best for N iterations: two rates, each with its name, on every page."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.first_page import linked
from helpers.pages import choose, html, turned_to, words
from helpers.why_page import rows
from lsedash import Experiment, LinearSystem, Theory
from lsedash.text.fields import DEFAULT
from lsedash.theory.named_rates import rates_to_choose, why_they_differ

THEORY = Theory(DEFAULT.system)
BEST = THEORY.best_learning_rate(DEFAULT.x0, DEFAULT.iterations)
WHY = "After 50 iterations from this start it is not yet what is left"
ROOT = Path(__file__).parents[2]


def said(page):
    captions = [element.value for element in page.caption]
    return "\n".join([words(page), html(page), *captions])


def test_both_rates_have_a_name_and_why_they_differ_is_said():
    assert rates_to_choose(THEORY, DEFAULT) == {
        "fastest in the long run": pytest.approx(1 / 3),
        "best for 50 iterations": BEST,
    }
    assert WHY in why_they_differ(THEORY, DEFAULT)


@pytest.mark.parametrize(
    ("experiment", "name"),
    [
        (replace(DEFAULT, x0=[-3, 2, 3]), "fastest in the long run"),
        (replace(DEFAULT, iterations=0), "fastest in the long run"),
        (
            Experiment(LinearSystem([[2]], [4]), None, 0.1, 1),
            "fastest in the long run and best for 1 iteration",
        ),
    ],
)
def test_there_is_one_rate_where_both_are_the_same_or_every_rate_leaves_the_same(experiment, name):
    theory = Theory(experiment.system)
    assert rates_to_choose(theory, experiment) == {name: theory.optimal_learning_rate}
    assert why_they_differ(theory, experiment) == ""


def test_the_race_has_both_among_its_presets_and_calls_them_by_their_names():
    page = turned_to("Learning rates", DEFAULT)
    table = html(page)
    for name in rates_to_choose(THEORY, DEFAULT):
        assert name in table
        assert name in page.button(key="race_classics").help
    assert said(page).count(WHY) == 1


def test_the_sweep_marks_both():
    page = turned_to("Learning rates", DEFAULT)
    choose(page, "What to look at", "sweep")
    gap = json.loads(page.get("plotly_chart")[0].proto.spec)
    marks = {note["text"]: note["x"] for note in gap["layout"]["annotations"]}
    for name, rate in rates_to_choose(THEORY, DEFAULT).items():
        assert marks[name] == pytest.approx(rate)
    assert said(page).count(WHY) == 1


def test_the_optimizers_offer_both():
    page = turned_to("Learning rates", DEFAULT, show="optimizers")
    assert page.button(key="fastest_momentum").label == "Fastest in the long run"
    button = page.button(key="best_for_sgd")
    assert button.label == "Best for 50 iterations"
    button.click().run()
    assert linked(page).learning_rate == BEST


def test_the_page_why_has_both_among_its_facts():
    page = turned_to("Why", DEFAULT, show="conditioning")
    facts = dict(rows(page, "What to expect"))
    assert facts["learning rate fastest in the long run"] == "0.3333"
    assert facts["learning rate best for 50 iterations"] == "0.3274"
    assert said(page).count(WHY) == 1


def test_nothing_is_called_fastest_but_in_the_long_run():
    found = []
    for path in [ROOT / "README.md", *sorted((ROOT / "lsedash").rglob("*"))]:
        if path.suffix in (".py", ".js", ".html", ".md"):
            text = re.sub(r"\s+", " ", re.sub(r'"\s*f?"|^\s*//', "", path.read_text(), flags=re.M))
            claims = re.findall(
                r".{,60}(?:[Ff]astest (?:learning )?rate|[Nn]o fixed rate is faster)", text
            )
            found += [(path.name, claim) for claim in claims]
    assert found == []
