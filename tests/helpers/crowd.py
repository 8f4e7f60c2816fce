"""Many visitors at once, and what each of them waited for."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

from helpers.protocol import Line, line_to
from helpers.visitors import BareVisitor, StageVisitor

Visitor = StageVisitor | BareVisitor


@dataclass(frozen=True)
class Wait:
    """One wait for an answer: when it began and how long it took, in seconds, and its bytes."""

    began: float
    seconds: float
    bytes: int


@dataclass
class Crowd:
    """What the visitors of a crowd waited for.

    Attributes:
        firsts: the waits for the first page.
        edits: the waits for the answers to edits.
        truncated: how many results had fewer iterations than were asked for.
        errors: what went wrong, a sentence each.
    """

    firsts: list[Wait] = field(default_factory=list)
    edits: list[Wait] = field(default_factory=list)
    truncated: int = 0
    errors: list[str] = field(default_factory=list)

    def after_all_joined(self) -> list[Wait]:
        """The edits that began when everybody had a first page."""
        joined = max((first.began + first.seconds for first in self.firsts), default=0.0)
        return [edit for edit in self.edits if edit.began >= joined]


@dataclass(frozen=True)
class Plan:
    """How the visitors of a crowd behave.

    Attributes:
        kind: what they visit, and what an edit is there.
        seconds: how long each goes on from the crowd's start; he ends with an answer.
        pause: seconds between two edits, on average.
        within: seconds within which all arrive; at once if 0.
        query: of the link that they open.
        edits: how many edits each makes at most; None if only the time ends them.
    """

    kind: Callable[[Line], Visitor] = StageVisitor
    seconds: float = 60.0
    pause: float = 2.0
    within: float = 0.0
    query: str = ""
    edits: int | None = None


async def visited(address: str, count: int, plan: Plan, crowd: Crowd | None = None) -> Crowd:
    """Let so many visitors come; returns when all have left."""
    crowd, end = crowd or Crowd(), perf_counter() + plan.seconds
    await asyncio.gather(*(_visit(address, plan, crowd, end) for _ in range(count)))
    return crowd


async def _visit(address: str, plan: Plan, crowd: Crowd, end: float) -> None:
    await asyncio.sleep(random.uniform(0, plan.within))
    try:
        async with line_to(address, query=plan.query) as line:
            visitor = plan.kind(line)
            try:
                await _stay(visitor, plan, crowd, end)
            finally:
                crowd.truncated += visitor.truncated
    except Exception as fault:  # one visitor's trouble is counted, and the others go on
        crowd.errors.append(f"{type(fault).__name__}: {fault}")


async def _stay(visitor: Visitor, plan: Plan, crowd: Crowd, end: float) -> None:
    crowd.firsts.append(await _timed(visitor.line, visitor.arrive))
    await asyncio.sleep(random.uniform(0, plan.pause))
    edits = 0
    while perf_counter() < end and (plan.edits is None or edits < plan.edits):
        crowd.edits.append(await _timed(visitor.line, visitor.edit))
        edits += 1
        await asyncio.sleep(plan.pause * random.uniform(0.5, 1.5))
    if plan.edits == 0:  # he reads
        await asyncio.sleep(max(end - perf_counter(), 0))


async def _timed(line: Line, do: Callable) -> Wait:
    began, before = perf_counter(), line.received
    await do()
    return Wait(began, perf_counter() - began, line.received - before)
