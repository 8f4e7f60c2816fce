"""Whatever else is said, every element keeps its place among Streamlit's.

What changes its place is built anew in the browser: the focus, the axes and typed texts are lost.
"""

from dataclasses import replace

import pytest

from helpers.first_page import entered, opened, preset_box, typed
from helpers.pages import choose, words
from lsedash.presets import PRESETS
from lsedash.programs.optimizers import OPTIMIZERS
from lsedash.text.fields import DEFAULT
from lsedash.text.link import write_link
from lsedash.ui.pages.rates import sweep
from lsedash.ui.pages.registry import PAGES
from lsedash.ui.widgets import computing

ALIKE = {"code": 2, "pitfalls": 2}  # what these pages show has the same places, whichever it is
EVERYWHERE = [
    (page.path, show)
    for page in PAGES
    for show in sorted(page.showable)[: ALIKE.get(page.path, 5)] or [""]
]


def places(block, path=()):
    """Where every element with an identity is: the numbers that lead to it, by identity."""
    found = {}
    for number, node in block.children.items():
        here = (*path, number)
        if hasattr(node, "children"):
            found |= places(node, here)
        elif identity := getattr(node.proto, "id", ""):
            found[identity] = here
    return found


def where(page):
    return places(page.main, ("main",)) | places(page.sidebar, ("sidebar",))


def moved(before, after):
    common = before.keys() & after.keys()
    assert any("grid" in identity for identity in common)
    return {identity for identity in common if before[identity] != after[identity]}


def page_at(path, show, experiment=DEFAULT):
    return opened(write_link(experiment, show=show), path)


@pytest.mark.parametrize(("path", "show"), EVERYWHERE, ids=lambda text: text or "-")
def test_nothing_moves_when_a_sentence_the_notice_about_a_link_or_the_preset_comes_or_goes(
    path, show
):
    page = opened({**write_link(PRESETS[1].experiment, show=show), "nonsense": "1"}, path)
    assert page.warning
    before = where(page)
    assert not moved(before, where(entered(page, b=["1", "a"])))
    assert not page.warning
    assert not moved(before, where(typed(page, "iterations", "many")))
    assert not moved(before, where(typed(page, "tolerance", "little")))
    assert not moved(before, where(entered(page, b=["1", "2"])))
    assert preset_box(page).value is not None
    assert not moved(before, where(entered(page, A=[["2", "1"], ["0", "1"]])))
    assert preset_box(page).value is None


def test_nothing_moves_when_a_run_was_stopped_before_its_end(monkeypatch):
    before = where(opened())
    monkeypatch.setattr(computing, "DEADLINE", 0.0)
    page = opened({"iterations": "20000"})
    assert any("Stopped" in note.value for note in page.info)
    assert not moved(before, where(page))


def test_nothing_moves_when_a_sweep_was_stopped_before_its_end(monkeypatch):
    before = where(page_at("learning-rates", "sweep"))
    monkeypatch.setattr(sweep, "SWEEP_DEADLINE", 0.0)
    page = page_at("learning-rates", "sweep", replace(DEFAULT, iterations=2000))
    assert any("Stopped" in note.value for note in page.info)
    assert not moved(before, where(page))


def test_nothing_moves_when_too_many_optimizers_are_chosen():
    page = page_at("learning-rates", "optimizers")
    before = where(page)
    label = next(group.label for group in page.button_group if group.label.startswith("Compare"))
    choose(page, label, list(OPTIMIZERS.keys))
    assert "At most" in words(page)
    assert not moved(before, where(page))
