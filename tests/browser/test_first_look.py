"""The first minute: without a link the stage waits at k = 0; a link shows what it says."""

from playwright.sync_api import expect

from helpers.looking import enter, expect_verified, losses, rate, stage, visit
from helpers.stages import TWO
from lsedash.text.fields import DEFAULT

NUDGED = """() => {
  window.nudges = [];
  addEventListener("animationend", ({ animationName }) => window.nudges.push(animationName), true);
}"""


def begin(page):
    return page.get_by_test_id("begin")


def expect_k(page, k, last=DEFAULT.iterations):
    expect(page.locator(".readout")).to_contain_text(f"k = {k} of {last}")


def test_a_first_visit_begins_at_the_start_and_after_the_first_play_the_handle_nudges_once(page):
    page.emulate_media(reduced_motion="no-preference")
    page.goto("/")
    expect_verified(page)
    expect_k(page, 0)
    expect(begin(page)).to_be_in_viewport(ratio=1)
    assert len(losses(page)) == DEFAULT.iterations + 1  # ahead, faintly
    page.evaluate(NUDGED)
    page.get_by_test_id("speed").select_option("200")
    before = page.get_by_test_id("rate-input").input_value()
    begin(page).click()
    expect(begin(page)).to_be_hidden()
    expect(page.get_by_test_id("play")).to_be_focused()
    expect_k(page, DEFAULT.iterations)
    page.wait_for_function("() => window.nudges.includes('stage-nudge')")
    assert page.get_by_test_id("rate-input").input_value() == before
    page.get_by_test_id("play").click()
    expect_k(page, DEFAULT.iterations)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    assert page.evaluate("() => window.nudges").count("stage-nudge") == 1
    expect(stage(page)).not_to_have_attribute("data-opening", "playing")


def test_an_edit_shows_the_end_and_a_visitor_with_a_link_sees_what_it_says(page):
    page.goto("/")
    expect_k(page, 0)
    enter(rate(page), "0.2")
    expect_verified(page)
    expect_k(page, DEFAULT.iterations)
    expect(begin(page)).to_be_hidden()
    visit(page, TWO)
    expect_k(page, TWO.iterations, TWO.iterations)
    expect(begin(page)).to_be_hidden()
