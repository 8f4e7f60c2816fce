"""The learning rate under the hand: dragged, let go, verified; by mouse, by keyboard, typed."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from helpers.looking import (
    cell,
    enter,
    expect_experiment,
    expect_verified,
    grab,
    linked,
    press_until_focused,
    preview,
    ranges,
    rate,
    shown_rate,
    stage,
    visit,
)
from helpers.stages import EDGE, TWO
from lsedash import VARIANTS, LinearSystem, Theory, compare
from lsedash.checking.verification import verify
from lsedash.text.words import number_word

FASTEST = Theory(TWO.system).optimal_learning_rate
DRAG = 60  # mouse moves


def test_a_dragged_rate_is_previewed_at_every_move_and_then_verified(tab):
    sent = []
    tab.on("websocket", lambda line: line.on("framesent", lambda frame: sent.append(frame)))
    visit(tab, TWO)
    before = ranges(tab)
    sent.clear()
    x, y = grab(tab)
    seen = set()
    for i in range(DRAG):
        tab.mouse.move(x - 2 * i, y)
        seen.add(preview(tab))
        assert stage(tab).get_attribute("data-state") == "preview"
    assert len(seen) > 0.9 * DRAG  # fewer only where the handle snaps to a mark
    assert preview(tab).count("L") == TWO.iterations
    assert sent == []
    assert ranges(tab) == before
    tab.mouse.up()
    expect_verified(tab)
    experiment = replace(TWO, learning_rate=shown_rate(tab))
    assert experiment.learning_rate < TWO.learning_rate
    expect_experiment(tab, experiment)
    agreed = f"verified: {number_word(len(VARIANTS))} programs agree with the prediction to"
    expect(tab.get_by_text(agreed)).to_be_visible()
    assert preview(tab) == ""


def test_the_lens_moves_the_rate_in_finer_steps_and_the_handle_snaps_to_the_edge_exactly(page):
    visit(page, TWO)
    lens = page.locator(".axis-lens .grip").bounding_box()
    page.mouse.click(lens["x"] + lens["width"] * 0.7, lens["y"] + lens["height"] / 2)
    expect_verified(page)
    below = 1 - linked(page.url).learning_rate / EDGE
    assert 0 < below < 0.05
    assert linked(page.url).learning_rate not in (EDGE, FASTEST)
    x, y = grab(page)
    track = page.locator(".axis-main .grip").bounding_box()
    page.mouse.move(x, y - 3)
    page.mouse.move(track["x"] + track["width"] * 2 / 2.3 + 3, y)
    page.mouse.up()
    expect_experiment(page, replace(TWO, learning_rate=EDGE))
    expect(page.get_by_text("At the edge: swings along")).to_be_visible()


NAMED = {
    "fastest in the long run": FASTEST,
    "best for": Theory(TWO.system).best_learning_rate(TWO.x0, TWO.iterations),
    "edge": EDGE,
    "steepest in one step": EDGE / 2,
    "Half": EDGE / 4,
    "Double": EDGE / 2,
}


def test_the_named_rates_are_buttons_and_half_of_half_is_a_quarter_however_fast(page):
    visit(page, TWO)
    for name, wanted in NAMED.items():
        stage(page).get_by_role("button", name=name).first.click()
        expect_experiment(page, replace(TWO, learning_rate=wanted))
        assert float(rate(page).input_value()) == pytest.approx(wanted, rel=1e-3)
        assert len(rate(page).input_value()) <= 8  # a long number is shown in four digits ...
        assert shown_rate(page) == wanted
    rate(page).focus()
    assert float(rate(page).input_value()) == wanted  # ... until it is edited
    page.get_by_role("button", name="Half").dblclick()
    expect_experiment(page, replace(TWO, learning_rate=wanted / 4))


def test_rate_and_start_are_moved_with_the_keyboard(page):
    visit(page, TWO)
    press_until_focused(page, '[data-testid="rate-handle"]')
    page.keyboard.press("ArrowRight")
    expect_verified(page)
    page.wait_for_url(lambda url: linked(url).learning_rate > TWO.learning_rate)
    moved = linked(page.url)
    assert moved.learning_rate == pytest.approx(TWO.learning_rate + 0.01 * EDGE / 2, rel=1e-3)
    press_until_focused(page, '[data-testid="start-handle"]')
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(lambda url: linked(url).x0[0] < TWO.x0[0])
    expect_experiment(page, replace(moved, x0=linked(page.url).x0))
    assert linked(page.url).x0[1] == pytest.approx(TWO.x0[1], abs=0.02)


def test_keys_that_repeat_end_at_the_last_one(page):
    visit(page, TWO)
    page.get_by_test_id("rate-handle").focus()
    for _ in range(25):
        page.keyboard.press("ArrowLeft")
    wanted = shown_rate(page)
    assert wanted == pytest.approx(TWO.learning_rate - 0.25 * EDGE / 2, rel=1e-2)
    expect_experiment(page, replace(TWO, learning_rate=wanted))


def test_a_press_on_a_handle_alone_changes_nothing_and_the_stamp_has_the_measured_difference(page):
    visit(page, TWO)
    for handle in ("rate-handle", "start-handle"):
        grab(page, handle)
        page.mouse.up()
        expect_verified(page)
        assert shown_rate(page) == TWO.learning_rate
        assert linked(page.url) == TWO
    verdict = verify(compare(TWO), Theory(TWO.system))
    difference = float(stage(page).get_attribute("data-max-difference"))
    assert 0 < difference <= verdict.bound
    expect(page.locator(".stamp")).to_contain_text(f"to {difference:.0e}")


def test_the_rate_follows_a_if_it_is_asked_to(page):
    visit(page, TWO)
    page.get_by_test_id("follow").check()
    enter(cell(page, "A-1-1"), "3")
    system = LinearSystem([[3, 2], [0, 1]], TWO.system.b)
    tops = [Theory(one).curvatures[0] for one in (TWO.system, system)]
    page.wait_for_url(lambda url: linked(url).system == system)
    followed = linked(page.url).learning_rate
    assert followed == pytest.approx(TWO.learning_rate * tops[0] / tops[1], rel=1e-12)
    page.get_by_test_id("follow").uncheck()
    enter(cell(page, "A-1-1"), "1")
    expect_experiment(page, replace(TWO, learning_rate=followed))
