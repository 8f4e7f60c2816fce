"""What whoever runs the server sees of it, and nobody else."""

import asyncio
import json
from threading import Event
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from helpers.answers import answer
from helpers.crowd import Plan, visited
from helpers.loops import run
from lsedash.ui.serving import status
from lsedash.ui.serving.visitors import MINUTES, Conversation, Visitors, VisitorsWatched

APP = Starlette(routes=[Route("/status", status.answer)])


def asking():
    message = BackMsg()
    message.rerun_script.query_string = ""
    return message.SerializeToString()


def begun():
    message = ForwardMsg(hash="x" * 32)
    message.new_session.SetInParent()
    return message.SerializeToString()


def ended(how):
    return ForwardMsg(hash="x" * 32, script_finished=how).SerializeToString()


class Clock:
    """A clock that stands until it is set."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def visitors(clock):
    return Visitors(clock)


def played(clock, conversation, *steps):
    """Say each message at its second: ("hear", 1.0, content)."""
    for direction, clock.now, content in steps:
        getattr(conversation, direction)(content)


def test_a_wait_goes_from_the_message_to_the_end_of_the_run_that_answers_it(clock, visitors):
    steps = [("hear", 1.0, asking()), ("say", 1.5, begun()), ("say", 3.0, ended(0))]
    played(clock, Conversation(visitors), *steps)
    assert visitors.waits() == [2.0]


def test_a_run_that_gives_way_to_a_newer_one_answers_nothing(clock, visitors):
    steps = [("hear", 1.0, asking()), ("say", 1.0, begun()), ("hear", 2.0, asking())]
    steps += [("say", 3.0, ended(ForwardMsg.FINISHED_EARLY_FOR_RERUN)), ("say", 3.0, begun())]
    played(clock, Conversation(visitors), *steps, ("say", 6.0, ended(0)))
    assert visitors.waits() == [5.0]


def test_a_message_that_comes_during_a_run_waits_for_the_next_one(clock, visitors):
    steps = [("hear", 1.0, asking()), ("say", 1.0, begun()), ("hear", 2.0, asking())]
    part = ended(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
    steps += [("say", 4.0, part), ("say", 4.0, begun()), ("say", 9.0, part)]
    played(clock, Conversation(visitors), *steps)
    assert visitors.waits() == [3.0, 7.0]


def test_what_asks_for_nothing_and_runs_nobody_asked_for_are_no_waits(clock, visitors):
    beat = BackMsg(app_heartbeat=True).SerializeToString()
    steps = [("hear", 1.0, beat), ("hear", 1.0, b"\xff"), ("say", 2.0, begun())]
    played(clock, Conversation(visitors), *steps, ("say", 3.0, ended(0)))
    assert visitors.waits() == []


def test_waits_are_forgotten_after_some_minutes(clock, visitors):
    visitors.waited(1.0)
    clock.now = 60.0 * MINUTES - 1
    visitors.waited(2.0)
    assert visitors.waits() == [1.0, 2.0]
    clock.now += 2
    assert visitors.waits() == [2.0]


def test_visitors_are_counted_until_they_leave_however_they_leave(visitors):
    async def app(_scope, _receive, _send):
        assert visitors.connected == 1
        raise ConnectionError("the line is cut")

    with pytest.raises(ConnectionError):
        run(VisitorsWatched(app, visitors)({"type": "websocket"}, None, None))
    assert visitors.connected == 0


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        ("192.168.1.7", {}),
        ("2001:db8::1", {}),
        (None, {}),
        ("127.0.0.1", {"x_forwarded_for": "127.0.0.1"}),
        ("127.0.0.1", {"forwarded": "for=10.0.0.1"}),
        ("127.0.0.1", {"via": "1.1 proxy"}),
        ("127.0.0.1", {"x_real_ip": "10.0.0.1"}),
        ("127.0.0.1", {"host": "class.example.org"}),
    ],
)
def test_nobody_on_another_machine_sees_the_figures_not_even_through_a_proxy(client, headers):
    headers = {"host": "localhost:8501", **headers}
    code, _, body = answer(APP, "/status", client=client, **headers)
    assert code == 404
    assert b"memory" not in body


@pytest.mark.parametrize("client", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501"])
def test_whoever_is_on_this_machine_sees_them(server_figures, client, host):
    code, headers, body = answer(APP, "/status", client=client, host=host)
    assert code == 200
    assert headers["cache-control"] == "no-store"
    assert json.loads(body) == server_figures


@pytest.fixture
def server_figures(monkeypatch):
    """Figures as they could be, without a service."""
    jobs = {"working": 1, "waiting": 2, "begun": 30, "hits": 4, "shared": 5, "kept": 3, "bytes": 9}
    jobs |= {"failed_starts": 0}
    waits = {"minutes": 5, "answers": 40, "p50": 61.2, "p95": 143.7}
    workers = [{"process": 7, "memory": 2**20}, {"process": 8, "memory": 2 * 2**20}]
    now = {"visitors": 1, "jobs": jobs, "waits": waits, "workers": workers, "memory": 2**28}

    async def figures():
        return now

    monkeypatch.setattr(status, "figures", figures)
    return now


def test_the_line_in_the_log_says_it_in_words(server_figures):
    assert status.in_a_line(server_figures) == (
        "1 visitor; 40 answers in 5 min, p50 61 ms, p95 144 ms; jobs: 1 run, 2 wait; since the "
        "start 30 computed, 4 from the cache, 5 shared; memory: server 256 MB, 2 workers 3 MB"
    )
    nobody = server_figures | {"waits": {"minutes": 5, "answers": 0, "p50": None, "p95": None}}
    assert "0 answers in 5 min; jobs" in status.in_a_line(nobody | {"memory": None})
    assert "server not known, 2 workers 3 MB" in status.in_a_line(nobody | {"memory": None})


def test_workers_that_cannot_start_are_told_though_nobody_is_there(server_figures):
    server_figures |= {"visitors": 0, "waits": {"minutes": 5, "answers": 0}}
    server_figures["jobs"]["failed_starts"] = 12

    async def line():
        written = asyncio.Queue()
        async with status.reported(written.put_nowait, every=0.001):
            return await asyncio.wait_for(written.get(), 30)

    assert run(line()).endswith("2 workers 3 MB; 12 starts of workers failed in a row")


def test_a_service_that_is_busy_holds_up_its_figures_and_nobody_else(monkeypatch):
    free = Event()

    def counts():
        assert free.wait(30)
        return {"working": 3}

    busy = SimpleNamespace(counts=counts, processes=list)
    monkeypatch.setattr(status, "service", lambda: busy)

    async def meanwhile():
        asked = asyncio.create_task(status.figures())
        await asyncio.sleep(0)  # the figures are asked for
        free.set()
        return await asked

    assert run(meanwhile())["jobs"] == {"working": 3}


def test_a_line_is_written_again_and_again_while_somebody_is_there(server_figures):
    async def lines():
        written = asyncio.Queue()
        async with status.reported(written.put_nowait, every=0.001):
            return [await asyncio.wait_for(written.get(), 30) for _ in range(2)]

    assert run(lines()) == [status.in_a_line(server_figures)] * 2


def test_a_real_server_tells_who_was_there_and_what_it_did(server):
    before = server.status()
    run(visited(server.address, 2, Plan(pause=0, edits=2)))
    after = server.status()
    assert after["jobs"]["begun"] - before["jobs"]["begun"] >= 4
    assert after["waits"]["answers"] >= 6  # of the last minutes; older ones are forgotten
    assert 0 < after["waits"]["p50"] <= after["waits"]["p95"]
    assert len(after["workers"]) >= 1
    assert all(worker["memory"] > 2**20 for worker in after["workers"])
    assert after["memory"] > 2**20
    asked = Request(f"{server.address}/status", headers={"X-Forwarded-For": "127.0.0.1"})
    with pytest.raises(HTTPError, match="404"):
        urlopen(asked)
