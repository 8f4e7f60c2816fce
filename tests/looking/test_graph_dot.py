"""The graph written as DOT: its nodes, its edges, its labels."""

import re
from collections import Counter

import numpy as np
import pytest

from helpers.graphs import TALL, TORCH, A, b, torch_variants, x_at
from lsedash.looking.graph import Graph, Node, Saved, brief, dot
from lsedash.looking.xray import graph_at

QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
DECLARED = re.compile(r'^(\w+) \[class="(\w+)" label=("(?:[^"\\]|\\.)*")\];$', re.M)
EDGE = re.compile(r"^(\w+) -> (\w+) \[(.*)\];$", re.M)


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
