"""What a server and its workers say to each other: pickled tuples over a worker's pipes.

To a worker: `START`, `SNAPSHOT`, `DROP`. From it: `READY`, `TURN`, `REPORT`, `RESULT`, `FAILED`.
"""

import pickle
from collections.abc import Callable, Hashable, Iterator
from functools import partial
from typing import Any, BinaryIO

import numpy as np

from lsedash.running.run import Progress

Start = Callable[[], Iterator[Progress]]  # must be picklable: a `partial` of a module's function

START = "start"  # number, pickled Start
SNAPSHOT = "snapshot"  # number: send the result so far, and go on
DROP = "drop"  # number: nobody wants the result any more

READY = "ready"
TURN = "turn"  # number: this job is worked on from now on
REPORT = "report"  # number, done, total, unit
RESULT = "result"  # number, pickled result, whether it is the last
FAILED = "failed"  # number, pickled exception

Message = tuple[Any, ...]


def key_of(value: Any) -> Hashable:
    """Equal for two starts with the same function and equal inputs, arrays included."""
    if isinstance(value, partial):
        words = sorted(value.keywords.items())
        return value.func, *map(key_of, value.args), *((word, key_of(v)) for word, v in words)
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype.str, value.tobytes()
    if isinstance(value, tuple | list):
        return tuple(map(key_of, value))
    hashable: Hashable = value
    return hashable


def send(pipe: BinaryIO, *message: Any) -> None:
    """Write one message.

    Raises:
        OSError: the other side has ended.
    """
    pickle.dump(message, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def received(pipe: BinaryIO) -> Iterator[Message]:
    """The messages that arrive, until the other side ends, or says what cannot be read."""
    while True:
        try:
            message: Message = pickle.load(pipe)  # from a process of our own
        except Exception:  # many kinds, if it ended inside a message
            return
        yield message
