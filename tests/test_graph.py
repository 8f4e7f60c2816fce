"""The graph behind a loss: against a walk by hand, and against autograd asked directly."""

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
import torch

from lsedash import VARIANTS, Experiment, LinearSystem, compare
from lsedash.inspect.graph import Graph, Node, Saved, brief, count_nodes, dot, graph_of, reachable
from lsedash.inspect.xray import NoGraph, graph_at
from lsedash.pitfalls import PITFALLS

RNG = np.random.default_rng(5)
A, b, X0 = RNG.standard_normal((4, 3)), RNG.standard_normal(4), RNG.standard_normal(3)
TALL = Experiment(LinearSystem(A, b), X0, 0.1, 6)
NUMPY, AUTOGRAD, MSE_LOSS = VARIANTS[:3]
TORCH = [variant for variant in VARIANTS if "import torch" in variant.source]
TENSOR = {"float64": torch.float64, "float32": torch.float32}

torch_variants = pytest.mark.parametrize("variant", TORCH, ids=lambda variant: variant.key)
points = pytest.mark.parametrize("k", [0, 1, 6])

QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
DECLARED = re.compile(r'^(\w+) \[class="(\w+)" label=("(?:[^"\\]|\\.)*")\];$', re.M)
EDGE = re.compile(r"^(\w+) -> (\w+) \[(.*)\];$", re.M)


def pitfall(key):
    (found,) = [pitfall for pitfall in PITFALLS if pitfall.key == key]
    return found


def at(variant, k, experiment=TALL):
    """The running program, and its loss at point k."""
    steps = variant.program(*experiment.arguments())
    for _ in range(k + 1):
        _, loss = next(steps)
    return steps, loss


def x_at(variant, k, experiment=TALL):
    return compare(experiment, [variant])[variant.key].iterates[k]


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


def made_up():
    """A graph with whatever text could break the DOT."""
    saved = Saved("self", 'a "b" \\ c', (2,), np.array([1.0, 2.0]))
    number = Saved("other", "", (), np.array(0.5))
    return Graph(
        [
            Node(0, 'Say"Hi"', saved=(saved, number), inputs=(1, 2), gradient=np.array(1.0)),
            Node(1, "Leaf", leaf="model.x", shape=(3, 1), gradient=np.arange(6.0)),
            Node(2, "Unknown"),
        ]
    )


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


# --- DOT


@pytest.mark.parametrize("gradients", [False, True])
@pytest.mark.parametrize("variant", [*TORCH, None], ids=lambda v: v.key if v else "made up")
def test_the_dot_declares_every_node_once_and_its_edges_join_declared_ones(variant, gradients):
    graph = graph_at(variant, TALL, 1) if variant else made_up()
    text = dot(graph, gradients=gradients)
    declared = {name: kind for name, kind, _ in DECLARED.findall(text)}
    edges = EDGE.findall(text)
    saved = [s for node in graph.nodes for s in node.saved]
    head, *inside, tail = text.splitlines()
    assert (head, tail) == ("digraph {", "}")
    assert all(line.endswith("];") for line in inside)
    assert len(inside) == 3 + len(declared) + len(edges)
    assert len(DECLARED.findall(text)) == len(declared) == len(graph.nodes) + len(saved)
    assert {name for one, other, _ in edges for name in (one, other)} <= declared.keys()
    bare = QUOTED.sub("", text)
    assert '"' not in bare
    assert [bare.count(bracket) for bracket in "{}"] == [1, 1]
    assert bare.count("[") == bare.count("]") == len(inside)


@torch_variants
def test_the_dot_has_the_edges_of_the_graph_and_one_for_each_thing_kept(variant):
    graph = graph_at(variant, TALL, 1)
    edges = EDGE.findall(dot(graph, gradients=False))
    kinds = {n: kind for n, kind, _ in DECLARED.findall(dot(graph, gradients=False))}
    flow = {(one, other) for one, other, _ in edges if kinds[one] != "saved"}
    kept = Counter(other for one, other, _ in edges if kinds[one] == "saved")
    assert flow == {(f"n{i}", f"n{node.number}") for node in graph.nodes for i in node.inputs}
    assert kept == Counter({f"n{n.number}": len(n.saved) for n in graph.nodes if n.saved})
    assert [kinds[f"n{node.number}"] for node in graph.nodes] == [
        "leaf" if node.leaf else "operation" for node in graph.nodes
    ]


@torch_variants
def test_gradients_are_written_only_where_they_are_asked_for(variant):
    graph = graph_at(variant, TALL, 1)
    without, with_them = (dot(graph, gradients=wanted) for wanted in (False, True))
    assert "gradient" not in without
    labels = [label for _, kind, label in DECLARED.findall(with_them) if kind != "saved"]
    assert all("\\ngradient " in label for label in labels)
    (leaf,) = [node for node in graph.nodes if node.leaf]
    numbers = ", ".join(f"{entry:.4g}" for entry in A.T @ (A @ x_at(variant, 1) - b))
    assert f'label="{leaf.leaf}\\nAccumulateGrad\\ngradient ({numbers})"' in with_them


def test_a_label_is_quoted():
    labels = {name: label for name, _, label in DECLARED.findall(dot(made_up(), gradients=True))}
    assert labels == {
        "n0": r'"Say\"Hi\"\ngradient 1"',
        "s0_0": r'"a \"b\" \\ c (2,)"',
        "s0_1": '"other 0.5"',
        "n1": r'"model.x\nLeaf\ngradient (0, 1, 2, 3, …)"',
        "n2": '"Unknown"',
    }


def test_an_edge_bears_the_shape_of_what_flows_along_it():
    edges = EDGE.findall(dot(made_up(), gradients=False))
    assert ("n1", "n0", 'label="(3, 1)"') in edges
    assert ("n2", "n0", 'label=""') in edges


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.array(0.5), "0.5"),
        (np.array([1.0]), "(1)"),
        (np.array([[1 / 3], [-2e-7]]), "(0.3333, -2e-07)"),
        (np.arange(4.0), "(0, 1, 2, 3)"),
        (np.arange(5.0), "(0, 1, 2, 3, …)"),
        (np.array([np.nan, np.inf]), "(nan, inf)"),
    ],
)
def test_numbers_are_told_briefly(value, text):
    assert brief(value) == text
