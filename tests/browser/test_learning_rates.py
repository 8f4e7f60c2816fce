"""The page Learning rates in a browser: the race by hand, the click that takes a rate, Stop."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from helpers.looking import main, open_page
from lsedash import Theory
from lsedash.presets import random_system
from lsedash.text.fields import DEFAULT
from lsedash.ui.compat.wire import asks_for_part, asks_for_run

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


def test_a_press_of_a_button_of_the_page_draws_its_part_alone_and_without_a_warning(page):
    asked, said = [], []
    page.on("websocket", lambda line: line.on("framesent", lambda sent: asked.append(sent)))
    page.on("console", lambda message: said.append(message.text))
    open_page(page, "learning-rates", replace(DEFAULT, learning_rate=0.2))
    page.wait_for_function(LANES, arg=5)
    chip(page, 1).focus()
    page.keyboard.press("Delete")
    page.wait_for_function(LANES, arg=4)
    asked.clear()
    page.get_by_role("button", name="One of each kind").click()
    page.wait_for_function(LANES, arg=5)
    runs = [content for content in asked if asks_for_run(content)]
    assert runs
    assert all(map(asks_for_part, runs))
    assert [text for text in said if "fragmentId" in text] == []


RACE = """() => ["race_losses", "lane_0", "lane_1", "lane_2", "lane_3", "lane_4"].map((key) => {
  const plot = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  const marks = [...plot.querySelectorAll("circle.lsedash-mark")];
  const { xaxis, yaxis } = plot._fullLayout;
  return {
    marks: marks.map((mark) => [mark.getAttribute("cx"), mark.getAttribute("cy")].join()),
    axes: [...xaxis.range, ...yaxis.range],
    preview: plot.querySelector(".lsedash-preview path")?.getAttribute("d") ?? null,
  };
})"""


def race_shown(page):
    """The marks, the axes and the preview of the losses and of each lane."""
    return page.evaluate(RACE)


def parts(shown, name):
    return [chart[name] for chart in shown]


def test_the_race_runs_all_lanes_and_their_losses_together(page):
    open_page(page, "learning-rates", DEFAULT)
    page.wait_for_function("() => document.querySelectorAll('circle.lsedash-mark').length === 10")
    bar = page.locator(".lsedash-race-bar")
    end = race_shown(page)
    assert [len(marks) for marks in parts(end, "marks")] == [5, 1, 1, 1, 1, 1]
    expect(bar).to_have_attribute("data-k", "50")
    bar.get_by_role("combobox", name="Iterations per second").select_option("50")
    bar.get_by_role("button", name="Play").click()  # two a second for who wants less motion
    expect(bar).to_have_attribute("data-k", "1")
    page.locator("body").press("k")
    expect(bar.get_by_role("button", name="Play")).to_be_visible()
    rested = race_shown(page)
    for former, now in zip(parts(end, "marks"), parts(rested, "marks"), strict=True):
        assert not set(former) & set(now)
    assert parts(rested, "axes") == parts(end, "axes")
    expect(bar.locator(".readout")).to_contain_text("of 50 · losses 1: ")


def test_a_dragged_chip_shows_its_rate_previews_its_lane_and_races_at_its_new_place(page):
    open_page(page, "learning-rates", DEFAULT)
    page.wait_for_function("() => document.querySelectorAll('circle.lsedash-mark').length === 10")
    before = race_shown(page)
    axis = page.locator(".lsedash-chips-axis").bounding_box()
    start = chip(page, 2).bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(axis["x"] + axis["width"] * 0.5 / 2.3, axis["y"], steps=6)
    expect(chip(page, 2).locator(".lsedash-chip-rate")).to_have_text(re.compile(r"α = 0\.08\d+"))
    dragged = race_shown(page)
    assert [preview is not None for preview in parts(dragged, "preview")] == [
        True,
        False,
        True,
        False,
        False,
        False,
    ]
    assert parts(dragged, "axes") == parts(before, "axes")
    shown = chip(page, 2).locator(".lsedash-chip-rate").inner_text().removeprefix("α = ")
    page.mouse.up()
    expect(row(page, 2)).to_contain_text(shown)
    page.wait_for_function("() => !document.querySelector('.lsedash-preview')")
    start = chip(page, 1).bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(axis["x"] + axis["width"] * 1.5 / 2.3, axis["y"], steps=6)
    page.mouse.up()
    expect(row(page, 1)).to_contain_text("oscillating")
    expect(row(page, 1)).to_contain_text("1.5")


def test_chips_are_removed_by_touch_and_moved_taken_away_and_added_with_the_keyboard(page):
    open_page(page, "learning-rates", DEFAULT)
    page.wait_for_function(LANES, arg=5)
    button = page.get_by_role("button", name="Remove learning rate 2", exact=True)
    box = button.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    rates = [page.locator(".lsedash-rate").nth(i).inner_text() for i in (0, 2, 3, 4)]
    button.click()
    page.wait_for_function(LANES, arg=4)
    numbers = [rate.split("α")[1] for rate in rates]
    left = page.locator(".lsedash-rate").all_inner_texts()
    assert [rate.split("α")[1] for rate in left] == numbers
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
