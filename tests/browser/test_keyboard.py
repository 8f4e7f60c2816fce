"""Without a mouse: how far the rate is, where the focus is, which page is open, what plays."""

import re

from playwright.sync_api import expect

from helpers.looking import (
    enter,
    expect_verified,
    main,
    open_page,
    press_until_focused,
    rate,
    stage,
    visit,
)
from helpers.stages import TWO
from lsedash.ui.pages.registry import PAGES

TITLES = [page.title for page in PAGES]
# What Tab leads to in the page, and of each the width of the ring that it or a wrapper has then.
RINGS = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  const all = [...main.querySelectorAll("a, button:enabled, input, select, [tabindex='0']")];
  const widthOf = (style) => style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  const ringOf = (element) => {
    element.focus();
    const around = [...document.querySelectorAll(":has(:focus-visible)")];
    return Math.max(...[element, ...around].map((each) => widthOf(getComputedStyle(each))));
  };
  return all.filter((element) => element.checkVisibility() && element.tabIndex >= 0)
    .map((element) => [element.outerHTML.slice(0, 120), ringOf(element)]);
}"""


def focused(page):
    return page.locator(":focus")


def links(page):
    return page.get_by_role("navigation", name="Pages").get_by_role("link")


def test_the_skip_link_is_the_first_tab_and_the_rate_at_most_three_tabs_away(page):
    visit(page, TWO)
    page.locator(".skip-link").wait_for(state="attached")
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_text("Skip to the stage")
    expect(focused(page)).to_be_in_viewport(ratio=1)
    assert focused(page).bounding_box()["height"] > 24
    page.keyboard.press("Enter")
    expect(stage(page)).to_be_focused()
    tabs = 1
    while not rate(page).evaluate("rate => rate === document.activeElement"):
        page.keyboard.press("Tab")
        tabs += 1
        assert tabs <= 3


def test_space_plays_wherever_nothing_else_wants_it(page):
    visit(page, TWO)
    pause = page.get_by_role("button", name="Pause")
    page.keyboard.press("Space")
    expect(pause).to_be_visible()
    page.keyboard.press("Space")
    expect(pause).to_have_count(0)
    page.get_by_test_id("rate-handle").focus()
    page.keyboard.press("Space")
    expect(pause).to_be_visible()
    page.keyboard.press("Space")
    for wanting in (rate(page), page.get_by_test_id("speed"), links(page).first):
        wanting.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Escape")
        expect(pause).to_have_count(0)
    follow = page.get_by_test_id("follow")
    follow.focus()
    page.keyboard.press("Space")
    expect(follow).to_be_checked()
    expect(pause).to_have_count(0)


def test_a_chart_of_the_stage_is_a_sentence_that_follows_edits_and_no_tick_is_read_out(page):
    visit(page, TWO)
    charts = main(page).get_by_role("group")
    said = charts.and_(page.get_by_label("Loss on a log scale against the iteration"))
    expect(said).to_have_attribute(
        "aria-label", re.compile("five programs on one curve, from .* at k = 0 to .* at k = 50")
    )
    before = said.get_attribute("aria-label")
    enter(rate(page), "0.05")
    expect_verified(page)
    expect(said).not_to_have_attribute("aria-label", before)
    assert page.locator(".stage .main-svg:not([aria-hidden=true])").count() == 0
    for name in ("Path of the iterates", "Differences in x from NumPy by hand"):
        expect(charts.and_(page.get_by_label(name))).to_have_count(1)


def test_the_page_links_are_a_landmark_and_the_open_one_is_marked_and_not_the_focused_one(page):
    open_page(page, "why", TWO)
    for title in ("Why", "Pitfalls"):
        links(page).filter(has_text=title).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(links(page).and_(page.locator("[aria-current=page]"))).to_have_text(title)
        expect(links(page)).to_have_text(TITLES)
        expect(
            main(page).get_by_role("img", name=re.compile("against .* from "))
        ).not_to_have_count(0)
    expect(
        page.get_by_test_id("stPlotlyChart").and_(page.locator(":not([role=img])"))
    ).to_have_count(0)
    press_until_focused(page, ".st-key-pages a")
    page.keyboard.press("Tab")
    grounds = [
        link.evaluate("link => getComputedStyle(link).backgroundColor")
        for link in links(page).all()
    ]
    assert grounds[1] == grounds[0] != grounds[TITLES.index("Pitfalls")]
    rings = page.evaluate(RINGS)
    assert len(rings) > len(PAGES)
    assert [element for element, width in rings if width < 2] == []
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pitfalls")
    page.locator(".skip-link").wait_for(state="attached")
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_text("Skip to the page")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
