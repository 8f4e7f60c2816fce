"""Real runs at many rates: what each came to, where the cliff is, and stopping halfway."""

from dataclasses import replace

import numpy as np
import pytest

from lsedash import VARIANTS, Experiment, Theory, compare
from lsedash.presets import random_system
from lsedash.programs.pitfalls import MEAN_WITHOUT_HALF as MEAN
from lsedash.programs.pitfalls import PITFALLS
from lsedash.running.batch import sweep
from lsedash.running.rates import coarse_first, outcomes, stream_comparisons, stream_scan
from lsedash.running.runner import stream
from lsedash.text.fields import DEFAULT

RATES = np.linspace(0.01, 0.4, 17)
MEAN_WITH_HALF = next(pitfall for pitfall in PITFALLS if pitfall.key == "mean_with_half")


def scanned(experiment=DEFAULT, rates=RATES, programs=VARIANTS, tolerance=0.1):
    *_, last = stream_scan(experiment, rates, programs, tolerance)
    return last.snapshot()


def test_every_outcome_is_that_of_a_run_of_its_own():
    scan = scanned()
    assert scan.learning_rates.tolist() == RATES.tolist()
    for i, rate in enumerate(RATES):
        for run in compare(replace(DEFAULT, learning_rate=rate)).runs:
            assert scan.losses[run.key][i] == run.losses[-1]
            below = run.points[run.losses <= 0.1]
            np.testing.assert_equal(scan.reached[run.key][i], below[0] if len(below) else np.nan)


def test_a_run_that_diverged_has_no_loss():
    scan = scanned(replace(DEFAULT, iterations=800), [0.1, 5.0], VARIANTS[:1])
    assert np.isfinite(scan.losses["numpy_by_hand"]).tolist() == [True, False]


def test_the_tolerance_does_not_end_the_runs():
    scan = scanned(replace(DEFAULT, tolerance=1.0), [0.1], VARIANTS[:1])
    assert scan.losses["numpy_by_hand"][0] == compare(DEFAULT).runs[0].losses[-1]


@pytest.mark.parametrize("count", [1, 2, 3, 25, 200])
def test_the_coarse_rates_come_first_and_each_comes_once(count):
    order = coarse_first(count)
    assert sorted(order) == list(range(count))
    for part in (4, 8, 16):
        seen = sorted(order[: part + 1])
        if part < count:
            assert max(np.diff(seen)) <= 2 * count / part


def test_stopping_to_listen_leaves_what_was_run():
    reports = stream_scan(DEFAULT, RATES, VARIANTS[:1], 0.1)
    for report in reports:
        if report.done == 5:
            break
    reports.close()
    scan = report.snapshot()
    assert len(scan.learning_rates) == 5
    assert (np.diff(scan.learning_rates) > 0).all()


def test_the_deadline_ends_it_with_what_there_is():
    *_, last = stream_scan(DEFAULT, RATES, VARIANTS[:1], 0.1, deadline=0.0)
    assert last.finished
    assert last.done < len(RATES)


def test_whole_comparisons_can_be_kept():
    *_, last = stream_comparisons(DEFAULT, [0.2, 0.1], VARIANTS, lambda comparison: comparison)
    found = last.snapshot()
    assert set(found) == {0.1, 0.2}
    assert found[0.2].experiment.learning_rate == 0.2
    assert outcomes(found[0.1], 0.5)["torch_module"].reached == 24


def test_the_cliff_is_where_theory_has_it():
    """The first rate on a fine grid whose loss at N exceeds that at N/2, on 100 systems."""
    points, half = 2000, 1000
    shares = 1 + np.arange(-10, 11) / 400  # of 2 / lambda_max
    for seed in range(100):
        system = random_system(3, m=4, n=3, seed=seed)
        experiment = Experiment(system, np.arange(1.0, 4.0), 0.1, points)
        edge = Theory(system).critical_learning_rate
        losses = sweep(experiment, shares * edge)
        grows = ~(losses[points] <= losses[half])
        grows &= losses[half] > 1e-20  # else both are nothing but rounding
        first = shares[np.flatnonzero(grows)[0]]
        assert abs(first - 1) <= 1 / 400 + 1e-12


@pytest.mark.parametrize(("program", "factor"), [(MEAN_WITH_HALF, 1 / 4), (MEAN, 2 / 4)])
def test_the_mean_moves_the_cliff(program, factor):
    """With m = 4 rows the effective rate is alpha / 4, and without the half twice that."""
    experiment = Experiment(random_system(3, m=4, n=3, seed=7), [3, -1, 2], 0.1, 3000)
    edge = Theory(experiment.system).critical_learning_rate / factor
    scan = scanned(experiment, [0.98 * edge, 1.02 * edge], [program])
    start = compare(replace(experiment, iterations=0), [program]).runs[0].losses[0]
    below, above = scan.losses[program.key]
    assert below < start < above


@pytest.mark.parametrize("max_points", [20, 10_000])
def test_the_first_point_within_a_tolerance_is_exact_though_few_points_are_recorded(max_points):
    experiment = replace(DEFAULT, learning_rate=0.1, iterations=5000)
    tolerance = 0.5
    *_, last = stream(experiment, VARIANTS, max_points, watched=tolerance)
    losses = compare(experiment, VARIANTS[:1]).runs[0].losses
    first = int(np.argmax(losses <= tolerance))
    assert first % 256  # no point of a thinned record
    for run in last.snapshot().runs:
        assert run.reached == first
        assert outcomes(last.snapshot(), tolerance)[run.key].reached == first
        assert len(run.points) <= max(max_points, 5001 if max_points > 5000 else 0)


def test_rates_that_share_the_time_all_have_the_part_that_ran():
    long = replace(DEFAULT, iterations=10**6)
    rates = [0.1, 0.2, 0.3]
    keep = lambda comparison: comparison.runs[0]  # noqa: E731
    *_, last = stream_comparisons(long, rates, VARIANTS[:1], keep, 0.3, shared=True)
    runs = last.snapshot()
    assert sorted(runs) == rates
    assert {run.stopped_by for run in runs.values()} == {"deadline"}
    lengths = [run.last_point for run in runs.values()]
    assert min(lengths) > 0.1 * max(lengths)
