"""A copy of lsedash with further programs, added to it as CONTRIBUTING says."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import lsedash

ROOT = Path(lsedash.__file__).parents[1]
TESTS = Path(__file__).parents[1]

NUMPY_EINSUM = '''"""Variant 6: einsum. Every product names its axes."""

import numpy as np


def descend(A, b, x0, learning_rate, iterations):
    x = np.array(x0)

    for _ in range(iterations + 1):
        # forward
        residual = np.einsum("ij,j->i", A, x) - b

        # loss: 1/2 ||A x - b||^2
        loss = 0.5 * np.linalg.norm(residual) ** 2
        yield x, loss  # hand the current point to whoever watches

        # backward: the gradient of the loss with respect to x, by formula
        gradient = np.einsum("ij,i->j", A, residual)

        # update: one step downhill
        x -= learning_rate * gradient
'''

TORCH_FUNCTIONAL = '''"""Variant 7: autograd.grad. The gradient is returned, not stored."""

import torch


def descend(A, b, x0, learning_rate, iterations):
    A = torch.tensor(A)
    b = torch.tensor(b)
    x = torch.tensor(x0).requires_grad_()

    for _ in range(iterations + 1):
        # forward: every operation on x is recorded in a graph
        residual = A @ x - b

        # loss: 1/2 ||A x - b||^2
        loss = 0.5 * torch.linalg.vector_norm(residual) ** 2
        yield x, loss  # hand the current point to whoever watches

        # backward: walk the graph back; the gradient is the result
        (gradient,) = torch.autograd.grad(loss, x)

        # update: the step itself must not be recorded
        with torch.no_grad():
            x -= learning_rate * gradient
'''

FURTHER = {
    "numpy_einsum": ("Einsum", "Every product names its axes.", NUMPY_EINSUM),
    "torch_functional": ("Functional", "The gradient is a result.", TORCH_FUNCTIONAL),
}


OPTIMIZER = ("adamax", "Adamax", "Adam with the largest recent gradient.")
PITFALL = ("wrong_sign", "x += α · gradient", "It climbs away from the solution.", "It climbs.")


def copy_with_further_programs(folder):
    """Copy the package into a folder; add two variants, an optimizer and a pitfall to it."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "lsedash", folder / "lsedash", ignore=ignored)
    programs = folder / "lsedash" / "programs"
    for key, (title, lesson, source) in FURTHER.items():
        write(programs / "variants" / f"{key}.py", source)
        insert(programs / "variants" / "__init__.py", f'Program("{key}", "{title}", "{lesson}"),')
    key, title, lesson = OPTIMIZER
    source = (programs / "optimizers" / "adam.py").read_text(encoding="utf-8")
    write(programs / "optimizers" / f"{key}.py", source.replace("optim.Adam(", "optim.Adamax("))
    insert(programs / "optimizers" / "__init__.py", f'_optimizer("{key}", "{title}", "{lesson}"),')
    add_pitfall(folder / "lsedash")


def add_pitfall(package):
    key, title, symptom, predicted = PITFALL
    pitfalls, variants = package / "programs" / "pitfalls", package / "programs" / "variants"
    source = (variants / "numpy_by_hand.py").read_text(encoding="utf-8")
    write(pitfalls / f"{key}.py", source.replace("x -= learning_rate", "x += learning_rate"))
    said = f'symptom="{symptom}", lesson="Go downhill.", fix="Subtract.", bites="Anywhere."'
    insert(pitfalls / "__init__.py", f'_pitfall("{key}", "{title}", original=_NUMPY, {said}),')
    predict = f'lambda experiment: scaled(experiment, "{predicted}", rate=-1.0, loss=1.0)'
    insert(package / "theory" / "pitfalls.py", f'"{key}": {predict},', "PREDICTIONS: ", "}")


def write(file, text):
    assert not file.exists()
    file.write_text(text, encoding="utf-8")


def insert(file, entry, start=" = Catalogue(", end=")"):
    """Add an entry as the last of the catalogue, or table, that is in a file."""
    text = file.read_text(encoding="utf-8")
    at = text.index(f"\n{end}\n", text.index(start))
    file.write_text(f"{text[:at]}\n    {entry}{text[at:]}", encoding="utf-8")


def python(folder, *arguments):
    """Run Python on the copy; what it printed."""
    paths = os.pathsep.join([str(folder), str(TESTS)])
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def visited(folder):
    """What `helpers.visit_everything` saw on the copy."""
    python(folder, "-m", "helpers.visit_everything", "seen.json")
    return json.loads((folder / "seen.json").read_text(encoding="utf-8"))
