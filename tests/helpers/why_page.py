"""The page Why without a browser: its parts opened, its tables read."""

from helpers.markup import tables
from helpers.pages import html, turned_to
from lsedash.presets import PRESETS
from lsedash.text.fields import DEFAULT

PRESET = {preset.title: preset.experiment for preset in PRESETS}
FIT = PRESET["Straight-line fit"]
DEFICIENT = PRESET["Rank-deficient"]


def opened(part="modes", experiment=DEFAULT):
    return turned_to("Why", experiment, show=part)


def rows(page, label):
    """The texts of a table's cells, row by row."""
    _heads, *found = tables(html(page))[label]
    return found
