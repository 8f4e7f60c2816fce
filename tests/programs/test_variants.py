"""What every variant promises; a new one in VARIANTS is held to it without another line here."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

import lsedash.programs.variants
from lsedash import VARIANTS

A = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, -1.0]])
b = np.array([1.0, 2.0])
X0 = np.array([0.5, -1.0, 2.0])
RATE = 0.1

SHAPES = {"n=1": (3, 1), "m=1": (1, 3), "1x1": (1, 1), "64 unknowns": (64, 64)}

ALONE = """
import json, sys
sys.modules["lsedash"] = None  # importing it now fails
import numpy as np
A, b, x0, rate, sources = json.load(sys.stdin)
losses = {}
for key, source in sources.items():
    place = {"__name__": "pasted"}
    exec(compile(source, key, "exec"), place)
    steps = place["descend"](np.array(A), np.array(b), np.array(x0), rate, 10)
    losses[key] = [loss.item() for _, loss in steps]
print(json.dumps(losses))
"""

pytestmark = pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.key)


def flat(x):
    """A copy of x as a NumPy vector, whatever it is and whichever axes it has."""
    array = x if isinstance(x, np.ndarray) else x.detach().numpy()
    return array.reshape(-1).copy()


def walk(variant, A=A, b=b, x0=X0, learning_rate=RATE, iterations=5):
    steps = variant(A, b, x0, learning_rate, iterations)
    points = [(flat(x), loss.item()) for x, loss in steps]
    return np.array([x for x, _ in points]), np.array([loss for _, loss in points])


def loss_at(x, A=A, b=b):
    """1/2 ||A x - b||^2 for each row of x, by another formula than any variant's."""
    residuals = x @ A.T - b
    return 0.5 * np.einsum("ki,ki->k", residuals, residuals)


def by_formula(x, A, b, learning_rate, iterations):
    """The path, from the expanded gradient A^T A x - A^T b."""
    path = [x]
    for _ in range(iterations):
        path.append(path[-1] - learning_rate * (A.T @ A @ path[-1] - A.T @ b))
    return np.array(path)


@pytest.fixture(scope="module")
def alone():
    """The losses of every variant's source, run where `lsedash` cannot be imported."""
    sources = {variant.key: variant.source for variant in VARIANTS}
    given = json.dumps([A.tolist(), b.tolist(), X0.tolist(), RATE, sources])
    command = [sys.executable, "-c", ALONE]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_its_first_point_is_the_start(variant):
    iterates, _ = walk(variant)
    assert iterates[0].tolist() == X0.tolist()


@pytest.mark.parametrize("iterations", [0, 1, 7])
def test_n_iterations_give_n_plus_1_points(variant, iterations):
    iterates, losses = walk(variant, iterations=iterations)
    assert iterates.shape == (iterations + 1, 3)
    assert losses.shape == (iterations + 1,)


def test_it_descends_along_the_gradient(variant):
    iterates, _ = walk(variant, iterations=20)
    np.testing.assert_allclose(iterates, by_formula(X0, A, b, RATE, 20), atol=1e-13)


def test_each_loss_is_the_loss_at_its_own_point(variant):
    iterates, losses = walk(variant, iterations=20)
    np.testing.assert_allclose(losses, loss_at(iterates), rtol=1e-13)


def test_each_loss_is_a_single_number(variant):
    for _, loss in variant(A, b, X0, RATE, 2):
        assert loss.shape == ()


def test_it_leaves_its_arguments_as_they_are(variant):
    given = [A.copy(), b.copy(), X0.copy()]
    walk(variant, *given)
    assert [array.tolist() for array in given] == [A.tolist(), b.tolist(), X0.tolist()]


def test_it_takes_read_only_arrays(variant):
    given = [A.copy(), b.copy(), X0.copy()]
    for array in given:
        array.flags.writeable = False
    iterates, _ = walk(variant, *given)
    assert iterates.tolist() == walk(variant)[0].tolist()


def test_it_leaves_the_grad_mode_as_it_is_while_it_waits_and_after(variant):
    assert [torch.is_grad_enabled() for _ in variant(A, b, X0, RATE, 3)] == [True] * 4
    assert torch.is_grad_enabled()


def test_it_leaves_the_grad_mode_as_it_is_when_it_is_abandoned(variant):
    steps = variant(A, b, X0, RATE, 3)
    next(steps)
    next(steps)
    steps.close()
    assert torch.is_grad_enabled()


def test_two_of_it_at_once_do_not_disturb_each_other(variant):
    ours, theirs = (variant(A, b, x0, RATE, 5) for x0 in (X0, 2 * X0))
    paths = [(flat(x), flat(other)) for (x, _), (other, _) in zip(ours, theirs, strict=True)]
    expected = walk(variant)[0], walk(variant, x0=2 * X0)[0]
    assert np.array([x for x, _ in paths]).tolist() == expected[0].tolist()
    assert np.array([other for _, other in paths]).tolist() == expected[1].tolist()


def test_float32_stays_float32(variant):
    steps = variant(*(array.astype("float32") for array in (A, b, X0)), RATE, 3)
    kinds = {(str(x.dtype).removeprefix("torch."), str(loss.dtype)[-7:]) for x, loss in steps}
    assert kinds == {("float32", "float32")}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_it_takes_systems_of_every_shape(variant, shape):
    rng = np.random.default_rng(1)
    A, b, x0 = (
        rng.standard_normal(shape),
        rng.standard_normal(shape[0]),
        rng.standard_normal(shape[1]),
    )
    rate = 1 / np.linalg.norm(A, 2) ** 2
    iterates, losses = walk(variant, A, b, x0, rate, 10)
    np.testing.assert_allclose(iterates, by_formula(x0, A, b, rate, 10), atol=1e-13)
    np.testing.assert_allclose(losses, loss_at(iterates, A, b), rtol=1e-12, atol=1e-25)


def test_its_source_is_the_text_of_the_file_that_runs(variant):
    file = Path(lsedash.programs.variants.__file__).parent / f"{variant.key}.py"
    assert variant.source == file.read_text(encoding="utf-8")
    assert Path(variant.program.__code__.co_filename) == file


def test_its_source_runs_without_us(variant, alone):
    np.testing.assert_allclose(alone[variant.key], walk(variant, iterations=10)[1], rtol=1e-13)


def test_its_source_imports_only_numpy_or_torch(variant):
    tree = ast.parse(variant.source)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] in (["import numpy as np"], ["import torch"])


def test_its_source_fits_on_a_screen(variant):
    lines = variant.source.splitlines()
    assert len(lines) <= 45
    assert max(len(line) for line in lines) <= 80


def test_it_has_a_name_and_a_lesson_of_its_own(variant):
    others = [other for other in VARIANTS if other is not variant]
    for attribute in ("key", "title", "lesson"):
        assert getattr(variant, attribute) not in {"", *(getattr(o, attribute) for o in others)}
    assert variant.lesson.endswith(".")
