"""A worker process as its server sees it."""

import fcntl
import subprocess

from lsedash.computing.process import WorkerProcess, widen


def test_a_worker_hands_over_large_results_in_few_pieces():
    worker = WorkerProcess(lambda *_: None)
    assert fcntl.fcntl(worker.process.stdout, fcntl.F_GETPIPE_SZ) >= 2**20
    worker.end()


def test_where_pipes_cannot_be_widened_they_stay_as_they_are(monkeypatch):
    def refused(*_):
        raise PermissionError("The user has too many pipes.")

    monkeypatch.setattr(fcntl, "fcntl", refused)
    with subprocess.Popen(["true"], stdout=subprocess.PIPE) as process:
        widen(process.stdout)
        assert process.stdout.read() == b""
