"""The table of a large system, with the keyboard and the mouse, of 4096 rows."""

from dataclasses import replace

import numpy as np
from playwright.sync_api import expect

from helpers.accessibility import serious_in_both_schemes
from helpers.looking import cell, expect_experiment, visit
from lsedash import Experiment, LinearSystem

A = np.arange(1.0, 4097)[:, None] / 8
TALL = Experiment(LinearSystem(A, np.ones(4096)), None, 1e-8, 20)
LARGE = Experiment(LinearSystem(np.eye(64) + np.eye(64, k=-6), np.ones(64)), None, 0.1, 5)
WIDE = Experiment(LinearSystem(np.eye(13, 20) + 0.125, np.ones(13)), None, 0.1, 5)


def with_one(experiment, row, column, value):
    """The experiment with another number in A, counted from 1."""
    changed = experiment.system.A.copy()
    changed[row - 1, column - 1] = value
    return replace(experiment, system=LinearSystem(changed, experiment.system.b))


def drawn(page):
    return page.locator(".entries .body .row").count()


def test_4096_rows_scroll_and_an_entry_is_edited_and_alone_sent(tab):
    sent, received = [], []

    def listen(socket):
        socket.on("framesent", lambda frame: sent.append(len(frame)))
        socket.on("framereceived", lambda frame: received.append(len(frame)))

    tab.on("websocket", listen)
    visit(tab, TALL)
    expect(cell(tab, "A-1-1")).to_have_text("0.125")
    assert 8 <= drawn(tab) <= 40
    cell(tab, "A-1-1").focus()
    tab.keyboard.press("Control+End")
    expect(cell(tab, "b-4096")).to_be_focused()
    expect(cell(tab, "A-4096-1")).to_be_in_viewport(ratio=0.9)
    expect(tab.locator(".entries .heads")).to_be_in_viewport(ratio=0.9)
    assert drawn(tab) <= 40
    tab.keyboard.press("ArrowLeft")
    before = sum(sent), sum(received)
    tab.keyboard.type("7.5")  # what is typed takes the place of the entry
    tab.keyboard.press("Enter")
    expect(cell(tab, "x0-1")).to_be_focused()
    expect_experiment(tab, with_one(TALL, 4096, 1, 7.5))
    expect(cell(tab, "A-4096-1")).to_have_text("7.5")
    assert sum(sent) - before[0] < 20_000  # the table has 40 000 characters
    assert sum(received) - before[1] < 120_000


def test_a_system_of_64_unknowns_has_few_elements_in_the_page_wherever_the_table_is_scrolled(page):
    """Each costs time at every move of a drag on the stage."""
    visit(page, LARGE)
    scroll = page.locator(".entries .scroll")
    for left, top, name in ((0, 0, "A-1-1"), (1300, 900, "A-36-30"), (9999, 9999, "A-64-64")):
        scroll.evaluate("(box, to) => box.scrollTo(...to)", [left, top])
        expect(cell(page, name)).to_be_in_viewport(ratio=0.9)
        expect(cell(page, name)).to_have_text("1")
        assert page.locator(".entries *").count() < 350
    expect(scroll).to_have_attribute("aria-colcount", "66")


def test_entries_of_a_wide_table_are_edited_by_a_press_and_escape_leaves_them(page):
    visit(page, WIDE)
    assert cell(page, "A-1-20").count() == 0  # out of view
    cell(page, "A-1-1").focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowLeft")
    expect(cell(page, "A-13-20")).to_have_attribute("aria-colindex", "21")
    expect(page.locator(".entries .heads .right")).to_have_attribute("aria-colindex", "22")
    cell(page, "A-13-20").click()
    expect(page.locator(".entries input")).to_have_value("0.125")
    expect(page.locator(".entries .heads .right")).to_be_in_viewport(ratio=0.9)
    page.keyboard.type("3")
    page.keyboard.press("Escape")
    expect(cell(page, "A-13-20")).to_have_text("0.125")
    expect(cell(page, "A-13-20")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("x")
    page.keyboard.press("ArrowUp")
    expect(cell(page, "A-12-20")).to_be_focused()
    expect(page.get_by_text("A, row 13, column 20: 'x' is not a number")).to_be_visible()
    expect(cell(page, "A-13-20")).to_have_attribute("aria-invalid", "true")
    assert serious_in_both_schemes(page) == {}
    cell(page, "A-12-20").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("F2")
    page.keyboard.type("-2")
    page.keyboard.press("Enter")
    expect_experiment(page, with_one(WIDE, 13, 20, -2.0))
    expect(cell(page, "A-13-20")).not_to_have_attribute("aria-invalid", "true")
