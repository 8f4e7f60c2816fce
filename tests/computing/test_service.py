"""The computing service: one job for equal questions, results by key, fairness, stopping."""

import pickle
from functools import partial

import numpy as np
import pytest

from helpers.jobs import array_of, busy, counted, failing, long_count, short_count, with_process
from lsedash import VARIANTS, LinearSystem, compare
from lsedash.computing.messages import key_of
from lsedash.computing.service import Service
from lsedash.computing.store import Missing
from lsedash.running.runner import stream
from lsedash.text.fields import DEFAULT


@pytest.fixture(scope="module")
def service():
    """Two workers, for all tests of this file."""
    service = Service(2)
    yield service
    service.close()


def asked(service, start, asker="visitor"):
    return service.ask(key_of(start), start, asker)


def ended(job):
    assert job.wait(90)
    return job


def test_a_comparison_is_the_same_as_one_that_runs_here(service):
    comparison = ended(asked(service, partial(stream, DEFAULT, tuple(VARIANTS)))).result()
    for key, run in compare(DEFAULT).items():
        np.testing.assert_array_equal(comparison[key].iterates, run.iterates)
        np.testing.assert_array_equal(comparison[key].losses, run.losses)
        assert comparison[key].status == run.status
    assert comparison.experiment == DEFAULT


def test_arrays_that_are_read_only_stay_so_on_their_way(service):
    start = partial(stream, DEFAULT, tuple(VARIANTS))
    experiment = ended(asked(service, start)).result().experiment
    system = pickle.loads(pickle.dumps(LinearSystem([[1.0]], [2.0])))
    for array in (experiment.system.A, experiment.system.b, experiment.x0, system.A, system.b):
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0


def test_equal_questions_are_computed_once(service, tmp_path):
    jobs = [asked(service, partial(counted, tmp_path, "same"), f"visitor {i}") for i in range(50)]
    assert {ended(job).result() for job in jobs} == {"same"}
    assert len(list(tmp_path.iterdir())) == 1
    assert ended(asked(service, partial(counted, tmp_path, "same"))).result() == "same"
    assert len(list(tmp_path.iterdir())) == 1


def test_inputs_that_differ_in_a_bit_are_different_questions():
    array = np.array([0.0, 1.0])
    same, negative = partial(array_of, array.copy(), 1), partial(array_of, array * -1, 1)
    assert key_of(partial(array_of, array, 1)) == key_of(same)
    assert key_of(same) != key_of(negative)
    assert key_of(same) != key_of(partial(array_of, array[:1], 1))
    assert key_of(same) != key_of(partial(array_of, array.astype("f4"), 1))
    assert key_of(same) != key_of(partial(array_of, array, value=1))


def test_short_jobs_are_done_while_long_ones_run_in_every_worker(service):
    long = [
        asked(service, partial(long_count, number), f"neighbour {number}") for number in range(6)
    ]
    assert ended(asked(service, partial(short_count, 7), "light")).result() == 7
    assert not any(job.has_ended for job in long)
    for number, job in enumerate(long):
        service.leave(job, f"neighbour {number}")
    assert service.counts()["working"] == 0


def test_only_a_long_job_is_reported_on_because_nobody_sees_the_progress_of_a_short_one(service):
    short = ended(asked(service, partial(busy, "short", 0.06)))
    assert short.report is None
    assert ended(asked(service, partial(busy, "long", 0.4))).report == (1, 2, "point")


def test_a_job_that_is_stopped_gives_what_there_is_and_goes_on_for_others(service):
    start = partial(long_count, "shared", 400_000)
    job = asked(service, start, "impatient")
    assert asked(service, start, "patient") is job
    part = ended(service.stop(job, "impatient"))
    assert 1 <= part.result() < 400_000
    assert ended(job).result() == 400_000


def test_a_job_that_all_have_left_is_dropped_and_can_be_asked_for_anew(service):
    start = partial(long_count, "left")
    job = asked(service, start, "one")
    asked(service, start, "two")
    service.leave(job, "one")
    assert not job.is_dropped
    service.leave(job, "two")
    assert job.is_dropped
    again = asked(service, start, "one")
    assert again is not job
    service.leave(again, "one")


def test_what_a_computation_raises_is_told_to_whoever_asked(service):
    job = ended(asked(service, partial(failing, "told")))
    with pytest.raises(ArithmeticError, match="told"):
        job.result()
    assert ended(asked(service, partial(short_count, 2))).result() == 2


def test_more_jobs_than_fit_wait_their_turn_and_all_are_done(service):
    jobs = [asked(service, partial(long_count, f"a crowd {i}"), f"visitor {i}") for i in range(30)]
    before = [service.before(job) for job in jobs]
    assert before == sorted(before)
    assert before[0] == 0
    assert before[-1] > 0
    parts = [service.stop(job, f"visitor {i}") for i, job in enumerate(jobs)]
    assert all(ended(part).result() >= 1 for part in parts)
    assert service.counts()["waiting"] == service.counts()["working"] == 0


def test_results_that_do_not_fit_make_room_the_oldest_first():
    service = Service(1, room=3_000_000)
    jobs = [ended(asked(service, partial(array_of, 1_000_000, value))) for value in (1.0, 2.0)]
    assert jobs[0].result()[0] == 1.0  # read last, so it stays
    ended(asked(service, partial(array_of, 1_000_000, 3.0)))
    assert jobs[0].result()[0] == 1.0
    with pytest.raises(Missing):
        jobs[1].result()
    assert service.store.size <= 3_000_000
    service.close()


def test_all_workers_are_used(service):
    processes = set()
    jobs = [asked(service, partial(long_count, f"busy {i}"), "busy") for i in range(2)]
    for i in range(4):
        processes.add(ended(asked(service, partial(with_process, i))).result()[0])
    assert processes <= set(service.processes())
    for job in jobs:
        service.leave(job, "busy")
    assert len(service.processes()) == 3  # with the spare


def test_a_warm_up_ends_however_long_the_workers_take():
    service = Service(2, patience=-1.0)  # every job that nobody waits for is dropped at once
    service.warm_up(partial(short_count, 1_000_000))
    assert service.counts()["working"] == 0
    service.close()
