"""Computations that ended their workers: they are refused for some minutes.

Not for good, because a worker may have ended for another reason, such as too little memory.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from time import monotonic

MINUTES = 10
MOST = 200  # keys, each with all inputs


class Refused:
    """The keys of refused computations, the oldest first.

    Args:
        clock: tells the time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._since: OrderedDict[Hashable, float] = OrderedDict()

    def __contains__(self, key: Hashable) -> bool:
        since = self._since.get(key)
        return since is not None and self._clock() - since < 60 * MINUTES

    def add(self, key: Hashable) -> None:
        """Refuse a computation from now on; the oldest one may have to go."""
        self._since.pop(key, None)
        self._since[key] = self._clock()
        if len(self._since) > MOST:
            self._since.popitem(last=False)
