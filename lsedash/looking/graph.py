"""The autograd graph that the forward operations record and `backward()` walks.

A tensor's `grad_fn` is the node that made it; a node's `next_functions` are the nodes of its
inputs; the node of a leaf is AccumulateGrad:
https://docs.pytorch.org/docs/stable/notes/autograd.html.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lsedash.looking.objects import memory_of
from lsedash.problem import Array


@dataclass(frozen=True, eq=False)
class Saved:
    """A tensor that a node saves for `backward()`.

    Attributes:
        operand: PyTorch's name for its role in the operation, such as "self".
        name: the program's name for it, "" if it has none.
        shape, value: its shape and a copy of its numbers.
    """

    operand: str
    name: str
    shape: tuple[int, ...]
    value: Array


@dataclass(eq=False)
class Node:
    """One operation of the graph.

    Attributes:
        number: 0 is the last operation, the loss.
        name: PyTorch's name for it, such as "MulBackward0".
        leaf: the name of the leaf whose gradient it accumulates; "" if it is an operation.
        saved: the tensors it saves for `backward()`.
        inputs: the numbers of the nodes of its inputs.
        shape: of its result; None before `backward()`.
        gradient: of the loss with respect to its result; None before `backward()`.
    """

    number: int
    name: str
    leaf: str = ""
    saved: tuple[Saved, ...] = ()
    inputs: tuple[int, ...] = ()
    shape: tuple[int, ...] | None = None
    gradient: Array | None = None


@dataclass(eq=False)
class Graph:
    """The graph of a loss, the loss first. `backward()` adds shapes and gradients to its nodes."""

    nodes: list[Node]
    hooks: list[Any] = field(default_factory=list, repr=False)

    def release(self) -> None:
        """Remove the hooks that record gradients."""
        for hook in self.hooks:
            hook.remove()
        self.hooks.clear()


def graph_of(loss: Any, names: Mapping[int, str]) -> Graph:
    """The graph of a loss, read before `backward()` frees it; hooks will record the gradients.

    Args:
        loss: a tensor.
        names: the program's names for tensors, by `memory_of`.
    """
    functions = list(reachable([loss.grad_fn]))
    numbers = {function: number for number, function in enumerate(functions)}
    graph = Graph([_node(function, numbers, names) for function in functions])
    for function, node in zip(functions, graph.nodes, strict=True):
        graph.hooks.append(_record_gradient(function, node))
    return graph


def reachable(functions: Iterable[Any]) -> Iterator[Any]:
    """The given nodes and all nodes before them, each once, breadth first."""
    queue, seen = [f for f in functions if f is not None], set()
    while queue:
        function = queue.pop(0)
        if function not in seen:
            seen.add(function)
            yield function
            queue += [before for before, _ in function.next_functions if before is not None]


def _node(function: Any, numbers: Mapping[Any, int], names: Mapping[int, str]) -> Node:
    leaf = getattr(function, "variable", None)
    before = [f for f, _ in function.next_functions if f is not None]
    return Node(
        number=numbers[function],
        name=function.name().removeprefix("torch::autograd::"),
        leaf="" if leaf is None else names.get(memory_of(leaf), "a leaf"),
        saved=tuple(_saved(function, names)),
        inputs=tuple(numbers[f] for f in before),
    )


def _saved(function: Any, names: Mapping[int, str]) -> Iterator[Saved]:
    for attribute in dir(function):
        if not attribute.startswith("_saved_"):
            continue
        value = getattr(function, attribute)
        if hasattr(value, "data_ptr"):  # only tensors, not numbers and sizes
            operand = attribute.removeprefix("_saved_")
            array = value.detach().numpy().copy()
            name = names.get(memory_of(value), "")
            yield Saved(operand, name, tuple(value.shape), array)


def _record_gradient(function: Any, node: Node) -> Any:
    """Add a hook that copies the gradient that arrives at a node."""

    def record(gradients: tuple[Any, ...]) -> None:
        if gradients[0] is not None:
            node.shape = tuple(gradients[0].shape)
            node.gradient = gradients[0].detach().numpy().copy()

    return function.register_prehook(record)


def count_nodes(losses: Iterable[Any]) -> int:
    """How many nodes these losses keep alive."""
    return sum(1 for _ in reachable(loss.grad_fn for loss in losses))


def dot(graph: Graph, *, gradients: bool) -> str:
    """The graph in the DOT language; the page sets the colours by class.

    Args:
        gradients: whether each operation shows the gradient that arrived at it.
    """
    lines = [
        "digraph {",
        "graph [rankdir=BT bgcolor=transparent ranksep=0.35 nodesep=0.3];",
        'node [fontname="Source Sans, sans-serif" fontsize=18 shape=box style="rounded"];',
        'edge [fontname="Source Sans, sans-serif" fontsize=16];',
    ]
    for node in graph.nodes:
        kind = "leaf" if node.leaf else "operation"
        lines.append(f'n{node.number} [class="{kind}" label={_quoted(_label(node, gradients))}];')
        for before in node.inputs:
            shape = _shape(graph.nodes[before].shape)
            lines.append(f"n{before} -> n{node.number} [label={_quoted(shape)}];")
        for i, saved in enumerate(node.saved):
            box = f"s{node.number}_{i}"
            content = _shape(saved.shape) if saved.shape else brief(saved.value)
            label = f"{saved.name or saved.operand} {content}"
            lines.append(f'{box} [class="saved" label={_quoted(label)}];')
            lines.append(f"{box} -> n{node.number} [style=dashed arrowhead=none];")
    return "\n".join([*lines, "}"])


def _label(node: Node, gradients: bool) -> str:
    head = f"{node.leaf}\n{node.name}" if node.leaf else node.name
    if not gradients or node.gradient is None:
        return head
    return f"{head}\ngradient {brief(node.gradient)}"


def brief(value: Array, most: int = 4) -> str:
    """The first few entries of an array."""
    entries = [f"{entry:.4g}" for entry in np.ravel(value)[:most]]
    more = ", …" if np.size(value) > most else ""
    return entries[0] if np.ndim(value) == 0 else f"({', '.join(entries)}{more})"


def _shape(shape: tuple[int, ...] | None) -> str:
    if shape is None:
        return ""
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
