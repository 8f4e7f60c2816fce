"""What the server hands to a browser beside Streamlit's own: modules and headers."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from streamlit import config

from lsedash.ui.js import UI, address, loader
from lsedash.ui.server import routes
from lsedash.ui.serving.pages import PageHeaders, preloads

MODULES = sorted(path for path in UI.rglob("*") if path.suffix in (".js", ".css"))
MODULES.append(UI / "pages" / "descend" / "stage" / "static" / "stage.html")


@pytest.fixture(params=["", "class/42"], ids=["root", "base"])
def base(request):
    """What stands before all paths."""
    config.set_option("server.baseUrlPath", request.param)
    yield f"/{request.param}" if request.param else ""
    config.set_option("server.baseUrlPath", "")


def answer(app, path):
    """The status, the headers and the body of an answer."""
    said = []

    async def receive():
        await asyncio.Event().wait()  # nothing more comes from a browser that waits

    async def send(message):
        said.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode()}
    scope |= {"query_string": b"", "headers": [], "root_path": "", "http_version": "1.1"}
    with ThreadPoolExecutor(1) as thread:  # this one may have a loop of its own
        thread.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return said[0]["status"], headers, b"".join(part.get("body", b"") for part in said[1:])


def served(path):
    return answer(Starlette(routes=routes()), path)


def page_at(path):
    """The headers of a page, which Streamlit would send."""
    status, headers, _ = answer(PageHeaders(HTMLResponse("<!doctype html>")), path)
    assert status == 200
    return headers


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(UI).as_posix())
def test_a_module_is_served_as_it_is_and_checked_at_every_visit(file):
    status, headers, body = served(address(file))
    assert status == 200
    assert body == file.read_bytes()
    assert headers["cache-control"] == "no-cache"
    assert headers["etag"]


@pytest.mark.parametrize(
    "path",
    [
        "/ui/server.py",
        "/ui/widgets/table.html",
        "/ui/state/draft.py",
        "/ui/js/types.d.ts",
        "/ui/js/__init__.py",
        "/ui/js",
        "/ui/",
        "/ui/nothing.js",
        "/ui/js/../server.py",
        "/ui/../../app.py",
        "/ui/../../docs/x.html",
    ],
)
def test_nothing_else_is_served(path):
    status, _, body = served(path)
    assert status == 404
    assert b"import" not in body


def test_a_page_announces_what_it_will_fetch_and_all_of_that_is_there(base):
    first, other = page_at(f"{base}/")["link"], page_at(f"{base}/why")["link"]
    assert f"<{base}/vendor/plotly.min.js>; rel=preload; as=script" in first
    assert f"<{base}/ui/pages/descend/stage/static/stage.js>; rel=modulepreload" in first
    assert "stage.js" not in other
    for links in (first, other):
        for name in ("grid/grid.js", "copy_link/copy_link.js"):
            assert f"<{base}/ui/widgets/{name}>; rel=modulepreload" in links
        for path in re.findall("<(.*?)>", links):
            assert served(path)[0] == 200


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
    names = re.findall("/ui/(.*?)>", preloads([tmp_path / "one.js"]))
    assert names == ["folder/two.js", "one.js", "three.js"]


def test_no_script_but_our_own_may_run_in_a_page(base):
    policy = page_at(f"{base}/code")["content-security-policy"]
    scripts = policy.split("script-src")[1].split(";")[0]
    assert "'self'" in scripts
    assert "unsafe-inline" not in scripts
    assert "'unsafe-eval'" not in scripts


def test_a_component_s_text_names_its_module_and_is_short(base):
    text = loader(UI / "widgets" / "grid" / "grid.js")
    assert f'"{base}/ui/widgets/grid/grid.js"' in text
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
    assert f"{base}/ui/dashboard/first.css".encode() in links
    for link in links:
        assert served(link.decode())[0] == 200


def test_html_without_a_head_is_sent_as_it_is():
    assert answer(PageHeaders(HTMLResponse("<p>x</p>")), "/ui/stage.html")[2] == b"<p>x</p>"
