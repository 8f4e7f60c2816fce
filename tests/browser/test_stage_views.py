"""The stage as it is looked at: zoom, legend, themes, views, tabs."""

from dataclasses import replace

from playwright.sync_api import expect

from helpers.looking import (
    RANGES,
    cell,
    choose_system,
    dump,
    enter,
    expect_experiment,
    expect_verified,
    grab,
    linked,
    ranges,
    rate,
    shown_rate,
    visit,
    zoom,
)
from helpers.stages import ONE, TWO
from lsedash import LinearSystem
from lsedash.figures.style import DARK, LIGHT
from lsedash.presets import PRESETS
from lsedash.text.fields import DEFAULT


def test_a_zoomed_chart_stays_zoomed_until_fit(page):
    visit(page, TWO)
    zoom(page, "loss")
    zoomed = ranges(page)
    enter(rate(page), "0.2")
    expect_experiment(page, replace(TWO, learning_rate=0.2))
    assert ranges(page)[1] == zoomed[1]
    expect(page.get_by_test_id("fit-path")).to_be_hidden()
    page.get_by_test_id("fit-loss").click()
    page.wait_for_function(
        f"zoomed => JSON.stringify(({RANGES})()[1]) !== zoomed", arg=dump(zoomed[1])
    )
    left, right = ranges(page)[1][0]
    assert -0.1 * TWO.iterations < left < 0 < TWO.iterations < right < 1.1 * TWO.iterations


def test_from_one_number_of_unknowns_to_another_nothing_is_drawn_wrong(page):
    visit(page, DEFAULT)
    page.get_by_role("button", name="3-D").click()
    expect(page.get_by_role("button", name="3-D")).to_have_attribute("aria-pressed", "true")
    for preset in (PRESETS[1], PRESETS[2], PRESETS[12], PRESETS[0]):
        choose_system(page, preset.title)
        page.wait_for_url(lambda url, preset=preset: linked(url) == preset.experiment)
        expect_verified(page)
        expect(page.locator(".readout")).to_contain_text(f"of {preset.experiment.iterations}")


def test_a_program_hidden_in_the_legend_stays_hidden_in_all_charts(page):
    visit(page, TWO)
    chip = page.locator(".legend").get_by_role("button", name="Module")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "false")
    expect(chip.locator("line")).to_be_hidden()  # hollow
    enter(rate(page), "0.2")
    expect_experiment(page, replace(TWO, learning_rate=0.2))
    for chart in ("path", "loss", "apart"):
        page.wait_for_function(
            """chart => document.querySelector(`.${chart} .js-plotly-plot`).data
              .filter((trace) => trace.visible === false).map((trace) => trace.name).join()
              === "Module" """,
            arg=chart,
        )
    expect(page.locator(".path .balls circle")).to_have_count(4)


def test_the_stage_follows_the_theme(page):
    page.emulate_media(color_scheme="light")
    visit(page, TWO)
    ink = "() => document.querySelector('[data-testid=stage]').style.getPropertyValue('--ink')"
    assert page.evaluate(ink) == LIGHT.ink
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"ink => ({ink})() === ink", arg=DARK.ink)
    page.wait_for_function(
        """quiet => document.querySelector(".loss .js-plotly-plot").layout.xaxis.tickfont.color
          === quiet""",
        arg=DARK.quiet,
    )
    expect_verified(page)
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"ink => ({ink})() === ink", arg=LIGHT.ink)


def test_the_stage_comes_back_after_another_page(page):
    visit(page, TWO)
    enter(rate(page), "0.2")
    experiment = replace(TWO, learning_rate=0.2)
    expect_experiment(page, experiment)
    page.goto("about:blank")
    page.go_back()
    expect_experiment(page, experiment)
    grab(page)
    page.mouse.up()
    expect_verified(page)


def test_two_tabs_do_not_disturb_each_other(page, context):
    visit(page, TWO)
    other = context.new_page()
    visit(other, DEFAULT)
    page.bring_to_front()
    enter(rate(page), "0.2")
    expect_experiment(page, replace(TWO, learning_rate=0.2))
    other.bring_to_front()
    assert shown_rate(other) == DEFAULT.learning_rate
    enter(cell(other, "b-1"), "4")
    expect_experiment(other, replace(DEFAULT, system=LinearSystem(DEFAULT.system.A, [4, 2, 3])))
    expect(cell(page, "b-1")).to_have_value("1")
    assert shown_rate(page) == 0.2


def test_three_unknowns_can_be_turned_in_space(page):
    visit(page, DEFAULT)
    page.get_by_role("button", name="3-D").click()
    expect(page.get_by_role("button", name="3-D")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("start-handle")).to_be_hidden()
    ground = page.locator(".path .ground")
    before = ground.get_attribute("d")
    chart = page.locator(".path .nsewdrag").bounding_box()
    page.mouse.move(chart["x"] + 100, chart["y"] + 100)
    page.mouse.down()
    page.mouse.move(chart["x"] + 160, chart["y"] + 120, steps=4)
    page.mouse.up()
    expect(ground).not_to_have_attribute("d", before)
    turned = ground.get_attribute("d")
    page.locator(".path .plot").press("ArrowLeft")
    expect(ground).not_to_have_attribute("d", turned)
    assert linked(page.url) == DEFAULT


def test_a_notice_that_goes_leaves_the_stage_where_it_is(page):
    page.goto("/?lr=fast&iterations=30")
    expect(page.get_by_text("Parts of the link could not be used")).to_be_visible()
    expect_verified(page)
    page.evaluate("() => { document.querySelector('[data-testid=stage]').marked = true; }")
    page.locator(".legend").get_by_role("button", name="Module").click()
    enter(rate(page), "0.2")
    expect_experiment(page, replace(DEFAULT, learning_rate=0.2, iterations=30))
    expect(page.get_by_text("Parts of the link could not be used")).to_have_count(0)
    assert page.evaluate("() => document.querySelector('[data-testid=stage]').marked")


def test_fit_stands_in_the_chart_that_it_shows_whole_again_and_leaves_the_other_as_it_is(page):
    visit(page, ONE)
    first = ranges(page)
    zoom(page, "path")
    enter(rate(page), "0.2")
    expect_experiment(page, replace(ONE, learning_rate=0.2))
    assert ranges(page)[0] != first[0]
    zoom(page, "loss")
    zoomed = ranges(page)[1]
    page.get_by_test_id("fit-path").click()
    page.wait_for_function(
        f"first => JSON.stringify(({RANGES})()[0]) === first", arg=dump(first[0])
    )
    assert ranges(page) == [first[0], zoomed]
    expect(page.get_by_test_id("fit-path")).to_be_hidden()
    expect(page.get_by_test_id("fit-loss")).to_be_visible()


def test_a_start_typed_elsewhere_is_shown_with_its_path(page):
    visit(page, TWO)
    first = ranges(page)[0]
    enter(cell(page, "x0-1"), "50")
    expect_experiment(page, replace(TWO, x0=[50, TWO.x0[1]]))
    (left, right), _ = ranges(page)[0]
    assert left < 50 < right
    enter(cell(page, "x0-1"), "1.5")
    expect_experiment(page, TWO)
    assert ranges(page)[0] == first


def test_another_size_of_the_window_and_back_shows_the_same(page):
    visit(page, TWO)
    first = ranges(page)
    page.set_viewport_size({"width": 1200, "height": 1000})
    page.wait_for_function(f"first => JSON.stringify(({RANGES})()) !== first", arg=dump(first))
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.wait_for_function(f"first => JSON.stringify(({RANGES})()) === first", arg=dump(first))
    enter(rate(page), "0.3")
    expect_experiment(page, replace(TWO, learning_rate=0.3))
    assert ranges(page)[0] == first[0]
