"""Whoever asks and does not read is served last."""

import asyncio

import pytest

from helpers.loops import run
from lsedash.ui.serving.turns import OneAtATime


async def played(kind, is_read):
    """How many of three requests are read while an answer to the first is on its way."""
    requests, read, end = asyncio.Queue(), [], asyncio.Event()
    for number in range(3):
        requests.put_nowait({"type": "websocket.receive", "number": number})

    async def app(_scope, receive, send):
        read.append(await receive())
        answer = asyncio.create_task(send({"type": "websocket.send"}))
        await asyncio.sleep(0)  # the answer is on its way
        others = asyncio.create_task(both(receive))
        await asyncio.wait([others], timeout=0.05)
        before = len(read)
        end.set()
        await asyncio.gather(answer, others)
        read.append(before)

    async def both(receive):
        for _ in range(2):
            read.append(await receive())

    async def send(_message):
        if not is_read:
            await end.wait()

    await OneAtATime(app)({"type": kind}, requests.get, send)
    return read


def test_a_client_that_does_not_read_is_asked_for_nothing_more():
    *requests, before = run(played("websocket", is_read=False))
    assert before == 1
    assert [request["number"] for request in requests] == [0, 1, 2]


def test_a_client_that_reads_is_heard_at_once():
    assert run(played("websocket", is_read=True))[-1] == 3


def test_other_requests_go_through_as_they_are():
    assert run(played("http", is_read=False))[-1] == 3


def test_a_client_that_left_while_it_was_answered_is_no_fault():
    async def app(_scope, _receive, send):
        with pytest.raises(OSError, match="gone"):
            await send({"type": "websocket.send"})
        raise RuntimeError("WebSocket is not connected")

    async def gone(_message):
        raise OSError("gone")

    async def there(_message):
        pass

    run(OneAtATime(app)({"type": "websocket"}, there, gone))


def test_a_fault_of_ours_is_told():
    async def app(*_):
        raise RuntimeError("ours")

    with pytest.raises(RuntimeError, match="ours"):
        run(OneAtATime(app)({"type": "websocket"}, None, None))
