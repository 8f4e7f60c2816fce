"""The registry of pages, and what follows from it."""

from pathlib import Path

import pytest

import lsedash
from helpers.first_page import opened
from lsedash.ui.pages.registry import PAGES

ROOT = Path(lsedash.__file__).parent.parent


def test_one_page_is_the_first_and_no_two_share_a_path_or_a_title():
    assert [page.path for page in PAGES].count("") == 1
    assert len({page.path for page in PAGES}) == len({page.title for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize("registered", PAGES, ids=lambda page: page.title)
def test_the_readme_names_a_page_and_links_lead_to_it(registered):
    assert f"*{registered.title}*" in (ROOT / "README.md").read_text(encoding="utf-8")
    links = opened(path=registered.path).get("page_link")
    assert registered.title in [link.proto.label for link in links]
    assert len(links) == len(PAGES)
