"""What is drawn first stays where it is, so that an early drag does not land elsewhere."""

from playwright.sync_api import expect

from helpers.layout import settle
from helpers.looking import expect_verified, open_page, stage
from lsedash.text.fields import DEFAULT

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


def test_the_stage_stays_where_it_was_first_drawn(tab):
    tab.add_init_script(WATCH_STAGE)
    open_page(tab, "", DEFAULT)
    expect_verified(tab)
    expect(stage(tab).locator("table")).to_be_visible()
    settle(tab)
    assert len(tab.evaluate("window.places")) == 1, tab.evaluate("window.places")
