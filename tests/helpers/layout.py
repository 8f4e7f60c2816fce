"""The layout of a page: sizes of the window, the sidebar, and what a look at the boxes finds."""

import re
from pathlib import Path

from playwright.sync_api import expect

HERE = Path(__file__).parent
# Windows in which most goes wrong: width and height, whether the sidebar is open, and whether every
# view is looked at in it or only the first ones of the pages. 820 pixels beside an open sidebar are
# the narrowest place in which columns stand side by side.
PHONE = 390, 844
WINDOWS = [
    ((820, 1180), True, False),
    (PHONE, True, False),
    (PHONE, False, True),
    ((1920, 1080), False, False),
    ((820, 1180), False, True),
    ((1280, 720), False, False),
    ((1280, 720), True, True),
]
# Resolves when no box of the page has moved for some frames, and nothing is loading or computing.
SETTLED = """async () => {
  await document.fonts.ready;
  const boxes = () => Array.from(document.querySelectorAll("[data-testid=stApp] *"), (element) => {
    const { x, y, width } = element.getBoundingClientRect();
    return [x, y, width].map(Math.round);
  }).join();
  for (let before = "", still = 0; still < 4; ) {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    const now = boxes();
    const busy = ".stProgress, [data-test-script-state=running], [data-stale=true]";
    still = now === before && !document.querySelector(busy) ? still + 1 : 0;
    before = now;
  }
}"""
EXPANDER = "stExpandSidebarButton"


def function(name):
    """A function for the page from a file beside this one, without the comment at its top."""
    text = (HERE / name).read_text(encoding="utf-8")
    return re.sub(r"\A(//.*\n|\n)+", "", text)


FAULTS, ILLEGIBLE = function("faults.js"), function("legibility.js")


def settle(page):
    """Wait until everything has its place."""
    page.evaluate(SETTLED)


def set_sidebar(page, *, opened):
    """Open or close the sidebar, as a visitor does."""
    expander = page.get_by_test_id(EXPANDER)
    if (expander.count() == 0) == opened:
        return
    if opened:
        expander.click()
    else:
        page.get_by_test_id("stSidebar").hover(position={"x": 40, "y": 20})
        page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    expect(expander).to_have_count(0 if opened else 1)


def faults_at(page, size, *, opened):
    """What overlaps or is cut in a window of this size with the sidebar open or closed."""
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    set_sidebar(page, opened=opened)
    settle(page)
    return page.evaluate(FAULTS)


def illegible(page, least=14, contrast=4.5):
    """The texts that are smaller, in pixels, or fainter than this."""
    return page.evaluate(ILLEGIBLE, [least, contrast])
