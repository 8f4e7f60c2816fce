"""What every pitfall promises, the symptom that each states, and the remedies that it names."""

import ast
import re
import subprocess
import sys
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import descents, systems

import lsedash.pitfalls
from lsedash import Comparison, Experiment, LinearSystem, Run, Theory, compare
from lsedash.inspect.graph import count_nodes
from lsedash.inspect.listing import difference
from lsedash.link import DEFAULT
from lsedash.pitfalls import PITFALLS
from lsedash.verification import verify

BY_KEY = {pitfall.key: pitfall for pitfall in PITFALLS}
STARTED = replace(DEFAULT, x0=[4.0, -1.0, 2.0])  # a start of whole numbers other than 0
EVERY = pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: pitfall.key)


def run_right(key, experiment):
    """The run of the program that the pitfall got wrong."""
    return compare(experiment, [BY_KEY[key].variant]).runs[0]


def bits(run):
    return run.iterates.tobytes(), run.losses.tobytes()


def steepest(system):
    return np.linalg.norm(system.A, 2) ** 2


# --- the contract


def test_there_are_many_of_them_each_with_a_name_of_its_own():
    assert len(PITFALLS) >= 16
    for attribute in ("key", "title"):
        assert len({getattr(pitfall, attribute) for pitfall in PITFALLS}) == len(PITFALLS)


@EVERY
def test_it_says_all_there_is_to_say_in_sentences(pitfall):
    assert pitfall.title.strip()
    for text in (pitfall.symptom, pitfall.lesson, pitfall.fix, pitfall.bites):
        assert re.fullmatch(r"\S.+[^.]\.", text)
    assert pitfall.prediction(DEFAULT).words.endswith(".")


@EVERY
def test_its_source_is_the_text_of_the_file_that_runs(pitfall):
    file = Path(lsedash.pitfalls.__file__).with_name(f"{pitfall.key}.py")
    assert pitfall.source == file.read_text(encoding="utf-8")
    assert Path(pitfall.program.__code__.co_filename) == file


@EVERY
def test_it_is_called_like_its_variant(pitfall):
    def signature(program):
        code = program.program.__code__
        return code.co_varnames[: code.co_argcount]

    assert signature(pitfall) == signature(pitfall.variant)


@EVERY
def test_its_source_imports_what_its_variant_imports_and_fits_on_a_screen(pitfall):
    def imports(source):
        nodes = ast.walk(ast.parse(source))
        return [ast.unparse(n) for n in nodes if isinstance(n, ast.Import | ast.ImportFrom)]

    assert imports(pitfall.source) in (["import numpy as np"], ["import torch"])
    assert imports(pitfall.source) == imports(pitfall.variant.source)
    lines = pitfall.source.splitlines()
    assert len(lines) <= 45
    assert max(len(line) for line in lines) <= 80


@EVERY
def test_it_differs_from_its_variant_by_a_few_lines(pitfall):
    changed = difference(pitfall.variant.source, pitfall.source)
    code = [c for c in changed if c.line.text.strip() and not c.line.text.strip().startswith("#")]
    new, gone = (sum(c.change == change for c in code) for change in "+-")
    assert 0 < new + gone
    assert new <= 4
    assert gone <= 4


def grad_modes(steps):
    """Whether grad mode is on at each point, and whether it is when all is over."""
    modes = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            modes += [torch.is_grad_enabled() for _ in steps]
        except (RuntimeError, TypeError, ValueError):
            modes.append(torch.is_grad_enabled())
    return [*modes, torch.is_grad_enabled()]


@EVERY
def test_it_leaves_the_grad_mode_as_it_is(pitfall):
    assert set(grad_modes(pitfall(*DEFAULT.arguments()))) == {True}


@EVERY
def test_it_leaves_its_arguments_as_they_are(pitfall):
    given = STARTED.arguments()[:3]
    before = [array.tobytes() for array in given]
    for array in given:
        array.flags.writeable = False
    grad_modes(pitfall(*given, 0.1, 5))
    assert [array.tobytes() for array in given] == before


@EVERY
def test_its_run_is_the_one_that_compare_makes(pitfall):
    run = pitfall.run(STARTED)
    assert isinstance(run, Run)
    assert run.key == pitfall.key
    assert bits(run) == bits(compare(STARTED, [pitfall]).runs[0])
    assert (run.status == "raised") == isinstance(run.exception, Exception)


@EVERY
def test_its_run_keeps_within_the_points_and_the_time_it_is_given(pitfall):
    long = replace(DEFAULT, iterations=300)
    kept, whole = pitfall.run(long, max_points=10), pitfall.run(long)
    assert len(kept.points) <= 10
    assert kept.last_point == whole.last_point
    assert kept.status == whole.status
    assert len(pitfall.run(long, deadline=0.0).points) <= 1


# --- the symptoms


def gradients(system, x):
    """A^T A x - A^T b at each point, and the size of what is added up for it."""
    size = np.linalg.norm(system.A, 2)
    terms = size**2 * np.linalg.norm(x, axis=1) + size * np.linalg.norm(system.b)
    return x @ (system.A.T @ system.A) - system.A.T @ system.b, terms


def assert_steps(run, experiment, step, *, former=1.0, rounding=1e-12):
    """Each point is the former one minus learning rate times step, up to the terms' rounding.

    Args:
        step: (gradients, sizes) -> what is subtracted at each point, and its size.
        former: what becomes of the former point.
    """
    x, rate = run.iterates.astype(float), experiment.learning_rate
    steps, sizes = step(*gradients(experiment.system, x))
    off = x[1:] - former * x[:-1] + rate * steps[:-1]
    terms = np.linalg.norm(x, axis=1) + rate * sizes
    assert (np.linalg.norm(off, axis=1) <= rounding * terms[:-1]).all()


def assert_losses(run, system, loss, *, rounding=1e-12):
    """Each loss is the loss of that point's A x, up to the rounding of A x - b."""
    x = run.iterates.astype(float)
    size = np.linalg.norm(system.A, 2) * np.linalg.norm(x, axis=1) + np.linalg.norm(system.b)
    expected = np.array([loss(Ax) for Ax in x @ system.A.T])
    off = np.abs(np.sqrt(run.losses) - np.sqrt(expected))
    assert (off <= rounding * system.m * size).all()


def half_square(system):
    return lambda Ax: 0.5 * np.sum((Ax - system.b) ** 2)


def raised(kind, pattern, points):
    def check(run, experiment):
        late = experiment.iterations < points
        assert len(run.points) == (experiment.iterations + 1 if late else points)
        assert run.status == ("finished" if late else "raised")
        if not late:
            assert type(run.exception) is kind
            assert re.search(pattern, str(run.exception))

    return check


def forgets_where_it_was(run, experiment):
    assert_steps(run, experiment, lambda g, size: (g, size), former=0.0)
    assert_losses(run, experiment.system, half_square(experiment.system))


def sums_up_all_gradients(run, experiment):
    assert_steps(run, experiment, lambda g, size: (np.cumsum(g, axis=0), np.cumsum(size)))
    assert_losses(run, experiment.system, half_square(experiment.system))


def is_flat(run, experiment):
    points = experiment.iterations + 1
    assert (run.status, run.exception, run.warnings) == ("finished", None, ())
    assert run.iterates.tobytes() == np.tile(experiment.x0, (points, 1)).tobytes()
    assert run.losses.tobytes() == np.tile(run.losses[:1], points).tobytes()
    assert_losses(run, experiment.system, half_square(experiment.system))


def has_one_update(run, experiment):
    raised(TypeError, "float.*NoneType", 2)(run, experiment)
    assert_steps(run, experiment, lambda g, size: (g, size))
    if experiment.iterations >= 2:
        assert len(run.warnings) == 1
        assert re.search(r"\.grad .* not a leaf", run.warnings[0])


def takes_double_steps(run, experiment):
    assert_steps(run, experiment, lambda g, size: (2 * g, 2 * size))
    assert_losses(run, experiment.system, lambda Ax: np.sum((Ax - experiment.system.b) ** 2))


def takes_mean_steps(run, experiment):
    m = experiment.system.m
    assert_steps(run, experiment, lambda g, size: (g / m, size / m))
    assert_losses(run, experiment.system, lambda Ax: 0.5 * np.mean((Ax - experiment.system.b) ** 2))


def sees_every_b_in_every_row(run, experiment):
    system, m = experiment.system, experiment.system.m
    to_the_mean = m * system.A.T @ (system.b - system.b.mean())
    assert_steps(run, experiment, lambda g, size: (m * g + to_the_mean, 2 * m * size))
    assert_losses(run, system, lambda Ax: 0.5 * np.sum(np.subtract.outer(Ax, system.b) ** 2))
    assert len(run.warnings) == 1
    assert re.search(r"target size .* different to the input size", run.warnings[0])


def is_right_to_seven_digits(run, experiment):
    assert run.iterates.dtype == np.float32
    assert (run.exception, run.warnings) == (None, ())
    assert_steps(run, experiment, lambda g, size: (g, size), rounding=1e-5)
    assert_losses(run, experiment.system, half_square(experiment.system), rounding=1e-5)


def refuses_two_types(run, experiment):
    raised(RuntimeError, "same dtype.*double.*float", 0)(run, experiment)
    agreed = replace(experiment, dtype="float32")
    run = BY_KEY["mixed_precision"].run(agreed)
    assert run.exception is None
    assert bits(run) == bits(run_right("mixed_precision", agreed))


def is_one_point_with_falling_losses(run, experiment):
    further = run_right(run.key, replace(experiment, iterations=experiment.iterations + 1))
    points = experiment.iterations + 1
    assert run.iterates.tobytes() == np.tile(further.iterates[-1], (points, 1)).tobytes()
    assert run.losses.tobytes() == further.losses[:-1].tobytes()


def has_the_right_numbers(run, experiment):
    assert bits(run) == bits(run_right(run.key, experiment))


SYMPTOMS = {
    "minus_gradient": forgets_where_it_was,
    "never_cleared": sums_up_all_gradients,
    "cleared_too_early": is_flat,
    "backward_twice": raised(RuntimeError, "graph a second time.*freed", 1),
    "recorded_update": raised(RuntimeError, "leaf Variable that requires grad.*in-place", 1),
    "no_longer_a_leaf": has_one_update,
    "half_forgotten": takes_double_steps,
    "mean_with_half": takes_mean_steps,
    "broadcast_b": sees_every_b_in_every_row,
    "float32_by_default": is_right_to_seven_digits,
    "mixed_precision": refuses_two_types,
    "whole_numbers": raised(RuntimeError, "floating point .*require gradients", 0),
    "numpy_of_a_leaf": raised(RuntimeError, r"numpy\(\) on Tensor that requires grad", 0),
    "parameters_in_a_list": raised(ValueError, "empty parameter list", 0),
    "outer_x": is_flat,
    "parameter_replaced": is_flat,
    "history_without_copy": is_one_point_with_falling_losses,
    "graphs_kept": has_the_right_numbers,
}


def test_every_symptom_is_tested():
    assert set(SYMPTOMS) == set(BY_KEY)


@EVERY
@pytest.mark.parametrize("experiment", [DEFAULT, STARTED], ids=["worked example", "other start"])
def test_its_symptom_is_seen_on_the_worked_example(pitfall, experiment):
    SYMPTOMS[pitfall.key](pitfall.run(experiment), experiment)


@EVERY
@given(descents(iterations=30))
def test_its_symptom_is_seen_on_any_system(pitfall, experiment):
    SYMPTOMS[pitfall.key](pitfall.run(experiment), experiment)


# --- the symptoms in the long run


def ridge(system, rate):
    normal = system.A.T @ system.A + np.eye(system.n) / rate
    return np.linalg.solve(normal, system.A.T @ system.b)


@given(systems(), st.floats(0.01, 0.9))
def test_without_the_former_x_it_settles_on_the_ridge_solution(system, share):
    assume(system.A.any())
    rate = float(share / steepest(system))
    run = BY_KEY["minus_gradient"].run(Experiment(system, np.ones(system.n), rate, 400))
    size = 1 + np.linalg.norm(system.b) / np.linalg.norm(system.A, 2)
    np.testing.assert_allclose(run.iterates[-1], ridge(system, rate), atol=1e-12 * size)


def test_without_the_former_x_the_worked_example_ends_away_from_the_solution():
    run = BY_KEY["minus_gradient"].run(replace(DEFAULT, iterations=400))
    solution = np.linalg.solve(DEFAULT.system.A, DEFAULT.system.b)
    assert np.linalg.norm(run.iterates[-1] - solution) > 1
    assert run.losses[-1] < run.losses[0]


def by_accumulated_gradients(experiment):
    """The path of NumPy by hand with `gradient +=` in place of `gradient =`."""
    A, b, x, rate, iterations = experiment.arguments()
    total, path = np.zeros_like(x), [x]
    for _ in range(iterations):
        total = total + A.T @ (A @ path[-1] - b)
        path.append(path[-1] - rate * total)
    return np.array(path)


@given(systems(), st.floats(0.01, 3.9), st.data())
def test_never_cleared_is_momentum_of_one(system, step, data):
    assume(system.A.any())
    x0 = data.draw(st.lists(st.floats(-9, 9), min_size=system.n, max_size=system.n))
    experiment = Experiment(system, x0, float(step / steepest(system)), 200)
    pitfall = BY_KEY["never_cleared"]
    run, twin = pitfall.run(experiment), compare(experiment, [pitfall.twin]).runs[0]
    expected = by_accumulated_gradients(experiment)
    size = np.abs(expected).max() + np.linalg.norm(system.b) / np.linalg.norm(system.A, 2)
    for other in (run.iterates, twin.iterates):
        np.testing.assert_allclose(other, expected, atol=1e-9 * size)


def test_the_twin_is_a_program_of_its_own_that_nobody_has_to_fear():
    twin = BY_KEY["never_cleared"].twin
    assert "torch.optim.SGD(parameters, lr=learning_rate, momentum=1.0)" in twin.source
    assert len(twin.source.splitlines()) <= 45
    assert max(len(line) for line in twin.source.splitlines()) <= 80
    assert [pitfall.key for pitfall in PITFALLS if pitfall.twin] == ["never_cleared"]


@pytest.mark.parametrize(("step", "period"), [(1.0, 6), (2.0, 4), (3.0, 3)])
def test_never_cleared_swings_with_the_period_of_its_mode(step, period):
    system = LinearSystem([[2, 0], [0, 0]], [6, 0])  # one mode, about x = 3
    x = BY_KEY["never_cleared"].run(Experiment(system, [5, 7], step / 4, 600)).iterates
    np.testing.assert_allclose(x[period:], x[:-period], atol=1e-11)
    for shorter in range(1, period):
        assert np.abs(x[shorter:] - x[:-shorter]).max() > 1
    np.testing.assert_allclose(x[:, 0].reshape(-1)[: 600 // period * period].mean(), 3, atol=1e-11)


@pytest.mark.parametrize("rate", [0.01, 0.1, 0.3, 0.6])
def test_never_cleared_is_neither_damped_nor_grows_on_the_worked_example(rate):
    assert rate < 4 / steepest(DEFAULT.system)
    run = BY_KEY["never_cleared"].run(replace(DEFAULT, learning_rate=rate, iterations=3000))
    distances = np.linalg.norm(run.iterates - [-3, 2, 3], axis=1).reshape(-1)
    early, late = distances[:1500].max(), distances[1500:].max()
    assert late == pytest.approx(early, rel=0.05)
    assert late > 0.9 * distances[0]


def test_with_one_equation_broadcasting_does_no_harm_but_warns():
    experiment = Experiment(LinearSystem([[1, 2]], [3]), [1, -1], 0.1, 20)
    run = BY_KEY["broadcast_b"].run(experiment)
    assert bits(run) == bits(run_right("broadcast_b", experiment))
    assert "target size" in run.warnings[0]


@pytest.mark.parametrize("shape", [(3, 3), (5, 2), (2, 5)])
def test_broadcast_ends_at_the_least_squares_solution_for_the_mean_of_b(shape):
    rng = np.random.default_rng(3)
    system = LinearSystem(rng.standard_normal(shape), rng.standard_normal(shape[0]))
    rate = float(1 / (system.m * steepest(system)))
    run = BY_KEY["broadcast_b"].run(Experiment(system, None, rate, 5000))
    mean = np.full(system.m, system.b.mean())
    expected = np.linalg.lstsq(system.A, mean, rcond=None)[0]
    np.testing.assert_allclose(run.iterates[-1], expected, atol=1e-9)


@pytest.mark.parametrize(("key", "factor"), [("half_forgotten", 2), ("mean_with_half", 1 / 3)])
def test_a_factor_in_the_loss_is_a_factor_in_the_learning_rate(key, factor):
    run = BY_KEY[key].run(STARTED)
    right = run_right(key, replace(STARTED, learning_rate=factor * STARTED.learning_rate))
    np.testing.assert_allclose(run.iterates, right.iterates, atol=1e-13)
    np.testing.assert_allclose(run.losses, factor * right.losses, rtol=1e-12)


def test_float32_stops_early_where_float64_goes_on():
    long = replace(DEFAULT, iterations=4000)
    run, right = BY_KEY["float32_by_default"].run(long), run_right("float32_by_default", long)
    off, right_off = (np.linalg.norm(r.iterates - [-3.0, 2.0, 3.0], axis=1) for r in (run, right))
    assert off[:200].tolist() == pytest.approx(right_off[:200].tolist(), abs=1e-5)
    assert (run.iterates[2000:] == run.iterates[-1]).all()
    assert 1e-9 < off[-1] < 1e-5
    assert right_off[-1] < 1e-6 * off[-1]
    assert right.losses[-1] < 1e-6 * run.losses[-1]


@given(descents(fastest=1.0))
def test_float32_is_as_right_as_float32_can_be(experiment):
    told = replace(experiment, dtype="float32")
    run = BY_KEY["float32_by_default"].run(experiment)
    assert verify(Comparison(told, (run,)), Theory(experiment.system)).departing == ()


def test_float32_is_less_than_float64_is_held_to():
    run = BY_KEY["float32_by_default"].run(DEFAULT)
    departing = verify(Comparison(DEFAULT, (run,)), Theory(DEFAULT.system)).departing
    assert departing == ("float32_by_default",)


def nodes_alive(program, name):
    """How many nodes of graphs the program's own losses keep alive, at each point."""
    steps, counts = program(*DEFAULT.arguments()), []
    for _ in steps:
        alive = steps.gi_frame.f_locals[name]
        counts.append(count_nodes(alive if isinstance(alive, list) else [alive]))
    return counts


def test_kept_losses_keep_every_node_alive():
    pitfall = BY_KEY["graphs_kept"]
    one, *rest = nodes_alive(pitfall.variant, "loss")
    assert set(rest) == {one}
    kept = nodes_alive(pitfall, "losses")
    assert kept[0] == one
    assert np.diff(kept).tolist() == [one - 1] * 50  # they have only x's node in common


MEMORY = """
from resource import RUSAGE_SELF, getrusage
from sys import platform
from dataclasses import replace
from lsedash import compare
from lsedash.link import DEFAULT
from lsedash.pitfalls import PITFALLS

def peak():  # bytes on macOS, kilobytes elsewhere
    return getrusage(RUSAGE_SELF).ru_maxrss / (2**20 if platform == "darwin" else 2**10)

pitfall = next(pitfall for pitfall in PITFALLS if pitfall.key == "graphs_kept")
for program in (pitfall.variant, pitfall):
    compare(replace(DEFAULT, iterations=500), [program], max_points=100)
    before = peak()
    compare(replace(DEFAULT, iterations=20_000), [program], max_points=100)
    print(peak() - before)
"""


def test_kept_losses_take_real_memory():
    root = Path(lsedash.__file__).parent.parent
    command = [sys.executable, "-c", MEMORY]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    right, wrong = map(float, done.stdout.split())
    assert right < 5
    assert wrong > 20


# --- the remedies

NO_GRAD = "with torch.no_grad():\n            x -= learning_rate * x.grad"
CLEARED = f"{NO_GRAD}\n        x.grad = None"
SGD = "    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)\n"
REPLACEMENT = "    model.x = torch.nn.Parameter(torch.tensor(x0).reshape(-1, 1))\n"
COPY = "    model.x.data.copy_(torch.tensor(x0).reshape(-1, 1))\n"
SUM = 'torch.nn.MSELoss(reduction="sum")'
FLOAT64 = "dtype=torch.float64"

REMEDIES = [
    ("minus_gradient", [("x = -learning_rate * gradient", "x -= learning_rate * gradient")]),
    ("never_cleared", [(NO_GRAD, CLEARED)]),
    ("cleared_too_early", [("        optimizer.zero_grad()\n", ""), ("step()", "step(); CLEAR")]),
    (
        "cleared_too_early",
        [("        optimizer.zero_grad()\n", ""), ("loss.backward()", "CLEAR; loss.backward()")],
    ),
    ("backward_twice", [("        loss.backward()\n        loss", "        loss")]),
    ("recorded_update", [("x -= learning_rate * x.grad", NO_GRAD)]),
    ("no_longer_a_leaf", [("x = x - learning_rate * x.grad", NO_GRAD)]),
    ("half_forgotten", [("loss = squared", "loss = 0.5 * squared")]),
    ("mean_with_half", [("torch.nn.MSELoss()", SUM)]),
    ("broadcast_b", [("torch.tensor(b)  # (m,)", "torch.tensor(b).reshape(-1, 1)")]),
    ("float32_by_default", [(f"tensor({v})", f"tensor({v}, {FLOAT64})") for v in ("A", "b", "x0")]),
    ("mixed_precision", [("x0.tolist()", "x0.tolist(), dtype=A.dtype")]),
    ("whole_numbers", [("int(entry)", "float(entry)"), ("(x0)", f"(x0, {FLOAT64})")]),
    ("whole_numbers", [("tensor(x0)", f"tensor(x0, {FLOAT64})")]),
    ("numpy_of_a_leaf", [("x.numpy()", "x.detach().numpy()")]),
    ("numpy_of_a_leaf", [("x.numpy()", "x.detach().numpy().copy()")]),
    (
        "parameters_in_a_list",
        [("[torch.nn.Parameter(x0)]", "torch.nn.ParameterList([torch.nn.Parameter(x0)])")],
    ),
    ("outer_x", [("x -= learning_rate", "model.x -= learning_rate")]),
    ("outer_x", [("x.clone()", "x")]),
    ("parameter_replaced", [(REPLACEMENT, COPY)]),
    ("parameter_replaced", [(SGD + REPLACEMENT, REPLACEMENT + SGD)]),
    ("history_without_copy", [("append((x, loss))", "append((x.detach().clone(), loss))")]),
    ("graphs_kept", [("losses.append(loss)", "losses.append(loss.item())")]),
    ("graphs_kept", [("losses.append(loss)", "losses.append(loss.detach())")]),
]


def remedied(key, replacements):
    """The program with the remedy applied to its text."""
    source = BY_KEY[key].source
    for former, latter in replacements:
        assert source.count(former) == 1
        source = source.replace(former, latter.replace("CLEAR", "optimizer.zero_grad()"))
    place = {"__name__": "remedied"}
    exec(compile(source, key, "exec"), place)
    return place["descend"]


def walk(program, experiment):
    points = []
    for x, loss in program(*experiment.arguments()):
        array = x if isinstance(x, np.ndarray) else x.detach().numpy()
        points.append((array.reshape(-1).copy(), loss.item()))
    return np.array([x for x, _ in points]), np.array([loss for _, loss in points])


def test_every_pitfall_has_a_remedy_that_is_tried():
    assert {key for key, _ in REMEDIES} == set(BY_KEY)


@pytest.mark.parametrize(("key", "replacements"), REMEDIES)
def test_the_remedy_gives_the_right_program(key, replacements):
    iterates, losses = walk(remedied(key, replacements), STARTED)
    right = run_right(key, STARTED)
    np.testing.assert_allclose(iterates, right.iterates, atol=1e-13)
    np.testing.assert_allclose(losses, right.losses, rtol=1e-12)


def test_a_graph_that_is_retained_can_be_walked_twice_and_gives_twice_the_gradient():
    twice = (
        "        loss.backward()\n        loss",
        "        loss.backward(retain_graph=True)\n        loss",
    )
    iterates, losses = walk(remedied("backward_twice", [twice]), STARTED)
    right = run_right("backward_twice", replace(STARTED, learning_rate=0.2))
    np.testing.assert_allclose(iterates, right.iterates, atol=1e-13)
    np.testing.assert_allclose(losses, right.losses, rtol=1e-12)


@pytest.mark.parametrize(("key", "factor"), [("half_forgotten", 0.5), ("mean_with_half", 3)])
def test_another_learning_rate_is_a_remedy_too(key, factor):
    run = BY_KEY[key].run(replace(STARTED, learning_rate=factor * STARTED.learning_rate))
    np.testing.assert_allclose(run.iterates, run_right(key, STARTED).iterates, atol=1e-13)


def test_broadcasting_is_found_by_treating_the_warning_as_an_error():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(UserWarning, match="target size"):
            next(BY_KEY["broadcast_b"](*DEFAULT.arguments()))


def test_a_detached_array_shares_the_memory_of_x_unless_it_is_copied():
    shared = remedied("numpy_of_a_leaf", [("x.numpy()", "x.detach().numpy()")])
    copied = remedied("numpy_of_a_leaf", [("x.numpy()", "x.detach().numpy().copy()")])
    kept = [x for x, _ in shared(*STARTED.arguments())]
    assert all((x == kept[-1]).all() for x in kept)
    kept = [x.reshape(-1) for x, _ in copied(*STARTED.arguments())]
    np.testing.assert_allclose(kept, run_right("numpy_of_a_leaf", STARTED).iterates, atol=1e-13)


def test_losses_that_are_numbers_keep_no_graph():
    program = remedied("graphs_kept", [("losses.append(loss)", "losses.append(loss.detach())")])
    assert nodes_alive(program, "losses") == [0] * 51
