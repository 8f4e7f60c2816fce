"""A comparison that takes a while: progress, stopping it, and an edit that comes in between."""

import re
from dataclasses import replace

import numpy as np
from playwright.sync_api import expect

from helpers.looking import (
    TITLES,
    Line,
    cell,
    enter,
    expect_experiment,
    expect_losses,
    linked,
    losses,
    parts,
    rate,
    table_row,
    visit,
    with_entry,
)
from lsedash import Experiment, LinearSystem, Theory
from lsedash.presets import random_system
from lsedash.text.fields import DEFAULT
from lsedash.text.link import query_string, write_link

# 64 x 64, the most there can be, and small whole numbers, so that the link stays short
LARGE = LinearSystem(np.eye(64) + np.eye(64, k=1), np.ones(64))
LONG = Experiment(LARGE, None, 0.1, 20_000)


def start(page):
    """Open the long comparison and wait until it says that it is running."""
    page.goto("/?" + query_string(write_link(LONG)))
    expect(page.get_by_text(re.compile(r"Running: iteration \d+ of 20000"))).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()


def test_a_long_run_shows_progress_and_can_be_stopped_with_what_there_is(page):
    start(page)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped before the end")).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    for title in TITLES.values():
        expect(table_row(page, title)).to_have_text(re.compile(r"stopped at k = \d+"))
    assert len(losses(page)) > 1
    assert (np.diff(losses(page)) <= 0).all()


def test_an_answer_after_a_slow_run_is_not_faded(page):
    page.goto("/code?" + query_string(write_link(LONG)))
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.locator(".st-key-answer").first).to_have_css("opacity", "1")


def test_an_edit_during_a_run_replaces_it(page):
    start(page)
    enter(page.get_by_label("Iterations", exact=True), "10")
    expect_losses(page, Experiment(LARGE, None, 0.1, 10))
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    expect(page.get_by_text("Stopped before the end")).to_have_count(0)
    expect(table_row(page, "Optimizer")).to_have_text(re.compile("finished"))


def click_page_link(page, title):
    """Click in one step: Streamlit draws the links anew when a page opens.

    It drops a click whose press and release lie on either side of that.
    """
    page.wait_for_function(
        """title => {
            const links = [...document.querySelectorAll(".st-key-pages a")]
            const link = links.find((link) => link.textContent.trim() === title)
            link?.click()
            return link !== undefined
        }""",
        arg=title,
    )


def test_the_page_that_is_chosen_last_during_a_run_opens(page):
    for titles in (["Learning rates", "Why"], ["Pitfalls", "Code", "Why"]):
        start(page)
        for title in titles:
            click_page_link(page, title)
        page.wait_for_url("**/why?*")
        expect(page.get_by_role("radio", name="Modes")).to_be_visible()


def test_a_rate_and_another_page_during_a_long_run_both_come_through(page):
    """No exception is shown, whatever overtakes what; the page changes and keeps the rate."""
    for text in ("0.21", "0.22"):
        visit(page, DEFAULT)
        enter(page.get_by_label("Iterations", exact=True), "20000")
        expect(page.get_by_text(re.compile("Running|Waiting"))).to_be_visible()
        enter(rate(page), text)
        click_page_link(page, "Why")
        expect(page.get_by_role("radio", name="Modes")).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        field = page.get_by_label("Learning rate α").filter(
            visible=True
        )  # not one that is replaced
        expect(field).to_have_value(text)
        assert linked(page.url).learning_rate == float(text)


def test_a_random_system_is_made_as_the_fields_say_and_so_is_the_iteration_of_the_x_ray(page):
    visit(page, DEFAULT)
    page.get_by_role("button", name="Random…").click()
    for label, text in (("Rows", "2"), ("Columns", "5"), ("Seed", "3")):
        page.get_by_role("spinbutton", name=label).fill(text)
        page.keyboard.press("Tab")
    page.get_by_role("button", name="Make it").click()
    made = random_system(10, m=2, n=5, seed=3)
    expect(cell(page, "A-2-5")).to_be_visible()
    expect_experiment(page, Experiment(made, None, Theory(made).optimal_learning_rate, 200))
    page.goto("/code?show=torch_autograd&panel=x-ray")
    page.get_by_role("spinbutton", name="Iteration").fill("7")
    page.keyboard.press("Enter")
    page.wait_for_url("**iteration=7*")
    assert parts(page.url)["iteration"] == "7"


def test_another_widget_before_the_answer_undoes_no_edit(tab):
    line = Line(tab)
    visit(tab, DEFAULT)
    tab.get_by_role("button", name="Random…").click()
    line.paused = True
    enter(cell(tab, "A-1-2"), "3")
    line.wait_until_something_waits()
    tab.get_by_label("Seed").fill("7")
    tab.get_by_label("Seed").press("Enter")
    line.resume()
    system = LinearSystem(with_entry(DEFAULT, 1, 2, 3), DEFAULT.system.b)
    expect_experiment(tab, replace(DEFAULT, system=system))
    expect(cell(tab, "A-1-2")).to_have_value("3")


def test_an_edit_before_the_answer_to_the_one_before_loses_neither(tab):
    line = Line(tab)
    visit(tab, DEFAULT)
    line.paused = True
    enter(cell(tab, "A-3-1"), "1/3")
    line.wait_until_something_waits()
    enter(cell(tab, "x0-2"), "-1e-7")
    line.resume()
    system = LinearSystem(with_entry(DEFAULT, 3, 1, 1 / 3), DEFAULT.system.b)
    expect_experiment(tab, replace(DEFAULT, system=system, x0=[0, -1e-7, 0]))
