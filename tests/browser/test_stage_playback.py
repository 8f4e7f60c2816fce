"""The stage played back: by buttons, by keyboard, to where the path leaves the window."""

import re
from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers.looking import enter, expect_verified, ranges, rate, stage, visit
from helpers.stages import EDGE, TWO
from lsedash import VARIANTS, Theory, compare


def readout(page):
    """k, the numbers and the loss that the playback shows."""
    text = page.locator(".readout").inner_text().replace("\u2212", "-")
    k = int(re.search(r"k = (\d+)", text)[1])
    return k, [float(number) for number in re.findall(r"(?:x.|loss) = (\S+?)(?:,|$| )", text)]


def test_the_playback_steps_through_the_points_of_the_run(page):
    visit(page, TWO)
    run = compare(TWO)["numpy_by_hand"]
    page.get_by_test_id("first").click()
    assert readout(page)[0] == 0
    for k in (1, 2, 3):
        page.get_by_test_id("forward").click()
        expected = [*run.iterates[k], run.losses[k]]
        assert readout(page) == (k, pytest.approx(expected, rel=1e-3))
    page.get_by_test_id("back").click()
    assert readout(page)[0] == 2
    page.get_by_test_id("scrub").fill("40")
    assert readout(page)[0] == 40
    expect(page.locator(".path .balls circle")).to_have_count(len(VARIANTS))
    expect(page.locator(".loss .balls circle")).to_have_count(len(VARIANTS))
    page.get_by_test_id("last").click()
    assert readout(page)[0] == TWO.iterations


def test_play_runs_to_the_end_and_pause_stops_it(page):
    page.emulate_media(reduced_motion="no-preference")
    visit(page, replace(TWO, iterations=300))
    page.get_by_test_id("speed").select_option("50")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => /k = [1-9]/.test(document.querySelector('.readout').textContent)")
    page.get_by_role("button", name="Pause").click()
    stopped = readout(page)[0]
    assert 0 < stopped < 300
    page.get_by_test_id("speed").select_option("200")
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".readout")).to_contain_text("k = 300 of 300")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_the_stage_is_played_with_the_keyboard(page):
    visit(page, TWO)
    stage(page).focus()
    page.keyboard.press("Home")
    assert readout(page)[0] == 0
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert readout(page)[0] == 1
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("End")
    assert readout(page)[0] == TWO.iterations


def test_a_path_that_leaves_the_window_says_at_which_iteration(page):
    growing = replace(TWO, learning_rate=1.03 * EDGE)
    visit(page, growing)
    window = np.array(ranges(page)[0])
    path = Theory(growing.system).iterates(growing.x0, growing.learning_rate, range(51))
    outside = ((path < window[:, 0]) | (path > window[:, 1])).any(axis=1)
    first = int(outside.argmax())
    assert first > 0
    expect(page.locator(".leaves text")).to_have_text(f"left at k = {first}")
    expect(page.locator(".regime")).to_contain_text(f"leaves the window at iteration {first}")
    enter(rate(page), "0.1")
    expect_verified(page)
    expect(page.locator(".leaves text")).to_have_count(0)
