"""The page Descend in a real browser: typing, pasting, growing, what is said of wrong input."""

import re
from dataclasses import replace

import numpy as np
from playwright.sync_api import expect

from helpers.looking import (
    cell,
    cells,
    enter,
    expect_experiment,
    expect_losses,
    expect_reddish,
    linked,
    losses,
    press_until_focused,
    rate,
    visit,
    with_entry,
)
from lsedash import LinearSystem
from lsedash.presets import PRESETS
from lsedash.text.fields import DEFAULT

TWO = PRESETS[1].experiment
COPIED = "1\t2\t3\n4\t5\t6\n7\t8\t9\n1e-1\t.5\t-1\n1/4\t0\t2"  # as a spreadsheet does
NUMBERS = [[1, 2, 3], [4, 5, 6], [7, 8, 9], [0.1, 0.5, -1], [0.25, 0, 2]]


def test_an_entry_is_read_as_it_was_written_and_stays_as_typed(page):
    visit(page, DEFAULT)
    for text, value in {".01": 0.01, "1e-3": 1e-3, "-2.5e4": -2.5e4, "1/3": 1 / 3}.items():
        enter(cell(page, "A-1-2"), text)
        system = LinearSystem(with_entry(DEFAULT, 1, 2, value), DEFAULT.system.b)
        expect_experiment(page, replace(DEFAULT, system=system))
        expect(cell(page, "A-1-2")).to_have_value(text)
    expect(cell(page, "A-1-2")).to_have_attribute("aria-invalid", "false")


def test_a_new_rate_gives_new_losses_and_a_new_sentence(page):
    visit(page, TWO)
    expect(page.get_by_text("Oscillates along the steep modes")).to_be_visible()
    before = losses(page)
    enter(rate(page), "0.1")
    expect_experiment(page, replace(TWO, learning_rate=0.1))
    assert len(losses(page)) == len(before)
    assert losses(page)[0] == before[0]
    assert not np.array_equal(losses(page)[1:], before[1:])
    expect(page.get_by_text("Monotone: no step overshoots")).to_be_visible()


def test_beyond_the_edge_the_losses_grow_unclipped_and_the_page_says_growing(page):
    visit(page, DEFAULT)
    enter(rate(page), "0.5")
    expect_experiment(page, replace(DEFAULT, learning_rate=0.5))
    said = page.get_by_text(re.compile(r"Growing: 0\.5 is above .*, 0\.3431; .* iteration \d+"))
    expect(said).to_be_visible()
    assert (np.diff(losses(page)[1:]) > 0).all()
    assert losses(page)[-1] > 1e20
    top = page.evaluate(
        "() => document.querySelector('.loss .js-plotly-plot').layout.yaxis.range[1]"
    )
    assert top > np.log10(losses(page)[-1])


def test_a_block_can_be_pasted_as_text(page):
    visit(page, DEFAULT)
    page.get_by_role("button", name="Paste…").click()
    page.get_by_role("textbox", name="Numbers").fill(COPIED.replace("\t", "  "))
    page.get_by_role("button", name="Use it").click()
    block = np.array(NUMBERS)
    expect_experiment(
        page, replace(DEFAULT, system=LinearSystem(block[:, :2], block[:, 2]), x0=[0, 0])
    )
    expect(cell(page, "A-4-1")).to_have_value("1e-1")
    expect(cell(page, "b-5")).to_have_value("2")


def test_a_number_is_pasted_as_text_and_a_block_from_a_spreadsheet_into_the_grid(page, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, DEFAULT)
    page.evaluate("text => navigator.clipboard.writeText(text)", "1 / 8")
    cell(page, "b-1").focus()
    page.keyboard.press("ControlOrMeta+V")
    cell(page, "b-1").press("Enter")
    expect_experiment(page, replace(DEFAULT, system=LinearSystem(DEFAULT.system.A, [0.125, 2, 3])))
    page.evaluate("text => navigator.clipboard.writeText(text)", COPIED)
    cell(page, "A-1-1").focus()
    page.keyboard.press("ControlOrMeta+V")
    expect_experiment(page, replace(DEFAULT, system=LinearSystem(NUMBERS, [0.125, 2, 3, 0, 0])))
    expect(cell(page, "A-5-1")).to_have_value("1/4")
    page.evaluate("text => navigator.clipboard.writeText(text)", "7\tx")
    cell(page, "A-2-1").focus()
    page.keyboard.press("ControlOrMeta+V")
    expect_reddish(page.get_by_text("row 1, column 2: 'x' is not a number"))
    expect(cell(page, "A-2-1")).to_have_value("4")


def test_rows_and_columns_can_be_added_and_removed(page):
    visit(page, DEFAULT)
    grown = np.zeros((4, 4))
    grown[:3, :3] = DEFAULT.system.A
    page.get_by_role("button", name="Add a row").click()
    page.get_by_role("button", name="Add a column").click()
    wider = replace(DEFAULT, system=LinearSystem(grown, [1, 2, 3, 0]), x0=np.zeros(4))
    expect_experiment(page, wider)
    enter(cell(page, "A-4-4"), "2")
    enter(cell(page, "x0-4"), "5")
    grown[3, 3] = 2
    system = LinearSystem(grown, [1, 2, 3, 0])
    expect_experiment(page, replace(wider, system=system, x0=[0, 0, 0, 5]))
    for name in ("Remove the last row", "Remove the last column"):
        page.get_by_role("button", name=name).click()
    expect_experiment(page, DEFAULT)
    assert len(cells(page)) == 9 + 3 + 3


def test_a_grid_has_at_least_one_entry(page):
    visit(page, PRESETS[2].experiment)
    expect(page.get_by_role("button", name="Remove the last row")).to_be_disabled()
    expect(page.get_by_role("button", name="Remove the last column")).to_be_disabled()


def test_a_wrong_entry_or_rate_gets_one_sentence_and_nothing_is_lost(page):
    visit(page, TWO)
    before = losses(page)
    enter(cell(page, "x0-1"), "2")
    expect_experiment(page, replace(TWO, x0=[2, -1.8]))
    enter(cell(page, "A-2-1"), "abc")
    sentence = page.get_by_text("A, row 2, column 1: 'abc' is not a number")
    expect_reddish(sentence)
    expect(sentence).to_have_count(1)
    expect(cell(page, "A-2-1")).to_have_value("abc")
    expect(cell(page, "A-2-1")).to_have_attribute("aria-invalid", "true")
    expect(cell(page, "A-2-1")).to_have_accessible_description(re.compile("'abc' is not a number"))
    expect(page.locator('[data-cell][aria-invalid="true"]')).to_have_count(1)
    assert linked(page.url) == replace(TWO, x0=[2, -1.8])
    expect(page.get_by_role("row")).to_have_count(6)
    enter(cell(page, "A-2-1"), "0")
    enter(cell(page, "x0-1"), "1.5")
    expect_experiment(page, TWO)
    expect(page.locator('[data-cell][aria-invalid="true"]')).to_have_count(0)
    assert np.array_equal(losses(page), before)
    enter(rate(page), "fast")
    expect_reddish(page.get_by_text("'fast' is not a number"))
    enter(cell(page, "b-2"), "7")  # the grid goes on working
    expect_losses(page, replace(TWO, system=LinearSystem(TWO.system.A, [1, 7])))
    expect(rate(page)).to_have_value("fast")


def test_everything_can_be_done_with_the_keyboard(page):
    visit(page, TWO)
    press_until_focused(page, '[data-cell="A-1-1"]')
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    system = LinearSystem([[3, 2], [0, 1]], [1, 2])
    expect_experiment(page, replace(TWO, system=system))
    expect(cell(page, "A-1-1")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(cell(page, "A-2-1")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(cell(page, "A-1-2")).to_be_focused()
    press_until_focused(page, '[data-testid="rate-input"]')
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("0.05")
    page.keyboard.press("Enter")
    expect_experiment(page, replace(TWO, system=system, learning_rate=0.05))
