"""The one service of this process; it starts when it is first asked for."""

import os
import re
from functools import cache
from threading import Lock

from lsedash.computing.cores import cores
from lsedash.computing.service import Service
from lsedash.problem import InvalidInput

WORKERS = "LSEDASH_WORKERS"  # an environment variable: how many, in place of the number of cores
MOST_WORKERS = 16  # if nobody says how many: each takes 0.3 GB
MOST = 256

_lock = Lock()


def service() -> Service:
    """The service that everybody in this process shares."""
    with _lock:
        return _started()


def number_of_workers() -> int:
    """How many processes compute.

    Raises:
        InvalidInput: the environment variable is no such number.
    """
    text = os.environ.get(WORKERS, "").strip()
    if not text:
        return min(cores(), MOST_WORKERS)
    if not re.fullmatch("[0-9]{1,3}", text) or not 1 <= int(text) <= MOST:
        raise InvalidInput(f"{WORKERS} must be a whole number from 1 to {MOST}; it is {text!r}.")
    return int(text)


@cache
def _started() -> Service:
    return Service(number_of_workers())
