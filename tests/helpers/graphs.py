"""Programs with graphs, and what they have at a point."""

import numpy as np
import pytest

from lsedash import VARIANTS, Experiment, LinearSystem, compare
from lsedash.programs.pitfalls import PITFALLS

RNG = np.random.default_rng(5)
A, b, X0 = RNG.standard_normal((4, 3)), RNG.standard_normal(4), RNG.standard_normal(3)
TALL = Experiment(LinearSystem(A, b), X0, 0.1, 6)
NUMPY, AUTOGRAD, MSE_LOSS = map(
    VARIANTS.named, ("numpy_by_hand", "torch_autograd", "torch_mse_loss")
)
TORCH = [variant for variant in VARIANTS if "import torch" in variant.source]

torch_variants = pytest.mark.parametrize("variant", TORCH, ids=lambda variant: variant.key)
points = pytest.mark.parametrize("k", [0, 1, 6])


def pitfall(key):
    (found,) = [pitfall for pitfall in PITFALLS if pitfall.key == key]
    return found


def at(variant, k, experiment=TALL):
    """The running program, and its loss at point k."""
    steps = variant.program(*experiment.arguments())
    for _ in range(k + 1):
        _, loss = next(steps)
    return steps, loss


def x_at(variant, k, experiment=TALL):
    return compare(experiment, [variant])[variant.key].iterates[k]
