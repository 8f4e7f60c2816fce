"""No serious violation of the accessibility rules that a program can check."""

from dataclasses import replace

from playwright.sync_api import expect

from helpers.accessibility import serious, serious_in_both_schemes
from helpers.looking import cell, enter, grab, stage, visit
from lsedash.presets import PRESETS


def test_neither_the_printed_losses_nor_a_wrong_entry_shuts_anyone_out(page):
    visit(page, PRESETS[0].experiment)
    page.get_by_text("Print the losses as the article does").click()
    enter(cell(page, "A-1-1"), "abc")
    expect(cell(page, "A-1-1")).to_have_attribute("aria-invalid", "true")
    assert serious_in_both_schemes(page) == {}


def test_neither_space_nor_a_growing_path_nor_a_preview_shuts_anyone_out(page):
    visit(page, replace(PRESETS[0].experiment, learning_rate=0.36))
    page.get_by_role("button", name="3-D").click()
    expect(page.get_by_role("button", name="3-D")).to_have_attribute("aria-pressed", "true")
    assert serious(page) == {}
    grab(page)
    page.mouse.move(700, 140)
    expect(stage(page)).to_have_attribute("data-state", "preview")
    assert serious(page) == {}
    page.mouse.up()
