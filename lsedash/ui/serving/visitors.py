"""How many visitors are connected, and how long they wait for an answer.

A wait begins when a message of a visitor arrives that asks for a run of the page, and ends when the
end of the run that answers it was sent. So it counts everything but the network: the wait in a
queue, the page's script, the programs. A run that gave way to a newer one answers nothing.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lsedash.ui.compat.wire import RunEvent, asks_for_run, run_event

MINUTES = 5  # for which waits are kept
LARGEST_EVENT = 8192  # bytes; the start and the end of a run are told in less


class Visitors:
    """The visitors of this process. Only its event loop changes this.

    Args:
        clock: the time in seconds.

    Attributes:
        connected: how many are there now.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.clock = clock
        self.connected = 0
        self._waits: deque[tuple[float, float]] = deque()  # when it ended, seconds

    def waited(self, seconds: float) -> None:
        """Note that somebody has got an answer."""
        self._waits.append((self.clock(), seconds))
        self._forget()

    def waits(self) -> list[float]:
        """The waits that ended in the last `MINUTES`, in seconds, ascending."""
        self._forget()
        return sorted(seconds for _, seconds in self._waits)

    def _forget(self) -> None:
        while self._waits and self._waits[0][0] < self.clock() - 60 * MINUTES:
            self._waits.popleft()


VISITORS = Visitors()


@dataclass
class Conversation:
    """The messages of one visitor that are not answered yet, by the time at which they came.

    Attributes:
        asked: when the messages came that no run has taken up.
        taken: when the oldest message came that the present run answers.
    """

    visitors: Visitors
    asked: list[float] = field(default_factory=list)
    taken: float | None = None

    def hear(self, content: bytes) -> None:
        """Note a message of the visitor."""
        if asks_for_run(content):
            self.asked.append(self.visitors.clock())

    def say(self, content: bytes) -> None:
        """Note a message to the visitor."""
        event = run_event(content) if len(content) <= LARGEST_EVENT else RunEvent.NONE
        if event in (RunEvent.WHOLE_BEGUN, RunEvent.PART_BEGUN):
            self.taken = min(
                [*self.asked, *([] if self.taken is None else [self.taken])], default=None
            )
            self.asked.clear()
        elif event == RunEvent.ANSWERED and self.taken is not None:
            self.visitors.waited(self.visitors.clock() - self.taken)
            self.taken = None


class VisitorsWatched:
    """ASGI middleware that counts visitors and their waits."""

    def __init__(self, app: ASGIApp, visitors: Visitors = VISITORS) -> None:
        self.app = app
        self.visitors = visitors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        conversation = Conversation(self.visitors)

        async def heard() -> Message:
            message = await receive()
            conversation.hear(message.get("bytes") or b"")
            return message

        async def said(message: Message) -> None:
            await send(message)
            conversation.say(message.get("bytes") or b"")

        self.visitors.connected += 1
        try:
            await self.app(scope, heard, said)
        finally:
            self.visitors.connected -= 1
