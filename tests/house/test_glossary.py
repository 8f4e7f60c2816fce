"""docs/glossary.md has the words on the screen, one sentence each, in alphabetical order."""

from pathlib import Path
from typing import get_args

from lsedash.running.run import Status
from lsedash.theory.regimes import Kind

TEXT = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [line.strip("| ").split(" | ") for line in TEXT.splitlines() if line.startswith("| ")][1:]
WORDS = [word for word, _ in ROWS]


def test_the_words_are_in_alphabetical_order_and_each_is_there_once():
    order = [word.lower().replace("-", " ") for word in WORDS]
    assert order == sorted(set(order))


def test_each_meaning_is_one_sentence():
    assert all(meaning.endswith(".") and ". " not in meaning for _, meaning in ROWS)


def test_every_status_and_every_regime_has_a_line():
    regimes = {"growing" if kind == "diverging" else kind for kind in get_args(Kind)}
    assert {*get_args(Status), *regimes} <= set(WORDS)
