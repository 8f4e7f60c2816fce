"""No serious violation of the accessibility rules that a program can check."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from helpers.looking import cell, enter, grab, serious, stage, visit
from lsedash.presets import PRESETS


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_on_the_page_shuts_anyone_out(page, scheme):
    page.emulate_media(color_scheme=scheme)
    visit(page, PRESETS[0].experiment)
    assert serious(page) == {}
    page.get_by_text("Print the losses as the article does").click()
    enter(cell(page, "A-1-1"), "abc")
    expect(cell(page, "A-1-1")).to_have_attribute("aria-invalid", "true")
    assert serious(page) == {}


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
