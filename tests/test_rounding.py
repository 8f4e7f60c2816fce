"""Are the five programs the same, to the last bit? What is replaced, counted and found."""

import ast
import difflib
import json
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import Fake, counting
from strategies import descents, finite

import lsedash.rounding
from lsedash import VARIANTS, Experiment, compare
from lsedash.link import DEFAULT
from lsedash.presets import random_system
from lsedash.rounding import MOST_POINTS, REPLACEMENTS, ladder
from lsedash.rounding.bits import Difference, difference, loss_difference, units_between
from lsedash.rounding.ladder import PROGRAMS, Ladder, ladders, stream_ladders
from lsedash.runner import Run

A = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, -1.0]])
b = np.array([1.0, 2.0])
X0 = np.array([0.5, -1.0, 2.0])
RATE = 0.1

DTYPES = ["float64", "float32"]
WITH_AN_OWN_OPERATION = ["torch_autograd", "torch_optimizer"]

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
    file = Path(lsedash.rounding.__file__).parent / f"{program.key}.py"
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
def test_a_replacement_says_what_it_replaces_as_it_is_written(program):
    assert program.operation in program.variant.source
    assert program.operation not in program.source
    assert program.instead in program.source
    assert program.instead not in program.variant.source
    assert program.why.endswith(".")


@every_replacement
def test_a_replacement_takes_nothing_from_its_variant_but_the_operation(program):
    _, *ours = program.source.splitlines()  # the first line is a title
    _, *theirs = program.variant.source.splitlines()
    gone = [line[2:].strip() for line in difflib.ndiff(theirs, ours) if line.startswith("- ")]
    products = ["residual = A @ x - b", "gradient = A.T @ residual"]
    single = [line.strip() for line in theirs if program.operation in line]
    assert gone == (products if program.variant is VARIANTS[0] else single)


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


# --- how far apart two runs are


def made(iterates, points=None, dtype="float64", losses=None):
    """A run that nobody ran."""
    iterates = np.array(iterates, dtype=dtype)
    iterates = iterates if iterates.ndim == 2 else iterates[:, None]
    points = np.arange(len(iterates)) if points is None else np.array(points)
    losses = np.zeros(len(iterates)) if losses is None else np.array(losses, dtype=float)
    return Run("made", points, iterates, losses, "finished", 0.0)


def after(value, steps, dtype):
    """The floating-point number so many steps further up."""
    value = np.dtype(dtype).type(value)
    for _ in range(steps):
        value = np.nextafter(value, np.dtype(dtype).type(np.inf))
    return value


@given(finite, st.integers(0, 40), st.sampled_from(DTYPES))
def test_units_are_counted_as_steps_from_one_number_to_the_next(value, steps, dtype):
    largest = float(np.finfo(dtype).max)
    start = np.dtype(dtype).type(np.clip(value, -largest, largest / 2))
    end = after(start, steps, dtype)
    assert units_between(np.array([start, end]), np.array([end, start])) == [steps, steps]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("below", [0, 1, 7])
def test_units_are_counted_across_zero(dtype, below):
    start = -after(np.dtype(dtype).type(0), below, dtype)
    end = after(start, below + 5, dtype)
    assert end == 5 * np.finfo(dtype).smallest_subnormal
    assert units_between(np.array([start]), np.array([end])) == [below + 5]


@pytest.mark.parametrize(
    ("dtype", "fraction_bits", "binades"), [("float64", 52, 2046), ("float32", 23, 254)]
)
def test_units_are_exact_however_many(dtype, fraction_bits, binades):
    """A binade has 2^p numbers; below the smallest come 2^p with the subnormal ones and 0."""
    numbers = 2**fraction_bits
    one, two, largest = np.array([[1, 2, np.finfo(dtype).max]], dtype).T
    assert units_between(one, two) == [numbers]
    assert units_between(0 * one, one) == [numbers * binades // 2]
    assert units_between(largest, -largest) == [2 * (numbers * (binades + 1) - 1)]


def test_equal_runs_differ_nowhere():
    run = made([[1, 2], [3, 4]])
    assert difference(run, run) == Difference(None, None, 0, 0.0, 0.0, 2)
    assert difference(run, run).equal


def test_the_sign_of_zero_does_not_count():
    assert difference(made([[0.0, 1]]), made([[-0.0, 1]])).equal


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_difference_is_found_at_its_first_point_and_in_its_furthest_entry(dtype):
    reference = np.ones((5, 3), dtype)
    values = reference.copy()
    values[2, 0], values[2, 1], values[4, 2] = after(1, 2, dtype), after(1, 9, dtype), 3
    found = difference(made(values, dtype=dtype), made(reference, dtype=dtype))
    assert (found.first, found.entry, found.units) == (2, 1, 9)
    assert not found.equal
    assert found.largest == 2
    assert found.relative == 2 / 3
    assert found.compared == 5


def test_the_furthest_entry_is_so_in_units_not_in_size():
    reference, values = [[2.0**60, 1.0]], [[after(2.0**60, 1, float), after(1.0, 3, float)]]
    found = difference(made(values), made(reference))
    assert (found.entry, found.units) == (1, 3)
    assert found.largest == 2.0**8


@given(st.lists(finite, min_size=1, max_size=4), st.lists(finite, min_size=1, max_size=4))
def test_a_difference_does_not_depend_on_which_run_comes_first(ours, theirs):
    one, other = made(ours), made(theirs)
    assert difference(one, other) == difference(other, one)


def test_only_points_that_both_have_are_compared():
    thinned, ended = made([1, 2, 3, 9], points=[0, 2, 4, 5]), made([1, 7, 2, 7, 5, 9])
    found = difference(thinned, ended)
    assert (found.compared, found.first, found.largest) == (4, 4, 2)
    assert difference(thinned, made([1, 7, 2])) == Difference(None, None, 0, 0.0, 0.0, 2)


def test_a_difference_is_relative_to_the_larger_run():
    assert difference(made([2]), made([-6])).relative == 8 / 6
    assert difference(made([-6]), made([2])).relative == 8 / 6


def test_runs_without_points_or_of_zeros_do_not_differ():
    nothing = difference(made(np.empty((0, 2))), made([[1, 2]]))
    assert nothing == Difference(None, None, 0, 0.0, 0.0, 0)
    assert difference(made([0]), made([0])).relative == 0


def test_a_difference_beyond_what_floats_hold_is_infinite():
    largest = np.finfo(float).max
    found = difference(made([largest]), made([-largest]))
    assert found.largest == np.inf
    assert found.units == 2 * (2**52 * 2047 - 1)


def test_runs_of_two_float_types_are_not_compared():
    with pytest.raises(ValueError, match="not float64 and float32"):
        difference(made([1]), made([1], dtype="float32"))
    with pytest.raises(ValueError, match="not float32 and float64"):
        loss_difference(made([1], dtype="float32"), made([1]))


@pytest.mark.parametrize("dtype", DTYPES)
def test_losses_are_counted_in_units_of_the_type_that_the_run_computes_in(dtype):
    losses = [3, 1, 1], [3, float(after(1, 4, dtype)), 2]
    one, other = (made([0, 0, 0], dtype=dtype, losses=values) for values in losses)
    assert loss_difference(one, other) == Difference(1, 0, 4, 1.0, 1 / 3, 3)
    assert difference(one, other).equal


# --- the ladders


@pytest.fixture(scope="module")
def worked():
    return ladders(DEFAULT)


def test_every_variant_but_numpy_has_a_ladder(worked):
    assert [one.variant for one in worked] == list(VARIANTS[1:])
    for one in worked:
        own = one.variant.key in WITH_AN_OWN_OPERATION
        assert len(one.rungs) == (4 if own else 2)


@pytest.mark.parametrize("dtype", DTYPES)
def test_all_is_explained_on_the_worked_example(dtype):
    for one in ladders(replace(DEFAULT, dtype=dtype)):
        assert one.explained
        assert one.rungs[-1].difference == Difference(None, None, 0, 0.0, 0.0, 51)
        assert one.cause != "remainder"


@pytest.mark.parametrize("dtype", DTYPES)
def test_their_own_operation_is_all_that_sets_them_apart_on_the_worked_example(dtype):
    for one in ladders(replace(DEFAULT, dtype=dtype)):
        if one.variant.key in WITH_AN_OWN_OPERATION:
            assert one.rungs[1].difference.equal
            assert one.cause in ("own operation", "same")


def test_each_rung_holds_another_pair_of_a_variant_and_numpy(worked):
    keys = {program.key: program for program in PROGRAMS}
    for one in worked:
        pairs = [(rung.program_key, rung.reference_key) for rung in one.rungs]
        assert pairs[0] == (one.variant.key, VARIANTS[0].key)
        assert len(set(pairs)) == len(pairs)
        for rung in one.rungs:
            program, reference = keys[rung.program_key], keys[rung.reference_key]
            assert program is one.variant or program.variant is one.variant
            assert reference is VARIANTS[0] or reference.variant is VARIANTS[0]


def test_the_last_rung_multiplies_as_the_variant_does(worked):
    sources = {program.key: program.source for program in PROGRAMS}
    for one in worked:
        product = "torch.bmm" if one.variant.key == "torch_autograd" else "torch.matmul"
        assert product in one.variant.source
        assert product in sources[one.rungs[-1].program_key]
        assert product in sources[one.rungs[-1].reference_key]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(8, 8), (17, 9), (9, 17), (64, 64)], ids=str)
def test_nothing_new_is_left_on_a_larger_system(shape, dtype):
    system = random_system(10, m=shape[0], n=shape[1])
    for one in ladders(Experiment(system, None, 0.5, 50, dtype=dtype)):
        assert one.rungs[-1].difference.largest <= one.rungs[0].difference.largest


@given(descents())
@settings(max_examples=25)
def test_what_is_left_is_not_more_than_there_was(experiment):
    for dtype in DTYPES:
        for one in ladders(replace(experiment, dtype=dtype)):
            assert one.rungs[-1].difference.largest <= one.rungs[0].difference.largest


@given(descents(iterations=20))
@settings(max_examples=10)
def test_the_first_rung_is_what_the_five_programs_disagree_by(experiment):
    comparison = compare(experiment)
    disagreement = comparison.disagreement()
    losses = comparison["numpy_by_hand"].losses
    for one in ladders(experiment):
        apart = disagreement[one.variant.key]
        assert one.rungs[0].difference.largest == apart.max(initial=0)
        assert one.rungs[0].difference.compared == len(apart)
        assert one.equal == (not apart.any())
        assert one.losses.equal == (comparison[one.variant.key].losses == losses).all()


SAME, APART = (Difference(first, None, 0, 0.0, 0.0, 9) for first in (None, 4))


@pytest.mark.parametrize(
    ("equal", "cause"),
    [
        ((1, 1, 1, 1), "same"),
        ((1, 0, 0, 0), "same"),
        ((0, 1, 0, 1), "own operation"),
        ((0, 0, 1, 1), "order of sums"),
        ((0, 0, 0, 1), "both"),
        ((0, 0, 0, 0), "remainder"),
        ((0, 1, 0, 0), "remainder"),
    ],
)
def test_the_cause_is_what_has_to_be_made_alike(worked, equal, cause):
    autograd = worked[0]
    rungs = [
        replace(one, difference=SAME if same else APART)
        for one, same in zip(autograd.rungs, equal, strict=True)
    ]
    found = Ladder(autograd.variant, tuple(rungs), SAME)
    assert found.cause == cause
    assert found.equal == bool(equal[0])
    assert found.explained == bool(equal[-1])


@pytest.mark.parametrize(
    ("equal", "cause"),
    [((1, 1), "same"), ((0, 1), "order of sums"), ((0, 0), "remainder")],
)
def test_without_an_operation_of_its_own_the_order_of_sums_is_left(worked, equal, cause):
    rungs = [
        replace(one, difference=SAME if same else APART)
        for one, same in zip(worked[1].rungs, equal, strict=True)
    ]
    assert Ladder(worked[1].variant, tuple(rungs), SAME).cause == cause


# --- as they are made


def test_stopping_to_listen_leaves_what_was_run():
    reports = stream_ladders(DEFAULT)
    for report in reports:
        if report.done >= 3:
            break
    reports.close()
    found = report.snapshot()
    assert len(found) == 4
    compared = {rung.difference.compared for one in found for rung in one.rungs}
    assert compared == {report.done}


def test_the_deadline_ends_it_with_what_there_is():
    *_, last = stream_ladders(DEFAULT, deadline=0.0)
    assert last.finished
    assert last.done < last.total
    assert all(one.losses.compared == last.done for one in last.snapshot())
    assert ladders(DEFAULT, deadline=0.0)[0].losses.compared < 51


def test_an_experiment_with_a_tolerance_is_compared_as_far_as_it_goes():
    experiment = replace(DEFAULT, tolerance=0.5)
    last_point = compare(experiment).runs[0].last_point
    assert last_point < 50
    assert ladders(experiment)[1].rungs[0].difference.compared == last_point + 1


@pytest.mark.parametrize(("iterations", "compared"), [(20_000, 20_001), (20_001, 10_002)])
def test_up_to_20_001_points_none_is_left_out(monkeypatch, iterations, compared):
    cheap = [Fake(counting, program.key) for program in PROGRAMS]
    monkeypatch.setattr(ladder, "PROGRAMS", cheap)
    found = ladders(replace(DEFAULT, iterations=iterations))
    assert MOST_POINTS == 20_001
    assert {one.losses.compared for one in found} == {compared}
    assert {one.cause for one in found} == {"same"}
