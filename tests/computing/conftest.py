"""Services whose workers start in no time."""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from lsedash.computing.service import Service

STAND_INS = Path(__file__).parent / "stand_ins"


@pytest.fixture(scope="module")
def begun():
    """Begins services whose workers do not import torch, which must not be imported here either."""
    services = []

    def begin(workers, **how):
        services.append(Service(workers, **how))
        return services[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(STAND_INS)
        yield begin
        for service in services:
            service.close()


@pytest.fixture
def gate(monkeypatch, tmp_path):
    """Workers that begin meanwhile are not ready before this is called."""
    pipe = tmp_path / "gate"
    os.mkfifo(pipe)
    monkeypatch.setenv("LSEDASH_TEST_GATE", str(pipe))
    with ExitStack() as opened:

        def open_gate():
            number = os.open(pipe, os.O_RDWR)  # lets all pass, also whoever comes later
            opened.callback(os.close, number)

        yield open_gate
