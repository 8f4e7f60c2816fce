"""What the server hands to a browser beside Streamlit's own: modules and headers."""

import gzip
import re
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from streamlit import config

from helpers.answers import answer, served
from lsedash.problem import InvalidInput
from lsedash.ui.compat import STATIC
from lsedash.ui.js import UI, address, files, loader, version
from lsedash.ui.serving.pages import STYLES, PageHeaders, preloads


@pytest.fixture(params=["", "class/42"], ids=["root", "base"])
def base(request):
    """What stands before all paths."""
    config.set_option("server.baseUrlPath", request.param)
    yield f"/{request.param}" if request.param else ""
    config.set_option("server.baseUrlPath", "")


def page_at(path):
    """The headers of a page, which Streamlit would send."""
    status, headers, _ = answer(PageHeaders(HTMLResponse("<!doctype html>")), path)
    assert status == 200
    return headers


def links_at(path):
    """What a page links to in its head: how, and where."""
    page = answer(PageHeaders(HTMLResponse("<html><head></head></html>")), path)[2].decode()
    return re.findall('<link rel="([a-z]+)"[^>]* href="(.*?)">', page.partition("</head>")[0])


@pytest.mark.parametrize(
    "path",
    [
        "/ui/server.py",
        "/ui/widgets/source.html",
        "/ui/state/draft.py",
        "/ui/js/types.d.ts",
        "/ui/js/__init__.py",
        "/ui/js",
        "/ui/",
        "/ui/nothing.js",
        "/ui/js/../server.py",
        "/ui/%s.js" % ("long" * 100),
        "/ui/a\0b.js",
        "/vendor/",
        "/vendor/widgetbundle.js",
        "/vendor/datasets/iris.csv.gz",
        "/vendor/templates/plotly.json",
        "/vendor/../__init__.py",
        "/ui/../../app.py",
        "/ui/../../docs/x.html",
    ],
)
def test_nothing_else_is_served(path):
    status, _, body = served(path)
    assert status == 404
    assert b"import" not in body


def test_a_page_announces_what_it_will_fetch_and_all_of_that_is_there(base):
    first, other = links_at(f"{base}/"), links_at(f"{base}/why")
    assert ("preload", f"{files()}/vendor/plotly.min.js") in first
    assert ("modulepreload", f"{files()}/ui/pages/descend/stage/static/streamlit.js") in first
    assert "stage.js" not in str(other)
    for links in (first, other):
        for name in ("grid/grid.js", "copy_link/copy_link.js"):
            assert ("modulepreload", f"{files()}/ui/widgets/{name}") in links
        for _, path in links:
            assert served(path)[0] == 200


def test_the_headers_of_a_page_fit_into_the_buffer_of_any_proxy(base):
    headers = page_at(f"{base}/")
    assert sum(len(name) + len(value) + 4 for name, value in headers.items()) < 2048


def test_a_page_is_sent_again_although_streamlit_s_own_has_not_changed():
    page = PageHeaders(StaticFiles(directory=STATIC, html=True))
    _, told, _ = answer(StaticFiles(directory=STATIC, html=True), "/")
    known = {"if_none_match": told["etag"], "if_modified_since": told["last-modified"]}
    status, headers, body = answer(page, "/", accept="text/html", accept_encoding="gzip", **known)
    assert status == 200
    assert headers["content-encoding"] == "gzip"
    assert int(headers["content-length"]) == len(body) < 5_000
    text = gzip.decompress(body)
    assert address(STYLES[0]).encode() in text  # of this version, not of the one before
    assert text == answer(page, "/", accept="text/html")[2]  # for whoever takes no gzip
    assert "etag" not in headers


def test_what_the_dialog_and_the_words_show_is_served_below_any_path(base):
    status, headers, body = served(f"{base}/ui/about.html")
    assert status == 200
    assert headers["content-type"].startswith("text/html")
    assert "The derivative of the loss" in body.decode()


def test_imports_of_imports_are_announced_too(tmp_path, monkeypatch):
    monkeypatch.setattr("lsedash.ui.js.UI", tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "one.js").write_text('import { a } from "./folder/two.js";\n')
    (tmp_path / "folder" / "two.js").write_text('import {\n  b,\n} from "../three.js";\n')
    (tmp_path / "three.js").write_text('import "./one.js";\nexport const b = "./four.js";\n')
    names = re.findall('/ui/(.*?)"', preloads([tmp_path / "one.js"]))
    assert names == ["folder/two.js", "one.js", "three.js"]


def test_no_script_but_our_own_may_run_in_a_page(base):
    policy = page_at(f"{base}/code")["content-security-policy"]
    scripts = policy.split("script-src")[1].split(";")[0]
    assert "'self'" in scripts
    assert "unsafe-inline" not in scripts
    assert "'unsafe-eval'" not in scripts


def test_every_answer_forbids_a_browser_to_guess_and_to_tell_other_sites_the_address(base):
    for content in (HTMLResponse("<p>x</p>"), PlainTextResponse("x"), Response(status_code=304)):
        _, headers, _ = answer(PageHeaders(content), f"{base}/any")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
    for name in ("camera", "microphone", "geolocation"):
        assert f"{name}=()" in page_at(f"{base}/why")["permissions-policy"]
    assert (
        "clipboard-write" not in page_at(f"{base}/why")["permissions-policy"]
    )  # Copy link needs it


@pytest.mark.parametrize(
    ("told", "allowed"),
    [
        (None, "*"),
        ("", "*"),
        ("'none'", "'none'"),
        ("https://course.example.edu  https://*.example.org:8443", None),
    ],
)
def test_any_site_may_embed_the_dashboard_unless_the_environment_names_some(
    monkeypatch, told, allowed
):
    monkeypatch.delenv("LSEDASH_FRAME_ANCESTORS", raising=False)
    if told is not None:
        monkeypatch.setenv("LSEDASH_FRAME_ANCESTORS", told)
    directives = page_at("/")["content-security-policy"].split("; ")
    (ancestors,) = (text for text in directives if text.startswith("frame-ancestors"))
    assert ancestors.split()[1:] == (allowed or told).split()


@pytest.mark.parametrize("told", ["https://a.edu; script-src *", "a.edu, b.edu", "a\r\nx: y;", "é"])
def test_wrong_sites_are_refused_when_the_server_starts(monkeypatch, told):
    monkeypatch.setenv("LSEDASH_FRAME_ANCESTORS", told)
    with pytest.raises(InvalidInput, match=r"LSEDASH_FRAME_ANCESTORS is .*; write the sites"):
        page_at("/")


def test_a_component_s_text_names_its_module_and_is_short(base):
    text = loader(UI / "widgets" / "grid" / "grid.js")
    assert f'"{base}/lsedash/{version()}/ui/widgets/grid/grid.js"' in text
    assert len(text) < 1000  # it travels with every update


def test_no_module_is_read_from_elsewhere_than_the_package():
    with pytest.raises(ValueError, match="subpath"):
        address(Path("/etc/hosts.js"))


def test_a_page_links_to_the_styles_it_is_first_painted_with(base):
    page = "<!doctype html><html><head><title>x</title></head><body></body></html>"
    status, headers, body = answer(PageHeaders(HTMLResponse(page)), f"{base}/why")
    assert status == 200
    assert int(headers["content-length"]) == len(body)
    links = re.findall(rb'<link rel="stylesheet" href="(.*?)">', body.partition(b"</head>")[0])
    assert f"{files()}/ui/dashboard/first.css".encode() in links
    for link in links:
        assert served(link.decode())[0] == 200


@pytest.mark.parametrize(
    ("query", "attributes"),
    [
        ("present=1", b' data-present="1"'),
        ("lr=0.2&present=3&embed=True", b' data-present="3" data-embed'),
        ("present=0", b""),
        ('present=1"><script>', b""),
        ("embed=false", b""),
    ],
)
def test_the_first_paint_knows_presenter_mode_and_frames(query, attributes):
    page = PageHeaders(HTMLResponse("<html><head></head></html>"))
    _, headers, body = answer(page, "/why", query=query)
    assert body.startswith(b"<html" + attributes + b"><head>")
    assert int(headers["content-length"]) == len(body)


def test_html_without_a_head_is_sent_as_it_is():
    assert answer(PageHeaders(HTMLResponse("<p>x</p>")), "/ui/stage.html")[2] == b"<p>x</p>"
