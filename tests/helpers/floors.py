"""Paths in exact arithmetic, to hold measured ones against, and the float types."""

from dataclasses import replace

import numpy as np
import pytest

from lsedash import Experiment, Theory
from lsedash.text.fields import DEFAULT

DTYPES = ["float64", "float32"]
UNIT = {"float64": 2.0**-53, "float32": 2.0**-24}
LONG = replace(DEFAULT, iterations=2000)

both_dtypes = pytest.mark.parametrize("dtype", DTYPES)


def exact_path(experiment):
    """The iterates in longdouble, (N + 1, n), by the rule alone: without a closed form."""
    A, b, x = (
        array.astype(np.longdouble)
        for array in (experiment.system.A, experiment.system.b, experiment.x0)
    )
    path = [x]
    for _ in range(experiment.iterations):
        x = x - np.longdouble(experiment.learning_rate) * (A.T @ (A @ x - b))
        path.append(x)
    return np.array(path)


def at_the_optimal_rate(system, iterations, x0=None):
    return Experiment(system, x0, Theory(system).optimal_learning_rate, iterations)


def exact_losses(experiment):
    """Losses along the exact path, (N + 1,)."""
    residuals = exact_path(experiment) @ experiment.system.A.T - experiment.system.b
    return (residuals**2).sum(axis=1).astype(float) / 2


def exact_deviations(run, experiment):
    """The larger of the differences in x and in the root of the loss, each of its terms."""
    A, b, path = experiment.system.A, experiment.system.b, exact_path(experiment).astype(float)
    reach, steepest = np.linalg.norm(run.iterates.astype(float), axis=1).max(), np.linalg.norm(A, 2)
    in_x = np.abs(run.iterates - path).max(axis=1) / (reach + np.linalg.norm(b) / steepest)
    in_root = np.abs(np.sqrt(run.losses) - np.sqrt(exact_losses(experiment)))
    return np.maximum(in_x, in_root / (steepest * reach + np.linalg.norm(b)))
