"""A page's first styles, security policy and preloads, which are added to Streamlit's answer."""

import gzip
import os
import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lsedash.problem import InvalidInput
from lsedash.text.presenting import PRESENT
from lsedash.ui.compat import index_page
from lsedash.ui.js import UI, address, files, prefix, with_imports
from lsedash.ui.serving.files import takes_gzip

STYLES = [
    UI / name
    for name in (
        "dashboard/first.css",
        "dashboard/page.css",
        "widgets/guide/guide.css",
        "widgets/presenter/presenter.css",
    )
]
STAGE = UI / "pages" / "descend" / "stage" / "static" / "streamlit.js"
ON_ALL_PAGES = tuple(
    UI / "widgets" / name / f"{name}.js"
    for name in (
        "grid",
        "data_dialog",
        "copy_link",
        "guide",
        "presenter",
        "address",
        "touch",
        "line",
    )
)
FRAME_ANCESTORS = "LSEDASH_FRAME_ANCESTORS"  # a variable of the environment
# What a page never asks for, in a frame neither.
UNUSED = (
    "camera",
    "microphone",
    "geolocation",
    "display-capture",
    "payment",
    "usb",
    "serial",
    "midi",
)
ONLY_IF = (b"accept-encoding", b"if-none-match", b"if-modified-since")  # headers
HEAD_ENDS, ROOT = b"</head>", b"<html"  # of Streamlit's page


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
        "connect-src 'self' ws: wss:; worker-src blob:; object-src 'none'; base-uri 'self'; "
        f"frame-ancestors {frame_ancestors()}"
    )


def frame_ancestors() -> str:
    """Which sites may show the dashboard in a frame: those in the environment, else all."""
    sites = os.environ.get(FRAME_ANCESTORS, "").strip() or "*"
    if re.fullmatch(r"[\w\s:/.*'\[\]-]+", sites, re.ASCII) is None:
        raise InvalidInput(
            f"{FRAME_ANCESTORS} is {sites!r}; write the sites that may show the dashboard with "
            "spaces between them, as in: https://course.example.edu https://*.example.org"
        )
    return " ".join(sites.split())


class PageHeaders:
    """ASGI middleware that gives a page its first styles, security policy and preloads."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.policy = content_security_policy()
        styles = "".join(f'<link rel="stylesheet" href="{address(file)}">' for file in STYLES)
        plotly = f'<link rel="preload" as="script" href="{files()}/vendor/plotly.min.js">'
        self.links = (styles + preloads(ON_ALL_PAGES)).encode()
        self.first_links = (styles + plotly + preloads([STAGE, *ON_ALL_PAGES])).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        waiting: list[Message] = []  # the start of an HTML page, until its content is there

        async def send_page(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_to_all(MutableHeaders(scope=message))
            if is_html(message):
                self.add_headers(MutableHeaders(scope=message))
                waiting.append(message)
                return
            if waiting:
                start = waiting.pop()
                first = scope["path"] == f"{prefix()}/"
                links = self.first_links if first else self.links
                message = with_links(start, message, links, shown_as(scope))
                if takes_gzip(Headers(scope=scope).get("accept-encoding", "")):
                    message = compressed(start, message)
                await send(start)
            await send(message)

        await self.app(for_whole_page(scope), receive, send_page)

    def add_headers(self, headers: MutableHeaders) -> None:
        """Add the policies, and take away what tells of Streamlit's page without our links."""
        headers["content-security-policy"] = self.policy
        headers["permissions-policy"] = ", ".join(f"{name}=()" for name in UNUSED)
        for name in ("etag", "last-modified"):
            del headers[name]


def with_links(start: Message, content: Message, links: bytes, shown: bytes = b"") -> Message:
    """The content with links in its head, if it has one; `start` has its length.

    (They are no headers, because proxies refuse an answer with more than 4 kB of those.)

    Args:
        shown: attributes of the page's root.
    """
    body = content.get("body", b"")
    if HEAD_ENDS not in body:
        return content
    whole = body.replace(HEAD_ENDS, links + HEAD_ENDS, 1).replace(ROOT, ROOT + shown, 1)
    headers = MutableHeaders(scope=start)
    if "content-length" in headers:
        longer = len(whole) - len(body)
        headers["content-length"] = str(int(headers["content-length"]) + longer)
    return {**content, "body": whole}


def shown_as(scope: Scope) -> bytes:
    """What the styles must know from the first paint on: presenter mode, and the page in a frame.

    (Streamlit takes embed=true, in any case of the letters.)
    """
    parts = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
    number, attributes = parts.get(PRESENT.key, ""), b""
    if re.fullmatch("[1-9]", number):
        attributes += f' data-present="{number}"'.encode()
    if parts.get("embed", "").lower() == "true":
        attributes += b" data-embed"
    return attributes


def compressed(start: Message, content: Message) -> Message:
    """The content compressed, if it is all there and is not compressed yet."""
    headers = MutableHeaders(scope=start)
    if content.get("more_body") or not content.get("body") or "content-encoding" in headers:
        return content
    body = gzip.compress(content["body"], mtime=0)
    headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(body))
    headers.add_vary_header("Accept-Encoding")
    return {**content, "body": body}


def for_whole_page(scope: Scope) -> Scope:
    """A request of a page, but for plain text and all of it, so that we can add to it.

    (Streamlit's page stays the same when our files change, so a browser's copy may be too old.)
    """
    headers = scope.get("headers", [])
    if not any(name == b"accept" and b"text/html" in value for name, value in headers):
        return scope
    kept = [(name, value) for name, value in headers if name not in ONLY_IF]
    return {**scope, "headers": kept}


def add_to_all(headers: MutableHeaders) -> None:
    """Add to an answer of any kind: no browser guesses its kind or tells others our addresses.

    (An address holds the whole experiment.)
    """
    headers["x-content-type-options"] = "nosniff"
    headers["referrer-policy"] = "same-origin"


def is_html(message: Message) -> bool:
    """Whether an answer that starts with this message is HTML."""
    if message["type"] != "http.response.start":
        return False
    return MutableHeaders(scope=message).get("content-type", "").startswith("text/html")


def preloads(modules: Iterable[Path]) -> str:
    """Links that let a browser fetch modules and all their imports ahead of time."""
    addresses = sorted(address(module) for module in with_imports(modules))
    return "".join(f'<link rel="modulepreload" href="{module}">' for module in addresses)
