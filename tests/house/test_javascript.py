"""The JavaScript: names that nobody documents stand in one module each, and no file is long."""

import re

import pytest

from lsedash.ui.js import UI

FILES = sorted(UI.rglob("*.js"))
PLOTLY = r"_fullLayout|_offset|_length|\b[dp]2[dp]\b|js-plotly-plot|scatterlayer|nsewdrag"
STREAMLIT = r"data-testid=st[A-Z]|\.st-key-|--st-"


@pytest.mark.parametrize(
    ("names", "module"),
    [(PLOTLY, "overlay.js"), (STREAMLIT, "page.js")],
    ids=["plotly", "streamlit"],
)
def test_undocumented_names_are_used_in_one_module_each(names, module):
    users = [file for file in FILES if re.search(names, file.read_text(encoding="utf-8"))]
    assert users == [UI / "js" / module]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(UI).as_posix())
def test_no_file_is_long(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 250
