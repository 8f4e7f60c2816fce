"""The page Learning rates without a browser: race and sweep, on systems of every kind."""

import re
from dataclasses import replace

import numpy as np
import pytest

from helpers.first_page import entered, linked, text_box
from helpers.markup import records
from helpers.pages import KINDS, TALL, charts, choose, html, turned_to, words
from lsedash import VARIANTS, Experiment, Theory, compare
from lsedash.presets import random_system
from lsedash.text.fields import DEFAULT
from lsedash.text.link import write_link
from lsedash.text.words import LONG_RUN, brief
from lsedash.theory.momentum import convergence_factor
from lsedash.ui.pages.rates import race as racing
from lsedash.ui.pages.rates import sweep as sweeping
from lsedash.ui.pages.rates.optimizers import fastest
from lsedash.ui.pages.rates.race import classics
from lsedash.ui.pages.rates.sweep import NAMES, swept

EDGE = Theory(DEFAULT.system).critical_learning_rate


@pytest.fixture
def rates_page():
    return turned_to("Learning rates")


def raced(page):
    """The rows of the race's table, by learning rate as it is shown there, before its name."""
    rows = records(html(page), "The race in numbers")
    return {float(re.match(r"[0-9.]+(e-?[0-9]+)?", row["α"])[0]): row for row in rows}


def race_losses(page):
    """The losses in the chart of the race, in the order of the rates."""
    return [measured for _, measured in charts(page)[0].values()]


def swept_rates(page):
    """The learning rates and the programs on the chart of a sweep's final losses."""
    ends = charts(page)[0]
    (rates, *_), names = [x for x, _ in ends.values()], set(ends) - {"predicted"}
    return rates.tolist(), names


def field(page):
    return text_box(page, "Learning rates, up to 6")


def rates_of(page):
    """The learning rates in their field."""
    return [float(text) for text in field(page).value.split()]


def test_it_opens_with_a_race_of_one_rate_of_each_kind(rates_page):
    rates = [*classics(Theory(DEFAULT.system), DEFAULT).values()]
    small, best, long_run, below, above = rates
    assert small < 0.1 * EDGE < best < long_run < below < EDGE < above
    assert rates_of(rates_page) == pytest.approx(rates, rel=1e-3)
    assert max(map(len, field(rates_page).value.split())) <= 8
    for rate, measured in zip(rates, race_losses(rates_page), strict=True):
        (run,) = compare(replace(DEFAULT, learning_rate=rate), VARIANTS[:1]).runs
        assert measured.tolist() == run.losses.tolist()
    assert len(charts(rates_page)) == 1 + 5
    regimes = {row["regime"] for row in raced(rates_page).values()}
    assert regimes == {"monotone", "oscillating", "growing"}


def test_rates_can_be_typed(rates_page):
    field(rates_page).set_value("0.1 1/5").run()
    assert set(raced(rates_page)) == {0.1, 0.2}
    assert len(charts(rates_page)) == 1 + 2


WRONG = {
    "a": "'a' is not a number",
    "0.1 -1": "must be positive; one is -1",
    "1 2 3 4 5 6 7": "at most 6 learning rates; these are 7",
}


@pytest.mark.parametrize(("text", "message"), WRONG.items())
def test_what_is_no_list_of_rates_gets_one_sentence_and_leaves_the_race(rates_page, text, message):
    before = set(raced(rates_page))
    field(rates_page).set_value(text).run()
    assert message in words(rates_page).replace("\\", "")
    assert set(raced(rates_page)) == before
    assert field(rates_page).value == text
    rates_page.run()
    assert message in words(rates_page).replace("\\", "")
    field(rates_page).set_value("0.1").run()
    assert message not in words(rates_page).replace("\\", "")
    assert set(raced(rates_page)) == {0.1}


def test_all_programs_can_race_and_their_differences_are_told(rates_page):
    choose(rates_page, "Program", "all")
    for rate, row in raced(rates_page).items():
        comparison = compare(replace(DEFAULT, learning_rate=rate))
        apart = max(d.max() for d in comparison.disagreement().values())
        assert row["Differs in x from NumPy by hand"] == brief(apart, 2)


def test_the_rates_keep_their_places_when_the_system_changes(rates_page):
    rates = np.array(rates_of(rates_page))
    entered(rates_page, A=[[f"{v:g}" for v in row] for row in 2 * DEFAULT.system.A])
    np.testing.assert_allclose(rates_of(rates_page), rates / 4, rtol=1e-3)


def test_predicted_and_measured_iterations_agree_in_the_table(rates_page):
    rows = raced(rates_page).values()
    pairs = [(row["iterations to 0.07"], row["predicted"]) for row in rows]
    assert ("31", "31") in pairs
    assert all(measured == predicted for measured, predicted in pairs)


def test_the_sweep_runs_all_programs_at_every_rate(rates_page):
    choose(rates_page, "What to look at", "sweep")
    rates, names = swept_rates(rates_page)
    assert rates == swept(Theory(DEFAULT.system), 50, mean=False).tolist()
    assert names == {variant.title for variant in VARIANTS}
    assert len(charts(rates_page)) == 4
    assert "Measured and predicted are within one of each other." in words(rates_page)
    choose(rates_page, "Rates", 25)
    assert len(swept_rates(rates_page)[0]) == 25


def test_the_mean_joins_with_and_without_its_half_and_is_explained(rates_page):
    choose(rates_page, "What to look at", "sweep")
    choose(rates_page, "Programs to sweep", ["torch_mse_loss"])
    (mean,) = [toggle for toggle in rates_page.toggle if "mean" in toggle.label]
    mean.set_value(True).run()
    assert not rates_page.exception
    rates, names = swept_rates(rates_page)
    keys = ("torch_mse_loss", "mean_with_half", "mean_without_half")
    assert names == {NAMES[key] for key in keys}
    assert rates[-1] > 3 * EDGE
    assert "the effective rate is α/m" in words(rates_page)


def test_a_sweep_that_is_not_done_in_time_is_shown_and_marked(rates_page, monkeypatch):
    monkeypatch.setattr(sweeping, "SWEEP_DEADLINE", 0.0)
    choose(rates_page, "What to look at", "sweep")
    assert "of 50 rates were run, coarse first" in rates_page.info[0].value


@pytest.mark.parametrize("experiment", [*KINDS.values(), TALL], ids=[*KINDS, "tall"])
def test_systems_of_every_kind_can_be_looked_at(experiment):
    page = turned_to("Learning rates", experiment)
    if Theory(experiment.system).rank:
        choose(page, "What to look at", "sweep")
        choose(page, "What to look at", "optimizers")
    else:
        assert "A is zero" in page.info[0].value
    assert linked(page) == experiment


def test_taking_another_rate_starts_no_new_race_and_no_new_sweep(rates_page, monkeypatch):
    race = raced(rates_page)
    choose(rates_page, "What to look at", "sweep")

    def refused(*_):
        raise AssertionError

    for module, name in (
        (racing, "stream_comparisons"),
        (sweeping, "stream_scan"),
        (sweeping, "stream_sweep"),
    ):
        monkeypatch.setattr(module, name, refused)
    text_box(rates_page, "Learning rate α").set_value("0.2").run()
    assert not rates_page.exception
    assert linked(rates_page).learning_rate == 0.2
    assert len(charts(rates_page)) == 4
    choose(rates_page, "What to look at", "race")
    assert raced(rates_page) == race


def test_counts_that_one_side_alone_reaches_are_told(rates_page):
    choose(rates_page, "What to look at", "sweep")
    choose(rates_page, "Rates", 25)
    choose(rates_page, "Programs to sweep", ["numpy_by_hand"])
    for label, typed in (("Iterations", "2000"), ("Tolerance", "1e-40")):
        text_box(rates_page, label).set_value(typed).run()
    assert "measured and predicted differ by more than one or only one" in words(rates_page)


def test_a_tolerance_that_nothing_reaches_is_told():
    page = turned_to("Learning rates", replace(DEFAULT, tolerance=1e-40))
    choose(page, "What to look at", "sweep")
    assert "No rate gets there within these iterations." in words(page)


@pytest.mark.parametrize("kappa", [1.0, 2.0, 30.0, 200.0, 1e3, 1e5])
def test_the_fastest_rates_never_lie_beyond_an_edge(kappa):
    for seed in range(20):
        system = random_system(kappa, m=3, n=3, seed=seed)
        theory = Theory(system)
        edge = theory.critical_learning_rate
        rates = classics(theory, Experiment(system))
        long_run = next(rate for name, rate in rates.items() if LONG_RUN in name)
        assert rates["too small"] < long_run < edge < rates["just above"]
        assert rates["just below the edge"] < edge
        rate, beta = fastest(theory)
        assert convergence_factor(theory, rate, beta) < 1


@pytest.mark.parametrize("show", ["sweep", "optimizers"])
def test_a_link_leads_to_a_part(show):
    page = turned_to("Learning rates", TALL, show=show)
    assert page.query_params == write_link(TALL, show=show)
    assert len(charts(page)) >= 4


def test_a_long_race_keeps_no_more_than_is_drawn_and_counts_all_the_same():
    long = replace(DEFAULT, iterations=3000, tolerance=1e-12)
    page = turned_to("Learning rates", long)
    assert max(map(len, race_losses(page))) <= 401
    rates = classics(Theory(DEFAULT.system), long).values()
    for rate, row in zip(rates, raced(page).values(), strict=True):
        (run,) = compare(replace(long, learning_rate=rate), VARIANTS[:1]).runs
        counted = str(run.last_point) if run.status == "converged" else "-"
        assert row["iterations to 1e-12"] == counted
