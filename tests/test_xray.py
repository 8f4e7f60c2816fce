"""What is behind a line: the state of the program itself, and the remarks that it shows."""

import ast
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from lsedash import VARIANTS, Experiment, LinearSystem, compare
from lsedash.inspect.listing import first_of_loop, is_repeated, line_of, lines_to_choose, listing
from lsedash.inspect.objects import Object, describe, describe_all, flat
from lsedash.inspect.xray import graph_at, stream_xray, xray
from lsedash.pitfalls import PITFALLS
from lsedash.remarks import PROGRAMS, REMARKS

RNG = np.random.default_rng(3)
A, b, X0 = RNG.standard_normal((4, 3)), RNG.standard_normal(4), RNG.standard_normal(3)
TALL = Experiment(LinearSystem(A, b), X0, 0.1, 5)
WORKED = Experiment(LinearSystem([[1, 2, 0], [0, 1, 0], [0, 0, 1]], [1, 2, 3]))

FUNCTIONS = ("descend", "__init__", "forward")
NUMPY, AUTOGRAD, MSE_LOSS, MODULE, OPTIMIZER = VARIANTS[:5]
TORCH = [variant for variant in VARIANTS if "import torch" in variant.source]
WITH_MODEL = [variant for variant in TORCH if "nn.Module" in variant.source]
RIGHT = [p for p in PITFALLS if p.run(TALL).status == "finished"]

variants = pytest.mark.parametrize("variant", VARIANTS, ids=lambda program: program.key)
torch_variants = pytest.mark.parametrize("variant", TORCH, ids=lambda program: program.key)
with_model = pytest.mark.parametrize("variant", WITH_MODEL, ids=lambda program: program.key)
dtypes = pytest.mark.parametrize("dtype", ["float64", "float32"])
experiments = pytest.mark.parametrize("experiment", [WORKED, TALL], ids=["worked", "4 x 3"])


def pitfall(key):
    (found,) = [pitfall for pitfall in PITFALLS if pitfall.key == key]
    return found


# --- the untraced run: the program's own text, with a look behind each statement


def look_behind(statements):
    """The statements, after each a call that hands over its line and the local names."""
    for statement in statements:
        look = ast.parse(f"_look({statement.lineno}, locals())").body[0]
        if isinstance(statement, ast.For | ast.With):  # behind its head
            statement.body = [look, *look_behind(statement.body)]
            yield statement
        elif isinstance(statement, ast.Return) or isinstance(statement.value, ast.Yield):
            yield from (look, statement)  # changes nothing
        else:
            yield from (statement, look)


def untraced(program, experiment):
    """The states behind each line, one for each time that it was executed."""
    tree = ast.parse(program.source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in FUNCTIONS:
            node.body = list(look_behind(node.body))
    states = {}

    def look(line, names):
        state = {name: facts(v) for name, v in names.items() if not name.startswith("__")}
        states.setdefault(line, []).append((state, torch.is_grad_enabled()))

    place = {"__name__": "untraced", "_look": look}
    exec(compile(ast.fix_missing_locations(tree), program.key, "exec"), place)
    with warnings.catch_warnings(action="ignore"):  # a pitfall's
        for _ in place["descend"](*experiment.arguments()):
            pass
    return states


def facts(value):
    """All that is told of a value, to the bit."""
    if isinstance(value, torch.Tensor):
        kept = value.grad if value.is_leaf else None
        return (
            value.detach().numpy().tobytes(),
            tuple(value.shape),
            str(value.dtype),
            value.requires_grad,
            value.is_leaf,
            None if value.grad_fn is None else value.grad_fn.name(),
            None if kept is None else kept.numpy().tobytes(),
        )
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
        return array.tobytes(), array.shape, str(array.dtype), None, None, None, None
    if isinstance(value, torch.nn.Module):
        return {name: facts(parameter) for name, parameter in value.named_parameters()}
    return repr(value) if isinstance(value, int | float) else None


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


# --- places


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


# --- every line


@dtypes
@pytest.mark.parametrize("program", [*VARIANTS, *RIGHT], ids=lambda program: program.key)
def test_every_line_at_any_iteration_shows_the_untraced_programs_state_to_the_bit(program, dtype):
    experiment = replace(TALL, dtype=dtype, iterations=3)
    states = untraced(program, experiment)
    assert lines_to_choose(program.source) == tuple(sorted(states))
    for line, visits in states.items():
        assert is_repeated(program.source, line) == (len(visits) == 4)
        for k in (0, 1, 3):
            state = xray(program, experiment, k, line)
            expected, recording = visits[k if is_repeated(program.source, line) else 0]
            assert state.frames, f"line {line} was not reached"
            told = {found.name: seen(found) for found in state.frames[0].objects}
            known = {name: fact for name, fact in expected.items() if fact is not None}
            assert told.keys() == expected.keys(), (line, k)
            assert {name: told[name] for name in known} == known, (line, k)
            assert (state.frames[0].line, state.recording, state.raised) == (line, recording, "")


@dtypes
@variants
def test_x_and_loss_where_they_are_handed_out_are_those_of_the_run(variant, dtype):
    experiment = replace(TALL, dtype=dtype, iterations=20)
    run = compare(experiment, [variant])[variant.key]
    for k in (0, 1, 2, 7, 20):
        state = behind(variant, experiment, k, "yield")
        x, loss = x_of(state), state["loss"]
        assert x.value.ravel().tolist() == run.iterates[k].tolist()
        assert loss.value.item() == run.losses[k]
        assert {x.dtype.removeprefix("torch."), loss.dtype.removeprefix("torch.")} == {dtype}


@variants
def test_x_behind_the_update_is_the_next_point(variant):
    run = compare(TALL, [variant])[variant.key]
    for k in range(TALL.iterations):
        state = xray(variant, TALL, k, last_line(variant, "update"))
        assert x_of(state).value.ravel().tolist() == run.iterates[k + 1].tolist()


@variants
def test_the_gradient_behind_backward_is_that_of_the_loss(variant):
    run = compare(TALL, [variant])[variant.key]
    for k in (0, 1, 5):
        state = xray(variant, TALL, k, last_line(variant, "backward"))
        found = state["gradient"].value if variant is NUMPY else x_of(state).grad
        assert found.shape == x_of(state).shape
        expected = gradient_at(TALL, run.iterates[k])
        np.testing.assert_allclose(found.ravel(), expected, rtol=1e-12, atol=1e-14)


@variants
def test_the_number_of_the_iteration_is_the_programs_own(variant):
    lines = [line for line in lines_to_choose(variant.source) if is_repeated(variant.source, line)]
    for k in (0, 1, 4, 5):
        assert {xray(variant, TALL, k, line)["_"].value for line in lines} == {str(k)}


@variants
def test_an_iteration_does_not_matter_to_a_line_that_is_executed_once(variant):
    first, *_ = [
        n for n in lines_to_choose(variant.source) if n > line_of(variant.source, "def descend")
    ]
    states = [xray(variant, TALL, k, first) for k in (0, 5)]
    assert [names(state) for state in states] == [names(states[0])] * 2
    assert "_" not in names(states[0])


def test_a_system_of_64_unknowns_is_seen_in_full():
    wide, x0 = RNG.standard_normal((64, 64)), RNG.standard_normal(64)
    experiment = Experiment(LinearSystem(wide, wide[0]), x0, 1e-3, 3)
    for variant in VARIANTS:
        run = compare(experiment, [variant])[variant.key]
        state = behind(variant, experiment, 3, "yield")
        assert state["A"].value.reshape(64, 64).tolist() == wide.tolist()
        assert x_of(state).value.ravel().tolist() == run.iterates[3].tolist()


# --- the state is the one after the line


@variants
def test_the_loss_is_not_there_before_its_line_but_after_it(variant):
    before = xray(variant, TALL, 0, last_line(variant, "forward"))
    after = xray(variant, TALL, 0, last_line(variant, "loss"))
    assert "loss" not in names(before)
    assert "loss" in names(after)


@variants
def test_before_the_loss_line_of_a_later_iteration_the_loss_is_the_former_one(variant):
    run = compare(TALL, [variant])[variant.key]
    before = xray(variant, TALL, 3, last_line(variant, "forward"))
    after = xray(variant, TALL, 3, last_line(variant, "loss"))
    assert [before["loss"].value, after["loss"].value] == run.losses[2:4].tolist()


@torch_variants
@pytest.mark.parametrize("k", [0, 1, 5])
def test_the_gradient_comes_with_backward_stays_at_the_update_and_goes_when_cleared(variant, k):
    phases = ["loss", "backward", "update", "clear"]
    grads = [x_of(xray(variant, TALL, k, last_line(variant, phase))).grad for phase in phases]
    assert [grad is not None for grad in grads] == [False, True, True, False]
    assert grads[1].tolist() == grads[2].tolist()


@with_model
def test_a_line_of_forward_is_seen_from_inside_and_then_from_where_it_is_called(variant):
    inner, outer = behind(variant, TALL, 2, "return torch.matmul").frames
    assert (inner.function, outer.function) == ("forward", "descend")
    assert outer.line == line_of(variant.source, "prediction = model()")
    assert {found.name for found in inner.objects} == {"self"}
    assert {found.name for found in outer.objects} >= {"A", "b", "model"}


@with_model
def test_a_line_of_init_is_seen_from_inside_and_then_from_where_it_is_called(variant):
    inner, outer = behind(variant, TALL, 2, "self.x = torch.nn.Parameter").frames
    assert (inner.function, outer.function) == ("__init__", "descend")
    assert outer.line == line_of(variant.source, "model = LinearModel")
    assert {found.name for found in inner.objects} == {"self", "A", "x0"}
    assert "model" not in {found.name for found in outer.objects}


@with_model
def test_before_x_is_registered_the_module_has_no_parameter(variant):
    values = [
        behind(variant, TALL, 0, text)["self"].value.split(" registered")[0]
        for text in ("super().__init__()", "self.A = A", "self.x = torch.nn.Parameter")
    ]
    assert values == ["a module with 0", "a module with 0", "a module with 1"]


@with_model
def test_a_name_is_looked_for_in_the_innermost_function_first(variant):
    state = behind(variant, TALL, 0, "self.A = A")
    assert state["x0"].shape == (3, 1)  # the outer one is still NumPy's
    assert state["learning_rate"].value == "0.1"
    with pytest.raises(KeyError, match="no such name"):
        state["no such name"]


def test_what_a_line_rebinds_is_seen_rebound():
    before, after = (
        behind(AUTOGRAD, TALL, 0, text)["b"] for text in ("A = torch.tensor", "b = torch.tensor")
    )
    assert (before.type, before.shape) == ("numpy.ndarray", (4,))
    assert (after.type, after.shape) == ("torch.Tensor", (1, 4, 1))


# --- what is told of an object


@torch_variants
def test_autograd_does_not_record_inside_no_grad_and_does_outside(variant):
    lines = [line for line in lines_to_choose(variant.source) if is_repeated(variant.source, line)]
    paused = [line for line in lines if not xray(variant, TALL, 1, line).recording]
    blocks = [n for n in ast.walk(ast.parse(variant.source)) if isinstance(n, ast.With)]
    inside = [n for block in blocks for n in range(block.lineno, block.end_lineno + 1)]
    assert paused == inside


def test_the_objects_of_autograd_are_what_pytorch_says_they_are():
    state = behind(AUTOGRAD, TALL, 0, "yield x")
    told = {
        name: (o.type, o.shape, o.dtype, o.requires_grad, o.is_leaf, o.grad_fn)
        for name in ("A", "b", "x", "residual", "loss", "x0")
        for o in [state[name]]
    }
    tensor, double = "torch.Tensor", "torch.float64"
    assert told == {
        "A": (tensor, (1, 4, 3), double, False, True, None),
        "b": (tensor, (1, 4, 1), double, False, True, None),
        "x": (tensor, (1, 3, 1), double, True, True, None),
        "residual": (tensor, (1, 4, 1), double, True, False, "SubBackward0"),
        "loss": (tensor, (), double, True, False, "MulBackward0"),
        "x0": ("numpy.ndarray", (3,), "float64", None, None, None),
    }


def test_the_objects_of_numpy_are_arrays_and_a_numpy_number():
    state = behind(NUMPY, replace(TALL, dtype="float32"), 0, "yield x")
    told = {name: (state[name].type, state[name].shape, state[name].dtype) for name in "Abx"}
    assert told == {
        "A": ("numpy.ndarray", (4, 3), "float32"),
        "b": ("numpy.ndarray", (4,), "float32"),
        "x": ("numpy.ndarray", (3,), "float32"),
    }
    assert (state["loss"].shape, state["loss"].dtype) == ((), "float32")
    assert (state["learning_rate"].type, state["learning_rate"].value) == ("float", "0.1")
    assert (state["iterations"].type, state["iterations"].value) == ("int", "5")


def test_a_parameter_a_module_and_an_optimizer_are_told_with_their_parts():
    state = behind(OPTIMIZER, TALL, 0, "yield model.x")
    assert state["model.x"].type == "torch.nn.Parameter"
    assert state["model"].type == "LinearModel"
    assert state["model"].value == "a module with 1 registered parameter"
    assert [part.name for part in state["model"].parts] == ["model.x", "model.A"]
    assert state["optimizer"].type == "torch.optim.SGD"
    group = state["optimizer.param_groups[0]"]
    assert group.value.startswith("lr=0.1, ")
    assert [part.name for part in group.parts] == ["optimizer.param_groups[0]['params'][0]"]
    assert state["squared_error"].type == "torch.nn.MSELoss"


def test_what_an_optimizer_remembers_of_a_parameter_is_among_its_parts():
    x = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    optimizer = torch.optim.SGD([x], lr=0.5, momentum=0.9)
    x.grad = torch.tensor([3.0, 4.0])
    empty = describe("optimizer", optimizer)
    optimizer.step()
    (momentum,) = [o for o in flat([describe("optimizer", optimizer)]) if "state" in o.name]
    assert "empty" in empty.parts[-1].value
    assert momentum.name == "optimizer.state[0]['momentum_buffer']"
    assert momentum.value.tolist() == [3.0, 4.0]


@with_model
def test_the_model_shares_what_it_was_given(variant):
    state = behind(variant, TALL, 0, "yield model.x")
    assert state["A"].shares == ("model.A",)
    assert state["model.A"].shares == ("A",)
    assert state["b"].shares == ()


def test_the_optimizer_shares_the_models_x():
    state = behind(OPTIMIZER, TALL, 0, "yield model.x")
    name = "optimizer.param_groups[0]['params'][0]"
    assert state[name].shares == ("model.x",)
    assert state["model.x"].shares == (name,)


def test_numpys_x_is_a_copy_of_the_start_and_the_residual_is_new():
    state = behind(NUMPY, TALL, 0, "yield x")
    assert [state[name].shares for name in ("x", "x0", "residual", "loss")] == [()] * 4


def test_a_view_shares_the_memory_of_what_it_looks_at_even_further_in():
    whole = torch.arange(6.0)
    objects = describe_all({"whole": whole, "part": whole[2:4], "copy": whole.clone()})
    assert {o.name: o.shares for o in objects} == {
        "whole": ("part",),
        "part": ("whole",),
        "copy": (),
    }


def test_the_grad_of_what_is_not_a_leaf_is_not_asked_for():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    with pytest.warns(UserWarning, match="not a leaf"):  # an error in these tests
        assert (2 * x).grad is None
    found = describe("y", 2 * x)
    assert (found.is_leaf, found.grad, found.grad_fn) == (False, None, "MulBackward0")


def test_an_x_that_is_no_longer_a_leaf_is_told_without_a_warning():
    steps = pitfall("no_longer_a_leaf").program(*TALL.arguments())
    next(steps)
    next(steps)
    found = {o.name: o for o in describe_all(steps.gi_frame.f_locals)}["x"]
    state = behind(pitfall("no_longer_a_leaf"), TALL, 0, "x = x - learning_rate")
    for x in (found, state["x"]):
        assert (x.is_leaf, x.requires_grad, x.grad) == (False, True, None)
        assert x.grad_fn == "SubBackward0"
        expected = X0 - 0.1 * gradient_at(TALL, X0)
        np.testing.assert_allclose(x.value.ravel(), expected, rtol=1e-13)


def test_what_is_told_is_a_copy():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    (3 * x).sum().backward()
    array = np.array([5.0])
    tensor, plain = describe("x", x), describe("array", array)
    with torch.no_grad():
        x += 10
        x.grad += 10
    array += 10
    assert (tensor.value.tolist(), tensor.grad.tolist()) == ([1.0, 2.0], [3.0, 3.0])
    assert plain.value.tolist() == [5.0]


@variants
def test_what_is_told_of_a_program_does_not_change_when_it_goes_on(variant):
    steps = variant.program(*TALL.arguments())
    x, _ = next(steps)
    described = describe_all(steps.gi_frame.f_locals)
    before = [seen(found) for found in flat(described)]
    next(steps)
    assert np.ravel(x if variant is NUMPY else x.detach().numpy()).tolist() != X0.tolist()
    assert [seen(found) for found in flat(described)] == before


def test_what_is_neither_a_number_nor_made_of_tensors_is_told_by_its_type():
    found = describe("thing", SimpleNamespace(a=1))
    assert (found.type, found.value, found.parts) == ("SimpleNamespace", "SimpleNamespace", ())
    unset = {f.name: f.default for f in fields(Object) if f.name not in ("name", "type", "value")}
    assert {name: getattr(found, name) for name in unset} == unset


# --- what a look leaves behind


@variants
def test_a_run_after_a_look_is_the_same_as_before_it(variant):
    before = compare(TALL, [variant])[variant.key]
    for line in lines_to_choose(variant.source):
        xray(variant, TALL, 2, line)
    after = compare(TALL, [variant])[variant.key]
    assert after.iterates.tobytes() == before.iterates.tobytes()
    assert after.losses.tobytes() == before.losses.tobytes()
    assert (after.status, after.warnings) == (before.status, ())


@torch_variants
def test_the_grad_mode_after_a_look_is_the_one_before_it(variant):
    for line in lines_to_choose(variant.source):
        xray(variant, TALL, 1, line)
        assert torch.is_grad_enabled(), line


@pytest.mark.parametrize("key", ["recorded_update", "parameters_in_a_list", "numpy_of_a_leaf"])
def test_a_look_at_what_raises_leaves_neither_a_tracer_nor_another_grad_mode(key):
    program, former = pitfall(key), sys.gettrace()
    assert [xray(program, TALL, 0, n).raised for n in lines_to_choose(program.source)][-1]
    assert sys.gettrace() is former
    assert torch.is_grad_enabled()


@pytest.mark.parametrize("program", [NUMPY, OPTIMIZER, pitfall("parameters_in_a_list")])
def test_a_tracer_that_was_set_before_is_set_again(program):
    def tracer(_frame, _event, _argument):
        return None

    former = sys.gettrace()
    sys.settrace(tracer)
    try:
        for line in lines_to_choose(program.source):
            xray(program, TALL, 1, line)
        found = sys.gettrace()
    finally:
        sys.settrace(former)
    assert found is tracer


def test_nothing_is_traced_after_a_look_nor_between_the_iterations_before_it():
    former, tracers = sys.gettrace(), []

    class Watched:
        key, source, program = NUMPY.key, NUMPY.source, NUMPY.program

        def __call__(self, *arguments):
            for pair in NUMPY(*arguments):
                tracers.append(sys.gettrace())
                yield pair

    state = behind(Watched(), TALL, 3, "yield x")
    assert tracers[:3] == [former] * 3
    assert tracers[3] is not former
    assert state["_"].value == "3"
    assert sys.gettrace() is former


# --- pitfalls


def test_a_line_that_raises_tells_what_and_shows_the_state_it_left():
    state = behind(pitfall("parameters_in_a_list"), TALL, 0, "optimizer = torch")
    assert state.raised == "ValueError: optimizer got an empty parameter list"
    assert "optimizer" not in names(state)
    assert "model" in names(state)


def test_a_line_that_raises_later_tells_it_at_its_iteration_only():
    program = pitfall("no_longer_a_leaf")
    first, second = (behind(program, TALL, k, "x = x - learning_rate") for k in (0, 1))
    assert first.raised == ""
    assert second.raised.startswith("TypeError: ")
    assert second["x"].grad_fn == "SubBackward0"


@pytest.mark.parametrize(
    ("key", "k", "text"),
    [
        ("parameters_in_a_list", 0, "prediction = model()"),
        ("parameters_in_a_list", 3, "optimizer.step()"),
        ("parameters_in_a_list", 0, "return torch.matmul"),
        ("recorded_update", 1, "loss.backward()"),
        ("no_longer_a_leaf", 3, "yield x"),
    ],
)
def test_a_line_that_is_never_reached_shows_nothing_but_what_was_raised(key, k, text):
    state, exception = behind(pitfall(key), TALL, k, text), pitfall(key).run(TALL).exception
    assert state.frames == ()
    assert state.raised == f"{type(exception).__name__}: {exception}"


def test_an_iteration_past_the_last_is_not_reached():
    state = behind(AUTOGRAD, TALL, TALL.iterations + 1, "loss.backward()")
    assert (state.frames, state.raised) == ((), "")


def test_a_program_that_hands_out_nothing_inside_its_loop_is_seen_at_any_iteration():
    experiment = replace(TALL, iterations=12)
    run = compare(experiment, [AUTOGRAD])[AUTOGRAD.key]
    state = behind(pitfall("history_without_copy"), experiment, 7, "history.append")
    assert state["x"].value.ravel().tolist() == run.iterates[7].tolist()
    assert state["loss"].value.item() == run.losses[7]
    assert (state["_"].value, state["history"].value) == ("7", "a list of 8")


def test_a_line_behind_the_loop_is_seen_with_the_last_point():
    run = compare(replace(TALL, iterations=6), [AUTOGRAD])[AUTOGRAD.key]
    state = behind(pitfall("history_without_copy"), TALL, 0, "yield from history")
    assert state["x"].value.ravel().tolist() == run.iterates[6].tolist()


def test_a_parameter_in_a_list_is_not_registered_but_seen_in_its_list():
    state = behind(pitfall("parameters_in_a_list"), TALL, 0, "model = LinearModel")
    assert state["model"].value == "a module with 0 registered parameters"
    assert state["model.x"].value == "a list of 1"
    assert state["model.x[0]"].type == "torch.nn.Parameter"
    assert state["model.x[0]"].value.ravel().tolist() == X0.tolist()


def test_a_gradient_that_is_never_cleared_is_seen_to_add_up():
    program = pitfall("never_cleared")
    run = program.run(TALL)
    for k in (0, 1, 4):
        grad = behind(program, TALL, k, "loss.backward()")["x"].grad
        total = sum(gradient_at(TALL, x) for x in run.iterates[: k + 1])
        np.testing.assert_allclose(grad.ravel(), total, rtol=1e-12, atol=1e-13)


# --- the ten remarks


def shown(number, experiment):
    """What a remark points at, at its iteration or the last one there is."""
    (remark,) = [remark for remark in REMARKS if remark.number == number]
    k = min(remark.iteration, experiment.iterations)
    return xray(PROGRAMS[remark.program], experiment, k, remark.line), k


def test_there_are_ten_remarks():
    assert [remark.number for remark in REMARKS] == list(range(1, 11))
    assert len({remark.title for remark in REMARKS}) == 10
    assert all(remark.text.endswith(".") for remark in REMARKS)


@experiments
@pytest.mark.parametrize("remark", REMARKS, ids=lambda remark: str(remark.number))
def test_each_remark_points_at_a_line_that_is_reached_and_at_objects_that_are_there(
    remark, experiment
):
    program = PROGRAMS[remark.program]
    assert remark.code in program.source.splitlines()[remark.line - 1]
    assert remark.line in lines_to_choose(program.source)
    state, _ = shown(remark.number, experiment)
    assert state.raised == ""
    assert {state[name].name for name in remark.look} == set(remark.look)


@experiments
def test_remark_1_numpys_loss_is_a_numpy_number_and_computes_like_a_float(experiment):
    loss = shown(1, experiment)[0]["loss"]
    residual = experiment.system.A @ experiment.x0 - experiment.system.b
    assert loss.type == "numpy.float64"
    assert loss.value == pytest.approx(0.5 * sum(float(r) ** 2 for r in residual), rel=1e-14)


@experiments
def test_remark_2_pytorchs_loss_is_a_tensor_without_dimensions(experiment):
    loss = shown(2, experiment)[0]["loss"]
    assert (loss.type, loss.shape, loss.value.ndim) == ("torch.Tensor", (), 0)


@experiments
def test_remark_3_residual_and_loss_are_results_of_the_graph(experiment):
    state, _ = shown(3, experiment)
    assert (state["residual"].grad_fn, state["loss"].grad_fn) == ("SubBackward0", "MulBackward0")
    assert (state["x"].is_leaf, state["x"].grad_fn, state["x"].grad) == (True, None, None)
    nodes = graph_at(AUTOGRAD, experiment, 0).nodes
    assert [(node.name, node.leaf) for node in nodes if node.leaf] == [("AccumulateGrad", "x")]
    assert nodes[0].name == state["loss"].grad_fn


@experiments
def test_remark_4_x_grad_is_the_gradient_of_the_loss_in_the_shape_of_x(experiment):
    x = shown(4, experiment)[0]["x"]
    assert x.grad.shape == x.shape == (1, 3, 1)
    expected = gradient_at(experiment, experiment.x0)
    np.testing.assert_allclose(x.grad.ravel(), expected, rtol=1e-13, atol=1e-14)


@experiments
def test_remark_5_the_update_is_not_recorded_and_leaves_a_leaf(experiment):
    state, _ = shown(5, experiment)
    x = state["x"]
    assert (state.recording, x.is_leaf, x.grad_fn, x.requires_grad) == (False, True, None, True)
    step = experiment.learning_rate * gradient_at(experiment, experiment.x0)
    np.testing.assert_allclose(x.value.ravel(), experiment.x0 - step, rtol=1e-13, atol=1e-14)


@experiments
def test_remark_6_the_gradient_is_still_there_after_the_step(experiment):
    state, k = shown(6, experiment)
    iterates = compare(experiment, [OPTIMIZER])[OPTIMIZER.key].iterates
    x = state["model.x"]
    assert x.value.ravel().tolist() == iterates[k + 1].tolist()
    expected = gradient_at(experiment, iterates[k])
    np.testing.assert_allclose(x.grad.ravel(), expected, rtol=1e-12, atol=1e-14)


@experiments
def test_remark_7_the_sum_with_the_half_equals_the_loss_of_the_baseline(experiment):
    state, k = shown(7, experiment)
    baseline = compare(experiment, [NUMPY])[NUMPY.key].losses[k]
    assert "reduction = 'sum'" in state["squared_error"].value
    assert state["loss"].value == pytest.approx(baseline, rel=1e-14)
    residual = experiment.system.A @ experiment.x0 - experiment.system.b
    mean = torch.nn.MSELoss()(torch.tensor(residual), torch.zeros(len(residual)).double())
    assert mean.item() * len(residual) / 2 == pytest.approx(baseline, rel=1e-14)


@experiments
def test_remark_8_x_is_the_same_in_all_programs_to_rounding(experiment):
    state, k = shown(8, experiment)
    assert k == experiment.iterations
    for run in compare(experiment).values():
        np.testing.assert_allclose(
            state["x"].value.ravel(), run.iterates[k], rtol=1e-13, atol=1e-15
        )
    assert state["x"].dtype == "torch.float64"


@experiments
def test_remark_9_the_optimizer_holds_the_models_x_itself(experiment):
    state, _ = shown(9, experiment)
    held, x = state["optimizer.param_groups[0]['params'][0]"], state["model.x"]
    assert [part.name for part in state["optimizer.param_groups[0]"].parts] == [held.name]
    assert held.memory == x.memory != 0
    assert (held.type, held.shape, held.dtype) == ("torch.nn.Parameter", (3, 1), "torch.float64")


@experiments
def test_remark_10_a_list_of_parameters_is_not_registered(experiment):
    state, _ = shown(10, experiment)
    assert "0 registered parameters" in state["model"].value
    assert state["model.x"].type == "list"
    assert pitfall("parameters_in_a_list").run(experiment).exception is not None


def test_a_remark_whose_iteration_lies_behind_the_end_is_seen_at_the_end():
    state, k = shown(8, replace(WORKED, iterations=7))
    run = compare(replace(WORKED, iterations=7), [MSE_LOSS])[MSE_LOSS.key]
    assert k == 7
    assert state["x"].value.ravel().tolist() == run.iterates[-1].tolist()


# --- others go on


def test_a_look_far_into_a_program_lets_others_run_meanwhile():
    """Each report is a moment at which nothing of ours is locked: a whole comparison fits in."""
    far = replace(WORKED, iterations=2000)
    moments = 0
    for progress in stream_xray(AUTOGRAD, far, 2000, line_of(AUTOGRAD.source, "yield x")):
        with ThreadPoolExecutor(1) as other:
            (run,) = other.submit(compare, WORKED, VARIANTS[:1]).result(timeout=30).runs
        assert run.status == "finished"
        moments += not progress.finished
    assert moments >= 5


def test_a_look_can_be_given_up_halfway():
    far = replace(WORKED, iterations=2000)
    reports = stream_xray(AUTOGRAD, far, 2000, line_of(AUTOGRAD.source, "yield x"))
    assert next(reports).snapshot() is None
    reports.close()
    assert sys.gettrace() is None


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_the_line_looked_behind_first_does_something_in_the_loop(program):
    line = first_of_loop(program.source)
    assert listing(program.source)[line - 1].phase == "forward"
    assert is_repeated(program.source, line)
