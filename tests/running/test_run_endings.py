"""How a run ends, and what it keeps of a program that raised."""

import gc
from dataclasses import replace

import numpy as np
import pytest

from helpers.programs import NUMPY, Fake, counting
from helpers.runs import ONE, START, WORKED, breaking, numbers_up_to
from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare, stream
from lsedash.commands.report import report
from lsedash.export.document import document
from lsedash.running.run import Comparison

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


# --- disagreement


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


# --- who stopped a run


def test_a_stopped_run_says_whether_its_time_was_up_or_the_user_ended_it():
    long = Experiment(WORKED, None, 0.1, 10**7)
    (late,) = compare(long, NUMPY, deadline=0.0).runs
    assert (late.status, late.stopped_by) == ("stopped", "deadline")
    first = next(stream(long, NUMPY)).snapshot()  # closing the iterator stops the runs
    assert (first.runs[0].status, first.runs[0].stopped_by) == ("stopped", "cancel")
    theory = Theory(long.system)
    exported = document(Comparison(long, (late,)), theory)["runs"][0]
    assert exported["stopped_by"] == "deadline"
    assert "because its time was up" in "\n".join(
        report(Comparison(long, (late,)), theory, every=9)
    )
    assert compare(START, NUMPY).runs[0].stopped_by == ""
