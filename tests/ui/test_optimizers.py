"""The page Learning rates without a browser: other optimizers and schedules beside plain SGD."""

import numpy as np
import pytest

from helpers.first_page import linked
from helpers.markup import parsed, text
from helpers.pages import charts, choose, html, number_box, turned_to, words
from lsedash import Theory
from lsedash.programs.optimizers import OPTIMIZERS
from lsedash.text.fields import DEFAULT
from lsedash.text.glossary import entry
from lsedash.text.settings import FIRST_OPTIMIZERS
from lsedash.theory.momentum import losses, optimal_momentum


def optimized(page):
    """The losses in the chart of the optimizers, by their titles."""
    return {name: y for name, (_, y) in charts(page)[0].items() if name != "predicted"}


def titles(keys):
    return ["SGD", *(OPTIMIZERS.title_of(key) for key in keys)]


@pytest.fixture
def optimizers_page():
    return turned_to("Learning rates", show="optimizers")


def test_optimizers_run_beside_plain_sgd_with_their_lines_that_differ(optimizers_page):
    assert list(optimized(optimizers_page)) == titles(FIRST_OPTIMIZERS)
    assert "momentum=momentum" in text(parsed(html(optimizers_page)))
    choose(optimizers_page, "Lines of", "lbfgs")
    assert "optimizer.step(closure)" in text(parsed(html(optimizers_page)))


def test_it_says_that_sgd_takes_no_minibatch(optimizers_page):
    assert entry("SGD").meaning in text(parsed(html(optimizers_page)))
    assert "not a minibatch" in entry("SGD").meaning


def test_every_optimizer_and_schedule_can_be_chosen(optimizers_page):
    for keys in (list(OPTIMIZERS.keys[:5]), list(OPTIMIZERS.keys[5:])):
        choose(optimizers_page, "Compare with plain SGD (up to 5)", keys)
        assert list(optimized(optimizers_page)) == titles(keys)
    choose(optimizers_page, "Compare with plain SGD (up to 5)", [])
    assert list(optimized(optimizers_page)) == titles([])
    choose(optimizers_page, "Compare with plain SGD (up to 5)", list(OPTIMIZERS.keys))
    assert "At most 5 fit" in words(optimizers_page)
    assert len(optimized(optimizers_page)) == 6


def test_the_fastest_momentum_is_taken_from_theory_and_keeps_what_it_promises(optimizers_page):
    optimizers_page.button(key="fastest_momentum").click().run()
    assert not optimizers_page.exception
    rate, beta = optimal_momentum(Theory(DEFAULT.system))
    assert linked(optimizers_page).learning_rate == pytest.approx(rate, rel=1e-3)
    assert number_box(optimizers_page, "Momentum β").value == pytest.approx(beta, rel=1e-3)
    assert optimized(optimizers_page)["Momentum"][-1] < 1e-9
    assert f"√β = {np.sqrt(beta):.4g}" in words(optimizers_page)


def test_another_momentum_is_another_run_and_agrees_with_its_prediction(optimizers_page):
    number_box(optimizers_page, "Momentum β").set_value(0.5).run()
    assert not optimizers_page.exception
    predicted = losses(Theory(DEFAULT.system), DEFAULT.x0, 0.1, 0.5, 50)
    np.testing.assert_allclose(optimized(optimizers_page)["Momentum"], predicted, rtol=1e-12)
