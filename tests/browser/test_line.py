"""A line that breaks: what is let go meanwhile is marked, and arrives once and in order."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from helpers.line import cut, expect_nothing_raised, mend, open_first
from helpers.looking import (
    cell,
    enter,
    expect_experiment,
    grab,
    linked,
    parts,
    rate,
    shown_rate,
    stage,
    with_entry,
)
from helpers.proxy import proxy_to
from helpers.tabs import as_new, patient
from lsedash import LinearSystem, Theory
from lsedash.text.fields import DEFAULT


@pytest.fixture(scope="module")
def proxy(base_url):
    with proxy_to(urlsplit(base_url).port) as proxy:
        yield proxy


@pytest.fixture
def page(shared_context, kept_tab, browser_context_args, proxy):
    """A page behind the proxy; a broken line is told in the console, but nothing is thrown."""
    page, thrown = patient(kept_tab), []

    def note(error):
        thrown.append(str(error))

    page.on("pageerror", note)
    yield page
    proxy.mend()
    expect_nothing_raised(page)
    as_new(page, shared_context, browser_context_args["viewport"])
    page.remove_listener("pageerror", note)
    assert thrown == []


def with_A(row, column, value):
    return replace(DEFAULT, system=LinearSystem(with_entry(DEFAULT, row, column, value), [1, 2, 3]))


def iterations(page):
    return page.get_by_label("Iterations", exact=True)


def test_what_is_let_go_while_the_line_is_down_is_marked_and_arrives_when_it_is_back(page, proxy):
    open_first(page, proxy)
    cut(page, proxy)
    expect(page.get_by_role("status").filter(has_text="The connection is lost")).to_be_visible()
    enter(cell(page, "A-1-2"), "7")
    cell(page, "b-2").fill("5")  # the focus is still there
    expect(cell(page, "A-1-2")).to_have_accessible_description("not sent yet")
    x, y = grab(page)
    page.mouse.move(x - 60, y)
    page.mouse.up()
    page.get_by_role("button", name="Modes").click()
    expect(stage(page)).to_have_attribute("data-state", "waiting")
    wanted = replace(with_A(1, 2, 7), learning_rate=shown_rate(page))
    wanted = replace(wanted, system=LinearSystem(wanted.system.A, [1, 5, 3]))
    mend(page, proxy)
    expect_experiment(page, wanted)
    assert parts(page.url)["view"] == "modes"
    expect(cell(page, "A-1-2")).to_have_value("7")
    expect(cell(page, "A-1-2")).not_to_have_accessible_description("not sent yet")
    expect(page.get_by_text("The connection is lost")).to_have_count(0)


def test_what_was_sent_into_a_dead_line_arrives_and_what_is_being_typed_stays(page, proxy):
    open_first(page, proxy)
    proxy.lost = {"up"}
    enter(iterations(page), "33")
    cut(page, proxy)
    mend(page, proxy)
    expect_experiment(page, replace(DEFAULT, iterations=33))
    iterations(page).fill("44")
    cut(page, proxy)
    expect(iterations(page)).to_be_disabled()  # nothing can be let go in it
    mend(page, proxy)
    expect(iterations(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect_experiment(page, replace(DEFAULT, iterations=44))


def test_whatever_was_let_go_is_acted_on_once_and_in_its_order(page, proxy):
    open_first(page, proxy)
    proxy.lost = {"down"}  # Python hears it, and its answer gets lost
    page.get_by_test_id("follow").check()
    cut(page, proxy)
    enter(cell(page, "A-2-2"), "3")  # alpha follows A
    enter(rate(page), "0.05")
    enter(cell(page, "A-2-2"), "2")  # and once more
    mend(page, proxy)
    former, latter = with_A(2, 2, 3).system, with_A(2, 2, 2).system
    before, now = (Theory(system).curvatures[0] for system in (former, latter))
    followed = 0.05 * before / now
    page.wait_for_url(lambda url: parts(url).get("follow") == "1" and linked(url).system == latter)
    expect(stage(page)).to_have_attribute("data-state", "verified")
    assert linked(page.url).learning_rate == pytest.approx(followed)
    assert shown_rate(page) == linked(page.url).learning_rate


def test_the_rates_of_the_race_and_another_page_are_let_go_while_the_line_is_down(page, proxy):
    open_first(page, proxy)
    cut(page, proxy)
    page.locator(".st-key-pages a", has_text="Learning rates").click(force=True)
    mend(page, proxy)
    chip = page.get_by_role("slider", name="learning rate 2")
    expect(chip).to_be_visible()
    assert urlsplit(page.url).path == "/learning-rates"
    cut(page, proxy)
    chip.press("ArrowRight")
    page.get_by_role("button", name="Remove learning rate 1").click()
    rates = page.get_by_role("group", name="Learning rates that race")
    expect(rates).to_have_accessible_description("not sent yet")
    shown = page.locator(".lsedash-rate span").all_inner_texts()
    mend(page, proxy)
    page.wait_for_url(lambda url: len(parts(url).get("rates", "").split()) == len(shown))
    assert page.locator(".lsedash-rate span").all_inner_texts() == shown
    expect(rates).not_to_have_accessible_description("not sent yet")


def test_a_line_that_breaks_while_python_runs_loses_no_edit_and_the_run_goes_on(page, proxy):
    long = replace(DEFAULT, iterations=5000)
    open_first(page, proxy)
    enter(iterations(page), "5000")
    page.wait_for_url(lambda url: linked(url) == long)
    cut(page, proxy)
    enter(rate(page), "0.2")
    mend(page, proxy)
    wanted = replace(long, learning_rate=0.2)
    page.wait_for_url(lambda url: linked(url) == wanted)
    expect(stage(page)).to_have_attribute("data-state", "verified")
    assert shown_rate(page) == 0.2


def test_a_button_pressed_into_a_dead_line_and_a_step_back_meanwhile_are_not_lost(page, proxy):
    open_first(page, proxy)
    enter(rate(page), "0.2")
    expect_experiment(page, replace(DEFAULT, learning_rate=0.2))
    proxy.lost = {"up"}
    page.get_by_role("button", name="Reset").click()
    cut(page, proxy)
    mend(page, proxy)
    expect_experiment(page, DEFAULT)
    enter(iterations(page), "20")
    expect_experiment(page, replace(DEFAULT, iterations=20))
    cut(page, proxy)
    page.go_back()
    mend(page, proxy)
    expect_experiment(page, DEFAULT)
    expect(iterations(page)).to_have_value("50")


def test_after_a_restart_of_the_server_the_page_comes_back_by_itself_and_the_focus_is_kept(
    page, proxy, another_server
):
    open_first(page, proxy)
    enter(iterations(page), "20")
    expect_experiment(page, replace(DEFAULT, iterations=20))
    page.get_by_role("button", name="Modes").click()  # a setting, chosen after the last edit
    page.wait_for_url("**view=modes*")
    iterations(page).focus()
    cut(page, proxy)  # the focus was in the field, which is disabled now
    former, proxy.target = proxy.target, urlsplit(another_server).port
    mend(page, proxy)
    expect(iterations(page)).to_be_focused()
    expect_experiment(page, replace(DEFAULT, iterations=20))
    expect(page.get_by_role("button", name="Modes")).to_have_attribute("aria-pressed", "true")
    cut(page, proxy)
    enter(cell(page, "A-1-2"), "6")
    cell(page, "A-2-2").fill("8")
    proxy.target = former
    mend(page, proxy)
    expect_experiment(page, replace(with_A(1, 2, 6), iterations=20))
    expect(cell(page, "A-2-2")).to_be_focused()
    expect(cell(page, "A-2-2")).to_have_value("8")
