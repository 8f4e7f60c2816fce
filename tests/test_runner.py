"""What the runner records, how a run ends, and what it keeps away from everybody else."""

import gc
import threading
import warnings
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st
from programs import NUMPY, Fake, counting

import lsedash.runner
from lsedash import VARIANTS, Experiment, LinearSystem, compare, stream

WORKED = LinearSystem([[1, 2, 0], [0, 1, 0], [0, 0, 1]], [1, 2, 3])
ONE = LinearSystem([[1]], [0])
START = Experiment(ONE, [8], 0.5, 10)  # x halves at each step
COUNTING = Fake(counting, "counting")


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
    monkeypatch.setattr(lsedash.runner, "perf_counter", clock)
    return clock


def numbers_up_to(end, then):
    """A program that counts and, at point `end`, does something else."""

    def program(*arguments):
        for point, (x, loss) in enumerate(counting(*arguments)):
            if point == end:
                yield from then(x, loss)
                return
            yield x, loss

    return program


def breaking(_x, _loss):
    raise ArithmeticError("broken")
    yield


def slow(clock, seconds):
    def program(*arguments):
        for pair in counting(*arguments):
            clock.work(seconds)
            yield pair

    return program


# --- what is recorded


@pytest.mark.parametrize("iterations", [0, 1, 50, 1000])
def test_a_finished_run_has_n_plus_1_points(iterations):
    comparison = compare(Experiment(WORKED, None, 0.1, iterations))
    assert list(comparison) == [variant.key for variant in VARIANTS]
    for run in comparison.values():
        assert run.status == "finished"
        assert run.points.tolist() == list(range(iterations + 1))
        assert run.iterates.shape == (iterations + 1, 3)
        assert run.losses.shape == (iterations + 1,)
        assert run.last_point == iterations


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_a_run_holds_what_the_variant_yields(dtype):
    experiment = Experiment(WORKED, [1, 1, 1], 0.1, 20, dtype=dtype)
    comparison = compare(experiment)
    arguments = [array.astype(dtype) for array in (WORKED.A, WORKED.b, experiment.x0)]
    for variant in VARIANTS:
        run = comparison[variant.key]
        points = [
            (torch.as_tensor(x).detach().flatten().tolist(), loss.item())
            for x, loss in variant(*arguments, 0.1, 20)
        ]
        assert run.iterates.dtype == dtype
        assert run.losses.dtype == np.float64
        assert run.iterates.tolist() == [x for x, _ in points]
        assert run.losses.tolist() == [loss for _, loss in points]


@given(st.integers(0, 2000), st.integers(2, 300))
def test_a_long_run_is_thinned_to_evenly_spaced_points(iterations, max_points):
    run = compare(Experiment(ONE, [0], 0.1, iterations), [COUNTING], max_points)["counting"]
    gaps = np.diff(run.points)
    assert len(run.points) <= max_points
    assert run.points[0] == 0
    assert run.points[-1] == iterations
    assert len(set(gaps[:-1])) <= 1  # all equal but for the way to the last point
    assert (gaps <= gaps[:1]).all()
    assert run.iterates[:, 0].tolist() == run.points.tolist()
    assert run.losses.tolist() == (iterations - run.points).tolist()


@given(st.integers(0, 500), st.integers(2, 700))
@example(iterations=100, max_points=101)
@example(iterations=100, max_points=100)
def test_a_run_keeps_all_its_points_if_there_is_room_and_half_of_the_room_if_not(
    iterations, max_points
):
    run = compare(Experiment(ONE, [0], 0.1, iterations), [COUNTING], max_points)["counting"]
    if iterations + 1 <= max_points:
        assert len(run.points) == iterations + 1
    else:
        assert len(run.points) >= max_points / 2


def test_a_run_that_ends_early_is_seen_in_full():
    ending = Fake(numbers_up_to(80, lambda x, _: [(x, np.nan)]))
    run = compare(Experiment(ONE, [0], 0.1, 10**6), [ending], max_points=101)["fake"]
    assert run.points.tolist() == list(range(80))


def test_iterates_are_copied_at_once_from_live_memory():
    for run in compare(Experiment(WORKED, None, 0.1, 20)).values():
        assert len(np.unique(run.iterates, axis=0)) == 21


def test_iterates_are_seen_where_the_data_of_a_tensor_is_replaced():
    def program(_A, _b, x0, _learning_rate, iterations):
        x = torch.nn.Parameter(torch.tensor(x0))
        for point in range(iterations + 1):
            yield x, torch.tensor(1.0)
            x.data = torch.full_like(x, point + 1)

    run = compare(Experiment(ONE, [0], 0.1, 50), [Fake(program)])["fake"]
    assert run.iterates[:, 0].tolist() == list(range(51))


def test_iterates_are_seen_where_each_is_a_new_tensor():
    def program(_A, _b, x0, _learning_rate, iterations):
        x = torch.tensor(x0)
        for _ in range(iterations + 1):
            yield x, x.sum()
            x = x + 1

    run = compare(Experiment(ONE, [0], 0.1, 50), [Fake(program)])["fake"]
    assert run.iterates[:, 0].tolist() == list(range(51))


@pytest.mark.parametrize("made", [np.array, torch.tensor])
def test_iterates_keep_the_float_type_that_a_program_made_of_them(made):
    def program(_A, _b, x0, _learning_rate, iterations):
        for point in range(iterations + 1):
            yield made((x0 + point).astype("float32")), made(np.float32(1))

    run = compare(Experiment(WORKED, [1, 2, 3], 0.1, 2), [Fake(program)])["fake"]
    assert run.iterates.dtype == np.float32
    assert run.iterates.tolist() == [[1, 2, 3], [2, 3, 4], [3, 4, 5]]


def test_a_comparison_is_not_touched_by_what_comes_after_it():
    reports = stream(Experiment(WORKED, None, 0.1, 5000), NUMPY, max_points=51)
    early = [next(reports).snapshot() for _ in range(5)]
    before = [(c.runs[0].points.tolist(), c.runs[0].iterates.tolist()) for c in early]
    losses = [c.runs[0].losses.tolist() for c in early]
    *_, last = reports
    assert last.snapshot().runs[0].last_point == 5000
    assert [(c.runs[0].points.tolist(), c.runs[0].iterates.tolist()) for c in early] == before
    assert [c.runs[0].losses.tolist() for c in early] == losses


# --- how a run ends


@pytest.mark.parametrize("tolerance", [7.0, 0.5, 1e-3, 1e-9])
def test_converged_is_the_first_point_at_or_below_the_tolerance(tolerance):
    experiment = Experiment(WORKED, None, 0.3, 600)
    free = compare(experiment)
    for key, run in compare(replace(experiment, tolerance=tolerance)).items():
        first = int(np.flatnonzero(free[key].losses <= tolerance)[0])
        assert run.status == "converged"
        assert run.last_point == first
        assert run.losses.tolist() == free[key].losses[: first + 1].tolist()


def test_a_loss_equal_to_the_tolerance_has_converged():
    run = compare(replace(START, tolerance=2.0), NUMPY).runs[0]  # losses 32, 8, 2, ...
    assert (run.status, run.points.tolist()) == ("converged", [0, 1, 2])


def test_a_tolerance_below_the_least_loss_is_never_reached():
    system = LinearSystem([[1], [1]], [0, 2])  # the least loss is 1
    for run in compare(Experiment(system, None, 0.2, 500, tolerance=0.99)).values():
        assert run.status == "finished"


def test_a_diverged_run_keeps_its_last_finite_point_and_the_others_go_on():
    system, start = LinearSystem([[1]], [0]), [1.0]
    diverging = Fake(lambda A, b, x0, _, N: VARIANTS[0](A, b, x0, 1001.0, N), "diverging")
    experiment = Experiment(system, start, 0.5, 200)
    comparison = compare(experiment, [diverging, *VARIANTS])
    run = comparison["diverging"]
    assert run.status == "diverged"
    assert np.isfinite(run.iterates).all()
    assert np.isfinite(run.losses).all()
    # x_k = (-1000)^k: half its square is last below 10^308 at k = 51
    np.testing.assert_allclose(np.abs(run.iterates[:, 0]), 1000.0 ** np.arange(52), rtol=1e-12)
    for variant in VARIANTS:
        assert (comparison[variant.key].status, comparison[variant.key].last_point) == (
            "finished",
            200,
        )


def test_a_run_that_only_grows_has_finished():
    for run in compare(Experiment(WORKED, None, 0.4, 50)).values():
        assert run.status == "finished"
        assert run.losses[-1] > 1000 * run.losses[0]


@pytest.mark.parametrize("x0", [1e30, 1e300])  # its square overflows in float32; so does it itself
def test_a_start_that_overflows_has_diverged_before_its_first_point(x0):
    comparison = compare(Experiment(WORKED, [x0, 0, 0], 0.1, 50, dtype="float32"))
    for run in comparison.values():
        assert run.status == "diverged"
        assert run.last_point == -1
        assert run.points.shape == run.losses.shape == (0,)
        assert run.iterates.shape == (0, 3)
    assert all(apart.shape == (0,) for apart in comparison.disagreement().values())


def test_a_raised_exception_is_kept_and_the_others_go_on():
    broken = Fake(numbers_up_to(4, breaking), "broken")
    comparison = compare(Experiment(ONE, [0], 0.1, 300), [broken, *VARIANTS])
    run = comparison["broken"]
    assert run.status == "raised"
    assert isinstance(run.exception, ArithmeticError)
    assert str(run.exception) == "broken"
    assert run.points.tolist() == [0, 1, 2, 3]
    for variant in VARIANTS:
        assert comparison[variant.key].status == "finished"
        assert comparison[variant.key].exception is None


def test_a_program_that_stops_by_itself_has_finished():
    short = Fake(numbers_up_to(4, lambda _x, _loss: []))
    run = compare(Experiment(ONE, [0], 0.1, 300), [short])["fake"]
    assert (run.status, run.points.tolist()) == ("finished", [0, 1, 2, 3])


def test_a_deadline_stops_all_runs_with_what_there_is(clock):
    programs = [Fake(slow(clock, 1.0), "one"), Fake(slow(clock, 1.0), "two")]
    comparison = compare(Experiment(ONE, [0], 0.1, 1000), programs, deadline=20.0)
    assert [run.status for run in comparison.runs] == ["stopped", "stopped"]
    assert comparison["one"].points.tolist() == comparison["two"].points.tolist()
    assert 10 <= comparison["one"].last_point + 1 <= 12  # both took about 20 s


def test_a_deadline_that_is_not_reached_changes_nothing(clock):
    run = compare(Experiment(ONE, [0], 0.1, 10), [Fake(slow(clock, 1.0))], deadline=11.5)["fake"]
    assert (run.status, run.last_point) == ("finished", 10)


def test_a_stream_nobody_listens_to_stops_its_runs():
    worked = []

    def program(*arguments):
        for pair in counting(*arguments):
            worked.append(pair)
            yield pair

    reports = stream(Experiment(ONE, [0], 0.1, 10**6), [Fake(program)])
    report = next(reports)
    reports.close()
    run = report.snapshot()["fake"]
    assert run.status == "stopped"
    assert len(worked) == len(run.points) == report.done < 1000


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
        assert [run.last_point for run in report.snapshot().runs] == [report.done - 1] * 5


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


# --- warnings


def warning_of(*messages):
    def program(*arguments):
        for pair in counting(*arguments):
            for message in messages:
                warnings.warn(message, UserWarning, stacklevel=1)
            yield pair

    return program


def test_warnings_are_kept_once_each_and_not_passed_on():
    with warnings.catch_warnings(record=True) as passed_on:
        warnings.simplefilter("always")
        comparison = compare(
            Experiment(ONE, [0], 0.1, 500), [Fake(warning_of("one", "two")), *NUMPY]
        )
    assert comparison["fake"].warnings == ("UserWarning: one", "UserWarning: two")
    assert comparison[NUMPY[0].key].warnings == ()
    assert passed_on == []


def test_the_filters_for_warnings_are_left_as_they_were():
    before = list(warnings.filters)
    compare(Experiment(ONE, [0], 0.1, 5), [Fake(warning_of("one"))])
    assert warnings.filters == before


def test_an_overflow_is_a_warning_of_the_run():
    run = compare(Experiment(WORKED, None, 0.5, 5000), NUMPY).runs[0]
    assert run.status == "diverged"
    assert any("overflow" in warning for warning in run.warnings)


def test_two_comparisons_at_once_each_keep_their_own_warnings():
    together = threading.Barrier(2)
    kept = {}

    def listen(name):
        together.wait()
        *_, last = stream(Experiment(ONE, [0], 0.1, 3000), [Fake(warning_of(name))])
        kept[name] = last.snapshot()["fake"].warnings

    before = list(warnings.filters)
    threads = [threading.Thread(target=listen, args=(name,)) for name in ("ours", "theirs")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept == {"ours": ("UserWarning: ours",), "theirs": ("UserWarning: theirs",)}
    assert warnings.filters == before


# --- disagreement


def test_disagreement_is_the_largest_difference_to_the_first_run():
    comparison = compare(Experiment(WORKED, [1, 1, 1], 0.1, 50))
    disagreement = comparison.disagreement()
    first = comparison["numpy_by_hand"].iterates
    assert list(disagreement) == list(comparison)
    assert not disagreement["numpy_by_hand"].any()
    for key, run in comparison.items():
        assert disagreement[key].tolist() == [
            max(abs(row - other)) for row, other in zip(run.iterates, first, strict=True)
        ]
        assert disagreement[key].max() < 1e-15 * 50


def test_disagreement_is_told_on_the_points_that_both_have():
    def far(*arguments):
        for x, loss in counting(*arguments):
            yield x + 0.5, loss

    short = Fake(numbers_up_to(40, breaking), "short")
    comparison = compare(
        Experiment(ONE, [0], 0.1, 100), [COUNTING, short, Fake(far)], max_points=51
    )
    assert comparison["counting"].points.tolist() == [*range(0, 101, 4)]
    assert comparison["short"].points.tolist() == [*range(40)]
    disagreement = comparison.disagreement()
    assert disagreement["short"].tolist() == [0.0] * 10  # 0, 4, ..., 36
    assert disagreement["fake"].tolist() == [0.5] * 26


def test_a_key_without_a_run_is_a_key_error():
    with pytest.raises(KeyError):
        compare(START, NUMPY)["torch_module"]


def raising(_A, _b, x0, _learning_rate, _iterations):
    yield x0, 1.0
    raise ValueError("on purpose")


def leaving(_A, _b, x0, _learning_rate, iterations):
    for point in range(iterations + 1):
        yield np.full(len(x0), 1.0 if point < 2 else np.nan), 1.0


def test_what_a_program_raised_keeps_nothing_alive_that_it_held():
    before = len([thing for thing in gc.get_objects() if type(thing).__name__ == "_Recorder"])
    failing = Fake(raising)
    (run,) = compare(START, [failing]).runs
    gc.collect()
    after = len([thing for thing in gc.get_objects() if type(thing).__name__ == "_Recorder"])
    assert run.status == "raised"
    assert run.exception.__traceback__ is None
    assert run.traceback[-1].name == "raising"
    assert after == before


def test_a_point_whose_x_is_not_finite_is_none_even_if_its_loss_is():
    (run,) = compare(START, [Fake(leaving)]).runs
    assert run.status == "diverged"
    assert run.points.tolist() == [0, 1]
    assert np.isfinite(run.iterates).all()
    assert len(run.losses) == 2
