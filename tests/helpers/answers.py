"""What the server answers, asked without a socket."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.applications import Starlette

from lsedash.ui.server import routes


def answer(app, path, *, method="GET", query="", client=None, **asked):
    """The status, headers and body of an answer; `asked` has headers: accept_encoding="gzip".

    `client` is the address of whoever asks.
    """
    said = []

    async def receive():
        await asyncio.Event().wait()  # nothing more comes from a browser that waits

    async def send(message):
        said.append(message)

    headers = [(name.replace("_", "-").encode(), text.encode()) for name, text in asked.items()]
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode()}
    scope |= {"query_string": query.encode(), "headers": headers, "root_path": ""}
    scope |= {"http_version": "1.1", "scheme": "http", "client": client and (client, 50_000)}
    with ThreadPoolExecutor(1) as thread:  # this one may have a loop of its own
        thread.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return said[0]["status"], headers, b"".join(part.get("body", b"") for part in said[1:])


def served(path, **asked):
    """The answer of a server of ours alone."""
    return answer(Starlette(routes=routes()), path, **asked)
