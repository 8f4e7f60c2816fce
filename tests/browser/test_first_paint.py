"""What is drawn first stays where it is, so that an early drag does not land elsewhere."""

import pytest
from playwright.sync_api import expect

from helpers.layout import settle
from helpers.looking import expect_verified, open_page, stage
from lsedash.text.fields import DEFAULT
from lsedash.ui.pages.registry import PAGES

MOST_SHIFTED = 0.02  # of the window, as browsers measure it: https://web.dev/articles/cls
# Sums up what browsers call layout shifts, and keeps each with what has moved.
WATCH_SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => {
  const name = (node) => node?.dataset?.testid ?? node?.className ?? node?.nodeName;
  for (const { value, sources } of list.getEntries()) {
    window.shifts.push([value, sources.map(({ node }) => name(node))]);
  }
}).observe({ type: "layout-shift", buffered: true });"""
# Notes at every frame where the handle of the rate and the charts are, once the stage is drawn.
WATCH_STAGE = """window.places = [];
requestAnimationFrame(function look() {
  const boxes = ["[data-testid=rate-handle]", ".path .plot", ".loss .plot"].map(
    (name) => document.querySelector(`[data-testid=stage] ${name}`)?.getBoundingClientRect());
  if (boxes.every((box) => box?.width > 0)) {
    const place = JSON.stringify(boxes.map(({ x, y }) => [Math.round(x), Math.round(y)]));
    if (window.places.at(-1) !== place) window.places.push(place);
  }
  requestAnimationFrame(look);
});"""


def test_the_stage_stays_where_it_was_first_drawn(page):
    page.add_init_script(WATCH_STAGE)
    open_page(page, "", DEFAULT)
    expect_verified(page)
    expect(stage(page).locator("table")).to_be_visible()
    settle(page)
    assert len(page.evaluate("window.places")) == 1, page.evaluate("window.places")


@pytest.mark.parametrize("path", [page.path for page in PAGES], ids=lambda path: path or "descend")
def test_no_page_jumps_while_it_is_loaded(page, path):
    page.add_init_script(WATCH_SHIFTS)
    open_page(page, path, DEFAULT)
    settle(page)
    shifts = page.evaluate("window.shifts")
    assert sum(value for value, *_ in shifts) < MOST_SHIFTED, shifts
