"""Parts of the load benchmark: a neighbour, an opened link, killed workers, two hours."""

import asyncio
import os
import random
import signal
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from load_words import megabytes, quantiles, ratio, said

from helpers.crowd import Crowd, Plan, visited
from helpers.protocol import line_to
from helpers.visitors import STAGE
from lsedash import Experiment, LinearSystem
from lsedash.text.link import query_string, write_link

LIGHT = 20  # visitors beside the neighbour, and while workers are killed
CLASS, ARRIVE_WITHIN = 300, 60.0  # visitors, seconds
KEPT_FOR = 200.0  # seconds; a visitor who left is waited for two minutes, and then forgotten
KILLED = 10
TWO_HOURS, TEN_MINUTES = 7200.0, 600.0
PATIENCE = 900.0  # seconds a neighbour waits for an answer


async def neighbour(server, seconds) -> None:
    plan = Plan(seconds=seconds or 60.0)
    alone = await visited(server.address, LIGHT, plan)
    heavy = [asyncio.create_task(_without_pause(server.address, *work)) for work in HEAVY]
    while not (await _status(server))["jobs"]["working"]:
        await asyncio.sleep(0.1)
    beside = await visited(server.address, LIGHT, plan)
    for task in heavy:
        task.cancel()
    ended = await asyncio.gather(*heavy, return_exceptions=True)
    faults = [fault for fault in ended if not isinstance(fault, asyncio.CancelledError)]
    print(f"neighbour: alone: {said(alone)}\n    beside him: {said(beside)}")
    compared = ratio(beside.after_all_joined(), alone.after_all_joined())
    print(f"    ratio of the edits' p95, once all have joined: {compared}; his errors {faults}")


@dataclass(frozen=True)
class PageVisitor:
    """Somebody who opens a page that shows charts, and leaves when they are there."""

    address: str
    page: str
    query: str

    async def visit(self) -> None:
        async with line_to(self.address, self.page, self.query) as line:
            line.patience = PATIENCE
            await line.ask()
            async with line.in_time():
                while not await _has_charts(line):
                    pass  # the run gave way to another one


async def _has_charts(line) -> bool:
    """Whether a stage or a chart comes before the present run ends."""
    found = False
    async for _, element in line.elements():
        found |= element.bidi_component.component_name.endswith(STAGE)
        found |= element.WhichOneof("type") == "plotly_chart"
    return found


def _large() -> str:
    """The link of a large experiment that nobody has asked for."""
    b = np.ones(64)
    b[0] = random.random()
    experiment = Experiment(LinearSystem(np.eye(64) + np.eye(64, k=1), b), None, 0.1, 20_000)
    return query_string(write_link(experiment))


HEAVY = (("", ""), ("learning-rates", "&show=sweep&count=200"))


async def _without_pause(address, page, more) -> None:
    while True:
        await PageVisitor(address, page, _large() + more).visit()


async def link(server, seconds) -> None:
    await visited(server.address, 1, Plan(seconds=1, edits=0))  # the first one has things imported
    before = await _status(server)
    query = f"lr={random.uniform(0.001, 0.1):.12g}&iterations=200"
    plan = Plan(seconds=seconds or ARRIVE_WITHIN + 10, within=ARRIVE_WITHIN, query=query, edits=0)
    plan = replace(plan, within=min(plan.within, plan.seconds))
    crowd = Crowd()
    visit = asyncio.create_task(visited(server.address, CLASS, plan, crowd))
    during = before
    while not visit.done():
        await asyncio.sleep(1)
        during = max(during, await _status(server), key=lambda now: now["memory"] or 0)
    await visit
    print(f"link: {CLASS} visitors within {plan.within:g} s: {said(crowd)}")
    after = await _status(server)
    print(f"    the programs ran {after['jobs']['begun'] - before['jobs']['begun']} times")
    pause = seconds or KEPT_FOR
    await asyncio.sleep(pause)
    after = await _status(server)
    memory = [megabytes(now["memory"]) for now in (before, during, after)]
    print(f"    the server's memory before, at most, and {pause:g} s after: {', '.join(memory)}")


async def kill(server, seconds) -> None:
    seconds, crowd, killed = seconds or 60.0, Crowd(), 0
    visit = asyncio.create_task(visited(server.address, LIGHT, Plan(seconds=seconds), crowd))
    began = perf_counter()
    for moment in sorted(random.uniform(0.1, 0.9) * seconds for _ in range(KILLED)):
        await asyncio.sleep(max(began + moment - perf_counter(), 0))
        await _kill_one(server)
        killed += 1
    await visit
    print(f"kill: {killed} workers killed: {said(crowd)}")


async def _kill_one(server) -> None:
    while True:
        worker = random.choice((await _status(server))["workers"])
        try:
            os.kill(worker["process"], signal.SIGKILL)
            return
        except ProcessLookupError:  # killed just now, and not replaced yet
            await asyncio.sleep(0.05)


async def long(server, seconds) -> None:
    seconds, crowd, memory = seconds or TWO_HOURS, Crowd(), []
    began = perf_counter()
    visit = asyncio.create_task(visited(server.address, 30, Plan(seconds=seconds), crowd))
    while not visit.done():
        memory.append((perf_counter() - began, (await _status(server))["memory"]))
        await asyncio.wait([visit], timeout=min(60, seconds / 20))
    await visit
    part = min(TEN_MINUTES, seconds / 4)
    first = [edit for edit in crowd.edits if edit.began < began + part]
    last = [edit for edit in crowd.edits if edit.began > began + seconds - part]
    print(f"long: 30 visitors, {seconds:g} s: {said(crowd)}")
    print(f"    p95 of the first and the last {part:g} s: {_ms(first)}, {_ms(last)} ms")
    times, sizes = np.array(memory, dtype=float)[len(memory) // 4 :].T  # without the start
    slope = np.polyfit(times / 3600, sizes / 2**20, 1)[0]
    print(f"    the server's memory grows by {slope:.1f} MB an hour, to {megabytes(sizes[-1])}")


def _ms(waits) -> str:
    return ", ".join(f"{1e3 * value:.0f}" for value in quantiles(waits, 95))


async def _status(server):
    return await asyncio.to_thread(server.status)
