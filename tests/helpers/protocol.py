"""Streamlit's own protocol, spoken as a page in a browser speaks it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import websockets
from streamlit.proto.AppPage_pb2 import AppPage
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

LONGEST_WAIT = 60.0  # seconds for an answer, after which a visitor gives up


class ServerFault(AssertionError):
    """The server showed an exception to a visitor."""


@dataclass
class Line:
    """The connection of one visitor.

    Attributes:
        page: the path of the page, "" for the first.
        query: the part of the address after "?".
        patience: how long to wait for an answer, in seconds.
        received: how many bytes have come.
        script: what the server calls the page; "" if that is not known yet.
        pages: all pages, as the server calls them.
        session: what another connection has to name to go on with this visit.
        kept: the large messages that have come, by hash; a browser keeps them too, and the server
            refers to them.
    """

    socket: websockets.ClientConnection
    page: str = ""
    query: str = ""
    patience: float = LONGEST_WAIT
    received: int = 0
    session: str = ""
    script: str = ""
    pages: list[AppPage] = field(default_factory=list)
    kept: dict[str, ForwardMsg] = field(default_factory=dict)

    async def ask(self, widgets: Sequence[WidgetState] = (), fragment: str = "") -> None:
        """Ask for a run of the page, or of a fragment of it, with what these widgets say."""
        message = BackMsg()
        request = message.rerun_script
        request.page_name, request.query_string = self.page, self.query
        request.page_script_hash, request.fragment_id = self.script, fragment
        request.widget_states.widgets.extend(widgets)
        request.cached_message_hashes.extend(self.kept)
        await self.socket.send(message.SerializeToString())

    async def next_message(self) -> ForwardMsg:
        """The next message of the server."""
        message = ForwardMsg()
        content = await self.socket.recv()
        self.received += len(content)
        message.ParseFromString(content)
        if message.metadata.cacheable:
            self.kept[message.hash] = message
        if message.HasField("new_session"):
            self.session = message.new_session.initialize.session_id
        if message.HasField("navigation"):
            self.pages = list(message.navigation.app_pages)
        return self.kept[message.ref_hash] if message.ref_hash else message

    def in_time(self) -> asyncio.Timeout:
        """A context that ends with `TimeoutError` when there is no answer for too long.

        (Silence alone does not tell: the progress of a computation that never ends is told too.)
        """
        return asyncio.timeout(self.patience)

    async def elements(self) -> AsyncIterator[tuple[str, Element]]:
        """The elements that come until a run ends, each with its fragment.

        Raises:
            ServerFault: one of them is an exception.
        """
        while True:
            message = await self.next_message()
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                return
            if kind == "delta":
                element = message.delta.new_element
                if element.WhichOneof("type") == "exception":
                    raise ServerFault(element.exception.message)
                yield message.delta.fragment_id, element


@asynccontextmanager
async def line_to(
    address: str, page: str = "", query: str = "", session: str = ""
) -> AsyncIterator[Line]:
    """Connect to a server on this machine.

    Args:
        address: such as "http://127.0.0.1:8501".
        session: of an earlier connection, to go on with its visit.
    """
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    protocols = ["streamlit", *(["token", session] if session else [])]
    async with websockets.connect(
        stream, subprotocols=protocols, max_size=None, open_timeout=LONGEST_WAIT
    ) as socket:
        yield Line(socket, page, query)
