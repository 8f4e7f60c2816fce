"""The page Learning rates without a browser: race and sweep, on systems of every kind."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.first_page import linked, result, visit
from helpers.markup import parsed, tables, text
from helpers.pages import KINDS, TALL, choose, html, turned_to, words
from lsedash import VARIANTS, Theory, compare
from lsedash.presets import random_system
from lsedash.programs.optimizers import OPTIMIZERS
from lsedash.text.link import DEFAULT, write_link
from lsedash.theory.momentum import convergence_factor, losses, optimal_momentum
from lsedash.ui.pages.rates import sweep as sweeping
from lsedash.ui.pages.rates.optimizers import FIRST, fastest
from lsedash.ui.pages.rates.race import classics
from lsedash.ui.pages.rates.sweep import NAMES, swept

EDGE = Theory(DEFAULT.system).critical_learning_rate


@pytest.fixture
def rates_page():
    return turned_to("Learning rates")


def raced(page):
    return result(page, "race")


def in_numbers(page):
    """The rows of the table of the race."""
    _heads, *rows = tables(html(page))["The race in numbers"]
    return rows


def field(page):
    (found,) = [text for text in page.text_input if text.label.startswith("Learning rates")]
    return found


def test_it_opens_with_a_race_of_one_rate_of_each_kind(rates_page):
    rates = classics(Theory(DEFAULT.system))
    assert rates[0] < 0.1 * EDGE < rates[1] < rates[2] < EDGE < rates[3]
    assert sorted(raced(rates_page)) == sorted(rates)
    for rate, lane in raced(rates_page).items():
        (run,) = compare(replace(DEFAULT, learning_rate=rate), VARIANTS[:1]).runs
        assert lane.run.losses.tolist() == run.losses.tolist()
    assert len(rates_page.get("plotly_chart")) == 1 + 4
    assert {row[3] for row in in_numbers(rates_page)} == {"monotone", "oscillating", "growing"}


def test_rates_can_be_typed(rates_page):
    field(rates_page).set_value("0.1 1/5").run()
    assert set(raced(rates_page)) == {0.1, 0.2}
    assert len(rates_page.get("plotly_chart")) == 1 + 2


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
    for rate, lane in raced(rates_page).items():
        comparison = compare(replace(DEFAULT, learning_rate=rate))
        assert lane.programs == len(VARIANTS)
        assert lane.apart == max(d.max() for d in comparison.disagreement().values())
    assert "programs differ" in html(rates_page)


def test_the_rates_keep_their_places_when_the_system_changes(rates_page):
    rates = np.array(sorted(raced(rates_page)))
    doubled = 2 * DEFAULT.system.A
    visit(rates_page).draft = replace(
        visit(rates_page).draft, A=[[f"{v:g}" for v in row] for row in doubled]
    )
    rates_page.run()
    np.testing.assert_allclose(sorted(raced(rates_page)), rates / 4, rtol=1e-3)


def test_predicted_and_measured_iterations_agree_in_the_table(rates_page):
    pairs = [(row[5], row[6]) for row in in_numbers(rates_page)]
    assert ("31", "31") in pairs
    assert all(measured == predicted for measured, predicted in pairs)


def test_the_sweep_runs_all_programs_at_every_rate(rates_page):
    choose(rates_page, "What to look at", "sweep")
    scan = result(rates_page, "scan")
    assert scan.learning_rates.tolist() == swept(Theory(DEFAULT.system), 50, mean=False).tolist()
    assert set(scan.losses) == {variant.key for variant in VARIANTS}
    assert len(rates_page.get("plotly_chart")) == 4
    choose(rates_page, "Rates", 25)
    assert len(result(rates_page, "scan").learning_rates) == 25


def test_the_mean_joins_with_and_without_its_half_and_is_explained(rates_page):
    choose(rates_page, "What to look at", "sweep")
    choose(rates_page, "Programs to sweep", ["torch_mse_loss"])
    (mean,) = [toggle for toggle in rates_page.toggle if "mean" in toggle.label]
    mean.set_value(True).run()
    assert not rates_page.exception
    scan = result(rates_page, "scan")
    assert set(scan.losses) == {"torch_mse_loss", "mean_with_half", "mean_without_half"}
    assert scan.learning_rates[-1] > 3 * EDGE
    assert "the effective rate is α/m" in words(rates_page)
    assert {NAMES[key] for key in scan.losses} <= set(NAMES.values())


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


def optimized(page):
    return result(page, "optimized")


@pytest.fixture
def optimizers_page(rates_page):
    return choose(rates_page, "What to look at", "optimizers")


def test_optimizers_run_beside_plain_sgd_with_their_lines_that_differ(optimizers_page):
    assert list(optimized(optimizers_page)) == ["torch_optimizer", *FIRST]
    assert "momentum=momentum" in text(parsed(html(optimizers_page)))
    choose(optimizers_page, "Lines of", "lbfgs")
    assert "optimizer.step(closure)" in text(parsed(html(optimizers_page)))


def test_every_optimizer_and_schedule_can_be_chosen(optimizers_page):
    for keys in (list(OPTIMIZERS.keys[:5]), list(OPTIMIZERS.keys[5:])):
        choose(optimizers_page, "Beside plain SGD, up to 5", keys)
        assert list(optimized(optimizers_page)) == ["torch_optimizer", *keys]
    choose(optimizers_page, "Beside plain SGD, up to 5", [])
    assert list(optimized(optimizers_page)) == ["torch_optimizer"]
    choose(optimizers_page, "Beside plain SGD, up to 5", list(OPTIMIZERS.keys))
    assert "Up to 5 fit" in words(optimizers_page)
    assert len(optimized(optimizers_page)) == 6


def test_the_fastest_momentum_is_taken_from_theory_and_keeps_what_it_promises(optimizers_page):
    optimizers_page.button(key="fastest_momentum").click().run()
    assert not optimizers_page.exception
    rate, beta = optimal_momentum(Theory(DEFAULT.system))
    assert linked(optimizers_page).learning_rate == pytest.approx(rate, rel=1e-3)
    assert visit(optimizers_page).choices["beta"] == pytest.approx(beta, rel=1e-3)
    runs = optimized(optimizers_page)
    assert runs["sgd_momentum"].losses[-1] < 1e-9
    assert f"√β = {np.sqrt(beta):.4g}" in words(optimizers_page)


def test_another_momentum_is_another_run_and_agrees_with_its_prediction(optimizers_page):
    (beta,) = [field for field in optimizers_page.number_input if field.label == "Momentum β"]
    beta.set_value(0.5).run()
    assert not optimizers_page.exception
    run = optimized(optimizers_page)["sgd_momentum"]
    predicted = losses(Theory(DEFAULT.system), DEFAULT.x0, 0.1, 0.5, 50)
    np.testing.assert_allclose(run.losses, predicted, rtol=1e-12)


def test_the_sweep_says_whether_its_counts_keep_to_the_prediction(rates_page):
    choose(rates_page, "What to look at", "sweep")
    assert "Measured and predicted are within one of each other." in words(rates_page)


def test_taking_another_rate_starts_no_new_race_and_no_new_sweep(rates_page):
    race = raced(rates_page)
    choose(rates_page, "What to look at", "sweep")
    scan, batch = result(rates_page, "scan"), result(rates_page, "batch")
    visit(rates_page).draft = replace(visit(rates_page).draft, learning_rate="0.2")
    rates_page.run()
    assert linked(rates_page).learning_rate == 0.2
    assert result(rates_page, "scan") is scan
    assert result(rates_page, "batch") is batch
    choose(rates_page, "What to look at", "race")
    assert raced(rates_page) is race


def test_counts_that_one_side_alone_reaches_are_told():
    page = turned_to("Learning rates", replace(DEFAULT, tolerance=1e-40, iterations=2000))
    visit(page).choices |= {"sweep_count": 25, "sweep_programs": ["numpy_by_hand"]}
    choose(page, "What to look at", "sweep")
    assert "measured and predicted differ by more than one or only one" in words(page)


def test_a_tolerance_that_nothing_reaches_is_told():
    page = turned_to("Learning rates", replace(DEFAULT, tolerance=1e-40))
    choose(page, "What to look at", "sweep")
    assert "No rate gets there within these iterations." in words(page)


@pytest.mark.parametrize("kappa", [1.0, 2.0, 30.0, 200.0, 1e3, 1e5])
def test_the_fastest_rates_never_lie_beyond_an_edge(kappa):
    for seed in range(20):
        theory = Theory(random_system(kappa, m=3, n=3, seed=seed))
        edge = theory.critical_learning_rate
        small, best, below, above = classics(theory)
        assert small < best < edge < above
        assert below < edge
        rate, beta = fastest(theory)
        assert convergence_factor(theory, rate, beta) < 1


@pytest.mark.parametrize("show", ["sweep", "optimizers"])
def test_a_link_leads_to_a_part(show):
    page = turned_to("Learning rates", TALL, show=show)
    assert page.query_params == write_link(TALL, show=show)
    assert len(page.get("plotly_chart")) >= 4


def test_a_long_race_keeps_no_more_than_is_drawn_and_counts_all_the_same():
    page = turned_to("Learning rates", replace(DEFAULT, iterations=3000, tolerance=1e-12))
    for rate, lane in raced(page).items():
        assert len(lane.run.points) <= 401
        (run,) = compare(
            replace(DEFAULT, learning_rate=rate, iterations=3000, tolerance=1e-12), VARIANTS[:1]
        ).runs
        counted = run.last_point if run.status == "converged" else np.nan
        np.testing.assert_equal(lane.reached, counted)
