"""Visitors who have left: what the server kept of them is given back."""

import asyncio
import weakref
from types import SimpleNamespace

from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from helpers.loops import run
from lsedash.ui.compat.sessions import forget_left
from lsedash.ui.serving.left import forgotten


class Session:
    """What is kept of a visitor; it is in a circle, as Streamlit's are."""

    def __init__(self, name):
        self.id, self.itself = name, self


def kept_by(storage):
    """A manager of sessions, and a reference to a session that it has put away."""
    session = Session("left")
    storage.save(SimpleNamespace(session=session))
    return WebsocketSessionManager(storage, None, None, None), weakref.ref(session)


def test_what_was_kept_of_a_visitor_is_given_back_once_he_is_not_waited_for():
    manager, session = kept_by(MemorySessionStorage(ttl_seconds=0))
    assert session() is not None
    forget_left(manager)
    assert session() is None


def test_a_visitor_who_may_come_back_is_not_forgotten():
    manager, session = kept_by(MemorySessionStorage(ttl_seconds=1000))
    forget_left(manager)
    assert session() is not None


def test_the_server_forgets_again_and_again():
    async def twice():
        times = asyncio.Queue()
        async with forgotten(lambda: times.put_nowait("forgotten"), every=0.001):
            return [await asyncio.wait_for(times.get(), 30) for _ in range(2)]

    assert run(twice()) == ["forgotten", "forgotten"]
