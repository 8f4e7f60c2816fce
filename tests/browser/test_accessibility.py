"""No serious violation of the accessibility rules that a program can check."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from looking import cell, enter, visit
from playwright.sync_api import expect

from lsedash.presets import PRESETS


def serious(page):
    """The violations that keep someone from using the page, with where they are."""
    found = Axe().run(page).response["violations"]
    return {
        violation["id"]: [node["target"] for node in violation["nodes"]]
        for violation in found
        if violation["impact"] in ("serious", "critical")
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_on_the_page_shuts_anyone_out(page, scheme):
    page.emulate_media(color_scheme=scheme)
    visit(page, PRESETS[0].experiment)
    assert serious(page) == {}
    page.get_by_text("Print the losses as the article does").click()
    enter(cell(page, "A-1-1"), "abc")
    expect(cell(page, "A-1-1")).to_have_attribute("aria-invalid", "true")
    assert serious(page) == {}
