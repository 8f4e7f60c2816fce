"""The modules that the pages run, and the links that announce them."""

import re
from urllib.parse import urlsplit

import pytest

from helpers.looking import expect_verified, open_page
from lsedash.text.fields import DEFAULT
from lsedash.ui.js import UI, address, files

GRID = UI / "widgets" / "grid" / "grid.js"
RUN = """() => performance.getEntriesByType("resource").map(({ name }) => name)
  .filter((name) => /\\/(ui|vendor)\\/.*\\.js$/.test(name))"""


def announced(page, path):
    """What our links in the page's head announce."""
    text = page.request.get(path, headers={"accept": "text/html"}).text()
    return set(re.findall(r'<link rel="(?:module)?preload"[^>]* href="(/lsedash/.*?)">', text))


def run(page):
    """The modules that the page has fetched."""
    return {urlsplit(address).path for address in page.evaluate(RUN)}


def test_the_first_page_announces_what_it_runs_and_nothing_else(page):
    open_page(page, "", DEFAULT)
    expect_verified(page)
    modules = announced(page, "/")
    assert run(page) == modules
    assert {f"{files()}/vendor/plotly.min.js", address(GRID)} < modules
    assert len(modules) > 20


@pytest.mark.parametrize("path", ["why", "code"])
def test_the_other_pages_announce_what_the_sidebar_runs(page, path):
    open_page(page, path, DEFAULT)
    page.locator(".grid input").first.wait_for()
    modules = announced(page, f"/{path}")
    assert address(GRID) in modules
    assert modules <= run(page)
