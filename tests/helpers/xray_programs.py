"""Looks behind the lines of the programs, and the same programs untraced."""

import numpy as np
import pytest

from lsedash import VARIANTS, Experiment, LinearSystem
from lsedash.looking.listing import line_of, lines_to_choose, listing
from lsedash.looking.objects import flat
from lsedash.looking.xray import xray
from lsedash.programs.pitfalls import PITFALLS

RNG = np.random.default_rng(3)
A, b, X0 = RNG.standard_normal((4, 3)), RNG.standard_normal(4), RNG.standard_normal(3)
TALL = Experiment(LinearSystem(A, b), X0, 0.1, 5)
WORKED = Experiment(LinearSystem([[1, 2, 0], [0, 1, 0], [0, 0, 1]], [1, 2, 3]))
NUMPY, AUTOGRAD, MSE_LOSS, MODULE, OPTIMIZER = map(
    VARIANTS.named,
    ("numpy_by_hand", "torch_autograd", "torch_mse_loss", "torch_module", "torch_optimizer"),
)
TORCH = [variant for variant in VARIANTS if "import torch" in variant.source]
WITH_MODEL = [variant for variant in TORCH if "nn.Module" in variant.source]

variants = pytest.mark.parametrize("variant", VARIANTS, ids=lambda program: program.key)
torch_variants = pytest.mark.parametrize("variant", TORCH, ids=lambda program: program.key)
with_model = pytest.mark.parametrize("variant", WITH_MODEL, ids=lambda program: program.key)


def pitfall(key):
    (found,) = [pitfall for pitfall in PITFALLS if pitfall.key == key]
    return found


def seen(found):
    """The same of an `Object`."""
    if found.shape is not None:
        kept = None if found.grad is None else found.grad.tobytes()
        told = (found.value.tobytes(), found.shape, found.dtype)
        return (*told, found.requires_grad, found.is_leaf, found.grad_fn, kept)
    if found.value.startswith("a module"):
        parts = [part for part in found.parts if part.type == "torch.nn.Parameter"]
        return {part.name.removeprefix(f"{found.name}."): seen(part) for part in parts}
    return found.value


def last_line(program, phase):
    """The last line of a phase inside the loop."""
    start = line_of(program.source, "for _ in range")
    lines = [n for n in lines_to_choose(program.source) if n > start]
    return [n for n in lines if listing(program.source)[n - 1].phase == phase][-1]


def behind(program, experiment, iteration, text):
    return xray(program, experiment, iteration, line_of(program.source, text))


def x_of(state):
    """x as the program has it."""
    try:
        return state["model.x"]
    except KeyError:
        return state["x"]


def names(state):
    return {found.name for frame in state.frames for found in flat(frame.objects)}


def gradient_at(experiment, x):
    system = experiment.system
    return system.A.T @ (system.A @ np.ravel(x) - system.b)
