"""The start under the hand: dragged, put by a press that is held, moved with the keyboard."""

import re
from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers.looking import (
    RANGES,
    cell,
    dump,
    enter,
    expect_experiment,
    expect_verified,
    grab,
    linked,
    preview,
    ranges,
    rate,
    stage,
    visit,
    zoom,
)
from helpers.stages import FOUR, ONE, TWO
from lsedash import Theory
from lsedash.text.words import brief


def test_a_dragged_start_is_previewed_and_reaches_the_fields_and_the_link(page):
    visit(page, TWO)
    before = ranges(page)
    x, y = grab(page, "start-handle")
    page.mouse.move(x - 40, y - 30)
    first = preview(page)
    page.mouse.move(x - 80, y - 60)
    assert preview(page) != first
    expect(stage(page)).to_have_attribute("data-state", "preview")
    mark = page.locator(".axis-main .mark", has_text="best for")
    dragged = mark.inner_text()  # the best rate follows the start before Python has answered
    page.mouse.up()
    expect_verified(page)
    page.wait_for_url(lambda url: linked(url).x0.tolist() != TWO.x0.tolist())
    experiment = linked(page.url)
    assert experiment.x0[0] < TWO.x0[0]
    assert experiment.x0[1] > TWO.x0[1]
    expect_experiment(page, replace(TWO, x0=experiment.x0))
    expect(cell(page, "x0-1")).to_have_value(re.compile("^-?[0-9.]{1,8}$"))
    assert float(cell(page, "x0-2").input_value()) == experiment.x0[1]
    assert ranges(page)[0] == before[0]
    best = Theory(TWO.system).best_learning_rate(experiment.x0, TWO.iterations)
    assert dragged == mark.inner_text() == f"best for {TWO.iterations} iterations {brief(best)}"
    assert best != Theory(TWO.system).best_learning_rate(TWO.x0, TWO.iterations)


def test_a_press_that_is_held_still_on_the_path_places_the_start(page):
    visit(page, TWO)
    chart = page.locator(".path .nsewdrag").bounding_box()
    page.mouse.move(chart["x"] + 30, chart["y"] + 30)
    page.mouse.down()
    page.wait_for_url(lambda url: linked(url).x0.tolist() != TWO.x0.tolist())
    page.mouse.up()
    experiment = linked(page.url)
    (left, right), (bottom, top) = ranges(page)[0]
    wanted = (
        left + (right - left) * 30 / chart["width"],
        top - (top - bottom) * 30 / chart["height"],
    )
    assert experiment.x0 == pytest.approx(wanted, abs=0.05)
    expect_experiment(page, experiment)
    expect(page.locator(".path .hint")).to_contain_text("press and hold")


def test_the_only_unknown_is_dragged_along_its_parabola(page):
    visit(page, ONE)
    x, y = grab(page, "start-handle")
    page.mouse.move(x + 50, y + 90)
    page.mouse.up()
    page.wait_for_url(lambda url: linked(url).x0[0] > ONE.x0[0])
    expect_experiment(page, replace(ONE, x0=linked(page.url).x0))


def test_a_double_click_shows_everything_again_and_one_beside_the_plot_changes_nothing(page):
    visit(page, TWO)
    fitted = ranges(page)
    for chart in ("path", "loss"):
        zoom(page, chart)
        box = page.locator(f".{chart} .nsewdrag").bounding_box()
        page.mouse.dblclick(box["x"] + 40, box["y"] + 40)
        whole = f"fitted => JSON.stringify(({RANGES})()) === fitted"
        page.wait_for_function(whole, arg=dump(fitted))
    chart = page.locator(".path .nsewdrag").bounding_box()
    page.mouse.click(chart["x"] + 50, chart["y"] + chart["height"] + 12)
    expect_verified(page)
    assert linked(page.url) == TWO
    enter(rate(page), "0.2")
    expect_experiment(page, replace(TWO, learning_rate=0.2))


@pytest.mark.parametrize("kind", ["Modes", "Coordinates"])
def test_more_unknowns_are_dragged_in_the_plane_that_is_shown(page, kind):
    visit(page, FOUR)
    page.get_by_role("button", name=kind).click()
    if kind == "Coordinates":
        page.get_by_label("Across").select_option("3")
        page.wait_for_function(
            "() => document.querySelector('.path .js-plotly-plot').layout.xaxis.title.text === 'x₄'"
        )
    else:
        expect(page.get_by_role("button", name=kind)).to_have_attribute("aria-pressed", "true")
    expect_verified(page)
    x, y = grab(page, "start-handle")
    page.mouse.move(x + 30, y + 20)
    page.mouse.up()
    page.wait_for_url(lambda url: linked(url) != FOUR)
    moved = linked(page.url).x0
    expect_experiment(page, replace(FOUR, x0=moved))
    changed = np.flatnonzero(moved != FOUR.x0)
    assert changed.tolist() == ([0, 1, 2, 3] if kind == "Modes" else [1, 3])


def test_a_key_held_down_on_the_start_loses_no_step(page):
    visit(page, TWO)
    page.get_by_test_id("start-handle").focus()
    handle = page.get_by_test_id("start-handle").bounding_box()
    mounted = stage(page).element_handle()
    for _ in range(15):
        page.keyboard.press("ArrowUp")
    moved = page.get_by_test_id("start-handle").bounding_box()
    assert moved["y"] == pytest.approx(handle["y"] - 150, abs=2)
    expect_verified(page)
    page.wait_for_url(lambda url: linked(url).x0[1] > TWO.x0[1])
    experiment = linked(page.url)
    expect_experiment(page, experiment)
    (_, _), (bottom, top) = ranges(page)[0]
    height = page.locator(".path .nsewdrag").bounding_box()["height"]
    assert experiment.x0[1] == pytest.approx(TWO.x0[1] + 150 * (top - bottom) / height, abs=0.05)
    assert mounted.evaluate("stage => stage.isConnected")  # nobody took it away meanwhile
