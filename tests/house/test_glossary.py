"""The glossary has the words on the screen, one sentence each; what opens a word is in it."""

import re
from typing import get_args

import pytest

from helpers.markup import of_class, parsed, text
from lsedash.running.run import Status
from lsedash.tables.table import Table, table_html
from lsedash.text.glossary import entry, glossary, pieces
from lsedash.theory.regimes import Kind
from lsedash.ui.dashboard.about import about
from lsedash.ui.js import UI
from lsedash.ui.pages.registry import PAGES
from lsedash.ui.widgets.html import TEMPLATES

ROWS = [(each.word, each.meaning) for each in glossary()]
WORDS = [word for word, _ in ROWS]


def test_the_words_are_in_alphabetical_order_and_each_is_there_once():
    order = [word.lower().replace("-", " ") for word in WORDS]
    assert order == sorted(set(order))


def test_each_meaning_is_one_sentence():
    assert all(meaning.endswith(".") and ". " not in meaning for _, meaning in ROWS)


def test_every_status_and_every_regime_has_a_line():
    regimes = {"growing" if kind == "diverging" else kind for kind in get_args(Kind)}
    assert {*get_args(Status), *regimes} <= set(WORDS)


def openers(html):
    """What opens a meaning: its text, and the word."""
    return [(text(each), each.get("data-term")) for each in of_class(parsed(html), "term")]


def test_a_word_is_found_with_and_without_its_symbol_and_by_its_symbol_and_no_other_is():
    assert entry("condition number") == entry("κ(A)") == entry("condition number κ(A)")
    with pytest.raises(KeyError):
        entry("epoch")


def test_a_text_is_cut_at_its_words_in_any_number_and_case_and_nothing_of_it_is_lost():
    said = "Modes, 2 of rank 3: the loss, αλₘₐₓ, and again the loss of a <mode>"
    cut = pieces(said)
    assert "".join(piece.text for piece in cut) == said
    found = {piece.text: piece.word for piece in cut if piece.word}
    assert found.pop("mode") == found.pop("Modes") == "mode"
    assert found == {
        "rank": "rank",
        "loss": "loss",
        "α": "learning rate α",
        "λₘₐₓ": "curvature λᵢ",
    }
    assert pieces("1 2 3") == [*pieces("1 2 3")]
    assert pieces("") == []


def test_every_greek_letter_and_word_in_the_head_of_a_table_opens_its_meaning_and_is_escaped():
    html = table_html(Table("a", ("factor 1 − αλ", "<b>rank</b>"), []))
    assert openers(html) == [
        ("factor", "factor"),
        ("α", "learning rate α"),
        ("λ", "curvature λᵢ"),
        ("rank", "rank"),
    ]
    assert "<b>" not in html


def test_a_template_opens_a_word_under_another_text():
    drawn = TEMPLATES.from_string(
        '{% from "terms.html" import term %}{{ term("condition number", "<kappa>") }}'
    ).render()
    assert openers(drawn) == [("<kappa>", "condition number κ(A)")]


@pytest.mark.parametrize("kind", [".js", ".html"])
def test_a_word_that_a_script_or_a_skeleton_opens_is_in_the_glossary(kind):
    sources = [path.read_text(encoding="utf-8") for path in UI.rglob(f"*{kind}")]
    opened = r'data-term="([^"{]+)"|\bterm\("([^"]+)"'
    named = {a or b for source in sources for a, b in re.findall(opened, source)}
    assert len(named) > 1
    assert named - {"condition number"} <= set(WORDS)  # an example in a comment


def test_about_says_what_this_is_and_has_every_page_and_every_word():
    tree = parsed(about())
    pages, words = (
        [(text(dt), text(dd)) for dt, dd in zip(each.iter("dt"), each.iter("dd"), strict=True)]
        for each in tree.iter("dl")
    )
    assert pages == [(page.title, page.sentence) for page in PAGES]
    assert words == ROWS
    assert "find x such that A x = b" in text(tree)
