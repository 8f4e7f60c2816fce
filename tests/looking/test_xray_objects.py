"""What is told of an object that is seen behind a line."""

import ast
from dataclasses import fields, replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from helpers.xray_programs import (
    AUTOGRAD,
    NUMPY,
    OPTIMIZER,
    TALL,
    X0,
    behind,
    gradient_at,
    pitfall,
    seen,
    torch_variants,
    variants,
    with_model,
)
from lsedash.looking.listing import is_repeated, lines_to_choose
from lsedash.looking.objects import Object, describe, describe_all, flat
from lsedash.looking.xray import xray


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
