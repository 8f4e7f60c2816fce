"""The page Why without a browser: its parts opened, its tables read."""

import re

from helpers.pages import html, turned_to
from lsedash.presets import PRESETS
from lsedash.text.link import DEFAULT

PRESET = {preset.title: preset.experiment for preset in PRESETS}
FIT = PRESET["Straight-line fit"]
DEFICIENT = PRESET["Rank-deficient"]


def opened(part="modes", experiment=DEFAULT):
    return turned_to("Why", experiment, show=part)


def rows(page, label):
    """The texts of a table's cells, row by row."""
    table = re.search(f'aria-label="{label}">(.*?)</table>', html(page), re.DOTALL)[1]
    found = []
    for row in re.findall(r"<tr>(.*?)</tr>", table.split("<tbody>")[1], re.DOTALL):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        found.append([re.sub(r"<[^>]+>", "", cell) for cell in cells])
    return found
