"""The stage under the hand: dragged, let go, verified; by mouse, by keyboard, typed."""

import re
from dataclasses import replace

import numpy as np
import pytest
from looking import (
    Line,
    cell,
    enter,
    expect_experiment,
    expect_verified,
    grab,
    linked,
    losses,
    press_until_focused,
    preview,
    ranges,
    rate,
    shown_rate,
    stage,
    visit,
)
from playwright.sync_api import expect

from lsedash import LinearSystem, Theory, compare
from lsedash.link import DEFAULT
from lsedash.presets import PRESETS
from lsedash.verification import verify

TWO = PRESETS[1].experiment
ONE = PRESETS[2].experiment
FOUR = replace(PRESETS[5].experiment, iterations=300)
ONE_AT_A_TIME = """async () => {
  const { Requests } = await import("/stage/requests.js");
  const requests = new Requests(), said = [];
  const hear = (request, serial) => requests.hear({
    data: { session: "s", request, serial },
    setTriggerValue: (name, { request: asked, unanswered }) => said.push([asked, unanswered]),
  });
  hear(0, 1);
  requests.ask("start", 1);
  requests.ask("start", 2);
  requests.ask("rate", 3); // both wait for the answer to the first
  const early = said.length;
  hear(1, 2);
  const answered = [said.length, requests.waiting];
  hear(3, 3);
  answered.push(requests.waiting);
  requests.ask("rate", 4);
  requests.since -= 60_000; // an answer that does not come
  requests.ask("rate", 5);
  requests.ask("rate", 6);
  requests.ask("keep", 7); // does not wait, and takes the other with it
  return [early, answered, said];
}"""
EDGE = Theory(TWO.system).critical_learning_rate
FASTEST = Theory(TWO.system).optimal_learning_rate
DRAG = 150  # mouse moves


def test_a_dragged_rate_is_previewed_at_every_move_and_then_verified(page):
    sent = []
    page.on("websocket", lambda line: line.on("framesent", lambda frame: sent.append(frame)))
    visit(page, TWO)
    before = ranges(page)
    sent.clear()
    x, y = grab(page)
    seen = set()
    for i in range(DRAG):
        page.mouse.move(x - 2 * i, y)
        seen.add(preview(page))
        assert stage(page).get_attribute("data-state") == "preview"
    assert len(seen) > 0.9 * DRAG  # fewer only where the handle snaps to a mark
    assert preview(page).count("L") == TWO.iterations
    assert sent == []
    assert ranges(page) == before
    page.mouse.up()
    expect_verified(page)
    experiment = replace(TWO, learning_rate=shown_rate(page))
    assert experiment.learning_rate < TWO.learning_rate
    expect_experiment(page, experiment)
    expect(page.get_by_text("verified: five programs agree with the prediction to")).to_be_visible()
    assert preview(page) == ""


def test_the_number_on_the_stamp_is_the_measured_difference(page):
    visit(page, TWO)
    verdict = verify(compare(TWO), Theory(TWO.system))
    difference = float(stage(page).get_attribute("data-max-difference"))
    assert 0 < difference <= verdict.bound
    expect(page.locator(".stamp")).to_contain_text(f"to {difference:.0e}")


def test_a_bare_press_on_the_handle_of_the_start_changes_nothing(page):
    visit(page, TWO)
    grab(page, "start-handle")
    page.mouse.up()
    expect_verified(page)
    assert linked(page.url) == TWO


def test_the_handle_snaps_to_the_edge_exactly(page):
    visit(page, TWO)
    x, y = grab(page)
    track = page.locator(".axis-main .grip").bounding_box()
    page.mouse.move(x, y - 3)
    page.mouse.move(track["x"] + track["width"] * 2 / 2.3 + 3, y)
    page.mouse.up()
    expect_experiment(page, replace(TWO, learning_rate=EDGE))
    expect(page.get_by_text("At the edge: swings along")).to_be_visible()


def test_the_lens_moves_the_rate_in_finer_steps(page):
    visit(page, TWO)
    lens = page.locator(".axis-lens .grip").bounding_box()
    page.mouse.click(lens["x"] + lens["width"] * 0.7, lens["y"] + lens["height"] / 2)
    expect_verified(page)
    below = 1 - linked(page.url).learning_rate / EDGE
    assert 0 < below < 0.05
    assert linked(page.url).learning_rate not in (EDGE, FASTEST)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("steepest in one step", EDGE / 2),
        ("fastest", FASTEST),
        ("edge", EDGE),
        ("Half", TWO.learning_rate / 2),
        ("Double", TWO.learning_rate * 2),
    ],
)
def test_the_named_rates_are_buttons(page, name, wanted):
    visit(page, TWO)
    stage(page).get_by_role("button", name=name).first.click()
    expect_experiment(page, replace(TWO, learning_rate=wanted))
    assert float(rate(page).input_value()) == wanted
    assert shown_rate(page) == wanted


def test_half_of_half_is_a_quarter_however_fast_it_is_pressed(page):
    visit(page, TWO)
    page.get_by_role("button", name="Half").dblclick()
    expect_experiment(page, replace(TWO, learning_rate=TWO.learning_rate / 4))


def test_a_dragged_start_is_previewed_and_reaches_the_fields_and_the_link(page):
    visit(page, TWO)
    before = ranges(page)
    x, y = grab(page, "start-handle")
    page.mouse.move(x - 40, y - 30)
    first = preview(page)
    page.mouse.move(x - 80, y - 60)
    assert preview(page) != first
    expect(stage(page)).to_have_attribute("data-state", "preview")
    page.mouse.up()
    expect_verified(page)
    page.wait_for_url(lambda url: linked(url).x0.tolist() != TWO.x0.tolist())
    experiment = linked(page.url)
    assert experiment.x0[0] < TWO.x0[0]
    assert experiment.x0[1] > TWO.x0[1]
    expect_experiment(page, replace(TWO, x0=experiment.x0))
    expect(cell(page, "x0-1")).to_have_value(re.compile("^-?[0-9.]{1,8}$"))
    assert float(cell(page, "x0-2").input_value()) == experiment.x0[1]
    assert ranges(page)[0] == before[0]


def test_a_click_on_the_path_chart_places_the_start(page):
    visit(page, TWO)
    chart = page.locator(".path .nsewdrag").bounding_box()
    page.mouse.click(chart["x"] + 30, chart["y"] + 30)
    page.wait_for_url(lambda url: linked(url).x0.tolist() != TWO.x0.tolist())
    experiment = linked(page.url)
    (left, right), (bottom, top) = ranges(page)[0]
    wanted = (
        left + (right - left) * 30 / chart["width"],
        top - (top - bottom) * 30 / chart["height"],
    )
    assert experiment.x0 == pytest.approx(wanted, abs=0.05)
    expect_experiment(page, experiment)


def test_the_only_unknown_is_dragged_along_its_parabola(page):
    visit(page, ONE)
    x, y = grab(page, "start-handle")
    page.mouse.move(x + 50, y + 90)
    page.mouse.up()
    page.wait_for_url(lambda url: linked(url).x0[0] > ONE.x0[0])
    expect_experiment(page, replace(ONE, x0=linked(page.url).x0))


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


def test_a_press_on_the_rate_s_handle_alone_changes_nothing(page):
    visit(page, TWO)
    grab(page)
    page.mouse.up()
    expect_verified(page)
    assert shown_rate(page) == TWO.learning_rate
    assert linked(page.url) == TWO


def test_a_click_beside_the_plot_changes_nothing(page):
    visit(page, TWO)
    chart = page.locator(".path .nsewdrag").bounding_box()
    page.mouse.click(chart["x"] + 50, chart["y"] + chart["height"] + 12)
    enter(rate(page), "0.2")
    expect_experiment(page, replace(TWO, learning_rate=0.2))


def test_of_several_requests_while_python_is_busy_none_is_lost(page):
    line = Line(page)
    visit(page, FOUR)
    line.paused = True
    page.get_by_role("button", name="Modes").click()
    page.get_by_test_id("rate-handle").press("ArrowLeft")
    page.get_by_test_id("keep").check()
    wanted = shown_rate(page)
    line.resume()
    expect_experiment(page, replace(FOUR, learning_rate=wanted))
    expect(page.get_by_role("button", name="Modes")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("keep")).to_be_checked()


def test_one_message_is_on_its_way_at_a_time_unless_python_is_slow(page):
    visit(page, TWO)
    early, answered, said = page.evaluate(ONE_AT_A_TIME)
    assert (early, answered) == (1, [2, True, False])
    assert said == [
        [1, {"start": 1}],
        [3, {"start": 2, "rate": 3}],
        [4, {"rate": 4}],
        [5, {"rate": 5}],
        [7, {"rate": 6, "keep": 7}],
    ]


@pytest.mark.parametrize("kind", ["Modes", "Coordinates"])
def test_more_unknowns_are_dragged_in_the_plane_that_is_shown(page, kind):
    visit(page, FOUR)
    page.get_by_role("button", name=kind).click()
    if kind == "Coordinates":
        page.get_by_label("Across").select_option("3")
        page.wait_for_function(
            "() => document.querySelector('.path .js-plotly-plot').layout.xaxis.title.text === 'x₄'"
        )
    else:
        expect(page.get_by_role("button", name=kind)).to_have_attribute("aria-pressed", "true")
    expect_verified(page)
    x, y = grab(page, "start-handle")
    page.mouse.move(x + 30, y + 20)
    page.mouse.up()
    page.wait_for_url(lambda url: linked(url) != FOUR)
    moved = linked(page.url).x0
    expect_experiment(page, replace(FOUR, x0=moved))
    changed = np.flatnonzero(moved != FOUR.x0)
    assert changed.tolist() == ([0, 1, 2, 3] if kind == "Modes" else [1, 3])


def test_the_rate_follows_a_if_it_is_asked_to(page):
    visit(page, TWO)
    page.get_by_test_id("keep").check()
    enter(cell(page, "A-1-1"), "3")
    system = LinearSystem([[3, 2], [0, 1]], TWO.system.b)
    tops = [Theory(one).curvatures[0] for one in (TWO.system, system)]
    page.wait_for_url(lambda url: linked(url).system == system)
    followed = linked(page.url).learning_rate
    assert followed == pytest.approx(TWO.learning_rate * tops[0] / tops[1], rel=1e-12)
    page.get_by_test_id("keep").uncheck()
    enter(cell(page, "A-1-1"), "1")
    expect_experiment(page, replace(TWO, learning_rate=followed))


def test_until_the_answer_comes_the_old_curves_stay_and_look_stale(page):
    line = Line(page)
    visit(page, TWO)
    before = losses(page)
    line.paused = True
    x, y = grab(page)
    page.mouse.move(x - 100, y)
    page.mouse.up()
    expect(stage(page)).to_have_attribute("data-state", "waiting")
    stale = page.locator(".loss .scatterlayer")
    assert float(stale.evaluate("layer => getComputedStyle(layer).opacity")) < 0.5
    assert stale.locator(".trace").count() == 5
    assert preview(page).count("L") == TWO.iterations
    line.resume()
    expect_experiment(page, replace(TWO, learning_rate=shown_rate(page)))
    assert float(stale.evaluate("layer => getComputedStyle(layer).opacity")) == 1
    assert not np.array_equal(losses(page), before)


def test_an_answer_moves_nothing_under_the_hand(page):
    line = Line(page)
    visit(page, TWO)
    line.paused = True
    page.get_by_test_id("rate-handle").press("ArrowLeft")
    while not line.waiting:  # until the server is at work on it
        page.wait_for_timeout(10)
    x, y = grab(page)
    page.mouse.move(x - 100, y)
    before, drawn = ranges(page), preview(page)
    line.resume()
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stage]').stage.waiting !== undefined"
    )
    assert (ranges(page), preview(page)) == (before, drawn)
    expect(stage(page)).to_have_attribute("data-state", "preview")
    page.mouse.up()
    expect_experiment(page, replace(TWO, learning_rate=shown_rate(page)))


def test_what_is_being_typed_is_not_overwritten_by_an_answer(page):
    line = Line(page)
    visit(page, TWO)
    line.paused = True
    page.get_by_test_id("rate-handle").press("ArrowLeft")
    while not line.waiting:
        page.wait_for_timeout(10)
    rate(page).fill("0.2")
    line.resume()
    page.wait_for_url(lambda url: linked(url) != TWO)
    expect(rate(page)).to_have_value("0.2")
    rate(page).press("Enter")
    expect_experiment(page, replace(TWO, learning_rate=0.2))


def test_a_strict_content_security_policy_breaks_nothing(page):
    answer = page.request.get("/")
    scripts = answer.headers["content-security-policy"].split("script-src")[1].split(";")[0]
    assert "unsafe-inline" not in scripts
    assert "'unsafe-eval'" not in scripts
    visit(page, DEFAULT)
    x, y = grab(page)
    page.mouse.move(x + 40, y)
    page.mouse.up()
    expect_experiment(page, replace(DEFAULT, learning_rate=shown_rate(page)))
    page.get_by_role("button", name="3-D").click()
    expect(page.get_by_role("button", name="3-D")).to_have_attribute("aria-pressed", "true")
    expect_verified(page)


def test_a_key_held_down_on_the_start_loses_no_step(page):
    visit(page, TWO)
    page.get_by_test_id("start-handle").focus()
    handle = page.get_by_test_id("start-handle").bounding_box()
    mounted = stage(page).element_handle()
    for _ in range(15):
        page.keyboard.press("ArrowUp")
    moved = page.get_by_test_id("start-handle").bounding_box()
    assert moved["y"] == pytest.approx(handle["y"] - 150, abs=2)
    expect_verified(page)
    page.wait_for_url(lambda url: linked(url).x0[1] > TWO.x0[1])
    experiment = linked(page.url)
    expect_experiment(page, experiment)
    (_, _), (bottom, top) = ranges(page)[0]
    height = page.locator(".path .nsewdrag").bounding_box()["height"]
    assert experiment.x0[1] == pytest.approx(TWO.x0[1] + 150 * (top - bottom) / height, abs=0.05)
    assert mounted.evaluate("stage => stage.isConnected")  # nobody took it away meanwhile
