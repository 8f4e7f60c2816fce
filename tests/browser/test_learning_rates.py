"""The page Learning rates in a browser: the race by hand, the click that takes a rate, Stop."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from helpers.accessibility import serious_in_both_schemes
from helpers.looking import main, open_page
from lsedash import Theory
from lsedash.presets import random_system
from lsedash.text.fields import DEFAULT

LANES = "count => document.querySelectorAll('.js-plotly-plot .scatterlayer').length === count + 1"


def chip(page, number):
    return page.get_by_role("slider", name=f"learning rate {number}")


def row(page, number):
    return page.locator("table.race tbody tr").nth(number - 1)


def sweep(page):
    main(page).get_by_role("radio", name="Sweep").click()
    page.wait_for_function(
        "() => document.querySelectorAll('.js-plotly-plot .heatmaplayer').length > 0"
    )


def test_a_chip_that_is_dragged_races_at_its_new_place(page):
    open_page(page, "learning-rates", DEFAULT)
    page.wait_for_function(LANES, arg=4)
    axis = page.locator(".lsedash-chips-axis").bounding_box()
    start = chip(page, 1).bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(axis["x"] + axis["width"] * 1.5 / 2.3, axis["y"], steps=6)
    page.mouse.up()
    expect(row(page, 1)).to_contain_text("oscillating")
    expect(row(page, 1)).to_contain_text("1.5")


def test_chips_are_moved_taken_away_and_added_with_the_keyboard(page):
    open_page(page, "learning-rates", DEFAULT)
    page.wait_for_function(LANES, arg=4)
    chip(page, 1).focus()
    page.keyboard.press("ArrowRight")
    expect(row(page, 1)).to_contain_text("0.11")
    expect(chip(page, 1)).to_be_focused()
    page.keyboard.press("Delete")
    page.wait_for_function(LANES, arg=3)
    page.get_by_role("button", name="+ rate").click()
    page.wait_for_function(LANES, arg=4)
    expect(chip(page, 4)).to_be_visible()


def test_the_experiment_takes_the_rate_of_a_point_that_is_clicked(page):
    open_page(page, "learning-rates", DEFAULT)
    sweep(page)
    point = page.locator(".st-key-sweep_gap .scatterlayer .trace").nth(5).locator(".point").nth(10)
    point.click(force=True)
    page.wait_for_url("**/learning-rates?lr=*")
    taken = parse_qs(urlsplit(page.url).query)["lr"][0]
    assert float(taken) != DEFAULT.learning_rate
    field = page.get_by_role("textbox", name="Learning rate α", exact=True)
    expect(field.first).to_have_value(taken)  # the field that it replaces may still be there


def test_a_long_sweep_shows_progress_and_can_be_stopped(page):
    system = random_system(5, m=20, n=20, seed=1)
    rate = Theory(system).optimal_learning_rate
    experiment = replace(DEFAULT, system=system, x0=None, learning_rate=rate, iterations=2000)
    open_page(page, "learning-rates", experiment)
    main(page).get_by_role("radio", name="Sweep").click()
    expect(page.get_by_text("Running: rate ")).to_be_visible()
    button = page.get_by_role("button", name="Stop")
    mounted = button.element_handle()
    expect(page.get_by_text(re.compile(r"Running: rate ([2-9]|\d\d) "))).to_be_visible()
    assert mounted.evaluate("button => button.isConnected")  # or it could not be clicked any time
    button.click()
    expect(page.get_by_text("rates were run, coarse first")).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)


def test_neither_race_nor_sweep_shuts_anyone_out(page):
    open_page(page, "learning-rates", DEFAULT)
    page.wait_for_function(LANES, arg=4)
    assert serious_in_both_schemes(page) == {}
    sweep(page)
    assert serious_in_both_schemes(page) == {}
    main(page).get_by_role("radio", name="Optimizers").click()
    expect(page.get_by_text("The lines that differ")).to_be_visible()
    page.wait_for_function(LANES, arg=5)
    assert serious_in_both_schemes(page) == {}
