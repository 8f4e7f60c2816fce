"""What the doorway `app.py` hands to Streamlit: the script, and what is done before any visit."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DASHBOARD = Path(__file__).parent / "ui" / "dashboard.py"
STAGE = Path(__file__).parent / "ui" / "stage" / "static"


def routes() -> list[Mount]:
    """What the stage fetches: its own files, and the plotly.js that the plotly package carries."""
    return [
        Mount(f"{prefix()}/stage", StaticFiles(directory=STAGE)),
        Mount(f"{prefix()}/vendor", StaticFiles(packages=[("plotly", "package_data")])),
    ]


def prefix() -> str:
    """What stands before every path of this server: "" or "/base"."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"/{base}" if base else ""


class Preload:
    """ASGI middleware: tells the browser with the page itself what the stage is going to fetch."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        scripts = [
            f"<{prefix()}/stage/{path.name}>; rel=modulepreload" for path in STAGE.glob("*.js")
        ]
        plotly = f"<{prefix()}/vendor/plotly.min.js>; rel=preload; as=script"
        self.links = ", ".join([plotly, *sorted(scripts)])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("link", self.links)
            await send(message)

        await self.app(scope, receive, send_with_links)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Import and run everything once, so that no visitor waits for it."""
    warm_up()
    yield


def warm_up() -> None:
    """Run the worked example once and set what was imported aside from garbage collection."""
    import torch

    from lsedash.link import DEFAULT
    from lsedash.runner import compare
    from lsedash.ui import descend  # noqa: F401

    torch.set_num_threads(1)
    compare(DEFAULT)
    gc.collect()
    gc.freeze()
