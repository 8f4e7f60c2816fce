"""What we draw over the stage's charts: markers on the curves, rings of the playback, its pace."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from helpers.layout import FAULTS, settle
from helpers.looking import TITLES, stage, visit
from helpers.stages import TWO
from lsedash.figures.style import stroke

# Of every marker, its colour and how many pixels it is off the nearest point of each curve.
MARKERS = """chart => {
  const plot = document.querySelector(`.${chart} .js-plotly-plot`);
  const inner = plot.querySelector(".nsewdrag").getBoundingClientRect();
  const { xaxis, yaxis } = plot._fullLayout;
  const share = (axis, value) => {
    const [low, high] = axis.range;
    return ((axis.type === "log" ? Math.log10(value) : value) - low) / (high - low);
  };
  return [...document.querySelectorAll(`.${chart} .markers path`)].map((marker) => {
    const { e, f } = marker.getScreenCTM(), colour = marker.getAttribute("fill");
    const distance = (x, y) => Math.hypot(
      inner.left + share(xaxis, x) * inner.width - e,
      inner.bottom - share(yaxis, y) * inner.height - f);
    const off = plot.data.map(
      ({ name, x, y }) => [name, Math.min(...Array.from(x, (at, i) => distance(at, y[i])))]);
    return [colour, Object.fromEntries(off)];
  });
}"""
RADII = """chart => [...document.querySelectorAll(`.${chart} .balls circle`)].map(
  (ring) => ring.r.baseVal.value)"""
# Seconds from the press on Play to the point k, on the page's own clock.
SECONDS_TO = """k => new Promise((resolve) => {
  const began = performance.now();
  document.querySelector("[data-testid=play]").click();
  const look = () => {
    const [, now] = /k = (\\d+)/.exec(document.querySelector(".readout").textContent);
    if (Number(now) < k) requestAnimationFrame(look);
    else resolve((performance.now() - began) / 1000);
  };
  look();
})"""


def test_every_program_has_markers_of_its_colour_on_its_curve(page):
    visit(page, TWO)
    for chart in ("path", "loss"):
        markers = page.evaluate(MARKERS, chart)
        for key, title in TITLES.items():
            off = [away[title] for colour, away in markers if colour == stroke(key).colour]
            assert len(off) >= 3, chart
            assert max(off) < 1, chart
    page.locator(".legend").get_by_role("button", name=TITLES["torch_module"]).click()
    for chart in ("path", "loss"):
        hidden = page.locator(f'.{chart} .markers path[fill="{stroke("torch_module").colour}"]')
        expect(hidden).to_have_count(0)


@pytest.mark.parametrize(
    ("motion", "least", "most"), [("reduce", 0.9, 30), ("no-preference", 0, 0.9)]
)
def test_with_reduced_motion_no_more_than_two_points_a_second_are_played(page, motion, least, most):
    page.emulate_media(reduced_motion=motion)
    visit(page, replace(TWO, iterations=300))
    page.get_by_test_id("speed").select_option("50")
    page.get_by_test_id("first").click()
    assert least <= page.evaluate(SECONDS_TO, 2) < most
    stage(page).get_by_role("button", name="Pause").click()


# Whether the label of a point is on top where it is; everything drawn may be pointed at for that.
ON_TOP = """() => {
  const label = document.querySelector(".loss .hoverlayer .hovertext");
  const all = document.createElement("style");
  all.textContent = ".loss * { pointer-events: all !important; }";
  document.head.append(all);
  const { left, right, top, bottom } = label.getBoundingClientRect();
  const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  all.remove();
  return label.contains(hit);
}"""
# How far the last ring of a chart lies from the nearest side of what clips it, minus its radius.
ROOM = """chart => {
  const box = document.querySelector(`.${chart} .chart`).getBoundingClientRect();
  return Math.min(...[...document.querySelectorAll(`.${chart} .balls circle`)].map((ring) => {
    const { left, right, top, bottom } = ring.getBoundingClientRect();
    const clipped = ring.closest("[clip-path]") ? -1 : 1;
    const rooms = [left - box.left, box.right - right, top - box.top, box.bottom - bottom];
    return clipped * Math.min(...rooms);
  }));
}"""


def test_five_rings_at_one_place_can_all_be_seen_whole_and_the_label_of_a_point_over_them(page):
    visit(page, TWO)
    ring = page.locator(".loss .balls circle").first.bounding_box()
    page.mouse.move(ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2, steps=4)
    page.locator(".loss .hoverlayer .hovertext").wait_for()
    assert page.evaluate(ON_TOP)
    for end in ("last", "first"):
        page.get_by_test_id(end).click()
        assert page.evaluate(ROOM, "loss") > 0, end
    for chart in ("path", "loss"):
        assert page.evaluate(RADII, chart) == [11, 9, 7, 5, 3], chart  # each ring 2 pixels wide


def test_no_words_on_the_path_lie_over_others_where_it_leaves_the_window(page):
    visit(page, replace(TWO, learning_rate=0.5))
    settle(page)
    faults = [fault for fault in page.evaluate(FAULTS) if "x0" in fault or "left at" in fault]
    assert faults == []
    expect(page.locator(".path .leaves text")).to_contain_text("left at k")
