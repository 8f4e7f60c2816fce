"""Experiments whose programs are taken home, and the cells of what is saved."""

import json
from dataclasses import replace

import numpy as np
import pytest

from lsedash import VARIANTS, Experiment, LinearSystem

RNG = np.random.default_rng(11)
A, b, X0 = RNG.standard_normal((4, 3)), RNG.standard_normal(4), RNG.standard_normal(3)
WORKED = Experiment(LinearSystem([[1, 2, 0], [0, 1, 0], [0, 0, 1]], [1, 2, 3]))
TALL = Experiment(LinearSystem(A, b), X0, 0.1 / 3, 137)
WIDE = RNG.standard_normal((7, 40))
EXPERIMENTS = {
    "worked": WORKED,
    "worked, float32": replace(WORKED, dtype="float32"),
    "4 x 3": TALL,
    "4 x 3, float32": replace(TALL, dtype="float32"),
    "with a tolerance": replace(WORKED, tolerance=1 / 3, learning_rate=0.3),
    "with a tolerance, float32": replace(
        WORKED, tolerance=1 / 3, learning_rate=0.3, dtype="float32"
    ),
    "a tolerance of 0 that is reached": Experiment(
        LinearSystem([[1]], [1]), [1], 0.5, 10, tolerance=0
    ),
    "growing": replace(TALL, learning_rate=1.0, iterations=50),
    "not finite in the end": replace(TALL, learning_rate=1e3, iterations=100),
    "not finite in the end, float32": replace(
        TALL, learning_rate=1e3, iterations=100, dtype="float32"
    ),
    "not finite at the start": Experiment(LinearSystem([[1e200]], [0]), [1e200], 0.1, 3),
    "not a number at the start": Experiment(
        LinearSystem([[1e200, -1e200]], [0]), [1e200, 1e200], 0.1, 3
    ),
    "no iteration": replace(TALL, iterations=0),
    "one iteration": replace(TALL, iterations=1),
    "7 x 40": Experiment(LinearSystem(WIDE, WIDE[:, 0]), RNG.standard_normal(40), 1e-3, 30),
}
TORCH = [variant for variant in VARIANTS if "import torch" in variant.source]

variants = pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.key)
cases = pytest.mark.parametrize("case", EXPERIMENTS)


def cells(text):
    """The code of a notebook, cell by cell."""
    found = json.loads(text)["cells"]
    return ["".join(cell["source"]) for cell in found if cell["cell_type"] == "code"]
