"""Many learning rates at once: each column is the descent that a variant makes alone."""

import warnings
from copy import copy, deepcopy
from dataclasses import replace
from pickle import dumps, loads

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.strategies import descents
from lsedash import VARIANTS, Experiment, InvalidInput, LinearSystem, Theory, compare
from lsedash.presets import random_system
from lsedash.running.batch import descend_together, stream_sweep, sweep
from lsedash.text.fields import DEFAULT

SHARES = [0.01, 0.3, 0.5, 0.97, 1.0, 1.05]  # of the largest stable rate


def alone(variant, experiment, rate):
    """The losses of one variant at one rate, (N + 1,), not finite where it diverged."""
    (run,) = compare(replace(experiment, learning_rate=float(rate), tolerance=None), [variant]).runs
    losses = np.full(experiment.iterations + 1, np.inf)
    losses[run.points] = run.losses
    return losses


def assert_same(ours, theirs, rounding=1e-12):
    """Equal relative to the largest loss of the run, and finite at the same points."""
    finite = np.isfinite(theirs)
    assert (np.isfinite(ours) == finite).all()
    apart = np.abs(ours[finite] - theirs[finite]).max(initial=0.0)
    assert apart <= rounding * theirs[finite].max(initial=0.0)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.key)
@pytest.mark.parametrize("system", [(3, 3), (5, 2), (2, 6), (40, 40)], ids=str)
def test_each_column_is_what_a_variant_does_at_that_rate(variant, system):
    m, n = system
    experiment = Experiment(random_system(4, m=m, n=n, seed=3), np.arange(n), 0.1, 200)
    rates = np.array(SHARES) * Theory(experiment.system).critical_learning_rate
    for ours, rate in zip(sweep(experiment, rates).T, rates, strict=True):
        assert_same(ours, alone(variant, experiment, rate))


@given(descents(iterations=60), st.lists(st.floats(0.01, 3.0), min_size=1, max_size=4))
def test_on_any_system_it_is_what_numpy_does(experiment, factors):
    rates = np.array(factors) * experiment.learning_rate
    for ours, rate in zip(sweep(experiment, rates).T, rates, strict=True):
        assert_same(ours, alone(VARIANTS[0], experiment, rate))


def test_a_rate_far_beyond_the_edge_is_finite_as_long_as_a_variant_is():
    experiment = replace(DEFAULT, iterations=400)
    ours = sweep(experiment, [2.0])[:, 0]
    theirs = alone(VARIANTS[0], experiment, 2.0)
    last = int(np.flatnonzero(np.isfinite(theirs))[-1])
    assert np.isfinite(ours[: last + 1]).all()
    assert not np.isfinite(ours[last + 1])


def test_it_does_not_warn_where_numbers_run_away():
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        sweep(replace(DEFAULT, iterations=2000), [0.1, 5.0])
    assert warned == []


def test_single_precision_stays_single():
    experiment = replace(DEFAULT, dtype="float32", iterations=100)
    for ours, rate in zip(sweep(experiment, [0.05, 0.2]).T, [0.05, 0.2], strict=True):
        assert_same(ours, alone(VARIANTS[0], experiment, rate), 1e-6)


def test_no_iterations_leave_the_start():
    assert sweep(replace(DEFAULT, iterations=0), [0.1, 0.2]).tolist() == [[7.0, 7.0]]


def test_reports_tell_how_far_it_is_and_stopping_to_listen_stops_it():
    reports = stream_sweep(replace(DEFAULT, iterations=1000), [0.1])
    first = next(reports)
    assert 0 < first.done < first.total == 1001
    assert not first.finished
    assert first.snapshot().shape == (first.done, 1)
    reports.close()
    *_, last = stream_sweep(replace(DEFAULT, iterations=1000), [0.1])
    assert last.finished
    assert last.snapshot().shape == (1001, 1)


@pytest.mark.parametrize(
    ("rates", "message"),
    [
        ([], "must be a list of numbers"),
        ([[0.1]], "must be a list of numbers"),
        ([0.1, -1], "must be positive; one is -1.0"),
        ([0.0], "must be positive; one is 0.0"),
        ([np.nan], "must be positive; one is nan"),
        ([np.inf], "must be positive; one is inf"),
    ],
)
def test_what_is_no_list_of_rates_gets_one_sentence(rates, message):
    with pytest.raises(InvalidInput, match=message):
        sweep(DEFAULT, rates)


def test_several_systems_and_starts_descend_together_without_mixing():
    rng = np.random.default_rng(5)
    A, b = rng.standard_normal((3, 4, 2)), rng.standard_normal((3, 4))
    starts = rng.standard_normal((3, 2, 5))
    rates = np.array([0.01, 0.05, 0.02, 0.03, 0.04])
    *_, (x, losses) = descend_together(A, b, starts, rates, 20)
    for s in range(3):
        for c, rate in enumerate(rates):
            alone = Experiment(LinearSystem(A[s], b[s]), starts[s, :, c], float(rate), 20)
            (run,) = compare(alone, VARIANTS[:1]).runs
            np.testing.assert_allclose(x[s, :, c], run.iterates[-1], rtol=1e-12)
            np.testing.assert_allclose(losses[s, c], run.losses[-1], rtol=1e-12)


def test_the_starts_are_left_as_they_are():
    start = np.ones((1, 3, 2))
    system = DEFAULT.system
    list(descend_together(system.A[None], system.b[None], start, np.array([0.1, 0.2]), 3))
    assert (start == 1).all()


def test_a_batch_keeps_the_points_it_is_asked_for_and_ends_at_its_deadline():
    experiment, rates, points = replace(DEFAULT, iterations=1000), [0.05, 0.1], [0, 7, 8, 1000]
    *_, last = stream_sweep(experiment, rates, points)
    assert np.array_equal(last.snapshot(), sweep(experiment, rates)[points])
    *_, last = stream_sweep(replace(DEFAULT, iterations=10**7), rates, points, deadline=0.1)
    assert (last.finished, len(last.snapshot())) == (True, 4)
    assert last.done < 10**7


def test_a_sweep_is_an_array_and_what_is_made_of_it_is_a_plain_one():
    losses = sweep(DEFAULT, [0.1, 0.2, 0.3])
    assert isinstance(losses, np.ndarray)
    assert losses.shape == (DEFAULT.iterations + 1, 3)
    assert losses.learning_rates.tolist() == [0.1, 0.2, 0.3]
    for made in (losses[0], losses[:, 1], losses - 1, losses.min(axis=0), np.log(losses)):
        assert type(made) is np.ndarray
    assert isinstance(losses.min(), float)


@pytest.mark.parametrize("again", [copy, deepcopy, lambda s: loads(dumps(s)), lambda s: s.copy()])
def test_a_copy_of_a_sweep_can_be_drawn_and_a_part_of_it_cannot(again):
    losses = sweep(replace(DEFAULT, iterations=2), [0.1, 0.2, 0.3])
    copied = again(losses)
    assert np.array_equal(copied, losses)
    assert copied.plot().data[0].x.tolist() == [0.1, 0.2, 0.3]
    assert not hasattr(losses[1:], "plot")
    assert not hasattr(losses.T, "plot")
