"""Workers that end: others take their place, and their jobs run again."""

import os
import select
import signal
import subprocess
import sys
from functools import partial
from math import inf
from pathlib import Path
from subprocess import PIPE

import pytest

import lsedash
from helpers.jobs import begun_in, crashing, short_count, with_process
from lsedash.computing.job import Crashed
from lsedash.computing.messages import key_of
from lsedash.computing.refused import Refused

ROOT = Path(lsedash.__file__).parent.parent
PATHS = [Path(__file__).parent / "stand_ins", ROOT, ROOT / "tests"]


@pytest.fixture(scope="module")
def service(begun):
    """Two workers, for all tests of this file."""
    return begun(2, patience=inf)


def asked(service, start):
    return service.ask(key_of(start), start, "visitor")


def test_a_job_whose_worker_ends_is_run_again(service, tmp_path):
    job = asked(service, partial(crashing, tmp_path, 1))
    assert job.wait(90)
    assert job.result() == 2


def test_a_job_that_ends_two_workers_is_told_in_a_sentence_and_not_tried_again(service, tmp_path):
    others = [asked(service, partial(short_count, 20_000 + i)) for i in range(6)]
    job = asked(service, partial(crashing, tmp_path, 5))
    assert job.wait(90)
    with pytest.raises(Crashed, match="ended the process that ran it, twice"):
        job.result()
    again = service.ask(job.key, partial(crashing, tmp_path, 5), "another visitor")
    assert again.has_ended
    with pytest.raises(Crashed, match="not tried again for 10 minutes"):
        again.result()
    assert len(list(tmp_path.iterdir())) == 2
    for i, other in enumerate(others):  # nobody else notices
        assert other.wait(90)
        assert other.result() == 20_000 + i


def test_a_computation_that_ended_workers_is_tried_again_after_ten_minutes():
    now = [0.0]
    refused = Refused(lambda: now[0])
    for key in range(1000):
        refused.add(key)
    assert 999 in refused
    assert 0 not in refused  # there is an end to what is kept
    now[0] = 599.0
    assert 999 in refused
    now[0] = 601.0
    assert 999 not in refused


def test_workers_that_are_killed_again_and_again_lose_nothing(service):
    jobs = [asked(service, partial(short_count, 60_000 + i)) for i in range(8)]
    for _ in range(2):
        for process in service.processes():
            os.kill(process, signal.SIGKILL)
        assert asked(service, partial(short_count, 3)).wait(90)
    for i, job in enumerate(jobs):
        assert job.wait(90)
        if job.fault is None:  # it was on its turn both times: that cannot be told from its fault
            assert job.result() == 60_000 + i
    assert sum(job.fault is not None for job in jobs) <= 2


SERVER = """
import os, sys
from functools import partial
from helpers.jobs import long_count, short_count
from lsedash.computing.service import Service

service = Service(2)
for number in range(2):
    service.ask(number, partial(long_count, number), "visitor")
service.warm_up(partial(short_count, 1))
print(*service.processes(), flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_its_server(how):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, PATHS))}
    command = [sys.executable, "-c", SERVER]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True, env=environment) as server:
        workers = [int(number) for number in server.stdout.readline().split()]
        descriptors = [os.pidfd_open(worker) for worker in workers]
        server.send_signal(how)
    assert len(descriptors) == 3  # with the spare
    for descriptor in descriptors:
        assert select.select([descriptor], [], [], 90)[0]
        os.close(descriptor)


def test_a_worker_that_has_done_everything_once_takes_the_place_of_a_lost_one(begun, tmp_path):
    service = begun(1)
    service.warm_up(partial(begun_in, str(tmp_path)))
    lost, spare = service.processes()
    os.kill(lost, signal.SIGKILL)
    job = service.ask("who", partial(with_process, "who"), "visitor")
    assert job.wait(90)
    assert job.result() == (spare, "who")
    assert str(spare) in os.listdir(tmp_path)
    assert service.processes()[0] == spare
