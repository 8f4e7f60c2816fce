"""Settings shared by all tests."""

import gc
import os

import pytest
from hypothesis import settings

from lsedash.computing.shared import WORKERS

os.environ.setdefault(WORKERS, "1")  # of every server and page: each costs seconds to start

pytest.register_assert_rewrite("helpers")  # a failure in a helper is told as in a test


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The real server; it is started once for all tests, with a browser and without."""
    from helpers.servers import ROOT, served  # not before its assertions can be told

    with served(ROOT / "app.py", tmp_path_factory.mktemp("server") / "log.txt") as server:
        yield server
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


def pytest_collection_finish():
    """What is imported stays; to look for garbage in it takes a tenth of all the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


# The same examples every time; `--hypothesis-profile=search` looks for new ones.
settings.register_profile("same", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("same")
