"""How the programs take turns, what the clock counts, and what a deadline stops."""

from dataclasses import replace

import numpy as np
import pytest

import lsedash.running.recorder
import lsedash.running.runner
from helpers.programs import NUMPY, Fake, counting
from helpers.runs import ONE, START, WORKED
from lsedash import VARIANTS, Experiment, compare, stream


class Clock:
    """A clock that stands still but for what `work` takes."""

    now = 1000.0

    def __call__(self):
        return self.now

    def work(self, seconds):
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(lsedash.running.runner, "thread_time", clock)
    monkeypatch.setattr(lsedash.running.recorder, "perf_counter", clock)
    return clock


def slow(clock, seconds):
    def program(*arguments):
        for pair in counting(*arguments):
            clock.work(seconds)
            yield pair

    return program


# --- a deadline


def test_a_deadline_stops_all_runs_with_what_there_is(clock):
    programs = [Fake(slow(clock, 1.0), "one"), Fake(slow(clock, 1.0), "two")]
    comparison = compare(Experiment(ONE, [0], 0.1, 1000), programs, deadline=20.0)
    assert [run.status for run in comparison.runs] == ["stopped", "stopped"]
    assert comparison["one"].points.tolist() == comparison["two"].points.tolist()
    assert 10 <= comparison["one"].last_point + 1 <= 12  # both took about 20 s


def test_a_deadline_that_is_not_reached_changes_nothing(clock):
    run = compare(Experiment(ONE, [0], 0.1, 10), [Fake(slow(clock, 1.0))], deadline=11.5)["fake"]
    assert (run.status, run.last_point) == ("finished", 10)


# --- turns and progress


def test_progress_rises_to_its_end():
    reports = list(stream(Experiment(WORKED, None, 0.1, 1000), NUMPY))
    done = [report.done for report in reports]
    assert len(done) > 3
    assert done == sorted(set(done))
    assert done[-1] == 1001
    assert {report.total for report in reports} == {1001}
    assert [report.finished for report in reports] == [False] * (len(done) - 1) + [True]


def test_variants_advance_in_lock_step():
    for report in stream(Experiment(WORKED, None, 0.1, 300)):
        last_points = {run.key: run.last_point for run in report.snapshot().runs}
        assert last_points == dict.fromkeys(VARIANTS.keys, report.done - 1)


def test_turns_grow_shorter_when_a_program_is_slow(clock):
    reports = stream(Experiment(ONE, [0], 0.1, 20), [Fake(slow(clock, 1.0))])
    assert [report.done for report in reports] == list(range(1, 22))


def test_progress_ends_when_all_runs_have_ended():
    *_, last = stream(replace(START, iterations=10**6, tolerance=1e-3), NUMPY)
    assert last.finished
    assert last.done < last.total == 10**6 + 1


@pytest.mark.parametrize(("variants", "max_points"), [([], 100), (VARIANTS, 1), (VARIANTS, 0)])
def test_no_variants_or_no_room_is_refused(variants, max_points):
    with pytest.raises(ValueError, match="at least one variant and room for at least two points"):
        compare(START, variants, max_points)


# --- the clock


def test_the_clock_counts_the_program_and_not_the_listener(clock):
    run = None
    for report in stream(Experiment(ONE, [0], 0.1, 10), [Fake(slow(clock, 0.25))]):
        clock.work(100.0)
        run = report.snapshot()["fake"]
    assert run.seconds == pytest.approx(11 * 0.25)


def test_the_clock_does_not_count_the_recording(clock):
    class HardToCopy(np.ndarray):
        def tobytes(self, order="C"):
            clock.work(100.0)
            return super().tobytes(order)

    def program(*arguments):
        for x, loss in counting(*arguments):
            clock.work(0.25)
            yield x.view(HardToCopy), loss

    run = compare(Experiment(ONE, [0], 0.1, 10), [Fake(program)])["fake"]
    assert run.seconds == pytest.approx(11 * 0.25)


def test_each_program_has_a_clock_of_its_own(clock):
    programs = [Fake(slow(clock, 0.25), "fast"), Fake(slow(clock, 4.0), "slow")]
    comparison = compare(Experiment(ONE, [0], 0.1, 10), programs)
    assert comparison["fast"].seconds == pytest.approx(11 * 0.25)
    assert comparison["slow"].seconds == pytest.approx(11 * 4.0)


def test_the_pace_is_the_median_of_the_turns_in_processor_time(monkeypatch):
    processor, wall = Clock(), Clock()
    monkeypatch.setattr(lsedash.running.recorder, "perf_counter", wall)
    for module in (lsedash.running.runner, lsedash.running.recorder):
        monkeypatch.setattr(module, "thread_time", processor)

    def program(*arguments):
        for k, pair in enumerate(counting(*arguments)):
            processor.work(5.0 if k == 0 else 0.002)  # the first call loads a library
            wall.work(60.0 if k % 7 == 3 else 0.002)  # others keep the machine busy
            yield pair

    run = compare(Experiment(ONE, [0], 0.1, 50), [Fake(program)])["fake"]
    assert run.pace == pytest.approx(0.002)
    assert run.seconds > 100 * 51 * run.pace  # the time on the wall is another matter


def test_a_program_that_never_yields_has_no_pace():
    def program(*_):
        yield from ()

    assert compare(START, [Fake(program)])["fake"].pace == 0
