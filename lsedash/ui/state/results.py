"""The results of computations, and the computation that is not finished yet."""

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

from lsedash.running.run import Progress
from lsedash.text.words import brief
from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.visit import Work, current

SLICE = 0.15  # seconds of work before edits and clicks are handled again

Wanted = tuple[Any, ...]
Start = Callable[[], Iterator[Progress]]


def has_result(name: str, wanted: Wanted) -> bool:
    """Whether the last result of this name belongs to these inputs."""
    results = current().results
    return name in results and results[name][0] == wanted


def result(name: str) -> Any:
    """The last result of this name."""
    return current().results[name][1]


def keep_result(name: str, wanted: Wanted, value: Any) -> None:
    """Keep a result; it replaces the last one of this name."""
    current().results[name] = wanted, value


def work_on(name: str, wanted: Wanted, start: Start) -> Work:
    """The unfinished work on this result, or new work in its place."""
    visit = current()
    work = visit.work
    if work is None or (work.name, work.wanted) != (name, wanted):
        reports = start()
        visit.cancelled.discard(name)
        work = visit.work = Work(name, wanted, reports, perf_counter(), next(reports))
    return work


def advance() -> bool:
    """Continue the visit's work for one `SLICE`; keep its result and return True if it is done.

    Until the slice is over the session state is not touched: a newer run would break in there, and
    what was computed would be lost.
    """
    visit = current()
    work, visit.work = visit.work, None  # if its reports fail, no run goes on with it
    if work is None:
        return True
    until = perf_counter() + SLICE
    while not work.progress.finished and perf_counter() < until:
        work.progress = next(work.reports)
    if work.progress.finished:
        visit.results[work.name] = work.wanted, work.progress.snapshot()
    else:
        visit.work = work
    return work.progress.finished


@unbroken
def stop() -> None:
    """Stop the running computation and keep its result so far."""
    visit = current()  # the last access to the session state, so nothing interrupts the rest
    if visit.work is not None:
        work = visit.work
        visit.results[work.name] = work.wanted, work.progress.snapshot()
        visit.cancelled.add(work.name)
        visit.work = None


def ended_by(name: str, limit: float) -> str:
    """Who ended a computation before its end: "by the button", or "by the limit of 10 s".

    Args:
        limit: its deadline in seconds.
    """
    return "by the button" if name in current().cancelled else f"by the limit of {brief(limit)} s"


def drop_work() -> None:
    """Drop the unfinished work, because the page was drawn without it."""
    current().work = None
