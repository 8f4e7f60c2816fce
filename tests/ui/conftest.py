"""Pages are given all the time they need: how busy the machine is makes no test fail."""

import logging
import sys

import pytest

import lsedash.ui.pages.registry  # noqa: F401 - all pages, with what they know of the limits

LIMITS = ("DEADLINE", "SWEEP_DEADLINE")
ENOUGH = 3600.0  # seconds


@pytest.fixture(scope="session", autouse=True)
def unhurried():
    """No run is stopped because it took too long, but where a test asks for that."""
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            for limit in LIMITS:
                if name.startswith("lsedash.ui.") and hasattr(module, limit):
                    patch.setattr(module, limit, ENOUGH)
        yield


@pytest.fixture(autouse=True)
def nothing_fails_in_silence(caplog):
    """An error in a callback is a sentence for a visitor; a test that does not expect it fails."""
    yield
    failed = [each for each in caplog.get_records("call") if each.levelno >= logging.ERROR]
    assert [each.getMessage() for each in failed if each.name.startswith("lsedash")] == []
