"""A connection has one request at a time: who asks and does not read keeps nobody else waiting."""

from asyncio import Event

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class OneAtATime:
    """ASGI middleware: a WebSocket's next message is read once its client has taken the last one.

    What a client sends meanwhile waits in its own connection. One that never reads is closed by the
    web server, because it does not answer its pings either.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        taken, is_gone = Event(), False
        taken.set()

        async def send_noting(message: Message) -> None:
            nonlocal is_gone
            taken.clear()
            try:
                await send(message)
            except OSError:
                is_gone = True
                raise
            finally:
                taken.set()

        async def receive_in_turn() -> Message:
            await taken.wait()
            return await receive()

        try:
            await self.app(scope, receive_in_turn, send_noting)
        except RuntimeError:  # Streamlit may read from a connection that it has just found closed
            if not is_gone:
                raise
