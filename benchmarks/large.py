"""A large least-squares problem: descent against direct solvers, until the same loss.

    .venv/bin/python benchmarks/large.py [--rows 1000000] [--columns 100] [--kappa 3] [--rounds 3]

Every method takes its turn in each round, and its ratio to `np.linalg.lstsq` is taken round by
round. Descent has the learning rate that is fastest in the long run; to know it takes a singular
value decomposition, which is timed by itself. What is measured is the time from A and b as NumPy
arrays to the first x whose loss is at most (1 + excess) times the smallest possible one.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from os import getloadavg
from statistics import median
from time import perf_counter

import numpy as np

from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare

try:
    from sklearn.linear_model import LinearRegression, SGDRegressor
except ImportError:
    SGDRegressor = None

EXCESS = (1e-2, 1e-6)  # of the loss above the smallest possible one, relative to it
MOST_EPOCHS = 10  # of scikit-learn's SGD
Times = dict[float, float]  # seconds by excess; nan if it was not reached


@dataclass(frozen=True)
class Problem:
    """A system, the losses to reach by excess, and descent on it.

    (`descent` stops at the smallest of the losses.)
    """

    system: LinearSystem
    losses: dict[float, float]
    descent: Experiment


def made(m: int, n: int, kappa: float) -> LinearSystem:
    """Gaussian columns of falling length, and a right-hand side with noise."""
    rng = np.random.default_rng(1)
    A = rng.standard_normal((m, n))
    A *= np.geomspace(1, 1 / kappa, n)
    b = A @ np.ones(n) + rng.standard_normal(m)
    A.flags.writeable = False  # so that the system shares it
    return LinearSystem(A, b)


def posed(system: LinearSystem) -> tuple[Problem, int]:
    """The problem, and how many iterations theory predicts for the smallest of the losses."""
    theory = Theory(system)
    losses = {excess: (1 + excess) * theory.least_loss for excess in EXCESS}
    rate, least = theory.optimal_learning_rate, min(losses.values())
    count = theory.iterations_to(least, np.zeros(system.n), rate)
    assert count is not None
    return Problem(system, losses, Experiment(system, None, rate, 2 * count, least)), count


def descends(key: str, problem: Problem) -> Times:
    """One program; its iterations take equal times."""
    began = perf_counter()
    run = compare(problem.descent, [VARIANTS.named(key)])[key]
    seconds = perf_counter() - began
    return {
        excess: seconds * int(np.argmax(run.losses <= loss)) / run.last_point
        for excess, loss in problem.losses.items()
    }


def solves(solve: Callable[[np.ndarray, np.ndarray], np.ndarray], problem: Problem) -> Times:
    """A direct solver is done when it is done."""
    began = perf_counter()
    x = solve(problem.system.A, problem.system.b)
    seconds, loss = perf_counter() - began, problem.system.loss(x)
    return {e: seconds if loss <= most else np.nan for e, most in problem.losses.items()}


def lstsq(A: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.linalg.lstsq(A, b, rcond=None)[0]


def normal_equations(A: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.linalg.solve(A.T @ A, A.T @ b)


def linear_regression(A: np.ndarray, b: np.ndarray) -> np.ndarray:
    return LinearRegression(fit_intercept=False).fit(A, b).coef_


def stochastic(problem: Problem) -> Times:
    """scikit-learn's SGD with its own schedule, epoch by epoch; the losses are not timed."""
    model = SGDRegressor(penalty=None, fit_intercept=False, random_state=0)
    times, seconds = dict.fromkeys(problem.losses, np.nan), 0.0
    for _ in range(MOST_EPOCHS):
        began = perf_counter()
        model.partial_fit(problem.system.A, problem.system.b)
        seconds += perf_counter() - began
        loss = problem.system.loss(model.coef_)
        for excess, most in problem.losses.items():
            if np.isnan(times[excess]) and loss <= most:
                times[excess] = seconds
        if not any(map(np.isnan, times.values())):
            break
    return times


def contestants() -> dict[str, Callable[[Problem], Times]]:
    """The methods by name; without scikit-learn, those that need none."""
    methods: dict[str, Callable[[Problem], Times]] = {
        "np.linalg.lstsq": partial(solves, lstsq),
        "normal equations": partial(solves, normal_equations),
    }
    methods |= {variant.key: partial(descends, variant.key) for variant in VARIANTS}
    if SGDRegressor is None:
        print("scikit-learn is missing; get it by: .venv/bin/pip install -e '.[benchmarks]'")
        return methods
    methods["LinearRegression"] = partial(solves, linear_regression)
    methods["SGDRegressor"] = stochastic
    return methods


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--columns", type=int, default=100)
    parser.add_argument("--kappa", type=float, default=3.0, help="ratio of the columns' lengths")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    system = made(options.rows, options.columns, options.kappa)
    began = perf_counter()
    problem, count = posed(system)
    print(
        f"{system.m} x {system.n}, {system.A.nbytes / 1e6:.0f} MB, load {getloadavg()[0]:.1f}; "
        f"Theory: {perf_counter() - began:.1f} s; descent needs {count} iterations to the last loss"
    )
    methods = contestants()
    rounds = [{name: run(problem) for name, run in methods.items()} for _ in range(options.rounds)]
    for excess in EXCESS:
        print(f"\nto {excess:g} above the smallest loss{'':7}seconds   times lstsq's (min to max)")
        for name in methods:
            row(name, [(each[name][excess], each["np.linalg.lstsq"][excess]) for each in rounds])
    print(f"\nload at the end: {getloadavg()[0]:.1f}")


def row(name: str, pairs: list[tuple[float, float]]) -> None:
    ratios = sorted(ours / theirs for ours, theirs in pairs)
    if any(map(np.isnan, ratios)):
        print(f"{name:34}{'not reached':>12}")
        return
    seconds = median(ours for ours, _ in pairs)
    print(f"{name:34}{seconds:8.2f}   {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")


if __name__ == "__main__":
    main()
