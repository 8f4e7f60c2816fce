"""What the doorway `app.py` hands to Streamlit: the script, and what is done before any visit."""

import gc
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lsedash.ui.compat import index_page
from lsedash.ui.pages.descend.stage import prefix

DASHBOARD = Path(__file__).parent / "dashboard" / "script.py"
STAGE = Path(__file__).parent / "pages" / "descend" / "stage" / "static"


def routes() -> list[Mount]:
    """What the stage fetches: its own files, and the plotly.js that the plotly package carries."""
    return [
        Mount(f"{prefix()}/stage", StaticFiles(directory=STAGE)),
        Mount(f"{prefix()}/vendor", StaticFiles(packages=[("plotly", "package_data")])),
    ]


def content_security_policy() -> str:
    """No script but the server's own and the one inside Streamlit's page; nothing is evaluated.

    Streamlit wants the rest: components are modules of blobs, its widgets carry inline styles.
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
    """ASGI middleware: with the page itself, what may run in it and what the stage will fetch."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.policy = content_security_policy()
        scripts = [
            f"<{prefix()}/stage/{path.name}>; rel=modulepreload" for path in STAGE.glob("*.js")
        ]
        plotly = f"<{prefix()}/vendor/plotly.min.js>; rel=preload; as=script"
        self.links = ", ".join([plotly, *sorted(scripts)])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    if scope["path"] == f"{prefix()}/":
                        headers.append("link", self.links)
                    headers["content-security-policy"] = self.policy
                elif scope["path"].startswith(f"{prefix()}/stage/"):
                    headers["cache-control"] = "no-cache"  # after an upgrade, no old scripts
            await send(message)

        await self.app(scope, receive, send_with_headers)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Import and run everything once, so that no visitor waits for it."""
    warm_up()
    yield


def warm_up() -> None:
    """Import and warm up all pages, and set what was imported aside from garbage collection."""
    import torch

    from lsedash.text.link import DEFAULT
    from lsedash.ui.pages.registry import PAGES

    torch.set_num_threads(1)
    for page in PAGES:
        page.warm_up(DEFAULT)
    gc.collect()
    gc.freeze()
