"""Results of computations, and the computation that is not finished yet."""

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

from lsedash.running.run import Progress
from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.visit import Work, current

SLICE = 0.15  # seconds of work before the page listens again

Wanted = tuple[Any, ...]
Start = Callable[[], Iterator[Progress]]


def has_result(name: str, wanted: Wanted) -> bool:
    """Whether the last result of that name is what is wanted."""
    results = current().results
    return name in results and results[name][0] == wanted


def result(name: str) -> Any:
    """The last result of that name."""
    return current().results[name][1]


def keep_result(name: str, wanted: Wanted, value: Any) -> None:
    """Keep a result in place of the last one of its name."""
    current().results[name] = wanted, value


def begin_or_resume(name: str, wanted: Wanted, start: Start) -> Work:
    """The work towards what is wanted: what was left unfinished, or new work.

    The visit gives the work away, so that no other run goes on with it meanwhile.
    """
    visit = current()
    work, visit.work = visit.work, None
    if work is not None and (work.name, work.wanted) == (name, wanted):
        return work
    reports = start()
    return Work(name, wanted, reports, perf_counter(), next(reports))


def advance(work: Work) -> bool:
    """Work for a slice of time, then keep the result or the work left; whether it is finished."""
    until = perf_counter() + SLICE
    while not work.progress.finished and perf_counter() < until:
        work.progress = next(work.reports)
    if work.progress.finished:
        keep_result(work.name, work.wanted, work.progress.snapshot())
    else:
        current().work = work
    return work.progress.finished


@unbroken
def stop() -> None:
    """Keep what the running computation has so far."""
    visit = current()  # from here on the session state is not touched, so nothing breaks in
    if visit.work is not None:
        work = visit.work
        visit.results[work.name] = work.wanted, work.progress.snapshot()
        visit.work = None


def drop_work() -> None:
    """Forget the unfinished work: the page that wanted it has been drawn without it."""
    current().work = None
