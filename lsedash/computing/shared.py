"""The one service of this process; it starts when it is first asked for."""

import os
from functools import cache
from threading import Lock

from lsedash.computing.service import Service

WORKERS = "LSEDASH_WORKERS"  # an environment variable: how many, in place of the number of cores

_lock = Lock()


def service() -> Service:
    """The service that everybody in this process shares."""
    with _lock:
        return _started()


@cache
def _started() -> Service:
    return Service(int(os.environ.get(WORKERS, "0")) or None)
