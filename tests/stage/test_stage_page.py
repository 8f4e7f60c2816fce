"""The page with the stage: whole in itself, closed to the world, and safe whatever names say."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from plotly.offline import get_plotlyjs

from helpers.markup import parsed
from lsedash import VARIANTS, InvalidInput
from lsedash.figures.view import View
from lsedash.meaning import Meaning, Term
from lsedash.presets import PRESETS
from lsedash.stage.stage import stage_of

WORKED = PRESETS[0].experiment
NUMPY = tuple(VARIANTS)[:1]
SCRIPT = re.compile(r"<script(?P<kind>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
HOSTILE = "</script><script>alert(1)</script><!-- & \" '"
NAMESPACE = "http://www.w3.org/2000/svg"  # a name, and no address


@pytest.fixture(scope="module")
def page():
    return stage_of(WORKED, NUMPY).html()


def scripts(page):
    return [(match["kind"].strip(), match["text"]) for match in SCRIPT.finditer(page)]


def policy(page):
    return re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]


def test_the_page_refers_to_nothing_outside(page):
    rest = page.replace(get_plotlyjs(), "")
    assert len(rest) < 250_000 < len(page), "plotly.js is inside"
    assert set(re.findall(r"https?:[^\s\"'`;]*", rest)) == {NAMESPACE}
    assert set(re.findall(r"<[^>]*\s(?:src|href)=\"([^\"]*)", rest)) == {"data:,"}
    assert re.findall(r"@import|url\(", rest.partition("</style>")[0]) == []
    assert "import(" not in rest
    assert "import.meta" not in rest


def test_its_policy_lets_its_own_two_scripts_run_and_nothing_else(page):
    said = policy(page).replace("&#39;", "'")
    running = [text for kind, text in scripts(page) if "json" not in kind]
    hashes = {b64encode(sha256(text.encode()).digest()).decode() for text in running}
    assert set(re.findall(r"sha256-([^']*)", said)) == hashes
    assert len(hashes) == 2
    assert said.startswith("default-src 'none';")
    allowed = said.partition("script-src ")[2].partition(";")[0]
    assert not re.search(r"unsafe|data:|blob:|\*", allowed)


def test_a_name_cannot_break_out_of_the_page():
    terms = tuple(Term(f"{HOSTILE}{i}", 1) for i in range(3))
    stage = stage_of(WORKED, NUMPY, meaning=Meaning(terms, HOSTILE))
    page = stage.html("cdn")
    assert len(scripts(page)) == 3
    assert "<script>alert" not in page
    (data,) = [text for kind, text in scripts(page) if "json" in kind]
    assert json.loads(data)["recording"].keys() == {"told", "numbers"}
    (frame,) = parsed(stage._repr_html_())
    assert frame.get("srcdoc") == page


def test_every_word_that_the_page_underlines_has_its_meaning(page):
    (data,) = [json.loads(text) for kind, text in scripts(page) if "json" in kind]
    underlined = re.findall(r'data-term="([^"]*)"', data["content"])
    assert set(underlined) <= set(data["words"])
    assert {"condition number κ(A)", "limit"} & set(data["words"]) == {"limit"}
    assert all(meaning.endswith(".") for meaning in data["words"].values())


def test_plotly_is_inside_beside_or_at_its_own_address(tmp_path):
    stage = WORKED.stage()
    stage.save(tmp_path / "whole.html")
    assert [file.name for file in tmp_path.iterdir()] == ["whole.html"]
    stage.save(tmp_path / "beside.html", plotlyjs="directory")
    assert (tmp_path / "plotly.min.js").read_text(encoding="utf-8") == get_plotlyjs()
    stage.save(tmp_path / "far.html", plotlyjs="cdn")
    for name, source in (("beside.html", "plotly.min.js"), ("far.html", "https://cdn.plot.ly/")):
        (kind,) = [k for k, _ in scripts((tmp_path / name).read_text("utf-8")) if "src" in k]
        assert kind.startswith(f'src="{source}')
        assert ("integrity=" in kind) == source.startswith("https")
    with pytest.raises(InvalidInput, match='must be True, "cdn" or "directory"'):
        stage.save(tmp_path / "none.html", plotlyjs=False)


def test_the_view_that_is_asked_for_is_shown_first_and_an_unknown_one_is_refused():
    few = replace(WORKED, iterations=3)
    assert few.stage(view="fit").view == View("fit")
    with pytest.raises(InvalidInput, match=r"The view must be one of .*; it is 'tree'"):
        few.stage(view="tree")


def test_a_run_that_grows_beyond_float64_makes_a_page_too():
    growing = replace(WORKED, learning_rate=10.0, iterations=2000)
    assert "srcdoc" in growing.stage()._repr_html_()


def test_a_notebook_of_23_stages_has_less_than_5_mb():
    shown = stage_of(PRESETS[0].experiment)._repr_html_()
    cell = {"output_type": "display_data", "data": {"text/html": shown.splitlines(keepends=True)}}
    assert shown.startswith('<iframe srcdoc="')
    assert 23 * len(json.dumps(cell).encode()) < 5_000_000
