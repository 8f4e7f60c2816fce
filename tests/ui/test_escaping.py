"""Whatever a visitor, a program or its file name says arrives as text, wherever HTML shows it."""

from dataclasses import replace

import pytest

from helpers.first_page import opened, told
from helpers.markup import of_class, parsed, said, shape, text
from helpers.pages import html
from lsedash.looking.listing import line_of
from lsedash.looking.objects import Object
from lsedash.looking.tracer import Frame, XRay
from lsedash.looking.xray import xray
from lsedash.programs.program import Program
from lsedash.tables.runs_table import sample
from lsedash.tables.table import Cell, Table, table_html
from lsedash.text.fields import DEFAULT
from lsedash.ui.pages.code.objects import state_html
from lsedash.ui.pages.code.side_by_side import CodeLine, Head, PhaseRow
from lsedash.ui.widgets.html import draw
from lsedash.ui.widgets.source import difference_html, listing_html

HARMLESS = "plain"
HOSTILE = [
    "<script>alert(1)</script>",
    "</td></tr></table><img src=x onerror=alert(1)>",
    '"\' onmouseover="alert(1)" x=\'',
    "&lt;b&gt; &amp; &quot;",
    "<!-- --> ]]> {{ 7 * 7 }} {% raw %}",
    "é ∑ 𝛼 ☃ \u202eabc\u200b",
]


def table_of(text):
    cells = [Cell(text, text, good=True, note=text, lane=text), Cell(text, bar=0.5), text]
    look = replace(sample("numpy_by_hand"), fill=text, colour=text, symbol=text)
    return table_html(Table(text, [text, *cells], [[Cell(text, sample=look), *cells]], kind=text))


def listing_of(text):
    return listing_html(f"x = 1  # {text}\ny = 2  # {text}", chosen=1, choices=[1], former=None)


def difference_of(text):
    return difference_html(f"x = 1  # {text}", f"x = 2  # {text}")


def state_of(text):
    part = Object(f"{text}.{text}", text, text)
    whole = Object(text, text, text, (1,), text, True, False, text, None, 0, (text,), (part,))
    return state_html(XRay((Frame(text, 3, (whole,)),), frozenset([text])), [text])


def programs_of(text):
    program = Program(text, text, text)
    look = sample("numpy_by_hand")
    heads = [Head(program, look, picture, text) for picture in (text, "")]
    rows = [PhaseRow(text, text, [[CodeLine(f"x = 1  # {text}", True)], []])]
    return draw("pages/code/side_by_side.html", lit=text, number=text, heads=heads, rows=rows)


def sparkline_of(text):
    return draw("pages/code/sparkline.svg", path=text, colour=text, width=text, height=3)


PIECES = [table_of, listing_of, difference_of, state_of, programs_of, sparkline_of]


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("piece", PIECES)
def test_a_text_changes_nothing_but_texts(piece, hostile):
    tree = parsed(piece(hostile))
    assert shape(tree) == shape(parsed(piece("plain")))
    assert any(hostile in each for each in said(tree))


HOSTILE_PROGRAM = """
def descend(A, b, x0, learning_rate, iterations):
    named = type("<script>alert(1)</script>", (), {})()
    for _ in range(iterations + 1):
        yield x0, 0.0
"""


def test_the_state_of_a_program_with_hostile_names_is_text(tmp_path, monkeypatch):
    folder = tmp_path / "hostile_programs"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "<b>named.py").write_text(HOSTILE_PROGRAM, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    program = Program("<b>named", "<i>", "<i>", package="hostile_programs")
    line = line_of(program.source, "named = ")
    tree = parsed(state_html(xray(program, DEFAULT, 0, line + 1), []))
    facts = [text(fact) for each in of_class(tree, "facts") for fact in each]
    assert any("<script>alert(1)</script>" in fact for fact in facts)
    assert not list(tree.iter("script"))


def test_a_hostile_system_in_a_link_makes_no_element():
    page = opened({"A": HOSTILE[0], "b": HOSTILE[1]})
    for shown in (html(page), told(page)["table"]):
        assert {"script", "img"}.isdisjoint(each.tag for each in parsed(shown).iter())
