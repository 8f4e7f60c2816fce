"""The store of results, with many readers and writers at once."""

import pickle
import random
import sys
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from lsedash import compare
from lsedash.computing.service import OBJECTS
from lsedash.computing.store import Missing, Store
from lsedash.text.fields import DEFAULT


@pytest.fixture(autouse=True)
def many_switches():
    """Let Python switch threads as often as it can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-7)
    yield
    sys.setswitchinterval(before)


def test_a_result_is_there_or_missing_however_many_read_and_write():
    store, size = Store(room=100), len(pickle.dumps(0))

    def used(seed):
        chance = random.Random(seed)
        for _ in range(4000):
            key = chance.randrange(40)
            if chance.random() < 0.5:
                store.put(key, pickle.dumps(key))
            with suppress(Missing):
                assert store.get(key) == key
        return True

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(used, range(8)))
    assert len(store) <= 100 // size + 1
    assert store.size <= 100


def test_results_that_were_read_need_no_more_memory_than_there_is_room_for():
    pickled, room = pickle.dumps(compare(DEFAULT), pickle.HIGHEST_PROTOCOL), 2_000_000
    pickle.loads(pickled)
    store = Store(room, OBJECTS)
    tracemalloc.start()
    try:
        for key in range(200):
            store.put(key, pickled + bytes([key]))  # of its own memory each
            store.get(key)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(store) > 20
    assert held <= 1.1 * room
