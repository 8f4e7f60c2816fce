"""What the runner records."""

import numpy as np
import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.programs import NUMPY, Fake
from helpers.runs import COUNTING, ONE, WORKED, numbers_up_to
from lsedash import VARIANTS, Experiment, compare, stream


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
