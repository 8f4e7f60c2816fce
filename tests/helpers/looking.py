"""What a visitor sees and does, in words: charts, cells, links."""

import re
from base64 import b64decode, b64encode
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from playwright.sync_api import expect

from lsedash import VARIANTS, compare
from lsedash.text.link import query_string, read_link, write_link

TITLES = {variant.key: variant.title for variant in VARIANTS}
NUMPY = [VARIANTS.named("numpy_by_hand")]
# The losses as they came, in base64: equal texts are equal to the last bit.
CURVE = """name => {
  const stage = document.querySelector("[data-testid=stage]");
  const answered = ["verified", "disagrees"].includes(stage?.dataset.state);
  const chart = answered && stage.querySelector(".loss .js-plotly-plot");
  const trace = chart && chart.data?.find((trace) => trace.name === name);
  return trace && btoa(String.fromCharCode(...new Uint8Array(trace.customdata.buffer)));
}"""


# Every chart is as wide as its box: nothing on the page moves any more.
SETTLED = """() => [...document.querySelectorAll("[data-testid=stage] .plot")].every(
  (plot) => Math.abs(plot._fullLayout?.width - plot.clientWidth) < 1)"""


def visit(page, experiment, variants=None):
    """Open the page at an experiment's link and wait until its results are there."""
    keys = [variant.key for variant in variants or VARIANTS]
    page.goto("/?" + query_string(write_link(experiment, keys)))
    expect_losses(page, experiment)
    page.wait_for_function(SETTLED)


def losses(page, name="NumPy by hand"):
    """The losses in the chart, of one program, to the last bit."""
    return np.frombuffer(b64decode(page.wait_for_function(CURVE, arg=name).json_value()))


def expect_losses(page, experiment):
    """Wait until the chart holds the losses of this experiment's run."""
    (run,) = compare(experiment, NUMPY).runs
    wanted = b64encode(run.losses.tobytes()).decode()
    page.wait_for_function(f"wanted => ({CURVE})('NumPy by hand') === wanted", arg=wanted)


def parts(url):
    """The parts of the link in an address."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def linked(url):
    """The experiment that an address leads to."""
    opened = read_link(parts(url))
    assert opened.problems == ()
    return opened.experiment


def expect_experiment(page, experiment):
    """Wait until both the address and the chart are those of an experiment."""

    def leads_there(url):
        opened = read_link(parts(url))  # an opened link stays there until the first edit
        return not opened.problems and opened.experiment == experiment

    page.wait_for_url(leads_there)
    expect_losses(page, experiment)


def cell(page, name):
    """One entry of the grid: "A-1-2", "b-3" or "x0-1", counted from 1."""
    return page.locator(f'[data-cell="{name}"]')


def cells(page):
    """All texts in the grid, by name."""
    return page.locator("[data-cell]").evaluate_all(
        "cells => Object.fromEntries(cells.map((cell) => [cell.dataset.cell, cell.value]))"
    )


def enter(field, text):
    """Type over what stands in a field."""
    field.fill(text)
    field.press("Enter")


def stage(page):
    return page.get_by_test_id("stage")


def rate(page):
    return page.get_by_test_id("rate-input")


def table_row(page, title):
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=title))


def expect_reddish(sentence):
    """Wait for a sentence and see that it is red rather than grey."""
    expect(sentence).to_be_visible()
    colour = sentence.evaluate("element => getComputedStyle(element).color")
    red, green, blue = map(float, re.findall(r"[\d.]+", colour)[:3])
    assert red > 1.5 * max(green, blue)


def with_entry(experiment, row, column, value):
    """The matrix of an experiment with another number at one entry, counted from 1."""
    A = experiment.system.A.copy()
    A[row - 1, column - 1] = value
    return A


def press_until_focused(page, selector, key="Tab", most=80):
    """Press a key until the element has the focus, as someone without a mouse does."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{key} does not lead to {selector}")


class Line:
    """The connection to the server, with a pause: what the server sends then arrives later."""

    def __init__(self, page):
        self.page = page
        self.paused, self.waiting, self.browser = False, [], None
        page.route_web_socket(re.compile("_stcore/stream"), self.connect)

    def connect(self, browser):
        self.browser, server = browser, browser.connect_to_server()
        browser.on_message(server.send)
        server.on_message(self.pass_on)

    def pass_on(self, message):
        if self.paused:
            self.waiting.append(message)
        else:
            self.browser.send(message)

    def wait_until_something_waits(self):
        """Until the server has sent something that is kept back: it is at work."""
        while not self.waiting:
            self.page.wait_for_timeout(10)  # Playwright takes in what arrives meanwhile

    def resume(self):
        self.paused = False
        while self.waiting:
            self.browser.send(self.waiting.pop(0))


RANGES = """() => ["path", "loss"].map((name) => {
  const { xaxis, yaxis } = document.querySelector(`.${name} .js-plotly-plot`)._fullLayout;
  return [[...xaxis.range], [...yaxis.range]];
})"""


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def grab(page, name="rate-handle"):
    """Press the mouse on a handle; where it is."""
    x, y = middle(page.get_by_test_id(name))
    page.mouse.move(x, y)
    page.mouse.down()
    return x, y


def shown_rate(page):
    return float(stage(page).get_attribute("data-learning-rate"))


def preview(page):
    return page.get_by_test_id("preview-path").get_attribute("d")


def ranges(page):
    """What the axes of the path and the loss show."""
    return page.evaluate(RANGES)


def expect_verified(page):
    expect(stage(page)).to_have_attribute("data-state", "verified")


def choose_system(page, title):
    """Choose a preset, once the field for it is not about to be replaced by another."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    field = page.get_by_label("System")
    expect(field).to_have_count(1)
    field.click()
    page.get_by_role("option", name=title, exact=True).click()


def zoom(page, chart):
    """Draw a frame in a chart, which then shows what is in it."""
    before = dump(ranges(page))
    box = page.locator(f".{chart} .nsewdrag").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 230, box["y"] + 160, steps=5)
    page.mouse.up()
    page.wait_for_function(f"before => JSON.stringify(({RANGES})()) !== before", arg=before)


def dump(ranges):
    """As JavaScript writes it."""
    return re.sub(r"\.0(?=[,\]])", "", str(ranges).replace(" ", ""))


def main(page):
    """The page without the sidebar."""
    return page.get_by_test_id("stMain")


def open_page(page, path, experiment, show=""):
    """Open one of the pages at an experiment."""
    query = query_string(write_link(experiment, show=show))
    page.goto(f"/{path}?{query}" if query else f"/{path}")
    expect(page.locator(".st-key-pages")).to_be_visible()
