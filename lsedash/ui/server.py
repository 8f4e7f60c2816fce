"""What `app.py` hands to Streamlit: the script, the routes and headers, and the warm-up."""

import gc
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from stat import S_ISREG
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lsedash.ui.compat import index_page
from lsedash.ui.dashboard.about import about
from lsedash.ui.js import UI, address, prefix, with_imports

DASHBOARD = UI / "dashboard" / "script.py"
STAGE = UI / "pages" / "descend" / "stage" / "static" / "stage.js"
ON_ALL_PAGES = tuple(
    UI / "widgets" / name / f"{name}.js" for name in ("grid", "copy_link", "guide", "address")
)
SERVED = (".js", ".css")  # and the one page that a script fetches; templates are not served
STAGE_PAGE = "stage.html"


def routes() -> list[BaseRoute]:
    """The routes that components fetch from: our modules, and plotly.js from the package plotly."""
    return [
        Route(f"{prefix()}/ui/about.html", lambda _request: HTMLResponse(about())),
        Mount(f"{prefix()}/ui", Modules(directory=UI)),
        Mount(f"{prefix()}/vendor", StaticFiles(packages=[("plotly", "package_data")])),
    ]


class Modules(StaticFiles):
    """The JavaScript, styles and HTML in a folder, and no other file."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        file, stat = self.lookup_path(path)
        allowed = Path(path).suffix in SERVED or Path(path).name == STAGE_PAGE
        if not allowed or stat is None or not S_ISREG(stat.st_mode):
            raise HTTPException(status_code=404)
        # Read here: the files are small, and handing each to a thread takes longer.
        response = Response(Path(file).read_bytes(), media_type=guess_type(file)[0])
        response.headers["etag"] = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
        response.headers["cache-control"] = "no-cache"  # else old scripts run after an upgrade
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            return NotModifiedResponse(response.headers)
        return response


def content_security_policy() -> str:
    """Allow only scripts of this server and the one inside Streamlit's page, and no `eval`.

    Streamlit needs the rest: it loads components from blobs and puts inline styles on widgets.
    """
    inline = re.findall(r"<script>(.*?)</script>", index_page(), re.DOTALL)
    digests = [b64encode(sha256(script.encode()).digest()).decode() for script in inline]
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' blob: {hashes}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self' ws: wss:; worker-src blob:; object-src 'none'; base-uri 'self'"
    )


class PageHeaders:
    """ASGI middleware that gives a page its content security policy and its preloads."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.policy = content_security_policy()
        self.links = preloads(ON_ALL_PAGES)
        plotly = f"<{prefix()}/vendor/plotly.min.js>; rel=preload; as=script"
        self.first_links = f"{plotly}, {preloads([STAGE, *ON_ALL_PAGES])}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    first = scope["path"] == f"{prefix()}/"
                    headers.append("link", self.first_links if first else self.links)
                    headers["content-security-policy"] = self.policy
            await send(message)

        await self.app(scope, receive, send_with_headers)


def preloads(modules: Iterable[Path]) -> str:
    """Links that let a browser fetch modules and all their imports ahead of time."""
    addresses = sorted(address(module) for module in with_imports(modules))
    return ", ".join(f"<{module}>; rel=modulepreload" for module in addresses)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Import and run everything once, so that no visitor waits for it."""
    warm_up()
    yield


def warm_up() -> None:
    """Import and warm up all pages, and exempt all that was imported from garbage collection."""
    import torch

    from lsedash.text.fields import DEFAULT
    from lsedash.ui.pages.registry import PAGES

    torch.set_num_threads(1)
    for page in PAGES:
        page.warm_up(DEFAULT)
    gc.collect()
    gc.freeze()
