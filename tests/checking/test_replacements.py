"""The programs with one operation replaced are right descents, and round differently."""

import ast
import difflib
import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import lsedash.programs.replacements
from lsedash.checking.ladder import PROGRAMS
from lsedash.programs.replacements import REPLACEMENTS
from lsedash.programs.variants import NUMPY

A = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, -1.0]])
b = np.array([1.0, 2.0])
X0 = np.array([0.5, -1.0, 2.0])
RATE = 0.1

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

# What each replaces, as it is written in its variant, and what stands there instead.
OPERATIONS = {
    "autograd_sum_of_squares": (
        "0.5 * torch.linalg.vector_norm(residual) ** 2",
        "0.5 * (residual**2).sum()",
    ),
    "optimizer_plain_update": ("optimizer.step()", "model.x -= learning_rate * model.x.grad"),
    "numpy_matmul": ("A @ x", "torch.matmul(A, column)"),
    "numpy_bmm": ("A @ x", "torch.bmm(A, column)"),
}

every_replacement = pytest.mark.parametrize("program", REPLACEMENTS, ids=lambda one: one.key)


# --- the replaced programs are right descents, and differ by one operation


def flat(x):
    """A copy of x as a NumPy vector, whatever it is and whichever axes it has."""
    array = x if isinstance(x, np.ndarray) else x.detach().numpy()
    return array.reshape(-1).copy()


def walk(program, A=A, b=b, x0=X0, learning_rate=RATE, iterations=5):
    points = [(flat(x), loss.item()) for x, loss in program(A, b, x0, learning_rate, iterations)]
    return np.array([x for x, _ in points]), np.array([loss for _, loss in points])


def by_formula(x, A, b, learning_rate, iterations):
    """The path, from the expanded gradient A^T A x - A^T b, and the losses on it."""
    path = [x]
    for _ in range(iterations):
        path.append(path[-1] - learning_rate * (A.T @ A @ path[-1] - A.T @ b))
    residuals = np.array(path) @ A.T - b
    return np.array(path), 0.5 * np.einsum("ki,ki->k", residuals, residuals)


@pytest.fixture(scope="module")
def alone():
    """The losses of every replacement's source, run where `lsedash` cannot be imported."""
    sources = {one.key: one.source for one in REPLACEMENTS}
    given = json.dumps([A.tolist(), b.tolist(), X0.tolist(), RATE, sources])
    command = [sys.executable, "-c", ALONE]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@every_replacement
@pytest.mark.parametrize("shape", [(2, 3), (3, 1), (1, 3), (1, 1), (64, 64)], ids=str)
def test_a_replacement_descends_along_the_gradient(program, shape):
    rng = np.random.default_rng(1)
    system = rng.standard_normal(shape), rng.standard_normal(shape[0])
    x0, rate = rng.standard_normal(shape[1]), 1 / np.linalg.norm(system[0], 2) ** 2
    iterates, losses = walk(program, *system, x0, rate, 10)
    path, values = by_formula(x0, *system, rate, 10)
    assert iterates[0].tolist() == x0.tolist()
    np.testing.assert_allclose(iterates, path, atol=1e-13)
    np.testing.assert_allclose(losses, values, rtol=1e-12, atol=1e-25)


@every_replacement
@pytest.mark.parametrize("iterations", [0, 1, 7])
def test_n_iterations_of_a_replacement_give_n_plus_1_points(program, iterations):
    iterates, losses = walk(program, iterations=iterations)
    assert iterates.shape == (iterations + 1, 3)
    assert losses.shape == (iterations + 1,)


@every_replacement
def test_a_replacement_leaves_its_arguments_as_they_are(program):
    given = [A.copy(), b.copy(), X0.copy()]
    iterates, _ = walk(program, *given)
    assert [array.tolist() for array in given] == [A.tolist(), b.tolist(), X0.tolist()]
    for array in given:
        array.flags.writeable = False
    assert walk(program, *given)[0].tolist() == iterates.tolist()


@every_replacement
def test_a_replacement_leaves_the_grad_mode_as_it_is(program):
    assert [torch.is_grad_enabled() for _ in program(A, b, X0, RATE, 3)] == [True] * 4
    steps = program(A, b, X0, RATE, 3)
    next(steps)
    next(steps)
    steps.close()
    assert torch.is_grad_enabled()


@every_replacement
def test_a_replacement_keeps_float32(program):
    steps = program(*(array.astype("float32") for array in (A, b, X0)), RATE, 3)
    kinds = {(str(x.dtype).removeprefix("torch."), str(loss.dtype)[-7:]) for x, loss in steps}
    assert kinds == {("float32", "float32")}


@every_replacement
def test_the_source_of_a_replacement_is_the_file_that_runs(program, alone):
    file = Path(lsedash.programs.replacements.__file__).parent / f"{program.key}.py"
    assert program.source == file.read_text(encoding="utf-8")
    assert Path(program.program.__code__.co_filename) == file
    np.testing.assert_allclose(alone[program.key], walk(program, iterations=10)[1], rtol=1e-13)


@every_replacement
def test_the_source_of_a_replacement_fits_on_a_screen_and_imports_nothing_of_ours(program):
    lines = program.source.splitlines()
    assert len(lines) <= 45
    assert max(len(line) for line in lines) <= 80
    tree = ast.parse(program.source)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {ast.unparse(node) for node in imports}
    assert names <= {"import numpy as np", "import torch"}


@every_replacement
def test_a_replacement_has_another_operation_in_the_place_of_one_and_says_why(program):
    operation, instead = OPERATIONS[program.key]
    assert operation in program.variant.source
    assert operation not in program.source
    assert instead in program.source
    assert instead not in program.variant.source
    assert program.lesson.endswith(".")


@every_replacement
def test_a_replacement_takes_nothing_from_its_variant_but_the_operation(program):
    _, *ours = program.source.splitlines()  # the first line is a title
    _, *theirs = program.variant.source.splitlines()
    gone = [line[2:].strip() for line in difflib.ndiff(theirs, ours) if line.startswith("- ")]
    products = ["residual = A @ x - b", "gradient = A.T @ residual"]
    single = [line.strip() for line in theirs if OPERATIONS[program.key][0] in line]
    assert gone == (products if program.variant is NUMPY else single)


def test_keys_and_titles_tell_all_programs_apart():
    for attribute in ("key", "title"):
        assert len({getattr(one, attribute) for one in PROGRAMS}) == len(PROGRAMS)


# --- why they round differently


vectors = st.lists(st.floats(1e-3, 1e3) | st.floats(-1e3, -1e-3), min_size=1, max_size=20)
double = {"dtype": torch.float64}


@given(vectors)
def test_the_gradient_of_a_sum_of_squares_is_exact(entries):
    residual = torch.tensor(entries, **double, requires_grad=True)
    (0.5 * (residual**2).sum()).backward()
    assert residual.grad.tolist() == entries


@given(vectors)
def test_the_gradient_of_a_squared_norm_makes_a_detour(entries):
    residual = torch.tensor(entries, **double, requires_grad=True)
    norm = torch.linalg.vector_norm(residual)
    (0.5 * norm**2).backward()
    size = norm.item()
    assert residual.grad.tolist() == [size * (entry / size) for entry in entries]


@given(vectors, st.floats(1e-3, 1))
def test_the_optimizer_rounds_each_entry_once_or_twice(entries, learning_rate):
    x = torch.nn.Parameter(torch.tensor(entries, **double))
    x.grad = torch.tensor(entries[::-1], **double)
    torch.optim.SGD([x], lr=learning_rate).step()
    for after, start, slope in zip(x.tolist(), entries, entries[::-1], strict=True):
        once = float(Fraction(start) - Fraction(learning_rate) * Fraction(slope))
        assert after in (once, start - learning_rate * slope)
