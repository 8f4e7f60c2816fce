"""The modules that the pages run, and the links that announce them."""

import re
from urllib.parse import urlsplit

import pytest

from helpers.looking import expect_verified, open_page
from lsedash.text.fields import DEFAULT

RUN = """() => performance.getEntriesByType("resource").map(({ name }) => name)
  .filter((name) => /\\/(ui|vendor)\\/.*\\.js$/.test(name))"""


def announced(page, path):
    """What the page's Link headers announce."""
    return set(
        re.findall(r"<(\S+?)>; rel=(?:module)?preload", page.request.get(path).headers["link"])
    )


def run(page):
    """The modules that the page has fetched."""
    return {urlsplit(address).path for address in page.evaluate(RUN)}


def test_the_first_page_announces_what_it_runs_and_nothing_else(page):
    open_page(page, "", DEFAULT)
    expect_verified(page)
    modules = announced(page, "/")
    assert run(page) == modules
    assert {"/vendor/plotly.min.js", "/ui/widgets/grid/grid.js"} < modules
    assert len(modules) > 20


@pytest.mark.parametrize("path", ["why", "code"])
def test_the_other_pages_announce_what_the_sidebar_runs(page, path):
    open_page(page, path, DEFAULT)
    page.locator(".grid input").first.wait_for()
    modules = announced(page, f"/{path}")
    assert "/ui/widgets/grid/grid.js" in modules
    assert modules <= run(page)
