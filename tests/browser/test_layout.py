"""Nothing overlaps and nothing is cut, on no page and in no window, measured from boxes."""

import pytest

from helpers.layout import SIZES, faults_at, settle
from helpers.looking import open_page
from lsedash.text.fields import DEFAULT
from lsedash.ui.pages.registry import PAGES

# Views of a page besides its first one, each in the windows in which most goes wrong.
FURTHER = [
    ("learning-rates", "sweep"),
    ("learning-rates", "optimizers"),
    *[("why", part) for part in ("geometry", "prediction", "rounding", "conditioning")],
    ("code", "remark_6"),
    ("code", "remark_3"),
    ("pitfalls", "outer_x"),
]


@pytest.fixture(autouse=True)
def sidebar_forgotten(page):
    """Streamlit keeps a closed sidebar closed for later visits; other tests want it open."""
    yield
    page.evaluate("localStorage.clear()")


def open_settled(page, path, show=""):
    open_page(page, path, DEFAULT, show)
    settle(page)


@pytest.mark.parametrize("path", [page.path for page in PAGES], ids=lambda path: path or "descend")
def test_nothing_overlaps_or_is_cut_at_any_size_with_the_sidebar_open_and_closed(page, path):
    open_settled(page, path)
    found = {
        f"{size}, sidebar {'open' if opened else 'closed'}": faults
        for opened in (True, False)
        for size, window in SIZES.items()
        if (faults := faults_at(page, window, opened=opened))
    }
    assert found == {}


@pytest.mark.parametrize(("path", "show"), FURTHER)
def test_nothing_overlaps_or_is_cut_in_the_further_views(page, path, show):
    open_settled(page, path, show)
    found = {
        size: faults
        for size in ("1280x720", "820x1180", "390x844")
        if (faults := faults_at(page, SIZES[size], opened=size == "1280x720"))
    }
    assert found == {}
