"""Results by key, as many as fit; the ones that were not used for the longest time go first."""

import pickle
from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any


class Missing(KeyError):
    """The result was never there, or had to make room."""


class Store:
    """Pickled results, and the results themselves once somebody has read them.

    Args:
        room: bytes for all results together; a result that needs more alone is still kept, alone.
        objects: bytes that a result needs beside its pickle: for its objects, once somebody has
            read it.

    Attributes:
        hits, misses: how often a result was there when it was asked for, and how often not.
    """

    def __init__(self, room: int, objects: int = 0) -> None:
        self.room = room
        self.objects = objects
        self.size = 0
        self.hits = 0
        self.misses = 0
        self._lock = Lock()
        self._entries: OrderedDict[Hashable, tuple[int, bytes | None, Any]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._entries

    def put(self, key: Hashable, pickled: bytes) -> None:
        """Keep a result; others may have to go."""
        with self._lock:
            if key in self._entries:
                self.size -= self._entries.pop(key)[0]
            size = len(pickled) + self.objects
            self._entries[key] = size, pickled, None
            self.size += size
            while self.size > self.room and len(self._entries) > 1:
                _, (size, *_) = self._entries.popitem(last=False)
                self.size -= size

    def get(self, key: Hashable) -> Any:
        """The result; everybody gets the same object.

        Raises:
            Missing: there is none.
        """
        with self._lock:
            if key not in self._entries:
                self.misses += 1
                raise Missing(key)
            self.hits += 1
            size, pickled, result = self._entries[key]
            if pickled is not None:
                result = pickle.loads(pickled)  # from a process of our own
            self._entries[key] = size, None, result
            self._entries.move_to_end(key)
            return result
