"""The stage in a file: opened without a network it is alive, and it asks for nothing."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers.accessibility import COLOURS, serious
from helpers.looking import losses
from lsedash import Theory, compare
from lsedash.figures.style import DARK, LIGHT
from lsedash.presets import PRESETS
from lsedash.text.words import brief

WORKED = PRESETS[0].experiment
STEP = 40  # pixels of a move of the mouse
INK = """() => getComputedStyle(document.querySelector(".stage")).getPropertyValue("--ink")"""


@pytest.fixture
def offline(page):
    """The tab without a network; what it asks for is noted."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    yield page, asked
    page.context.set_offline(False)


def stage(page):
    return page.get_by_test_id("stage")


def readout(page):
    return page.locator(".readout")


def drag_rate(page, pixels):
    box = page.get_by_test_id("rate-handle").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + pixels, y, steps=4)
    expect(stage(page)).to_have_attribute("data-state", "preview")
    page.mouse.up()
    expect(stage(page)).to_have_attribute("data-state", "prediction")
    return float(stage(page).get_attribute("data-learning-rate"))


def predicted_loss(rate, k, experiment=WORKED):
    theory = Theory(experiment.system)
    return brief(float(theory.losses(experiment.x0, rate, np.array([k]))[0]))


def test_a_file_is_alive_without_a_network_and_asks_for_nothing(offline, tmp_path):
    page, asked = offline
    WORKED.stage().save(tmp_path / "stage.html")
    page.goto(f"file://{tmp_path}/stage.html")
    expect(stage(page)).to_have_attribute("data-state", "verified")
    first = compare(WORKED).runs[0]
    assert np.array_equal(losses(page), first.losses), "to the last bit"
    expect(page.locator(".stamp")).to_contain_text("five programs agree with the prediction to")
    assert page.get_by_test_id("follow").count() == page.get_by_test_id("loss").count() == 0

    rate = drag_rate(page, 5 * STEP)
    assert rate > 1.2 * WORKED.learning_rate
    said = r"predicted here; the five programs ran at α = 0\.1 with torch [\d.]+ and agreed to \S+"
    expect(page.locator(".stamp")).to_have_text(re.compile(said))
    expect(readout(page)).to_contain_text(f"loss = {predicted_loss(rate, 50)}")
    for view in ("Modes", "3-D", "Fit"):
        page.get_by_role("button", name=view, exact=True).click()
        expect(page.get_by_role("button", name=view)).to_have_attribute("aria-pressed", "true")
        expect(stage(page)).to_have_attribute("data-state", "prediction")
        expect(readout(page)).to_contain_text(f"loss = {predicted_loss(rate, 50)}")

    stage(page).focus()
    page.keyboard.press("Home")
    expect(readout(page)).to_contain_text("k = 0 of 50")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(readout(page)).to_contain_text("k = 49 of 50")
    page.keyboard.press(" ")
    expect(readout(page)).to_contain_text("k = 50 of 50")
    page.get_by_test_id("rate-handle").press("ArrowRight")
    expect(stage(page)).not_to_have_attribute("data-learning-rate", str(rate))
    assert serious(page) == {}

    page.get_by_test_id("theme").click()
    page.wait_for_function(f"ink => ({INK})() === ink", arg=DARK.ink)
    assert serious(page, COLOURS) == {}
    page.get_by_test_id("theme").click()
    page.wait_for_function(f"ink => ({INK})() === ink", arg=LIGHT.ink)

    page.get_by_role("button", name="Back to α = 0.1").click()
    expect(stage(page)).to_have_attribute("data-state", "verified")
    page.locator(".rate-field .term").click()
    expect(page.locator(".meaning")).to_contain_text("learning rate")
    assert asked == [f"file://{tmp_path}/stage.html"]


def test_a_typed_rate_and_a_moved_start_are_predicted_in_a_frame_and_a_clicker_turns_the_slides(
    offline,
):
    page, _ = offline
    frame = WORKED.stage().html().replace("&", "&amp;").replace('"', "&quot;")
    page.set_content(f'<iframe srcdoc="{frame}" width="1300" height="900"></iframe>')
    page.evaluate("() => { window.told = []; onmessage = ({ data }) => told.push(data); }")
    inside = page.frame_locator("iframe")
    shown, field = inside.get_by_test_id("stage"), inside.get_by_test_id("rate-input")
    expect(shown).to_have_attribute("data-state", "verified")
    field.fill("abc")
    field.press("Enter")
    expect(inside.locator(".fault")).to_contain_text("it is 'abc'. Still showing 0.1.")
    field.fill("1/5")
    field.press("Enter")
    expect(shown).to_have_attribute("data-learning-rate", "0.2")
    expect(inside.locator(".fault")).to_be_empty()

    start = inside.locator(".start-handle")
    start.focus()
    start.press("ArrowUp")
    expect(inside.locator(".readout")).not_to_contain_text(predicted_loss(0.2, 50))
    moved = inside.locator(".readout").inner_text().partition("loss = ")[2]
    inside.get_by_role("button", name="Modes", exact=True).click()
    expect(inside.locator(".readout")).to_contain_text("steepest direction")
    expect(inside.locator(".readout")).to_contain_text(f"loss = {moved}")
    shown.press("PageDown")
    page.wait_for_function('() => window.told.includes(\'{"method":"next"}\')')
