"""A class on one real server: everybody gets the whole answer to what he asked."""

import asyncio
import os
import random
import signal

from helpers.crowd import Crowd, Plan, visited
from helpers.loops import run

CLASS = 20
KILLED = 3  # workers
EDITS = KILLED + 1


def test_twenty_visitors_at_once_each_get_the_whole_answer_to_their_own_rate(server):
    crowd = run(visited(server.address, CLASS, Plan(pause=0.5, edits=3)))
    assert crowd.errors == []
    assert crowd.truncated == 0
    assert len(crowd.firsts) == CLASS
    assert len(crowd.edits) == CLASS * 3


def test_a_class_that_opens_one_link_costs_one_run(server):
    before = server.status()["jobs"]
    plan = Plan(query="lr=0.0123456&iterations=300", pause=0, edits=0, seconds=0)
    crowd = run(visited(server.address, CLASS, plan))
    after = server.status()["jobs"]
    assert crowd.errors == []
    assert len(crowd.firsts) == CLASS
    assert after["begun"] - before["begun"] == 1
    saved = [after[name] - before[name] for name in ("hits", "shared")]
    assert sum(saved) == CLASS - 1


def test_workers_that_are_killed_under_load_are_noticed_by_nobody(server):
    crowd = Crowd()
    killed = run(under_fire(server, crowd))
    assert crowd.errors == []
    assert crowd.truncated == 0
    assert len(crowd.edits) == CLASS * EDITS
    workers = [worker["process"] for worker in server.status()["workers"]]
    assert len(set(killed)) == KILLED
    assert workers
    assert not set(workers) & set(killed)


async def under_fire(server, crowd):
    """Let a class edit, and kill a worker now and then; the workers that were killed."""
    plan = Plan(pause=0.5, edits=EDITS)
    visit = asyncio.create_task(visited(server.address, CLASS, plan, crowd))
    killed = []
    for number in range(KILLED):
        while len(crowd.edits) < (number + 1) * CLASS:  # the last one's job has been run again
            assert not visit.done(), crowd.errors
            await asyncio.sleep(0.01)  # the visitors' turn
        workers = (await asyncio.to_thread(server.status))["workers"]
        killed.append(random.choice(workers)["process"])
        os.kill(killed[-1], signal.SIGKILL)
    await visit
    return killed
