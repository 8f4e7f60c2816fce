"""Long computations: done in slices, so that a newer edit is heard soon."""

from contextlib import suppress

import pytest

from lsedash.running.run import Progress
from lsedash.text.fields import DEFAULT
from lsedash.theory.closed_form import Theory
from lsedash.ui.compat import Interruption
from lsedash.ui.state import results
from lsedash.ui.state.draft import draft_of
from lsedash.ui.state.visit import Visit


class Clock:
    """A clock that stands still but for what is put on it."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    """The clock that slices are measured with, for one visitor."""
    clock, visit = Clock(), Visit(draft_of(DEFAULT), DEFAULT, Theory(DEFAULT.system))
    monkeypatch.setattr(results, "perf_counter", clock)
    monkeypatch.setattr(results, "current", lambda: visit)
    return clock


def working(clock, total, seconds):
    """A computation of so many reports, each of which takes so long."""
    for done in range(total + 1):
        yield Progress(done, total, finished=done == total, snapshot=lambda done=done: done)
        clock.now += seconds


def slices(clock, wanted, start):
    """Work until it is finished; how long each slice took."""
    finished = False
    while not finished:
        began = clock.now
        results.work_on("comparison", wanted, start)
        finished = results.advance()
        yield clock.now - began


def test_a_newer_edit_is_heard_within_a_fifth_of_a_second(clock):
    lasting = list(slices(clock, ("long",), lambda: working(clock, 500, 0.01)))
    assert sum(lasting) == pytest.approx(5)
    assert max(lasting) <= 0.2
    assert results.result("comparison") == 500


def test_a_newer_edit_replaces_the_computation(clock):
    older = slices(clock, ("older",), lambda: working(clock, 500, 0.01))
    next(older)
    newer = list(slices(clock, ("newer",), lambda: working(clock, 3, 0.01)))
    assert len(newer) == 1
    assert results.has_result("comparison", ("newer",))
    assert results.result("comparison") == 3


def test_a_newer_run_that_breaks_in_does_not_lose_what_was_computed(clock, monkeypatch):
    untroubled, starts, touches = results.current, [], []

    def start():
        starts.append(1)
        return working(clock, 100, 0.01)

    def troubled():
        touches.append(1)
        if len(touches) % 3 == 0:  # any third touch of the session state is interrupted
            raise Interruption(None)
        return untroubled()

    monkeypatch.setattr(results, "current", troubled)
    finished = False
    while not finished:
        with suppress(Interruption):
            results.work_on("comparison", ("long",), start)
            finished = results.advance()
    assert starts == [1]
    monkeypatch.setattr(results, "current", untroubled)
    assert results.result("comparison") == 100


def test_work_that_fails_is_begun_anew(clock):
    def first_report_only():
        yield Progress(0, 3, finished=False, snapshot=lambda: None)
        raise ArithmeticError

    results.work_on("graph", ("place",), first_report_only)
    with pytest.raises(ArithmeticError):
        results.advance()
    results.work_on("graph", ("place",), lambda: working(clock, 3, 0.0))
    assert results.advance()
    assert results.result("graph") == 3
