"""Text files are compressed once, and a browser keeps those whose address carries a version."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.staticfiles import StaticFiles

from helpers.answers import answer, served
from lsedash.ui.compat import STATIC
from lsedash.ui.js import UI, address, files, version
from lsedash.ui.serving.files import StreamlitFiles, TextFiles, takes_gzip

MODULES = sorted(path for path in UI.rglob("*") if path.suffix in (".js", ".css"))
MODULES.append(UI / "pages" / "descend" / "stage" / "static" / "stage.html")
BUNDLE = sorted(path for kind in ("js", "css") for path in (STATIC / "static" / kind).iterdir())
GRID = UI / "widgets" / "grid" / "grid.js"
A_YEAR = "max-age=31536000"


def bundled(path, **asked):
    """What Streamlit's server answers through our middleware."""
    return answer(StreamlitFiles(StaticFiles(directory=STATIC)), path, **asked)


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(UI).as_posix())
def test_a_module_is_served_as_it_is_and_kept_for_good(file):
    status, headers, body = served(address(file))
    assert status == 200
    assert body == file.read_bytes()
    assert A_YEAR in headers["cache-control"]
    assert "immutable" in headers["cache-control"]
    status, packed, body = served(address(file), accept_encoding="gzip, deflate, br")
    assert status == 200
    assert packed["content-encoding"] == "gzip"
    assert int(packed["content-length"]) == len(body)
    assert gzip.decompress(body) == file.read_bytes()
    assert packed["content-type"] == headers["content-type"]
    assert packed["etag"] != headers["etag"]
    assert packed["vary"] == headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("start", ["", "/lsedash/0123456789abcdef"], ids=["none", "of old"])
def test_a_browser_asks_again_for_a_file_whose_address_has_no_version_of_ours(start):
    path = f"{start}/ui/widgets/grid/grid.js"
    status, headers, body = served(path, accept_encoding="gzip")
    assert status == 200
    assert headers["cache-control"] == "no-cache"
    assert gzip.decompress(body) == GRID.read_bytes()
    again = served(path, accept_encoding="gzip", if_none_match=headers["etag"])
    assert (again[0], again[2]) == (304, b"")
    assert again[1]["etag"] == headers["etag"]
    assert again[1]["vary"] == "Accept-Encoding"
    assert (
        served(path, if_none_match=headers["etag"])[0] == 200
    )  # another encoding, another content


def test_the_version_follows_the_content_of_the_files(tmp_path, monkeypatch):
    monkeypatch.setattr("lsedash.ui.js.UI", tmp_path)
    module = tmp_path / "one.js"
    versions = []
    for text in ("export {};", "export { };", "export {};"):
        module.write_text(text)
        version.cache_clear()
        versions.append(address(module))
    version.cache_clear()
    assert versions[0] == versions[2] != versions[1]


def test_plotly_is_compressed_and_kept_and_a_part_of_it_can_be_asked_for():
    path = f"{files()}/vendor/plotly.min.js"
    status, headers, body = served(path, accept_encoding="gzip")
    assert status == 200
    assert "immutable" in headers["cache-control"]
    assert len(body) < 1_600_000
    whole = gzip.decompress(body)
    status, headers, body = served(path, accept_encoding="gzip", range="bytes=100-199")
    assert (status, body) == (206, whole[100:200])
    assert headers["content-range"] == f"bytes 100-199/{len(whole)}"
    assert "content-encoding" not in headers
    status, headers, _ = served(path, method="HEAD", accept_encoding="gzip")
    assert status == 200
    assert headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("file", [BUNDLE[0], BUNDLE[-1]], ids=lambda file: file.suffix)
def test_a_file_of_streamlit_is_compressed_and_kept(file):
    path = f"/{file.relative_to(STATIC).as_posix()}"
    status, headers, body = bundled(path, accept_encoding="gzip")
    assert status == 200
    assert "immutable" in headers["cache-control"]
    assert gzip.decompress(body) == file.read_bytes()
    assert headers["vary"] == "Accept-Encoding"
    for asked in ({}, {"accept_encoding": "gzip;q=0"}):
        status, headers, body = bundled(path, **asked)
        assert status == 200
        assert body == file.read_bytes()
        assert "content-encoding" not in headers
        assert "accept-encoding" in headers["vary"].lower()
    status, _, body = bundled(path, accept_encoding="gzip", range="bytes=0-9")
    assert (status, body) == (206, file.read_bytes()[:10])


def test_every_script_and_style_of_streamlit_is_known_by_its_hash():
    missed = PlainTextResponse("Streamlit itself")
    app = StreamlitFiles(missed)
    for file in BUNDLE[:: len(BUNDLE) // 20]:
        path = f"/{file.relative_to(STATIC).as_posix()}"
        assert answer(app, path, accept_encoding="gzip")[1].get("content-encoding") == "gzip"
    for path in ("/", "/why", "/manifest.json", "/static/js/../../index.html", "/static/js/x.js"):
        assert answer(app, path, accept_encoding="gzip")[2] == b"Streamlit itself"
    gone = answer(app, "/static/js/gone.ABCDEFGH.js", accept_encoding="gzip")
    assert (gone[0], gone[2]) == (404, b"Not Found")


def test_a_hundred_visitors_at_once_let_a_file_be_compressed_once(monkeypatch):
    times = []
    compress = gzip.compress
    monkeypatch.setattr(gzip, "compress", lambda *a, **k: times.append(1) or compress(*a, **k))
    folder = TextFiles(directory=UI, may_serve=lambda _path: True)
    scope = {"type": "http", "method": "GET", "headers": [(b"accept-encoding", b"gzip")]}

    async def all_at_once():
        asked = (folder.get_response("widgets/grid/grid.js", dict(scope)) for _ in range(100))
        return await asyncio.gather(*asked)

    with ThreadPoolExecutor(1) as thread:
        answers = thread.submit(lambda: asyncio.run(all_at_once())).result()
    assert {gzip.decompress(answer.body) for answer in answers} == {GRID.read_bytes()}
    assert len(times) == 1


def test_a_file_that_changes_is_compressed_again(tmp_path):
    file = tmp_path / "one.js"
    app = Starlette()
    app.mount("/", TextFiles(directory=tmp_path, may_serve=lambda _path: True))
    for text in ("export {};", "export const more = 1;"):
        file.write_text(text)
        _, _, body = answer(app, "/one.js", accept_encoding="gzip")
        assert gzip.decompress(body).decode() == text


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("br, GZip;q=0.5", True),
        ("*", True),
        ("deflate, gzip ; q=1.0", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("identity, xgzip", False),
    ],
)
def test_who_takes_gzip(accepted, takes):
    assert takes_gzip(accepted) is takes


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_file_can_only_be_read(method):
    assert served(address(GRID), method=method, accept_encoding="gzip")[0] == 405
