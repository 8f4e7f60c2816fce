"""The real server, without a browser."""

import pytest

from helpers.servers import ROOT, served


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """It is started once for all tests."""
    with served(ROOT / "app.py", tmp_path_factory.mktemp("server") / "log.txt") as server:
        yield server
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
