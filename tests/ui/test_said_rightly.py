"""Small sentences that were untrue: who stopped a run, what is handed over, what a chart shows."""

from dataclasses import replace

import pytest

from helpers.pages import choose, turned_to, words
from lsedash import VARIANTS, Experiment, LinearSystem
from lsedash.text.fields import DEFAULT
from lsedash.ui.pages.rates import race, sweep


def infos(page):
    return " ".join(info.value for info in page.info)


@pytest.mark.parametrize(("show", "module"), [("race", race), ("sweep", sweep)])
def test_a_race_and_a_sweep_that_are_out_of_time_say_so(show, module, monkeypatch):
    name = "DEADLINE" if show == "race" else "SWEEP_DEADLINE"
    monkeypatch.setattr(module, name, 0.0)
    page = turned_to("Learning rates", replace(DEFAULT, iterations=20_000), show=show)
    assert "Stopped" in infos(page)
    assert "by the limit of 0 s" in infos(page)
    assert "button" not in infos(page)


def test_numpy_hands_nothing_to_pytorch():
    assert VARIANTS[0].lesson.startswith("Nothing")
    assert not any(variant.lesson.startswith("You") for variant in VARIANTS)


@pytest.mark.parametrize(
    ("A", "said"),
    [
        ([[2]], "There is one mode"),
        ([[1, 0], [0, 1]], "All modes are equally steep"),
        ([[1, 2], [0, 1]], "the steepest and the flattest mode cross"),
    ],
)
def test_the_chart_of_factors_speaks_of_a_crossing_only_where_lines_cross(A, said):
    page = turned_to("Learning rates", Experiment(LinearSystem(A, [1] * len(A)), None, 0.1, 20))
    choose(page, "What to look at", "sweep")
    assert said in words(page)
    assert ("cross" in words(page)) == ("cross" in said)
