"""Runs of pages take turns: a few draw at a time, in the order in which they came.

All runs share one interpreter lock with the event loop, which sends what they draw. If many draw at
once, the loop gets so little of it that what is to be sent piles up, and nobody gets a page.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

AT_A_TIME = 3


class Turnstile:
    """Lets so many pass at a time; the others wait in line.

    Args:
        most: how many.
    """

    def __init__(self, most: int) -> None:
        self._free = most
        self._line: deque[Event] = deque()
        self._lock = Lock()

    @property
    def waiting(self) -> int:
        """How many stand in line."""
        return len(self._line)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and give it back at the end."""
        self._enter()
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Inside a turn: let others pass, and wait for another turn at the end."""
        self._leave()
        try:
            yield
        finally:
            self._enter()

    def _enter(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            called = Event()
            self._line.append(called)
        called.wait()

    def _leave(self) -> None:
        with self._lock:
            if self._line:
                self._line.popleft().set()  # the turn is handed over
            else:
                self._free += 1


turnstile = Turnstile(AT_A_TIME)
