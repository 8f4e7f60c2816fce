"""Listening to a graph changes nothing, and where there is no graph that is said."""

import pytest
import torch

from helpers.graphs import AUTOGRAD, NUMPY, TALL, at, pitfall, points, torch_variants
from lsedash import compare
from lsedash.looking.graph import graph_of
from lsedash.looking.xray import NoGraph, graph_at
from lsedash.programs.pitfalls import PITFALLS

# --- listening changes nothing


@torch_variants
def test_a_run_after_a_look_at_the_graph_is_the_same_as_before_it(variant):
    before = compare(TALL, [variant])[variant.key]
    for k in range(TALL.iterations + 1):
        graph_at(variant, TALL, k)
    after = compare(TALL, [variant])[variant.key]
    assert after.losses.tobytes() == before.losses.tobytes()
    assert after.iterates.tobytes() == before.iterates.tobytes()
    assert after.warnings == ()
    assert torch.is_grad_enabled()


@torch_variants
def test_a_program_that_is_listened_to_goes_on_as_ever(variant):
    steps, loss = at(variant, 2)
    graph = graph_of(loss, {})
    losses = [loss.item() for _, loss in steps]
    assert losses == compare(TALL, [variant])[variant.key].losses[3:].tolist()
    assert all(node.gradient is not None for node in graph.nodes)


def test_a_graph_that_is_released_hears_nothing_more():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    loss = (3 * x).sum()
    graph = graph_of(loss, {})
    loss.backward(retain_graph=True)
    heard = [node.gradient for node in graph.nodes]
    graph.release()
    loss.backward(gradient=torch.tensor(7.0))
    assert [gradient.tolist() for gradient in heard] == [1.0, [1.0, 1.0], [3.0, 3.0]]
    assert all(n.gradient is former for n, former in zip(graph.nodes, heard, strict=True))


def test_the_gradients_of_a_graph_are_copies():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    loss = (3 * x).sum()
    graph = graph_of(loss, {})
    loss.backward()
    x.grad += 10
    assert x.grad.tolist() == [13.0, 13.0]
    assert graph.nodes[-1].gradient.tolist() == [3.0, 3.0]


# --- no graph


def test_numpy_has_no_graph():
    with pytest.raises(NoGraph, match="has no graph"):
        graph_at(NUMPY, TALL, 0)


@pytest.mark.parametrize(
    ("key", "k"),
    [("no_longer_a_leaf", 3), ("backward_twice", 1), ("parameters_in_a_list", 0)],
)
def test_a_pitfall_that_does_not_come_that_far_has_no_graph_there(key, k):
    with pytest.raises(NoGraph, match=f"does not reach iteration {k}"):
        graph_at(pitfall(key), TALL, k)


def test_an_iteration_past_the_last_has_no_graph():
    with pytest.raises(NoGraph, match="does not reach iteration 7"):
        graph_at(AUTOGRAD, TALL, 7)


@points
@pytest.mark.parametrize("program", PITFALLS, ids=lambda pitfall: pitfall.key)
def test_a_pitfall_has_a_graph_wherever_it_hands_out_a_loss_to_walk_back_from(program, k):
    reached = program.run(TALL).last_point >= k
    walkable = program.variant is not NUMPY and program.key != "history_without_copy"
    if reached and walkable:
        nodes = graph_at(program, TALL, k).nodes
        assert nodes[0].gradient == 1.0
        assert any(node.leaf for node in nodes)
    else:
        with pytest.raises(NoGraph, match=r"graph|does not reach"):
            graph_at(program, TALL, k)


def test_the_graph_of_an_x_that_is_no_longer_a_leaf_grows():
    first, second = (graph_at(pitfall("no_longer_a_leaf"), TALL, k).nodes for k in (0, 1))
    assert (len(first), len(second)) == (6, 7)
    assert [node.leaf for node in second if node.leaf] == ["a leaf"]
