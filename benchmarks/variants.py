"""What watching costs: each variant through the runner, every point recorded, against a plain loop
doing the same arithmetic with nothing recorded.

    .venv/bin/python benchmarks/variants.py [--rounds 21]

The two take turns within one run and the ratio is taken round by round, so a machine whose speed
drifts does not matter; the table shows medians.
"""

import os

for library in ("OMP", "OPENBLAS", "MKL"):  # before the first import: the systems are tiny
    os.environ[f"{library}_NUM_THREADS"] = "1"

import argparse
from statistics import median
from time import perf_counter

import numpy as np
import torch

from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.presets import random_system

torch.set_num_threads(1)


def numpy_by_hand(A, b, x0, learning_rate, iterations):
    x = np.array(x0)
    for _ in range(iterations + 1):
        residual = A @ x - b
        loss = 0.5 * np.linalg.norm(residual) ** 2
        gradient = A.T @ residual
        x -= learning_rate * gradient
    return loss


def torch_autograd(A, b, x0, learning_rate, iterations):
    A = torch.tensor(A).unsqueeze(0)
    b = torch.tensor(b).reshape(1, -1, 1)
    x = torch.tensor(x0).reshape(1, -1, 1).requires_grad_()
    for _ in range(iterations + 1):
        residual = torch.bmm(A, x) - b
        loss = 0.5 * torch.linalg.vector_norm(residual) ** 2
        loss.backward()
        with torch.no_grad():
            x -= learning_rate * x.grad
        x.grad = None
    return loss


def torch_mse_loss(A, b, x0, learning_rate, iterations):
    A = torch.tensor(A)
    b = torch.tensor(b).reshape(-1, 1)
    x = torch.tensor(x0).reshape(-1, 1).requires_grad_()
    squared_error = torch.nn.MSELoss(reduction="sum")
    for _ in range(iterations + 1):
        prediction = torch.matmul(A, x)
        loss = 0.5 * squared_error(prediction, b)
        loss.backward()
        with torch.no_grad():
            x -= learning_rate * x.grad
        x.grad = None
    return loss


class LinearModel(torch.nn.Module):
    def __init__(self, A, x0):
        super().__init__()
        self.A = A
        self.x = torch.nn.Parameter(x0)

    def forward(self):
        return torch.matmul(self.A, self.x)


def torch_module(A, b, x0, learning_rate, iterations):
    model = LinearModel(torch.tensor(A), torch.tensor(x0).reshape(-1, 1))
    b = torch.tensor(b).reshape(-1, 1)
    squared_error = torch.nn.MSELoss(reduction="sum")
    for _ in range(iterations + 1):
        prediction = model()
        loss = 0.5 * squared_error(prediction, b)
        loss.backward()
        with torch.no_grad():
            model.x -= learning_rate * model.x.grad
        model.x.grad = None
    return loss


def torch_optimizer(A, b, x0, learning_rate, iterations):
    model = LinearModel(torch.tensor(A), torch.tensor(x0).reshape(-1, 1))
    b = torch.tensor(b).reshape(-1, 1)
    squared_error = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for _ in range(iterations + 1):
        prediction = model()
        loss = 0.5 * squared_error(prediction, b)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    return loss


PLAIN = (numpy_by_hand, torch_autograd, torch_mse_loss, torch_module, torch_optimizer)


def seconds(work, *args):
    began = perf_counter()
    work(*args)
    return perf_counter() - began


def measure(experiment: Experiment, rounds: int) -> np.ndarray:
    """Seconds per iteration, (rounds, variants, 2): through the runner, and plain."""
    system, count = experiment.system, experiment.iterations + 1
    plain_args = (
        system.A,
        system.b,
        experiment.x0,
        experiment.learning_rate,
        experiment.iterations,
    )
    result = np.empty((rounds + 1, len(VARIANTS), 2))
    for i in range(rounds + 1):
        for j, (variant, plain) in enumerate(zip(VARIANTS, PLAIN, strict=True)):
            watched = lambda one=variant: compare(experiment, [one], max_points=count)  # noqa: E731
            if i % 2:
                watched_seconds, plain_seconds = seconds(watched), seconds(plain, *plain_args)
            else:
                plain_seconds, watched_seconds = seconds(plain, *plain_args), seconds(watched)
            result[i, j] = watched_seconds / count, plain_seconds / count
    return result[1:]  # the first round warms up


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=21)
    rounds = parser.parse_args().rounds
    worked = LinearSystem([[1, 2, 0], [0, 1, 0], [0, 0, 1]], [1, 2, 3])
    for system, iterations in ((worked, 2000), (random_system(100, m=300, n=300), 1000)):
        rate = Theory(system).optimal_learning_rate
        times = measure(Experiment(system, None, rate, iterations), rounds)
        print(
            f"n = {system.n}, {iterations} iterations, {rounds} rounds: microseconds an iteration"
        )
        print(f"{'':18}{'runner':>9}{'plain':>9}{'ratio':>8}")
        for j, variant in enumerate(VARIANTS):
            row(variant.key, times[:, j])
        row("sum of the five", times.sum(axis=1))
        print()


def row(name: str, pairs: np.ndarray) -> None:
    runner, plain = np.median(pairs, axis=0) * 1e6
    print(f"{name:18}{runner:9.2f}{plain:9.2f}{median(pairs[:, 0] / pairs[:, 1]):8.3f}")


if __name__ == "__main__":
    main()
