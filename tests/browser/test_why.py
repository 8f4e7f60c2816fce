"""The page Why in a browser: one k in three charts, a remedy that is taken, nobody shut out."""

from dataclasses import replace

import numpy as np
from playwright.sync_api import expect

from helpers.looking import linked, main, open_page, press_until_focused
from lsedash import VARIANTS, compare
from lsedash.presets import PRESETS
from lsedash.text.fields import DEFAULT
from lsedash.theory.conditioning import remedies

HILBERT = next(p.experiment for p in PRESETS if p.title == "Hilbert 4x4")
CHARTS = ("modes_loss", "modes_x", "modes_v")
MARKED = """() => document.querySelectorAll("circle.lsedash-mark").length === 3"""
# How many pixels a chart's mark is off the place of its k-th point, by where both are on screen.
OFF = """([key, k]) => {
  const plot = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  const box = (selector) => plot?.querySelector(selector)?.getBoundingClientRect();
  const mark = box("circle.lsedash-mark"), inner = box(".nsewdrag");
  const trace = plot?._fullData?.findLast((trace) => trace.name === "NumPy by hand");
  if (!mark || !inner || !trace || !(k < trace.x.length)) return null;
  const { xaxis, yaxis } = plot._fullLayout;
  const share = (axis, value) => {
    const [low, high] = axis.range;
    return ((axis.type === "log" ? Math.log10(value) : value) - low) / (high - low);
  };
  const x = inner.left + share(xaxis, trace.x[k]) * inner.width;
  const y = inner.bottom - share(yaxis, trace.y[k]) * inner.height;
  return Math.hypot(mark.left + mark.width / 2 - x, mark.top + mark.height / 2 - y);
}"""
# The points that the charts have, as Plotly was given them.
POINTS = """key => {
  const plot = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  const trace = plot?._fullData?.findLast((trace) => trace.name === "NumPy by hand");
  return trace ? [Array.from(trace.x), Array.from(trace.y)] : [[], []];
}"""


def marked(page):
    return int(page.locator(".lsedash-cursor").get_attribute("data-k"))


def expect_marks_at(page, k, experiment=DEFAULT):
    """All three charts mark iteration k of NumPy's run."""
    (run,) = compare(experiment, VARIANTS[:1]).runs
    page.wait_for_function(
        "k => document.querySelector('.lsedash-cursor')?.dataset.k === String(k)", arg=k
    )
    for key in CHARTS:
        page.wait_for_function(f"about => (({OFF})(about) ?? 99) < 2", arg=[key, k])
    ks, losses = np.array(page.evaluate(POINTS, CHARTS[0]))
    np.testing.assert_array_equal(ks, run.points)
    np.testing.assert_allclose(losses, run.losses)
    np.testing.assert_allclose(np.transpose(page.evaluate(POINTS, CHARTS[1])), run.iterates[:, :2])
    away = run.iterates - np.linalg.solve(experiment.system.A, experiment.system.b)
    V = np.linalg.svd(experiment.system.A)[2]
    along = np.abs(away @ V[[0, 2]].T)  # singular vectors have no sign of their own
    there = np.transpose(page.evaluate(POINTS, CHARTS[2]))
    np.testing.assert_allclose(np.abs(there), along, atol=1e-9)


def test_a_k_chosen_anywhere_is_marked_in_all_charts_by_a_ring(page):
    open_page(page, "why", DEFAULT)
    page.wait_for_function(MARKED)
    slider = page.get_by_role("slider", name="iteration k")
    press_until_focused(page, ".lsedash-cursor input")
    page.keyboard.press("Home")
    expect_marks_at(page, 0)
    page.keyboard.press("ArrowRight")
    expect_marks_at(page, 1)
    box = page.locator(".st-key-modes_loss .nsewdrag").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(slider).not_to_have_value("1")
    expect_marks_at(page, marked(page))
    page.locator(".st-key-modes_x circle.lsedash-mark").wait_for()
    start = page.locator(".st-key-modes_x .scatterlayer .point").first
    start.hover(force=True)
    expect(slider).to_have_value("0")
    expect_marks_at(page, 0)
    rings = page.locator("circle.lsedash-mark")
    assert rings.evaluate_all("rings => rings.map((ring) => ring.r.baseVal.value)") == [9, 9, 9]


def test_playback_runs_to_the_end_and_marks_survive_another_rate(page):
    open_page(page, "why", DEFAULT)
    page.wait_for_function(MARKED)
    press_until_focused(page, ".lsedash-cursor input")
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()  # for some seconds
    expect(page.locator(".lsedash-cursor output")).to_contain_text("k = 50 of 50")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    field = page.get_by_label("Learning rate α", exact=True)
    field.fill("0.2")
    field.press("Enter")
    page.wait_for_url("**/why?lr=0.2*")
    faster = replace(DEFAULT, learning_rate=0.2)
    wanted = compare(faster, VARIANTS[:1]).runs[0].losses[-1]
    page.wait_for_function(
        f"""loss => Math.abs(({POINTS})("modes_loss")[1].at(-1) / loss - 1) < 1e-9""", arg=wanted
    )
    expect_marks_at(page, 50, faster)


def test_a_point_that_no_chart_has_in_its_window_is_said_to_be_outside(page):
    growing = replace(DEFAULT, learning_rate=0.6)
    open_page(page, "why", growing)
    page.wait_for_function(MARKED)
    said = page.locator(".lsedash-cursor output")
    expect(said).to_contain_text("outside a chart's window")
    press_until_focused(page, ".lsedash-cursor input")
    page.keyboard.press("Home")
    expect(said).not_to_contain_text("outside")


def test_a_remedy_is_taken_and_back_takes_it_away(page):
    open_page(page, "why", HILBERT, show="conditioning")
    found, buttons = remedies(HILBERT), page.get_by_role("button", name="Take it as the experiment")
    expect(buttons).to_have_count(len(found))
    buttons.last.click()
    wanted = found[-1].experiment
    page.wait_for_url(lambda url: linked(url) == wanted)
    expect(main(page).get_by_text("κ(A) = 1: every moving direction").first).to_be_visible()
    page.go_back()
    page.wait_for_url(lambda url: linked(url) == HILBERT)
    expect(main(page).get_by_text("Hopeless")).to_be_visible()
