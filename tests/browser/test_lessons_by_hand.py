"""A lesson from first to last: by mouse, by keyboard alone, on a phone; and what axe says."""

import pytest
from playwright.sync_api import expect

from helpers.accessibility import serious_in_both_schemes
from helpers.layout import PHONE
from helpers.looking import expect_verified, parts, press_until_focused, stage


def bar(page):
    return page.locator(".lesson-bar")


def button(page, name):
    return bar(page).get_by_role("button", name=name, exact=True)


def expect_step(page, number):
    expect(bar(page).locator(".lesson-kind")).to_contain_text(f"step {number} of")


def expect_nothing_to_peep_at(page):
    """No chart, no stage, and in the sidebar nothing that tells of the result."""
    expect(page.locator(".prediction[data-state=asks]")).to_be_visible()
    expect(stage(page)).to_have_count(0)
    expect(page.locator(".js-plotly-plot")).to_have_count(0)
    expect(page.locator(".st-key-diagnosis, [data-cell]")).to_have_count(0)


def expect_ghost(page, words):
    """The prediction beside what the programs did, and the difference as a number."""
    expect(page.locator(".prediction[data-state=seen]")).to_be_visible()
    expect(page.locator(".prediction .ghost").first).to_be_visible()
    expect(page.locator(".prediction .verdict")).to_contain_text(words)


def drag(page, locator, *shares):
    """Press in a box and move through places, shares of its width and height."""
    box = locator.bounding_box()
    for number, (x, y) in enumerate(shares):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=4)
        if number == 0:
            page.mouse.down()
    page.mouse.up()


def test_a_lesson_by_mouse_with_a_curve_that_is_drawn_and_what_axe_says(page):
    page.goto("/lessons")
    card = page.locator("[class*=st-key-card_]", has_text="What a condition number costs")
    card.get_by_role("button", name="Begin").click()
    page.wait_for_url(lambda url: parts(url).get("lesson") == "condition")
    expect_step(page, 1)
    expect_nothing_to_peep_at(page)
    assert serious_in_both_schemes(page) == {}
    drag(page, page.locator(".board-frame"), (0.02, 0.3), (0.5, 0.5), (0.99, 0.6))
    page.get_by_role("button", name="This is my prediction").click()
    expect_step(page, 2)
    expect_ghost(page, "On average your curve is a factor of")
    expect(page.locator(".prediction path.program")).to_have_count(5)
    expect(stage(page)).to_be_visible()
    assert serious_in_both_schemes(page) == {}
    button(page, "Next").click()
    expect_step(page, 3)
    expect(button(page, "Next")).to_be_disabled()
    button(page, "Hint").click()
    expect(bar(page)).to_contain_text("Hint 1:")
    entry = page.locator('[data-cell="A-2-2"]')
    entry.fill("0.5")
    entry.press("Enter")
    expect(bar(page)).to_contain_text("Reached:")
    button(page, "Next").click()
    expect_step(page, 4)
    page.go_back()
    expect_step(page, 3)
    expect(button(page, "Next")).to_be_enabled()
    button(page, "Next").click()
    expect_step(page, 4)
    button(page, "Next").click()
    expect_step(page, 5)
    expect_nothing_to_peep_at(page)
    page.get_by_text("115, a hundredth.").click()
    page.get_by_role("button", name="This is my prediction").click()
    expect_ghost(page, "Right.")
    button(page, "Next").click()
    expect_step(page, 6)
    button(page, "Skip this step").click()
    expect(bar(page)).to_contain_text("This was the last step")
    button(page, "Leave").click()
    expect(bar(page)).to_have_count(0)
    expect_verified(page)
    assert not {"lesson", "step", "guess"} & parts(page.url).keys()


def test_a_lesson_by_keyboard_alone(page):
    page.goto("/?lesson=edge")
    expect_step(page, 1)
    press_until_focused(page, ".board .mark")
    for _ in range(3):
        page.keyboard.press("PageUp")
    marked = float(page.locator(":focus").get_attribute("aria-valuenow"))
    press_until_focused(page, ".hand-in")
    page.keyboard.press("Enter")
    expect_step(page, 2)
    expect_ghost(page, "times")
    assert float(parts(page.url)["guess"]) == pytest.approx(marked)
    expect(page.locator(":focus")).to_have_class("lesson-text")
    press_until_focused(page, '[data-do="next"]')
    page.keyboard.press("Enter")
    expect_step(page, 3)
    press_until_focused(page, "[data-testid=rate-input]")
    page.keyboard.press("Control+a")
    page.keyboard.type("0.5")
    page.keyboard.press("Enter")
    expect(bar(page)).to_contain_text("Reached: αλₘₐₓ is 2.")
    press_until_focused(page, '[data-do="next"]', "Shift+Tab")
    page.keyboard.press("Enter")
    expect_step(page, 4)
    press_until_focused(page, ".choice input")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    press_until_focused(page, ".hand-in")
    page.keyboard.press("Enter")
    expect_step(page, 5)
    expect_ghost(page, "Right.")
    press_until_focused(page, '[data-do="next"]')
    page.keyboard.press("Enter")
    expect_step(page, 6)
    press_until_focused(page, '[data-do="skip"]')
    page.keyboard.press("Enter")
    expect(bar(page)).to_contain_text("This was the last step")
    press_until_focused(page, '[data-do="leave"]', "Shift+Tab")
    page.keyboard.press("Enter")
    expect(bar(page)).to_have_count(0)


def test_a_lesson_on_a_phone_leaves_room_for_the_stage(phone):
    page, (_, height) = phone, PHONE
    page.goto("/?lesson=too-small")
    expect_nothing_to_peep_at(page)
    page.locator("label.choice").nth(1).tap()
    page.get_by_role("button", name="This is my prediction").tap()
    expect_step(page, 2)
    expect_ghost(page, "Right.")
    button(page, "Next").tap()
    expect_step(page, 3)
    expect_verified(page)
    assert bar(page).bounding_box()["height"] < 0.25 * height
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    field = page.get_by_test_id("rate-input")
    field.fill("0.3")
    field.press("Enter")
    expect(bar(page)).to_contain_text("Reached:")
    for step, name in ((3, "Next"), (4, "Skip this step"), (5, "Next"), (6, "Skip this step")):
        expect_step(page, step)
        button(page, name).tap()
    expect(bar(page)).to_contain_text("This was the last step")
    button(page, "Leave").tap()
    expect(bar(page)).to_have_count(0)
    expect_verified(page)
