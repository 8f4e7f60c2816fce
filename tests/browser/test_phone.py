"""A phone: one thumb scrolls past charts, drags the rate and the start, and opens the pages."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from helpers.layout import settle
from helpers.looking import (
    cell,
    enter,
    expect_verified,
    linked,
    middle,
    open_page,
)
from lsedash.presets import PRESETS
from lsedash.text.fields import DEFAULT
from lsedash.ui.pages.registry import PAGES

TWO = PRESETS[1].experiment
SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"
# The ranges of all charts: a swipe that zooms changes them.
RANGES = """() => JSON.stringify([...document.querySelectorAll(".js-plotly-plot")].map(
  ({ _fullLayout: { xaxis, yaxis } }) => [xaxis.range, yaxis.range]))"""
CHARTS = ".js-plotly-plot .nsewdrag"


class Finger:
    """A finger on the screen of a phone."""

    def __init__(self, page):
        self.page, self.session = page, page.context.new_cdp_session(page)

    def send(self, kind, *points):
        points = [{"x": x, "y": y} for x, y in points]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def swipe(self, start, end, steps=8):
        """Touch, move evenly, let go."""
        self.send("touchStart", start)
        for i in range(1, steps + 1):
            self.send(
                "touchMove", [a + (b - a) * i / steps for a, b in zip(start, end, strict=True)]
            )
        self.send("touchEnd")


WITH_CHARTS = [page.path for page in PAGES if page.has_results]


@pytest.mark.parametrize("path", WITH_CHARTS, ids=lambda path: path or "descend")
def test_a_vertical_swipe_over_any_chart_scrolls_the_page(phone, path):
    open_page(phone, path, DEFAULT, "torch_autograd" if path == "code" else "")
    charts = phone.locator(CHARTS)
    charts.first.wait_for()
    settle(phone)
    finger, before = Finger(phone), phone.evaluate(RANGES)
    for chart in charts.all():
        chart.evaluate("chart => chart.scrollIntoView({ block: 'center' })")
        x, y = middle(chart)
        scrolled = phone.evaluate(SCROLLED)
        step = -120 if scrolled > 150 else 120  # to where there is more of the page
        finger.swipe((x, y), (x + 5, y - step))
        phone.wait_for_function(f"before => Math.abs(({SCROLLED})() - before) > 60", arg=scrolled)
    settle(phone)
    assert phone.evaluate(RANGES) == before


def test_one_thumb_drags_the_rate_and_the_start_and_edits_A(phone):
    open_page(phone, "", TWO)
    expect_verified(phone)
    settle(phone)
    finger = Finger(phone)
    x, y = middle(phone.get_by_test_id("rate-handle"))
    finger.swipe((x, y), (x - 60, y))
    phone.wait_for_url(lambda url: linked(url).learning_rate < TWO.learning_rate)
    expect_verified(phone)
    handle = phone.get_by_test_id("start-handle")
    handle.scroll_into_view_if_needed()
    x, y = middle(handle)
    finger.swipe((x, y), (x - 40, y + 30))
    phone.wait_for_url(lambda url: linked(url).x0.tolist() != TWO.x0.tolist())
    expect_verified(phone)
    assert linked(phone.url).x0[0] < TWO.x0[0]
    phone.get_by_test_id("stExpandSidebarButton").tap()
    enter(cell(phone, "A-1-1"), "3")
    phone.wait_for_url(lambda url: linked(url).system.A[0, 0] == 3)


def test_a_finger_held_still_on_the_path_puts_the_start_there(phone):
    open_page(phone, "", TWO)
    expect_verified(phone)
    settle(phone)
    chart = phone.locator(".path .nsewdrag")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    finger = Finger(phone)
    finger.send("touchStart", (box["x"] + 40, box["y"] + 40))
    phone.wait_for_url(lambda url: linked(url).x0.tolist() != TWO.x0.tolist())
    finger.send("touchEnd")
    expect_verified(phone)


def test_a_tap_on_a_page_link_opens_the_page_and_about_is_beside_the_last_of_them(phone):
    open_page(phone, "", DEFAULT)
    settle(phone)
    about = phone.get_by_role("button", name="About", exact=True).bounding_box()
    last = phone.get_by_role("link", name=PAGES[-1].title, exact=True).bounding_box()
    assert abs(about["y"] - last["y"]) < last["height"] / 2
    for page in PAGES[1:]:
        phone.get_by_role("link", name=page.title, exact=True).tap()
        phone.wait_for_url(lambda url, path=page.path: urlsplit(url).path == f"/{path}")
        expect(phone.locator(".st-key-pages")).to_be_visible()


def test_an_open_sidebar_covers_the_page_links(phone):
    open_page(phone, "", DEFAULT)
    phone.get_by_test_id("stExpandSidebarButton").click()
    settle(phone)
    assert phone.evaluate(
        """() => {
          const { x, y } = document.querySelector(".st-key-pages a").getBoundingClientRect();
          const seen = document.elementFromPoint(x + 20, y + 10);
          return seen.closest("[data-testid=stSidebar]") !== null;
        }"""
    )
