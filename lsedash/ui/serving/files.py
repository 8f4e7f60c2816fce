"""The text files that a browser fetches: compressed once, and kept by the browser for good.

Streamlit sends its own files uncompressed, and would compress ours again for every visitor.
"""

import asyncio
import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_type
from os import stat_result
from pathlib import Path
from stat import S_ISREG
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lsedash.ui.compat import STATIC
from lsedash.ui.js import is_served, prefix, version

# A text file of Streamlit's bundle, whose name carries a hash.
HASHED = re.compile(r"static/(js|css|media)/[\w.-]{1,80}\.[\w-]{8}\.(js|css|svg)", re.ASCII)
PLOTLY = "plotly.min.js"
FOR_GOOD = "public, max-age=31536000, immutable"
EVERY_TIME = "no-cache"  # a browser asks whether its copy is still the same


@dataclass(frozen=True)
class Packed:
    """The compressed content of a file, as it was when the file had this stamp."""

    stamp: tuple[int, int]
    content: bytes
    etag: str


class TextFiles(StaticFiles):
    """The text files of a folder that may be served, compressed for whoever takes that."""

    def __init__(self, *, may_serve: Callable[[str], bool], **where: Any) -> None:
        super().__init__(**where)
        self.may_serve = may_serve
        self.packed: dict[str, Packed] = {}  # by path: no more than there are files
        self.packing = asyncio.Lock()  # of a hundred visitors at once, one lets a file be packed

    async def get_response(self, path: str, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(status_code=405)
        file, stat = self.found(path)
        headers = Headers(scope=scope)
        if takes_gzip(headers.get("accept-encoding", "")) and "range" not in headers:
            response = self.answer(await self.compressed(file, stat), file, headers)
        else:
            response = self.file_response(file, stat, scope)
        response.headers["vary"] = "Accept-Encoding"
        response.headers["cache-control"] = how_long(path, scope)
        return response

    def found(self, path: str) -> tuple[str, stat_result]:
        """The file at a path; "not found" if there is none or it may not be served."""
        try:
            file, stat = self.lookup_path(path) if self.may_serve(path) else ("", None)
        except (OSError, ValueError):  # no path of a file: too long, or with a NUL
            stat = None
        if stat is None or not S_ISREG(stat.st_mode):
            raise HTTPException(status_code=404)
        return file, stat

    async def compressed(self, file: str, stat: stat_result) -> Packed:
        """The file's compressed content, which is made once."""
        stamp = (stat.st_mtime_ns, stat.st_size)
        if not self.has(file, stamp):
            async with self.packing:
                if not self.has(file, stamp):
                    self.packed[file] = await run_in_threadpool(pack, Path(file), stamp)
        return self.packed[file]

    def has(self, file: str, stamp: tuple[int, int]) -> bool:
        """Whether the file is packed as it is now."""
        return file in self.packed and self.packed[file].stamp == stamp

    def answer(self, packed: Packed, file: str, asked: Headers) -> Response:
        """The compressed content, or that the browser's copy is still the same."""
        response = Response(packed.content, media_type=guess_type(file)[0])
        response.headers["content-encoding"] = "gzip"
        response.headers["etag"] = packed.etag
        if self.is_not_modified(response.headers, asked):
            return NotModifiedResponse(response.headers)
        return response


class StreamlitFiles:
    """ASGI middleware that sends the text files of Streamlit's bundle compressed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.start = f"{prefix()}/"
        self.files = TextFiles(directory=STATIC, follow_symlink=True, may_serve=is_bundled)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "").removeprefix(self.start)
        if scope["type"] != "http" or not is_bundled(path):
            await self.app(scope, receive, send)
        elif may_compress(scope):
            try:
                response = await self.files.get_response(path, scope)
            except HTTPException:
                response = Response("Not Found", status_code=404)
            await response(scope, receive, send)
        else:
            await self.app(scope, receive, varying(send))


def may_compress(scope: Scope) -> bool:
    """Whether a request takes a whole compressed file."""
    headers = Headers(scope=scope)
    takes = takes_gzip(headers.get("accept-encoding", ""))
    return scope["method"] in ("GET", "HEAD") and takes and "range" not in headers


def varying(send: Send) -> Send:
    """Say in an answer that it depends on what the browser takes."""

    async def send_varying(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return send_varying


def is_bundled(path: str) -> bool:
    """Whether a path is that of a text file of Streamlit's whose name carries a hash."""
    return HASHED.fullmatch(path) is not None


def how_long(path: str, scope: Scope) -> str:
    """How long a browser may keep a file: for good if its address carries our version or a hash."""
    ours = scope.get("path_params", {}).get("version") == version()
    return FOR_GOOD if ours or is_bundled(path) else EVERY_TIME


def modules(folder: Path) -> TextFiles:
    """The JavaScript, the styles and the one page in a folder, and no other file."""
    return TextFiles(directory=folder, may_serve=is_served)


def plotly() -> TextFiles:
    """plotly.js from the package plotly, and not the data sets beside it."""
    where = [("plotly", "package_data")]
    return TextFiles(packages=where, may_serve=lambda path: path == PLOTLY)


def takes_gzip(accepted: str) -> bool:
    """Whether a header Accept-Encoding takes gzip: "gzip, br" does, "gzip;q=0" does not."""
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight)
    return False


def pack(file: Path, stamp: tuple[int, int]) -> Packed:
    """Compress a file."""
    content = file.read_bytes()
    etag = f'"{sha256(content).hexdigest()[:20]}-gzip"'  # the same on every machine behind a proxy
    return Packed(stamp, gzip.compress(content, mtime=0), etag)
