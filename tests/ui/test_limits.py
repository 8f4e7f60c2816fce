"""The largest systems and the longest runs: every page opens, and what is shown is bounded."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.first_page import clicked, linked, opened, sentences
from helpers.pages import turned_to, words
from lsedash import PITFALLS, Experiment, LinearSystem, Theory
from lsedash.figures.geometry import parabola_figure, row_figure
from lsedash.presets import random_system
from lsedash.text.fields import DEFAULT
from lsedash.ui.pages.registry import PAGES
from lsedash.ui.state.limits import MOST_ITERATIONS, most_points, why_within, within

TALL = Experiment(random_system(1, m=4096, n=1, seed=2), [3.0], 0.5, 5)
FLAT = Experiment(random_system(4, m=2048, n=2, seed=2), [3.0, 1.0], 0.5, 5)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.title)
@pytest.mark.parametrize("experiment", [TALL, FLAT], ids=["4096 x 1", "2048 x 2"])
def test_every_page_opens_with_the_most_rows(page, experiment):
    assert not turned_to(page.title, experiment).exception


@pytest.mark.parametrize("experiment", [TALL, FLAT], ids=["4096 x 1", "2048 x 2"])
def test_of_many_equations_some_are_drawn_and_the_page_says_how_many(experiment):
    draw = parabola_figure if experiment.system.n == 1 else row_figure
    theory, window = Theory(experiment.system), np.array([[-4.0, 4], [-4, 4]])
    figure = draw(theory, experiment.x0, window)
    assert 50 <= len(figure.data) <= 66
    assert len(figure.to_json()) < 100_000
    page = turned_to("Why", experiment, show="geometry")
    assert f"of the {experiment.system.m} equations are drawn" in said(page)
    few = turned_to("Why", DEFAULT, show="geometry")
    assert "equations are drawn" not in said(few)


def said(page):
    return words(page) + "\n".join(caption.value for caption in page.caption)


def test_all_points_of_a_run_with_few_unknowns_are_recorded_and_of_the_rest_a_bounded_number():
    assert [most_points(n) for n in (1, 2, 6)] == [MOST_ITERATIONS + 1] * 3
    assert most_points(64) == 20_001
    for n in range(1, 65):
        assert most_points(n) * n <= 64 * 20_001


def test_a_program_that_needs_much_memory_runs_on_less_and_the_page_says_so():
    kept, broadcast = PITFALLS.named("graphs_kept"), PITFALLS.named("broadcast_b")
    long = replace(TALL, iterations=MOST_ITERATIONS)
    allowed = within(kept, long)
    assert allowed.iterations * allowed.system.m <= 1_280_000
    assert f"runs for {allowed.iterations} iterations here" in why_within(kept, long)
    allowed = within(broadcast, TALL)
    assert allowed.system == LinearSystem(TALL.system.A[:2048], TALL.system.b[:2048])
    assert "runs on the first 2048 rows here" in why_within(broadcast, TALL)
    page = turned_to("Code", TALL, show="broadcast_b")
    assert "runs on the first 2048 rows here" in said(page)
    assert within(PITFALLS.named("minus_gradient"), long) == long
    assert why_within(kept, DEFAULT) == why_within(broadcast, FLAT) == ""


def test_a_random_system_beyond_the_limits_is_refused_in_one_sentence():
    page = opened()
    page.number_input(key="random_m").set_value(65)
    page.number_input(key="random_n").set_value(64)
    clicked(page, "random_make")
    (said_of_it,) = sentences(page)
    assert said_of_it.startswith("A is 65 x 64; the dashboard takes at most 64 columns")
    assert linked(page) == DEFAULT
    page.number_input(key="random_m").set_value(4096)
    page.number_input(key="random_n").set_value(1)
    clicked(page, "random_make")
    assert (linked(page).system.m, linked(page).system.n) == (4096, 1)
