"""Systems of known theory, measured runs of them, and how much rounding may do."""

import numpy as np

from helpers.programs import NUMPY
from lsedash import LinearSystem, compare

EPS = np.finfo(float).eps
WORKED = LinearSystem([[1, 2, 0], [0, 1, 0], [0, 0, 1]], [1, 2, 3])
NOTHING = LinearSystem([[0, 0], [0, 0]], [3, 4])
DIAGONAL = LinearSystem([[2, 0, 0], [0, 1, 0], [0, 0, 0]], [2, 1, 0])  # curvatures 4, 1, 0
TWELVE = LinearSystem(np.diag(np.arange(12.0, 0, -1)), np.zeros(12))  # x_i is mode i's coordinate


def measured(experiment):
    return compare(experiment, NUMPY, max_points=10**6).runs[0]


def about(experiment, run):
    """What `mode_losses` and its like are asked for, to have them at the points of a run."""
    return experiment.x0, experiment.learning_rate, run.points


def terms(system, iterates):
    """The largest of what A x and b bring into A x - b; what rounding is relative to."""
    reach = np.linalg.norm(np.atleast_2d(iterates), axis=1).max()
    return np.linalg.norm(system.A, 2) * reach + np.linalg.norm(system.b)


def limit_of(system, x0):
    """A^+ b + (I - A^+ A) x0, as x0 and the shortest step that lowers its loss most."""
    x0 = np.asarray(x0, dtype=float)
    return x0 + np.linalg.lstsq(system.A, system.b - system.A @ x0, rcond=None)[0]
