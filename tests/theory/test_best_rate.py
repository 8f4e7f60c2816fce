"""The best rate for N iterations from a start, against brute force and against real runs."""

from dataclasses import replace
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext

import numpy as np
import pytest

from helpers.theory import EPS, NOTHING, WORKED, measured, terms
from lsedash import Experiment, LinearSystem, Theory, sweep
from lsedash.presets import PRESETS

SHAPES = [(m, n) for m in range(1, 6) for n in range(1, 6)]


def random_cases():
    """100 systems: four of each shape, of any rank above 0, of small and of large numbers."""
    rng = np.random.default_rng(7)
    for m, n in SHAPES * 4:
        rank = int(rng.integers(1, min(m, n) + 1))
        A = rng.standard_normal((m, rank)) @ rng.standard_normal((rank, n))
        size = 10.0 ** rng.choice([0, 0, 0, -15, 15])
        iterations = int(rng.choice([1, 2, 10, 50, 1000, 20_000]))
        yield LinearSystem(size * A, rng.standard_normal(m)), rng.standard_normal(n), iterations


def removable(theory, x0, iterations):
    """rate -> the loss above the smallest possible one, in 60 digits and without underflow."""
    modes = [
        (Decimal(float(d)), Decimal(float(curvature)))
        for d, curvature in zip(
            theory.residual_along(x0), theory.curvatures[: theory.rank], strict=True
        )
    ]
    return lambda rate: sum(d**2 * (1 - rate * lam) ** (2 * iterations) for d, lam in modes) / 2


def brute_force(loss, theory):
    """The rate with the smallest loss: a grid, and finer grids around its smallest point."""
    low, high = (1 / Decimal(float(theory.curvatures[i])) for i in (0, theory.rank - 1))
    while high - low > Decimal("1e-9") * low:
        grid = [low + (high - low) * i / 12 for i in range(13)]
        smallest = min(range(13), key=lambda i: loss(grid[i]))
        low, high = grid[max(smallest - 1, 0)], grid[min(smallest + 1, 12)]
    return (low + high) / 2


def test_the_best_rate_for_n_iterations_is_that_of_brute_force_on_100_systems():
    compared = 0
    with localcontext(Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN)):
        for system, x0, iterations in random_cases():
            theory = Theory(system)
            loss = removable(theory, x0, iterations)
            expected, best = brute_force(loss, theory), theory.best_learning_rate(x0, iterations)
            assert abs(Decimal(best) / expected - 1) <= Decimal("1e-6")
            if theory.rank > 1:  # the loss is 0 at the best rate for a single mode
                assert loss(Decimal(best)) <= loss(expected) * (1 + Decimal("1e-9"))
            compared += 1
    assert compared == 100


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.title)
def test_no_rate_of_a_sweep_leaves_less_than_the_best_rate(preset):
    experiment = preset.experiment
    theory = Theory(experiment.system)
    best = theory.best_learning_rate(experiment.x0, experiment.iterations)
    shares = np.concatenate([np.linspace(0.02, 1.98, 99), [1, 1 - 1e-3, 1 + 1e-3, 1 - 1e-6]])
    rates = [best, theory.optimal_learning_rate, *(best * shares)]
    losses = sweep(experiment, rates)[-1]
    rounding = (100 * EPS * terms(experiment.system, experiment.x0)) ** 2
    assert losses[0] <= np.nanmin(losses) * (1 + 1e-9) + rounding


def test_on_the_worked_example_it_leaves_half_of_what_the_rate_for_the_long_run_leaves():
    experiment = Experiment(WORKED, None, 0.1, 50)
    theory = Theory(WORKED)
    best = theory.best_learning_rate(experiment.x0, 50)
    assert best == pytest.approx(0.3274, abs=5e-5)
    left = [
        measured(replace(experiment, learning_rate=rate)).losses[-1]
        for rate in (best, theory.optimal_learning_rate)
    ]
    assert left == pytest.approx([0.003405, 0.006923], rel=1e-3)


def test_in_the_long_run_it_is_the_optimal_rate():
    theory = Theory(WORKED)
    apart = [
        abs(theory.best_learning_rate(np.zeros(3), n) - theory.optimal_learning_rate)
        for n in (10, 100, 1000, 10_000, 100_000)
    ]
    assert apart == sorted(apart, reverse=True)
    assert apart[-1] < 1e-5


def test_one_mode_takes_one_step():
    theory = Theory(LinearSystem([[2, 0], [0, 1]], [2, 5]))
    assert theory.best_learning_rate([3, 5], 10) == 1 / 4  # only the steep mode has an error
    assert theory.best_learning_rate([1, 7], 10) == 1  # only the flat one: beyond the edge, 1/2
    assert theory.best_learning_rate([1, 7], 10) > theory.critical_learning_rate


def test_where_every_rate_leaves_the_same_it_is_the_optimal_one():
    theory = Theory(WORKED)
    assert theory.best_learning_rate([0, 0, 0], 0) == theory.optimal_learning_rate
    assert theory.best_learning_rate([-3, 2, 3], 50) == theory.optimal_learning_rate
    assert Theory(NOTHING).best_learning_rate([1, 2], 50) == np.inf
