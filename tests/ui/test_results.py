"""The results that a page waits for: asked for once, left when something else is wanted."""

from contextlib import suppress
from functools import partial

import pytest

from helpers.jobs import failing, long_count, short_count
from lsedash.text.fields import DEFAULT
from lsedash.theory.closed_form import Theory
from lsedash.ui.compat import Interruption
from lsedash.ui.state import results
from lsedash.ui.state.draft import draft_of
from lsedash.ui.state.visit import Visit


@pytest.fixture
def visit(monkeypatch):
    """The one visitor."""
    visit = Visit(draft_of(DEFAULT), DEFAULT, Theory(DEFAULT.system))
    monkeypatch.setattr(results, "current", lambda: visit)
    yield visit
    results.leave_unfinished()


def result_of(name, start):
    job = results.ask(name, start).job
    assert job.wait(60)
    return job.result()


@pytest.mark.usefixtures("visit")
def test_a_result_that_is_asked_for_again_is_the_same_job():
    start = partial(short_count, 3)
    assert results.ask("count", start).job is results.ask("count", partial(short_count, 3)).job
    assert result_of("count", start) == 3


@pytest.mark.usefixtures("visit")
def test_a_newer_edit_replaces_the_computation():
    older = results.ask("count", partial(long_count, "older")).job
    assert result_of("count", partial(short_count, 4)) == 4
    assert older.is_dropped


def test_a_newer_run_that_breaks_in_does_not_lose_what_is_computed(visit, monkeypatch):
    touches = []

    def troubled():
        touches.append(1)
        if len(touches) % 3 == 0:  # any third touch of the session state is interrupted
            raise Interruption(None)
        return visit

    monkeypatch.setattr(results, "current", troubled)
    jobs = set()
    for _ in range(20):
        with suppress(Interruption):
            jobs.add(results.ask("count", partial(long_count, "one")).job)
    monkeypatch.setattr(results, "current", lambda: visit)
    assert len(jobs) == 1


@pytest.mark.usefixtures("visit")
def test_stop_keeps_what_there_is_even_if_it_is_said_twice():
    start = partial(long_count, "to be stopped")
    results.ask("count", start)
    results.stop()
    results.stop()
    assert result_of("count", start) >= 1
    assert results.ended_by("count", 60) == "by the button"


@pytest.mark.usefixtures("visit")
def test_what_ran_out_of_time_was_not_ended_by_the_visitor():
    result_of("count", partial(short_count, 3))
    assert results.ended_by("count", 60) == "by the limit of 60 s"


@pytest.mark.usefixtures("visit")
def test_a_computation_that_fails_says_so_and_can_begin_anew():
    start = partial(failing, "no such thing")
    job = results.ask("count", start).job
    assert job.wait(60)
    with pytest.raises(ArithmeticError, match="no such thing"):
        job.result()
    results.forget("count")
    assert results.ask("count", start).job is not job


def test_a_page_that_is_drawn_without_a_result_leaves_its_job(visit):
    job = results.ask("count", partial(long_count, "left")).job
    results.leave_unfinished()
    assert job.is_dropped
    assert visit.asked == {}
