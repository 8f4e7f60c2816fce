"""Experiments whose modes are drawn, and the data gathered for the charts."""

import numpy as np
import pytest

from helpers.programs import NUMPY
from lsedash import Experiment, LinearSystem, Theory, compare
from lsedash.figures.curves import loss_curve
from lsedash.figures.modes import stack
from lsedash.figures.style import stroke
from lsedash.presets import PRESETS, random_system

EPS = np.finfo(float).eps
LOOK = stroke("numpy_by_hand")
EXPERIMENTS = {preset.key: preset.experiment for preset in PRESETS}
WORKED, FIT = EXPERIMENTS["worked_example"], EXPERIMENTS["straight_line_fit"]
SIXTY_FOUR = Experiment(random_system(50, m=64, n=64), np.linspace(-1, 1, 64), 1.5, 40)
NOTHING = Experiment(LinearSystem([[0, 0], [0, 0]], [3, 4]), [1, 2], 0.1, 5)


def every(experiments):
    return pytest.mark.parametrize("experiment", experiments.values(), ids=experiments.keys())


def gathered(experiment):
    """The comparison, the theory and the curve that the charts are made from."""
    comparison = compare(experiment, NUMPY, max_points=10**6)
    run = comparison.runs[0]
    return (
        comparison,
        Theory(experiment.system),
        loss_curve("measured", run.points, run.losses, LOOK),
    )


def stacked(experiment):
    """The stack at the points that are drawn, and the measured curve there."""
    _, theory, measured = gathered(experiment)
    return stack(theory, experiment.x0, experiment.learning_rate, measured.x), measured
