"""A connection begins with a run of the whole page, and a part of a page runs on that page only.

What the server sent into a line that broke is missing in the browser. A run of a part of the page
would send elements of blocks that the browser does not have, and Streamlit's page fails on them.
The end of a run whose elements got lost would let the browser take away the whole page, and with it
what the visitor has let go. And a part of a page that was asked for just after another page would
bring the browser back to the former one, with nothing but that part.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lsedash.ui.compat.wire import (
    RunEvent,
    asks_for_part,
    asks_for_run,
    for_whole_page,
    on_page_of,
    run_event,
)


class WholePageFirst:
    """ASGI middleware: the first run on a connection is one of the whole page.

    What the browser asks for next waits for that run; what is left of runs before it is not sent.
    A part of a page that is asked for after another page runs as that page's part.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        page, has_begun = b"", False  # the last message that asked for a whole page

        async def receive_whole() -> Message:
            nonlocal page
            message = await receive()
            content = message.get("bytes") or b""
            if not asks_for_run(content):
                return message
            if page and asks_for_part(content):
                return {**message, "bytes": on_page_of(page, content)}
            page = for_whole_page(content)
            return {**message, "bytes": page}

        async def send_from_its_start(message: Message) -> None:
            nonlocal has_begun
            content = message.get("bytes")
            if not has_begun and content is not None:
                has_begun = bool(page) and run_event(content) == RunEvent.WHOLE_BEGUN
            if has_begun or content is None:
                await send(message)

        await self.app(scope, receive_whole, send_from_its_start)
