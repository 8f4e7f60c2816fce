"""Hundreds of learning rates at once, against looping over the NumPy program.

    .venv/bin/python benchmarks/sweep.py [--rounds 7]

256 rates, 1000 iterations. The two take turns within one run and the ratio is taken round by round;
the loop runs every 16th rate and is counted 16 times, since each takes the same time.
"""

import os

for library in ("OMP", "OPENBLAS", "MKL"):  # before the first import
    os.environ[f"{library}_NUM_THREADS"] = "1"

import argparse
from dataclasses import replace
from statistics import median
from time import perf_counter

import numpy as np

from lsedash import VARIANTS, Experiment, Theory
from lsedash.presets import random_system
from lsedash.running.batch import sweep

RATES, ITERATIONS, EVERY = 256, 1000, 16
TARGETS = {3: 20, 100: 4}  # unknowns: how many times faster


def seconds(work):
    began = perf_counter()
    work()
    return perf_counter() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    print("  n   sweep ms    loop ms   times faster (min to max)   target")
    for n, target in TARGETS.items():
        experiment = Experiment(random_system(5, m=n, n=n, seed=1), None, 0.1, ITERATIONS)
        edge = Theory(experiment.system).critical_learning_rate
        rates = np.linspace(0.01, 0.99, RATES) * edge

        def loop(experiment=experiment, rates=rates):
            for rate in rates[::EVERY]:
                for _ in VARIANTS.named("numpy_by_hand")(
                    *replace(experiment, learning_rate=rate).arguments()
                ):
                    pass

        def together(experiment=experiment, rates=rates):
            sweep(experiment, rates)

        pairs = [(seconds(together), EVERY * seconds(loop)) for _ in range(rounds + 1)][1:]
        ratios = sorted(slow / fast for fast, slow in pairs)
        ours, theirs = (1000 * median(pair[i] for pair in pairs) for i in (0, 1))
        print(
            f"{n:3} {ours:10.1f} {theirs:10.1f}   {median(ratios):.1f} "
            f"({ratios[0]:.1f} to {ratios[-1]:.1f}){'':12}{target}"
        )


if __name__ == "__main__":
    main()
