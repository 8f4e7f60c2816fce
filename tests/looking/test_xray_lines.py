"""What is behind a line: the state of the program itself, at any iteration."""

import ast
import warnings
from dataclasses import replace

import numpy as np
import pytest
import torch

from helpers.xray_programs import (
    NUMPY,
    RNG,
    TALL,
    behind,
    gradient_at,
    last_line,
    names,
    seen,
    variants,
    x_of,
)
from lsedash import VARIANTS, Experiment, LinearSystem, compare
from lsedash.looking.listing import is_repeated, line_of, lines_to_choose
from lsedash.looking.xray import xray
from lsedash.programs.pitfalls import PITFALLS

FUNCTIONS = ("descend", "__init__", "forward")
RIGHT = [p for p in PITFALLS if p.run(TALL).status == "finished"]
dtypes = pytest.mark.parametrize("dtype", ["float64", "float32"])


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


@dtypes
@pytest.mark.parametrize("program", [*VARIANTS, *RIGHT], ids=lambda program: program.key)
def test_every_line_at_any_iteration_shows_the_untraced_programs_state_to_the_bit(program, dtype):
    experiment = replace(TALL, dtype=dtype, iterations=3)
    states = untraced(program, experiment)
    assert lines_to_choose(program.source) == tuple(sorted(states))
    for line, visits in states.items():
        each, once = divmod(len(visits), 4)  # a loop in the loop visits a line several times
        assert (is_repeated(program.source, line), once) == ((True, 0) if each else (False, 1))
        for k in (0, 1, 3):
            state = xray(program, experiment, k, line)
            expected, recording = visits[k * each]
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
