"""A job: one computation, and everybody who asked for it."""

from collections.abc import Hashable
from copy import copy
from math import inf
from threading import Event
from time import monotonic
from typing import Any, Literal, NamedTuple

from lsedash.computing.store import Store


class Crashed(RuntimeError):
    """The computation ended its worker process, again and again."""


class Report(NamedTuple):
    """How far a job is: `done` of `total` points or rates."""

    done: int
    total: int
    unit: Literal["point", "rate"]


class Job:
    """One computation. Only the service changes it; others wait for it and read it.

    Attributes:
        key: the name of its result.
        number: its number in messages.
        start: the pickled `Start`, with which a worker begins it.
        askers: who wants the result.
        parts: the jobs that end with the result so far.
        crashes: how often its worker ended while it worked on this job.
        report: the last report; None before the first.
        has_begun: whether a worker has had a turn with it.
        is_long: whether it has turned out to be long.
        seen: the latest moment at which somebody waited for it.
        fault: why there is no result, once it has ended.
        is_dropped: whether nobody wanted it any more; it will never end.
        is_part: whether it is the result so far of another job.
        is_warm_up: whether it is what a new worker does first; nobody wants its result.
    """

    def __init__(self, key: Hashable, number: int, store: Store, *, is_part: bool = False) -> None:
        self.is_part = is_part
        self.is_dropped = False
        self.is_warm_up = False
        self.key = key
        self.number = number
        self.start = b""
        self.askers: set[str] = set()
        self.parts: list[Job] = []
        self.crashes = 0
        self.report: Report | None = None
        self.has_begun = False
        self.is_long = False
        self.seen = monotonic()
        self.fault: Exception | None = None
        self._store = store
        self._ended = Event()

    def wait(self, seconds: float | None) -> bool:
        """Wait until the job has ended, at most so many seconds; whether it has."""
        self.seen = max(self.seen, monotonic() + (inf if seconds is None else seconds))
        return self._ended.wait(seconds)

    def begin_again(self) -> None:
        """Be as before the first turn."""
        self.report, self.has_begun = None, False

    @property
    def has_ended(self) -> bool:
        """Whether there is a result or a fault."""
        return self._ended.is_set()

    def end(self, fault: Exception | None = None) -> None:
        """Wake everybody who waits."""
        self.fault, self.start = fault, b""
        self._ended.set()

    def result(self) -> Any:
        """The result of a job that has ended.

        Raises:
            Missing: it had to make room for other results.
            Exception: what the computation raised, or `Crashed`.
        """
        if self.fault is not None:
            raise copy(self.fault)  # an exception that is raised holds the locals of its callers
        return self._store.get(self.key)
