"""The line breaks at any moment of random sequences: what is shown is what the address has.

LSEDASH_SEQUENCES=100 makes a hundred of them; the number of a sequence is its seed.
"""

import os
from random import Random
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from helpers.line import expect_connected, expect_nothing_raised, open_first
from helpers.looking import cell, enter, expect_verified, linked, parts, rate, shown_rate
from helpers.proxy import proxy_to

SEQUENCES = int(os.environ.get("LSEDASH_SEQUENCES", "3"))
STEPS = 12
CHIPS = "Learning rates that race"
RATES = ".lsedash-rate span"  # as they are written below the chips


class Visitor:
    """Does something at random on the page, and knows what must come of it."""

    def __init__(self, page, proxy, random):
        self.page, self.proxy, self.random = page, proxy, random
        self.wanted = {}  # what was let go last, by its name
        self.page_wanted = "Descend"

    def act(self):
        acts = [self.type_entry, self.type_iterations, self.turn_page, self.disturb, self.disturb]
        if self.page.get_by_test_id("rate-input").count():
            acts += [self.type_rate, self.press_rate, self.choose_view]
        elif self.page.get_by_role("group", name=CHIPS).count():
            acts += [self.move_chip]
        self.random.choice(acts)()

    def disturb(self):
        """The line breaks, at once or after it has lost what went through it, or is back."""
        kind = self.random.choice(["cut", "lose up", "lose down", "mend"])
        if kind == "mend":
            self.proxy.mend()
            self.page.wait_for_timeout(self.random.choice([0, 300, 900]))  # at any moment
        elif kind == "cut":
            self.proxy.cut()
        else:
            self.proxy.lost = {kind.split()[1]}

    def type_entry(self):
        row, text = self.random.randint(1, 3), str(self.random.randint(1, 99))
        enter(cell(self.page, f"b-{row}"), text)
        self.wanted[f"b-{row}"] = text

    def type_iterations(self):
        field = self.page.get_by_label("Iterations", exact=True)
        if field.count() != 1 or field.is_disabled():  # then nothing can be let go in it
            return
        text = str(self.random.randint(5, 90))
        typed = field.evaluate("(field) => { field.focus(); return !field.disabled }")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        if typed and field.is_enabled() and field.input_value() == text:
            self.wanted["iterations"] = text

    def type_rate(self):
        text = str(self.random.randint(1, 30) / 100)
        enter(rate(self.page), text)
        self.wanted["rate"] = float(text)

    def press_rate(self):
        self.page.get_by_test_id("rate-handle").press("ArrowRight")
        self.wanted["rate"] = shown_rate(self.page)

    def choose_view(self):
        title = self.random.choice(["Modes", "Coordinates"])
        self.page.get_by_role("button", name=title).click()
        self.wanted["view"] = title.lower()

    def move_chip(self):
        number = self.random.randint(1, 3)
        self.page.get_by_role("slider", name=f"learning rate {number}").press("ArrowLeft")
        self.wanted["rates"] = self.page.locator(RATES).all_inner_texts()

    def turn_page(self):
        title = self.random.choice(["Descend", "Learning rates"])
        link = self.page.locator(".st-key-pages a", has_text=title)
        link.evaluate("link => link.click()")
        self.page_wanted = title

    def has_what_he_let_go(self, url):
        """Whether an address has all of it."""
        at, experiment = parts(url), linked(url)
        path = {"Descend": "/", "Learning rates": "/learning-rates"}[self.page_wanted]
        had = {f"b-{i}": f"{value:g}" for i, value in enumerate(experiment.system.b, 1)}
        had |= {"iterations": str(experiment.iterations), "rate": experiment.learning_rate}
        had |= {"view": at.get("view", "coordinates")}
        same = [had[name] == text for name, text in self.wanted.items() if name in had]
        return urlsplit(url).path == path and all(same)


@pytest.fixture(scope="module")
def proxy(base_url):
    with proxy_to(urlsplit(base_url).port) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def page(shared_context):
    """One page for all sequences, each of which begins anew in it."""
    page, thrown = shared_context.new_page(), []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    page.set_default_timeout(30_000)
    yield page
    page.close()
    assert thrown == []


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_nothing_let_go_is_lost_and_what_is_shown_is_what_the_address_has(page, proxy, seed):
    expect.set_options(timeout=30_000)
    open_first(page, proxy)
    visitor = Visitor(page, proxy, Random(seed))
    for _ in range(STEPS):
        visitor.act()
    proxy.cut()  # what was lost is lost; the page knows that the line is down
    expect(page.get_by_test_id("stApp")).not_to_have_attribute(
        "data-test-connection-state", "CONNECTED"
    )
    proxy.mend()
    expect_connected(page)
    page.wait_for_url(visitor.has_what_he_let_go)
    expect_shown(page)
    expect_nothing_raised(page)


def expect_shown(page):
    """The fields, the stage and the chips show what the address has."""
    experiment = linked(page.url)
    expect(page.get_by_label("Iterations", exact=True)).to_have_value(str(experiment.iterations))
    for i, value in enumerate(experiment.system.b, 1):
        expect(cell(page, f"b-{i}")).to_have_value(f"{value:g}")
    expect(page.locator("[data-unsent]")).to_have_count(0)
    if urlsplit(page.url).path == "/":
        expect_verified(page)
        assert shown_rate(page) == experiment.learning_rate
    elif "rates" in parts(page.url):
        rates = [float(text) for text in parts(page.url)["rates"].split()]
        expect(page.locator(RATES)).to_have_text([f"α = {value:.4g}" for value in rates])
