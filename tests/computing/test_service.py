"""The computing service: one job for equal questions, results by key, fairness, stopping."""

import gc
import os
from functools import partial
from weakref import ref

import numpy as np
import pytest

from helpers.jobs import (
    array_of,
    busy,
    counted,
    failing,
    long_count,
    meeting,
    short_count,
    slow_result,
)
from lsedash.computing.messages import key_of
from lsedash.computing.store import Missing


@pytest.fixture(scope="module")
def service(begun):
    """Two workers, for all tests of this file."""
    return begun(2)


@pytest.fixture(scope="module")
def single(begun):
    """One worker, for all tests of this file."""
    return begun(1)


def asked(service, start, asker="visitor"):
    return service.ask(key_of(start), start, asker)


def ended(job):
    assert job.wait(90)
    return job


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


def test_short_jobs_are_done_while_many_more_long_ones_run_than_the_workers_take(single):
    long = [asked(single, partial(long_count, f"heavy {i}"), f"neighbour {i}") for i in range(11)]
    assert ended(asked(single, partial(short_count, 7), "light")).result() == 7
    assert not any(job.has_ended for job in long)
    assert single.counts() | {"working": 8, "waiting": 3} == single.counts()
    assert sorted(n for n in map(single.before, long) if n is not None) == [0, 1, 2]
    for number, job in enumerate(long):
        single.leave(job, f"neighbour {number}")
    assert single.counts() | {"working": 0, "waiting": 0} == single.counts()


def test_long_jobs_that_had_to_wait_for_others_are_done_in_the_end(single):
    jobs = [asked(single, partial(busy, f"heavy {i}", 0.12)) for i in range(11)]
    assert [ended(job).result() for job in jobs] == [0.12] * 11


def test_short_jobs_are_done_while_the_result_of_a_long_one_is_made(single, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    long = asked(single, partial(slow_result, str(pipe)))
    with pipe.open("w", encoding="ascii") as opened:  # as soon as the result is being made
        assert ended(asked(single, partial(short_count, 8))).result() == 8
        assert not long.has_ended
        opened.write("made")
    assert ended(long).result() == "made"


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


class Page:
    """What a page holds while it asks."""


def test_a_fault_keeps_nothing_of_the_pages_that_it_was_told(service):
    job = ended(asked(service, partial(failing, "told to many")))

    def told():
        page = Page()
        try:
            raise KeyError("another error of the page")
        except KeyError:
            with pytest.raises(ArithmeticError, match="told to many"):
                job.result()
        return ref(page)

    page = told()
    gc.collect()
    assert page() is None


def test_a_job_is_kept_while_its_visitor_stands_in_line_but_not_for_ever(single):
    job = asked(single, partial(long_count, "in line"))
    job.seen -= 30  # it was half a minute ago that the page looked for the result
    assert ended(asked(single, partial(busy, "meanwhile", 0.3))).result() == 0.3
    assert not job.is_dropped
    job.seen -= 31
    assert ended(asked(single, partial(busy, "meanwhile, again", 0.3))).result() == 0.3
    assert job.is_dropped


def test_more_jobs_than_fit_wait_their_turn_and_all_are_done(service):
    jobs = [asked(service, partial(long_count, f"a crowd {i}"), f"visitor {i}") for i in range(30)]
    assert service.before(jobs[0]) in (None, 0)
    assert service.before(jobs[-1]) > 0
    parts = [service.stop(job, f"visitor {i}") for i, job in enumerate(jobs)]
    assert all(ended(part).result() >= 1 for part in parts)
    assert service.counts()["waiting"] == service.counts()["working"] == 0


def test_results_that_do_not_fit_make_room_the_oldest_first(begun):
    service = begun(1, room=3_000_000)
    jobs = [ended(asked(service, partial(array_of, 1_000_000, value))) for value in (1.0, 2.0)]
    assert jobs[0].result()[0] == 1.0  # read last, so it stays
    ended(asked(service, partial(array_of, 1_000_000, 3.0)))
    assert jobs[0].result()[0] == 1.0
    with pytest.raises(Missing):
        jobs[1].result()
    assert service.store.size <= 3_000_000


def test_all_workers_are_used(service, tmp_path):
    start = partial(meeting, str(tmp_path), 2)
    jobs = [asked(service, partial(start, name)) for name in ("one", "other")]
    *workers, _spare = service.processes()
    for job in jobs:
        assert ended(job).result() == set(workers)


def test_a_warm_up_ends_however_long_the_workers_take(begun):
    service = begun(2, patience=-1.0)  # every job that nobody waits for is dropped at once
    service.warm_up(partial(busy, "warm-up", 0.3))
    assert service.counts()["working"] == 0
