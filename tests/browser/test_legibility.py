"""The back of a room can read every text: it has 14 pixels and a contrast of 4.5 to 1."""

import pytest

from helpers.accessibility import draw_in
from helpers.layout import illegible, settle
from helpers.looking import open_page
from lsedash.text.fields import DEFAULT
from lsedash.ui.pages.registry import PAGES

# Not looked at: Streamlit's menu and its tooltips, which are drawn only on demand and by Streamlit
# alone, and the labels of points, which Plotly draws in the colour of their curve.
VIEWS = [
    *[(page.path, "") for page in PAGES],
    ("learning-rates", "sweep"),
    ("learning-rates", "optimizers"),
    *[("why", part) for part in ("geometry", "prediction", "rounding", "conditioning")],
    ("code", "remark_6"),
    ("code", "remark_3"),
]


@pytest.mark.parametrize(("path", "show"), VIEWS)
def test_every_text_has_14_pixels_and_a_contrast_of_4_5_in_light_and_dark(page, path, show):
    open_page(page, path, DEFAULT, show)
    found = {}
    for scheme in ("light", "dark"):
        draw_in(page, scheme)
        settle(page)
        found[scheme] = illegible(page)
    assert found == {"light": [], "dark": []}
