"""What `app.py` hands to Streamlit: the script, the routes and headers, and the warm-up."""

import gc
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from functools import partial
from hashlib import sha256
from logging import getLogger
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

from lsedash.computing.shared import service
from lsedash.programs.variants import VARIANTS
from lsedash.running.runner import stream
from lsedash.text.fields import DEFAULT
from lsedash.text.notation import LONGEST_TEXT
from lsedash.ui.compat import index_page, let_in
from lsedash.ui.dashboard.about import about
from lsedash.ui.js import UI, address, prefix, with_imports

DASHBOARD = UI / "dashboard" / "script.py"
STYLES = [
    UI / name for name in ("dashboard/first.css", "dashboard/page.css", "widgets/guide/guide.css")
]
STAGE = UI / "pages" / "descend" / "stage" / "static" / "stage.js"
ON_ALL_PAGES = tuple(
    UI / "widgets" / name / f"{name}.js"
    for name in ("grid", "copy_link", "guide", "address", "touch")
)
SERVED = (".js", ".css")  # and the one page that a script fetches; templates are not served
STAGE_PAGE = "stage.html"
LARGEST_VALUE = 4 * LONGEST_TEXT  # bytes of what one widget sends
LOG = getLogger(__name__)
HEAD_ENDS = b"</head>"  # of Streamlit's page


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
    """ASGI middleware that gives a page its first styles, security policy and preloads."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.policy = content_security_policy()
        self.links = preloads(ON_ALL_PAGES)
        plotly = f"<{prefix()}/vendor/plotly.min.js>; rel=preload; as=script"
        self.first_links = f"{plotly}, {preloads([STAGE, *ON_ALL_PAGES])}"
        links = [f'<link rel="stylesheet" href="{address(file)}">' for file in STYLES]
        self.styles = "".join(links).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        waiting: list[Message] = []  # the start of an HTML page, until its content is there

        async def send_page(message: Message) -> None:
            if is_html(message):
                self.add_headers(MutableHeaders(scope=message), scope["path"])
                waiting.append(message)
                return
            if waiting:
                start = waiting.pop()
                message = self.styled(start, message)
                await send(start)
            await send(message)

        await self.app(uncompressed(scope), receive, send_page)

    def add_headers(self, headers: MutableHeaders, path: str) -> None:
        """Add the policy and the preloads."""
        headers.append("link", self.first_links if path == f"{prefix()}/" else self.links)
        headers["content-security-policy"] = self.policy

    def styled(self, start: Message, content: Message) -> Message:
        """The content with links to the styles, if it has a head; `start` has its length."""
        body = content.get("body", b"")
        if HEAD_ENDS not in body:
            return content
        headers = MutableHeaders(scope=start)
        if "content-length" in headers:
            headers["content-length"] = str(int(headers["content-length"]) + len(self.styles))
        return {**content, "body": body.replace(HEAD_ENDS, self.styles + HEAD_ENDS, 1)}


def uncompressed(scope: Scope) -> Scope:
    """A request of a page, but for plain text, so that we can add to it; others as they are."""
    headers = scope.get("headers", [])
    if not any(name == b"accept" and b"text/html" in value for name, value in headers):
        return scope
    kept = [(name, value) for name, value in headers if name != b"accept-encoding"]
    return {**scope, "headers": kept}


def is_html(message: Message) -> bool:
    """Whether an answer that starts with this message is HTML."""
    if message["type"] != "http.response.start":
        return False
    return MutableHeaders(scope=message).get("content-type", "").startswith("text/html")


def preloads(modules: Iterable[Path]) -> str:
    """Links that let a browser fetch modules and all their imports ahead of time."""
    addresses = sorted(address(module) for module in with_imports(modules))
    return ", ".join(f"<{module}>; rel=modulepreload" for module in addresses)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Refuse what no widget sends; import and run everything once, so that no visitor waits."""
    let_in(LARGEST_VALUE, partial(LOG.warning, "Dropped a value that does not fit: %s"))
    warm_up()
    yield


def warm_up() -> None:
    """Import all pages, exempt what was imported from garbage collection, and warm up the workers.

    (torch is imported in the workers alone: here it would cost memory, and threads would wait for
    its interpreter lock.)
    """
    import lsedash.ui.pages.registry  # noqa: F401

    service().warm_up(partial(stream, DEFAULT, tuple(VARIANTS)))
    gc.collect()
    gc.freeze()
