"""Many experiments around the goals of our lessons, run in one batch."""

from dataclasses import replace

import numpy as np

from lsedash import Comparison, LinearSystem, Run
from lsedash.lessons.facts import Facts
from lsedash.lessons.seeds import begun
from lsedash.running.batch import descend_together
from lsedash.text.link import read_link
from lsedash.theory.closed_form import Theory
from lsedash.theory.momentum import losses as momentum_losses

NUMPY, NEVER_CLEARED = "numpy_by_hand", "never_cleared"
SEED = 3


def around(start, count, rng):
    """Experiments of the same shape as `start`: half on its system, half on other ones."""
    m, n = start.system.A.shape
    systems = [start.system] * (count // 2)
    systems += [
        LinearSystem(rng.normal(size=(m, n)), rng.normal(size=m)) for _ in range(count // 2)
    ]
    edges = [Theory(system).critical_learning_rate for system in systems]
    rates = np.array(edges) * 10 ** rng.uniform(-2.5, 0.5, count)
    starts = start.x0 + rng.normal(size=(count, n))
    together = zip(systems, starts, rates, strict=True)
    return [replace(start, system=A, x0=x0, learning_rate=rate) for A, x0, rate in together]


def facts_around(lesson, index, count, rng):
    """The facts of random experiments that somebody in this step could make."""
    opened = read_link(begun(lesson, index, SEED))
    experiments = around(opened.experiment, count, rng)
    return [
        Facts(e, theory, comparison, opened.experiment, lesson.page, opened.show, opened.settings)
        for e, theory, comparison in compared(experiments)
    ]


def compared(experiments):
    """Each experiment with its theory, and with the runs of NumPy and of the uncleared gradient."""
    right, wrong = descended(experiments, 0.0), descended(experiments, 1.0)
    for i, experiment in enumerate(experiments):
        runs = (run_of(NUMPY, *right, i), run_of(NEVER_CLEARED, *wrong, i))
        yield experiment, Theory(experiment.system), Comparison(experiment, runs)


def descended(experiments, momentum):
    """The points and losses of all experiments at once, with a momentum of 0 or 1."""
    A = np.array([e.system.A for e in experiments])
    b = np.array([e.system.b for e in experiments])
    x = np.array([e.x0 for e in experiments])[:, :, None]
    rates = np.array([e.learning_rate for e in experiments])[:, None, None]
    iterations = experiments[0].iterations
    if not momentum:
        steps = [
            (at[:, :, 0].copy(), losses)
            for at, losses in descend_together(A, b, x, rates, iterations)
        ]
        points, losses = zip(*steps, strict=True)
        return np.array(points), np.array(losses)[:, :, 0]
    points, losses, velocity = [], [], 0.0
    for _ in range(iterations + 1):
        residual = A @ x - b[:, :, None]
        points.append(x[:, :, 0])
        losses.append(0.5 * np.sum(residual[:, :, 0] ** 2, axis=1))
        velocity = velocity + A.swapaxes(1, 2) @ residual
        x = x - rates * velocity
    return np.array(points), np.array(losses)


def run_of(key, points, losses, i):
    return Run(key, np.arange(len(losses)), points[:, i], losses[:, i], "finished", 0.0)


def predicted(facts, *, momentum=False):
    """The losses of all points by the closed form, which no program computed."""
    e = facts.experiment
    if momentum:
        return momentum_losses(facts.theory, e.x0, e.learning_rate, 1.0, e.iterations)
    return facts.theory.losses(e.x0, e.learning_rate, np.arange(e.iterations + 1))
