"""What the stage asks of Python, and what an answer leaves alone."""

from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers.looking import (
    Line,
    expect_experiment,
    expect_verified,
    grab,
    linked,
    losses,
    preview,
    ranges,
    rate,
    shown_rate,
    stage,
    visit,
)
from helpers.stages import FOUR, TWO
from lsedash import VARIANTS
from lsedash.text.fields import DEFAULT


@pytest.fixture
def page(tab):
    """A tab of its own: what is done to it here stays."""
    return tab


def test_of_several_requests_while_python_is_busy_none_is_lost(page):
    line = Line(page)
    visit(page, FOUR)
    line.paused = True
    page.get_by_role("button", name="Modes").click()
    page.get_by_test_id("rate-handle").press("ArrowLeft")
    page.get_by_test_id("follow").check()
    wanted = shown_rate(page)
    line.resume()
    expect_experiment(page, replace(FOUR, learning_rate=wanted))
    expect(page.get_by_role("button", name="Modes")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("follow")).to_be_checked()


def test_until_the_answer_comes_the_old_curves_stay_and_look_stale(page):
    line = Line(page)
    visit(page, TWO)
    before = losses(page)
    line.paused = True
    x, y = grab(page)
    page.mouse.move(x - 100, y)
    page.mouse.up()
    expect(stage(page)).to_have_attribute("data-state", "waiting")
    stale = page.locator(".loss .scatterlayer")
    assert float(stale.evaluate("layer => getComputedStyle(layer).opacity")) < 0.5
    assert stale.locator(".trace").count() == len(VARIANTS)
    assert preview(page).count("L") == TWO.iterations
    line.resume()
    expect_experiment(page, replace(TWO, learning_rate=shown_rate(page)))
    assert float(stale.evaluate("layer => getComputedStyle(layer).opacity")) == 1
    assert not np.array_equal(losses(page), before)


def test_an_answer_moves_nothing_under_the_hand(page):
    line = Line(page)
    visit(page, TWO)
    line.paused = True
    page.get_by_test_id("rate-handle").press("ArrowLeft")
    line.wait_until_something_waits()
    x, y = grab(page)
    page.mouse.move(x - 100, y)
    before, drawn = ranges(page), preview(page)
    line.resume()
    expect(stage(page)).to_have_attribute("data-message-waits", "")
    assert (ranges(page), preview(page)) == (before, drawn)
    expect(stage(page)).to_have_attribute("data-state", "preview")
    page.mouse.up()
    expect_experiment(page, replace(TWO, learning_rate=shown_rate(page)))


def test_what_is_being_typed_is_not_overwritten_by_an_answer(page):
    line = Line(page)
    visit(page, TWO)
    line.paused = True
    page.get_by_test_id("rate-handle").press("ArrowLeft")
    line.wait_until_something_waits()
    rate(page).fill("0.2")
    line.resume()
    page.wait_for_url(lambda url: linked(url) != TWO)
    expect(rate(page)).to_have_value("0.2")
    rate(page).press("Enter")
    expect_experiment(page, replace(TWO, learning_rate=0.2))


def test_a_strict_content_security_policy_breaks_nothing(page):
    answer = page.request.get("/")
    scripts = answer.headers["content-security-policy"].split("script-src")[1].split(";")[0]
    assert "unsafe-inline" not in scripts
    assert "'unsafe-eval'" not in scripts
    visit(page, DEFAULT)
    x, y = grab(page)
    page.mouse.move(x + 40, y)
    page.mouse.up()
    expect_experiment(page, replace(DEFAULT, learning_rate=shown_rate(page)))
    page.get_by_role("button", name="3-D").click()
    expect(page.get_by_role("button", name="3-D")).to_have_attribute("aria-pressed", "true")
    expect_verified(page)
