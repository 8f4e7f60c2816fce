"""An application that is asked without a server, by whoever we say."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def answer(app, path, headers=(), client=None):
    """The status, the headers and the body of an answer.

    Args:
        headers: pairs (name, value) of the request.
        client: its address.
    """
    said = []

    async def receive():
        await asyncio.Event().wait()  # nothing more comes from a browser that waits

    async def send(message):
        said.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode()}
    scope |= {"query_string": b"", "root_path": "", "http_version": "1.1", "scheme": "http"}
    scope["headers"] = [(name.encode(), value.encode()) for name, value in headers]
    scope["client"] = client and (client, 50_000)
    with ThreadPoolExecutor(1) as thread:  # this one may have a loop of its own
        thread.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return said[0]["status"], headers, b"".join(part.get("body", b"") for part in said[1:])
