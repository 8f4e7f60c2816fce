"""Workers that cannot be started, or not yet: nobody waits in vain, and nothing is lost."""

import errno
import os
import signal
import subprocess
from functools import partial
from threading import Event

import numpy as np
import pytest

from helpers.jobs import array_of, crashing, long_count, short_count
from lsedash.computing import crew
from lsedash.computing.job import Crashed


def asked(service, start):
    return service.ask(start, start, "visitor")


@pytest.fixture
def starts(monkeypatch):
    """Lets starts of workers fail, or go well again; the event tells of the first that failed."""
    begin, failed = subprocess.Popen, Event()

    def refused(*_, **__):
        failed.set()
        raise OSError(errno.EMFILE, "Too many open files")

    def ends_at_once(_command, **how):
        return begin(["false"], **how)

    def let(way):
        ways = {"refused": refused, "ends at once": ends_at_once, "goes well": begin}
        monkeypatch.setattr(subprocess, "Popen", ways[way])
        return failed

    return let


def kill_all(service):
    for process in service.processes():
        os.kill(process, signal.SIGKILL)


def test_jobs_are_done_though_no_other_worker_can_be_started_for_a_while(begun, starts):
    service = begun(1)
    assert asked(service, partial(short_count, 1)).wait(90)
    job = asked(service, partial(short_count, 200_000))
    stopped = asked(service, partial(long_count, "stopped"))
    failed = starts("refused")
    kill_all(service)
    assert failed.wait(90)
    part = service.stop(stopped, "visitor")
    starts("goes well")
    assert job.wait(90)
    assert part.wait(90)
    assert job.result() == 200_000
    assert part.result() >= 1


@pytest.mark.parametrize("way", ["refused", "ends at once"])
def test_if_no_worker_can_be_started_whoever_asks_is_told(begun, starts, caplog, way):
    service = begun(1)
    assert asked(service, partial(short_count, 1)).wait(90)
    starts(way)
    kill_all(service)
    jobs = [asked(service, partial(short_count, 2))]
    assert jobs[0].wait(90)
    failed = service.counts()["failed_starts"]
    assert failed >= 10
    jobs.append(asked(service, partial(short_count, 3)))
    for job in jobs:
        with pytest.raises(Crashed, match="cannot start the processes that compute"):
            job.result()
    assert service.counts()["failed_starts"] <= failed + 2  # there is a pause before the next
    assert "A worker process could not start" in caplog.text


def test_workers_that_end_in_their_warm_up_are_not_started_again_without_a_pause(
    begun, monkeypatch, tmp_path
):
    monkeypatch.setattr(crew, "MOST_FAILED_STARTS", 4)
    service = begun(1)
    service.warm_up(partial(crashing, tmp_path, 1000))
    job = asked(service, partial(long_count, "vain"))
    assert job.wait(90)
    with pytest.raises(Crashed, match="cannot start the processes that compute"):
        job.result()
    service.close()
    assert len(list(tmp_path.iterdir())) <= 4 + 2


def test_jobs_wait_for_workers_that_are_ready_and_hold_nobody_up_meanwhile(begun, gate):
    service = begun(1)
    large = np.zeros(64 * 64)
    jobs = [service.ask(i, partial(array_of, 8, value=large), "visitor") for i in range(8)]
    assert [service.before(job) for job in jobs] == list(range(8))
    assert service.counts() | {"working": 0, "waiting": 8} == service.counts()
    part = service.stop(jobs[-1], "visitor")
    assert [service.before(job) for job in jobs] == [1, 2, 3, 4, 5, 6, 7, 0]
    gate()
    assert all(job.wait(90) for job in [*jobs, part])
    assert [service.before(job) for job in jobs] == [None] * 8


def test_a_message_that_cannot_be_handled_ends_its_job_alone(begun, monkeypatch):
    service = begun(1)
    put = service.store.put

    def without_room(key, pickled):
        if key == "too large":
            raise MemoryError("There is no room.")
        put(key, pickled)

    monkeypatch.setattr(service.store, "put", without_room)
    large = service.ask("too large", partial(short_count, 5), "visitor")
    assert large.wait(90)
    with pytest.raises(MemoryError, match="There is no room"):
        large.result()
    process = service.processes()[0]
    other = asked(service, partial(short_count, 6))
    assert other.wait(90)
    assert other.result() == 6
    assert service.processes()[0] == process
