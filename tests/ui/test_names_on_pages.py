"""Names on screen: they come from strangers, and they are text and nothing else."""

import json
import re

import numpy as np
import pytest

from helpers.first_page import data_of, opened, told
from helpers.markup import parsed, records, text
from helpers.pages import html
from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.export.document import document
from lsedash.export.tables import iterates_csv
from lsedash.figures.geometry import row_figure
from lsedash.looking.take_home import notebook, script
from lsedash.meaning import Meaning, Term
from lsedash.text.link import write_link
from lsedash.text.names import write_meaning

NAUGHTY = '<b onclick="x">si\nze</b> [a](http://b) $x$ %{x}'
SIZES = np.array([50.0, 80, 120, 200, 90])
PRICES = np.array([110.0, 160, 260, 390, 200])
TERMS = Term(NAUGHTY, 1, SIZES.mean(), SIZES.std()), Term()
MEANING = Meaning(TERMS, "price")
SYSTEM = LinearSystem(np.column_stack([(SIZES - SIZES.mean()) / SIZES.std(), np.ones(5)]), PRICES)
HOUSES = Experiment(SYSTEM, None, 0.1, 200)
LINK = write_link(HOUSES) | {"names": write_meaning(MEANING)}


def test_the_coefficients_are_shown_under_their_names_in_the_data_s_own_units():
    table = records(told(opened(LINK))["table"], "The coefficients")
    assert [row["Coefficient"] for row in table] == [
        'x₁ · <b onclick="x">si ze</b> [a](http://b) $x$ %{x}',
        "x₂ · constant",
    ]
    expected = np.linalg.lstsq(np.column_stack([SIZES, np.ones(5)]), PRICES, rcond=None)[0]
    shown = [float(row["at the limit, in the data's units"]) for row in table]
    assert shown == pytest.approx(expected, rel=1e-4)
    last = [float(row["at k = 200, in the data's units"]) for row in table]
    assert last == pytest.approx(expected, rel=1e-4)


def test_without_names_nothing_is_said_of_them():
    page = opened(write_link(HOUSES))
    assert "The coefficients" not in told(page)["table"]
    assert {"names", "target"}.isdisjoint(data_of(page, "grid"))
    assert told(page)["path"]["names"] == ["x₁", "x₂"]
    assert "full" not in told(page)["path"]


def test_one_feature_is_a_curve_in_fit_and_its_axes_have_the_names():
    message = told(opened(LINK | {"view": "fit"}))
    shown = "price", '<b onclick="x">si ze</b> [a](http://b) $x$ %{x}'
    assert message["fitted"]["axes"] == [shown[1], shown[0]]
    assert message["fitted"]["grid"]


def test_grid_and_stage_have_the_names_as_they_are():
    page = opened(LINK)
    assert data_of(page, "grid")["names"] == [NAUGHTY, "constant"]
    assert data_of(page, "grid")["target"] == "price"
    assert told(page)["path"]["names"][1] == "x₂ · constant"


@pytest.mark.parametrize("show", ["modes", "geometry", "rounding"])
def test_on_why_no_name_becomes_an_element_a_link_or_a_formula(show):
    page = opened(LINK | {"show": show}, "why")
    assert 'onclick="x"' not in html(page)
    for chart in page.get("plotly_chart"):
        titles = json.loads(chart.proto.spec)["layout"]
        for axis in ("xaxis", "yaxis"):
            assert "<b" not in titles[axis]["title"]["text"]
    for words in page.markdown:
        assert not re.search(r"(?<!\\)<b", words.value)


def test_the_table_of_the_start_tells_where_descent_ends_in_the_data_s_units():
    page = opened(LINK | {"show": "geometry"}, "why")
    table = records(html(page), "The start and where it ends")
    expected = np.linalg.lstsq(np.column_stack([SIZES, np.ones(5)]), PRICES, rcond=None)[0]
    told_there = [float(row["in the data's units"]) for row in table[:2]]
    assert told_there == pytest.approx(expected, rel=1e-4)


def test_a_chart_shows_a_name_as_it_is():
    figure = row_figure(Theory(SYSTEM), HOUSES.x0, np.array([[-1.0, 1.0]] * 2), MEANING)
    title = figure.layout.xaxis.title.text
    assert title.startswith("x₁ · &lt;b onclick=")
    assert text(parsed(f"<p>{title}</p>")) == 'x₁ · <b onclick="x">…'


def test_files_have_the_names():
    comparison = compare(HOUSES)
    head, *_ = iterates_csv(comparison, MEANING).splitlines()
    assert head.endswith("x2 constant")
    assert iterates_csv(comparison).splitlines()[0] == "variant,k,loss,x1,x2"
    told_in_json = document(comparison, Theory(SYSTEM), MEANING)["experiment"]
    assert told_in_json["names"] == [NAUGHTY, "constant"]
    assert told_in_json["target"] == "price"
    assert "names=" in told_in_json["link"]
    assert "names" not in document(comparison, Theory(SYSTEM))["experiment"]


@pytest.mark.parametrize("name", ["size", NAUGHTY, 'a"""\nimport os', "a\u2028b\rc\x0cd"])
def test_whatever_is_in_a_name_the_script_to_take_home_is_the_same_program(name):
    meaning = Meaning((Term(name, 1, 108.0, 2.0), Term()), name)
    named, plain = script(VARIANTS[0], HOUSES, meaning), script(VARIANTS[0], HOUSES)
    added = [line for line in named.split("\n") if line not in plain.split("\n")]
    assert [line[:2] for line in added] == ["# "] * 3
    assert added[0].startswith("# x1, column 1 of A: (")
    assert added[0].endswith(" - 108.0) / 2.0")
    assert "\n".join(line for line in named.split("\n") if line not in added) == plain
    compile(named, "script.py", "exec")
    assert len(named.splitlines()) == len(plain.splitlines()) + 3
    cells = json.loads(notebook(VARIANTS[0], HOUSES, meaning))["cells"]
    assert any("# x2, column 2 of A: constant\n" in cell["source"] for cell in cells)
