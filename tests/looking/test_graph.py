"""The graph behind a loss: against a walk by hand, and against autograd asked directly."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
import torch

from helpers.graphs import AUTOGRAD, MSE_LOSS, TALL, A, at, b, pitfall, points, torch_variants, x_at
from lsedash.looking.graph import count_nodes, graph_of, reachable
from lsedash.looking.xray import graph_at

TENSOR = {"float64": torch.float64, "float32": torch.float32}


def edges_by_hand(function):
    """The pairs (result, operand) of names below a node of a graph without cross links."""
    for before, _ in function.next_functions:
        if before is not None:
            yield function.name(), before.name()
            yield from edges_by_hand(before)


def plain(name):
    return name.removeprefix("torch::autograd::")


def rebuilt(variant, x, experiment):
    """The loss at x built here: its tensors from x to the loss."""
    A, b = (torch.tensor(array) for array in experiment.arguments()[:2])
    if variant is AUTOGRAD:
        x = torch.tensor(x).reshape(1, -1, 1).requires_grad_()
        product = torch.bmm(A[None], x)
        residual = product - b.reshape(1, -1, 1)
        norm = torch.linalg.vector_norm(residual)
        square = norm**2
        return [x, product, residual, norm, square, 0.5 * square]
    x = torch.tensor(x).reshape(-1, 1).requires_grad_()
    product = torch.matmul(A, x)
    total = torch.nn.functional.mse_loss(product, b.reshape(-1, 1), reduction="sum")
    return [x, product, total, 0.5 * total]


# --- nodes


@torch_variants
@points
def test_the_nodes_and_their_order_are_those_of_a_walk_by_hand(variant, k):
    nodes = graph_at(variant, TALL, k).nodes
    _, loss = at(variant, k)
    by_hand = [(plain(result), plain(operand)) for result, operand in edges_by_hand(loss.grad_fn)]
    edges = [(node.name, nodes[before].name) for node in nodes for before in node.inputs]
    assert nodes[0].name == loss.grad_fn.name()
    assert [node.number for node in nodes] == list(range(len(nodes)))
    assert Counter(edges) == Counter(by_hand)
    assert len(nodes) == len(by_hand) + 1  # a chain
    assert count_nodes([loss]) == len(nodes)


@torch_variants
@points
def test_there_is_one_leaf_and_it_is_called_as_the_program_calls_x(variant, k):
    leaves = [node for node in graph_at(variant, TALL, k).nodes if node.leaf]
    name = "model.x" if "nn.Module" in variant.source else "x"
    assert [(node.leaf, node.name, node.inputs) for node in leaves] == [
        (name, "AccumulateGrad", ())
    ]


def test_a_node_that_two_others_need_is_there_once():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    square = x * x
    loss = (square + 3 * square).sum()
    nodes = graph_of(loss, {}).nodes
    assert [(node.name, node.inputs) for node in nodes] == [
        ("SumBackward0", (1,)),
        ("AddBackward0", (2, 3)),
        ("MulBackward0", (4, 4)),  # x * x
        ("MulBackward0", (2,)),
        ("AccumulateGrad", ()),
    ]
    assert [node.leaf for node in nodes if node.leaf] == ["a leaf"]
    assert len(list(reachable([loss.grad_fn, square.grad_fn, None]))) == 5


def test_losses_that_are_kept_keep_their_graphs_but_share_the_leaf():
    steps = pitfall("graphs_kept").program(*TALL.arguments())
    losses = [loss for _, loss in steps]
    one = count_nodes(losses[:1])
    assert one == 6
    assert count_nodes(losses) == 7 * (one - 1) + 1
    assert count_nodes([]) == 0


# --- what the nodes keep


@torch_variants
@points
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_what_is_kept_has_the_programs_names_shapes_and_values(variant, k, dtype):
    experiment = replace(TALL, dtype=dtype)
    known = [s for node in graph_at(variant, experiment, k).nodes for s in node.saved if s.name]
    A, b = experiment.arguments()[:2]
    x = x_at(variant, k, experiment)
    values = {"A": A, "b": b, "residual": A @ x - b, "prediction": A @ x}
    names = {"A", "residual"} if variant is AUTOGRAD else {"A", "b", "prediction"}
    assert {saved.name for saved in known} == names
    for saved in known:
        axes = values[saved.name].shape if saved.name == "A" else (4, 1)
        assert saved.shape == ((1, *axes) if variant is AUTOGRAD else axes)
        assert saved.value.shape == saved.shape
        tolerance = 1e-13 if dtype == "float64" else 1e-5
        expected = values[saved.name].ravel()
        np.testing.assert_allclose(saved.value.ravel(), expected, rtol=tolerance, atol=tolerance)


@torch_variants
def test_what_is_kept_without_a_name_of_its_own_is_a_number(variant):
    for node in graph_at(variant, TALL, 1).nodes:
        assert {saved.shape for saved in node.saved if not saved.name} <= {()}
        assert all(saved.operand for saved in node.saved)


def test_what_is_kept_is_a_copy():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    factor = torch.tensor([3.0, 4.0])
    graph = graph_of((factor * x).sum(), {factor.data_ptr(): "factor"})
    factor += 10
    (saved,) = [saved for node in graph.nodes for saved in node.saved if saved.name]
    assert (saved.name, saved.value.tolist()) == ("factor", [3.0, 4.0])


# --- the way back


@torch_variants
@points
def test_the_gradient_that_arrives_at_the_leaf_is_that_of_the_loss(variant, k):
    (leaf,) = [node for node in graph_at(variant, TALL, k).nodes if node.leaf]
    x = x_at(variant, k)
    expected = A.T @ (A @ x - b)
    assert leaf.shape == leaf.gradient.shape == (1, 3, 1)[variant is not AUTOGRAD :]
    np.testing.assert_allclose(leaf.gradient.ravel(), expected, rtol=1e-12, atol=1e-14)


@torch_variants
@points
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_shapes_and_gradients_of_all_nodes_are_what_autograd_says_when_asked(variant, k, dtype):
    experiment = replace(TALL, dtype=dtype)
    tensors = rebuilt(variant, x_at(variant, k, experiment), experiment)
    gradients = torch.autograd.grad(tensors[-1], tensors)
    expected = {
        "AccumulateGrad" if tensor.is_leaf else tensor.grad_fn.name(): gradient
        for tensor, gradient in zip(tensors, gradients, strict=True)
    }
    nodes = graph_at(variant, experiment, k).nodes
    assert {node.name for node in nodes} == expected.keys()
    for node in nodes:
        assert node.shape == tuple(expected[node.name].shape)
        assert torch.from_numpy(node.gradient).dtype == TENSOR[dtype]
        assert node.gradient.tolist() == expected[node.name].tolist()


def test_the_residual_gets_itself_as_its_gradient():
    nodes = {node.name: node for node in graph_at(AUTOGRAD, TALL, 2).nodes}
    residual = A @ x_at(AUTOGRAD, 2) - b
    np.testing.assert_allclose(nodes["SubBackward0"].gradient.ravel(), residual, rtol=1e-12)
    assert nodes["MulBackward0"].gradient == 1.0
    assert nodes["PowBackward0"].gradient == 0.5


def test_a_graph_that_was_not_walked_back_knows_neither_shapes_nor_gradients():
    _, loss = at(MSE_LOSS, 0)
    assert {(node.shape, node.gradient) for node in graph_of(loss, {}).nodes} == {(None, None)}
