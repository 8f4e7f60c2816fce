"""Fit on the stage: the points of A x move to the diagonal, and the axes stay."""

import re
from dataclasses import replace

import numpy as np
from playwright.sync_api import expect

from helpers.looking import RANGES, dump, expect_verified, grab, ranges, visit
from helpers.pictures import saved
from helpers.stages import TWO
from lsedash import Experiment, LinearSystem
from lsedash.meaning import Meaning, Term
from lsedash.text.link import query_string, write_link

RUNS = ".path .fit-runs path"
# How far the points of the first program are above or under the diagonal, in pixels.
OFF = """() => {
  const plot = document.querySelector(".path .js-plotly-plot");
  const { xaxis, yaxis } = plot._fullLayout;
  const d = document.querySelector(".path .fit-runs path").getAttribute("d");
  return [...d.matchAll(/M([-\\d.]+),([-\\d.]+)h0/g)].map(([, x, y]) => {
    const b = xaxis.p2d(Number(x) - xaxis._offset);
    return Math.abs(yaxis._offset + yaxis.d2p(b) - Number(y));
  });
}"""
SEEN = """selector => document.querySelector(selector).getAttribute("d")"""
LONG = replace(TWO, iterations=400, learning_rate=0.2)


def point_at(page, selector):
    """Move the pointer to the first point that a path goes to; returns what is told there."""
    left, top = page.evaluate(
        """selector => {
          const path = document.querySelector(selector), { left, top } = path.ownerSVGElement
            .getBoundingClientRect();
          const [, x, y] = path.getAttribute("d").match(/M([-\\d.]+),([-\\d.]+)/);
          return [left + Number(x), top + Number(y)];
        }""",
        selector,
    )
    page.mouse.move(left, top)
    expect(page.get_by_test_id("pointed")).to_be_visible()
    return page.get_by_test_id("pointed").text_content()


def follows_the_hand(page):
    """Drag the rate beyond the edge and back; the preview moves, and no program is drawn."""
    x, y = grab(page)
    page.mouse.move(x + 30, y)
    before = page.evaluate(SEEN, "[data-testid=preview-fit]")
    page.mouse.move(x + 250, y)
    assert page.evaluate(SEEN, "[data-testid=preview-fit]") != before
    expect(page.locator(RUNS)).to_have_count(0)
    page.mouse.move(x, y)


def test_the_points_of_fit_move_to_the_diagonal_with_playback_and_hand_and_the_axes_stay(page):
    visit(page, LONG)
    page.get_by_role("button", name="Fit", exact=True).click()
    expect(page.locator(".path .plot")).to_have_attribute(
        "aria-label", re.compile("^Fit: 2 points")
    )
    expect(page.get_by_test_id("start-handle")).to_be_hidden()
    expect(page.locator(RUNS)).to_have_count(5)
    assert max(page.evaluate(OFF)) < 1
    still = ranges(page)[0]

    page.get_by_test_id("first").click()
    expect(page.locator(".readout")).to_contain_text("k = 0 of 400")
    at_the_start = page.evaluate(OFF)
    assert len(at_the_start) == 2
    assert max(at_the_start) > 50
    expect(page.locator(".path .plot")).to_have_attribute("tabindex", "-1")
    page.get_by_role("button", name="Residuals").click()
    lines = page.evaluate(SEEN, ".path .fit-residuals")
    assert lines.count("M") == 2
    page.wait_for_url(lambda url: "view=fit" in url and "residuals=1" in url)
    page.get_by_test_id("last").click()
    assert max(page.evaluate(OFF)) < 1
    assert point_at(page, RUNS).startswith("row 1\nb = 1\nA x = 1, residual = ")

    follows_the_hand(page)
    assert ranges(page)[0] == still
    page.mouse.up()
    expect_verified(page)
    assert ranges(page)[0] == still

    svg = saved(page, "Path chart", "SVG")
    assert svg.name.startswith("fit-alpha")
    assert len(svg.drawn("fit-runs")) == 1
    assert "A x = b" in svg.words
    page.get_by_role("button", name="Rows").click()
    expect(page.get_by_test_id("row-lines")).to_have_attribute("d", re.compile("^M.*L"))
    expect(page.locator(".path .row-names text")).to_have_text(["row 1", "row 2"])
    expect(page.get_by_test_id("start-handle")).to_be_visible()
    assert page.evaluate(SEEN, ".path .fit-residuals").count("M") == 2
    page.get_by_role("button", name="Coordinates").click()
    expect(page.get_by_test_id("start-handle")).to_be_visible()
    expect(page.locator(".path .fitted")).to_be_hidden()
    expect(page.get_by_test_id("row-lines")).to_have_attribute("d", "")
    page.wait_for_function(f"still => JSON.stringify(({RANGES})()[0]) !== still", arg=dump(still))


def test_names_are_text_wherever_they_stand_and_one_feature_is_a_curve_over_the_data(page):
    values = np.arange(1.0, 6.0)
    system = LinearSystem(np.column_stack([values, np.ones(5)]), 2 * values + [0, 0.5, 0, -0.5, 0])
    name = '<b onclick="alert(1)">size</b>'
    meaning = Meaning((Term(name, 1), Term()), "<a href='http://b'>price</a>")
    link = write_link(Experiment(system, None, 0.02, 400), meaning=meaning)
    page.goto("/?" + query_string(link | {"view": "fit"}))
    expect_verified(page)
    expect(page.locator(RUNS)).to_have_count(5)
    page.get_by_test_id("first").click()
    flat = page.evaluate(SEEN, RUNS)
    page.get_by_test_id("last").click()
    assert page.evaluate(SEEN, RUNS) != flat
    assert point_at(page, ".path .fit-data").startswith(f"row 1\n{name} = 1, {meaning.target} = 2")
    titles = page.locator(".path .xtitle, .path .ytitle")
    assert titles.all_text_contents() == [name, meaning.target]
    expect(page.locator(".grid small").first).to_have_text(name)
    expect(page.get_by_role("rowheader", name=f"x₁ · {name}", exact=True)).to_be_visible()
    assert page.locator("[onclick], a[href='http://b']").count() == 0
    page.get_by_role("button", name="Coordinates").click()
    shown = page.locator(".path .xtitle")
    expect(shown).to_have_text('x₁ · <b onclick="ale…')
    assert page.locator("[onclick], a[href='http://b']").count() == 0
