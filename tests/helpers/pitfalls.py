"""The pitfalls by key, their right programs, their edges, and how well a run is predicted."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from lsedash import Experiment, LinearSystem, compare
from lsedash.looking.graph import count_nodes
from lsedash.programs.pitfalls import PITFALLS
from lsedash.text.fields import DEFAULT
from lsedash.theory.pitfalls import predict

BY_KEY = {pitfall.key: pitfall for pitfall in PITFALLS}
STARTED = replace(DEFAULT, x0=[4.0, -1.0, 2.0])  # a start of whole numbers other than 0
EVERY = pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: pitfall.key)


def run_right(key, experiment):
    """The run of the program that the pitfall got wrong."""
    return compare(experiment, [BY_KEY[key].variant]).runs[0]


def bits(run):
    return run.iterates.tobytes(), run.losses.tobytes()


def steepest(system):
    return float(np.linalg.norm(system.A, 2) ** 2)


def nodes_alive(program, name):
    """How many nodes of graphs the program's own losses keep alive, at each point."""
    steps, counts = program(*DEFAULT.arguments()), []
    for _ in steps:
        alive = steps.gi_frame.f_locals[name]
        counts.append(count_nodes(alive if isinstance(alive, list) else [alive]))
    return counts


def unscaled(system):
    """The system whose first column is in a unit ten times smaller."""
    return LinearSystem(system.A * [10, *[1] * (system.n - 1)], system.b)


def over_steepest(system, curvature):
    """2 / curvature, times lambda_max."""
    return 2 * steepest(system) / curvature if curvature else 2


# The largest stable learning rate times lambda_max, for a system.
EDGES = {
    "minus_gradient": lambda _: 1,
    "sign_reversed": lambda _: 0,
    "entry_by_entry": lambda s: over_steepest(s, max(np.linalg.norm(s.A, axis=0)) ** 2),
    "never_cleared": lambda _: 4,
    "cleared_too_early": lambda _: inf,
    "half_forgotten": lambda _: 1,
    "mean_with_half": lambda s: 2 * s.m,
    "features_not_scaled": lambda s: over_steepest(s, steepest(unscaled(s))),
    "broadcast_b": lambda s: 2 / s.m,
    "float32_by_default": lambda _: 2,
    "outer_x": lambda _: inf,
    "parameter_replaced": lambda _: inf,
    "scheduler_first": lambda _: 2 / 0.98,
    "history_without_copy": lambda _: 2,
    "graphs_kept": lambda _: 2,
}
# Beyond their edges these may grow at first or not at all, and end somewhere all the same.
BOUNDED = {"entry_by_entry", "scheduler_first"}
DESCENDING = pytest.mark.parametrize("pitfall", [BY_KEY[key] for key in EDGES], ids=list(EDGES))

SYSTEMS = {
    "worked example": DEFAULT.system,
    "wide": LinearSystem([[1, 2, 0, -1], [0, 1, -1, 3]], [1, 2]),
    "tall": LinearSystem([[1, 2], [0, 1], [3, -1], [1, 1]], [1, 2, 3, -4]),
    "rank 1 of 3": LinearSystem(np.outer([1, -2, 3], [2, 1, 1]), [1, 2, 3]),
    "one by one": LinearSystem([[3]], [2]),
    "one row": LinearSystem([[1, 2, 3]], [4]),
    "nothing": LinearSystem([[0, 0], [0, 0]], [3, 4]),
}
DIAGONAL = LinearSystem([[2, 0, 0], [0, 1, 0], [0, 0, 0]], [2, 1, 0])  # curvatures 4, 1, 0


def at_edge(pitfall, system, share, iterations=60, x0=None):
    """An experiment at a share of the pitfall's edge; of the right program's if it has none."""
    edge = EDGES[pitfall.key](system)
    product = 2 if edge in (0, inf) else edge
    rate = share * (product / steepest(system) if system.A.any() else 1)
    start = np.arange(1, system.n + 1) if x0 is None else x0
    return Experiment(system, start, rate, iterations)


def rounding(pitfall):
    return 1e-4 if pitfall.key == "float32_by_default" else 1e-9


def assert_agrees(pitfall, experiment):
    """Run and prediction, relative to the largest terms that the run adds up."""
    run, prediction = pitfall.run(experiment), predict(pitfall.key, experiment)
    system, m = experiment.system, experiment.system.m
    assert run.status == "finished"
    size = np.linalg.norm(system.A, 2)
    reach = np.linalg.norm([experiment.x0, *run.iterates.astype(float)], axis=1).max()
    pull = np.linalg.norm(system.b)
    x, losses = prediction.iterates(run.points), prediction.losses(run.points)
    assert x.shape == run.iterates.shape
    assert losses.shape == run.losses.shape
    within = rounding(pitfall)
    np.testing.assert_allclose(
        run.iterates, x, rtol=0, atol=within * (reach + pull / size if size else 1 + reach)
    )
    off = np.abs(np.sqrt(run.losses) - np.sqrt(losses)).max()
    assert off <= within * m * (size * reach + pull)
