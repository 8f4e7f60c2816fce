"""Tables as a browser reads them: heads, rows, kinds of cells, and what is drawn in them."""

import re

import pytest

from helpers.markup import of_class, parsed, tables, text
from lsedash.tables.runs_table import sample
from lsedash.tables.table import Cell, Table, table_html


def only_cell(cell):
    """The last cell of a table that has no other."""
    tree = parsed(table_html(Table("label", ["", ""], [["row", cell]])))
    (found,) = tree.iter("td")
    return found


def test_a_table_has_a_label_and_heads_for_its_columns_and_rows():
    html = table_html(Table("What it says", ["", "much"], [["a", "1"], ["b", Cell("2")]]))
    assert tables(html) == {"What it says": [["", "much"], ["a", "1"], ["b", "2"]]}
    scopes = [(text(head), head.get("scope")) for head in parsed(html).iter("th")]
    assert scopes == [("", "col"), ("much", "col"), ("a", "row"), ("b", "row")]


def test_a_table_scrolls_in_a_frame_that_the_keyboard_reaches():
    (frame,) = of_class(parsed(table_html(Table("label", [], [], kind="runs"))), "runs-frame")
    assert frame.get("tabindex") == "0"
    assert frame.find("table").get("class") == "runs"


def test_the_kind_of_a_cell_is_its_class():
    assert only_cell(Cell("1", "number")).get("class") == "number"
    assert only_cell("1").get("class") is None


def test_a_note_stands_below_the_text_and_good_news_is_marked():
    cell = only_cell(Cell("bit-equal", good=True, note="at most 0"))
    assert [text(each) for each in of_class(cell, "good")] == ["bit-equal"]
    assert [each.tag for each in cell] == ["span", "br", "small"]
    assert text(cell.find("small")) == "at most 0"


@pytest.mark.parametrize(("share", "width"), [(0, 0), (0.25, 25), (1, 100), (1 + 1e-9, 100)])
def test_a_bar_is_as_long_as_the_share(share, width):
    ((bar,),) = only_cell(Cell(bar=share))
    assert float(re.fullmatch(r"width:(.*)%", bar.get("style"))[1]) == width


FACTORS = {-3: (0, "outside"), -1: (0, "inside"), 0: (50, "inside"), 0.5: (75, "inside")}
FACTORS |= {1: (100, "inside"), 1e300: (100, "outside")}


@pytest.mark.parametrize(("factor", "expected"), FACTORS.items())
def test_a_lever_stands_at_the_factor_or_at_the_end(factor, expected):
    ((lever,),) = only_cell(Cell(lever=factor))
    place = float(re.fullmatch(r"left:(.*)%", lever.get("style"))[1])
    assert (place, lever.get("class")) == expected


def test_a_lane_and_a_sample_stand_before_the_text():
    cell = only_cell(Cell("3", lane="#123456"))
    assert cell[0].get("style") == "background:#123456"
    assert cell[0].tail == "3"
    look = sample("torch_autograd")
    line, marker = only_cell(Cell("Autograd", sample=look))
    assert f"height:{look.width}px" in line.get("style")
    assert look.fill in line.get("style")
    assert (text(marker), marker.tail) == (look.symbol, "Autograd")
