"""The graph that the forward operations left behind, which `backward()` walks back.

https://docs.pytorch.org/docs/stable/notes/autograd.html: every result knows the node that made it,
`grad_fn`, and every node those before it, `next_functions`; a leaf's node is AccumulateGrad.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lsedash.looking.objects import memory_of
from lsedash.problem import Array


@dataclass(frozen=True, eq=False)
class Saved:
    """A tensor that a node keeps for the way back: which operand it was, and its own name."""

    operand: str
    name: str
    shape: tuple[int, ...]
    value: Array


@dataclass(eq=False)
class Node:
    """One operation of the graph.

    Attributes:
        number: 0 is the last operation, the loss.
        name: PyTorch's name of it, such as "MulBackward0".
        leaf: the name of the leaf whose gradient it collects, "" if it is an operation.
        saved: the tensors it keeps.
        inputs: numbers of the nodes before it.
        shape: of what it made; known once the graph has been walked back.
        gradient: of the loss with respect to what it made; likewise.
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
    """The graph of a loss, the loss first. Its nodes learn shapes and gradients on the way back."""

    nodes: list[Node]
    hooks: list[Any] = field(default_factory=list, repr=False)

    def release(self) -> None:
        """Stop listening."""
        for hook in self.hooks:
            hook.remove()


def graph_of(loss: Any, names: Mapping[int, str]) -> Graph:
    """The graph behind a loss, before `backward()` frees it; it is listened to, not changed.

    Args:
        loss: a tensor.
        names: the program's own names for tensors, by `memory_of`.
    """
    functions = list(reachable([loss.grad_fn]))
    numbers = {function: number for number, function in enumerate(functions)}
    graph = Graph([_node(function, numbers, names) for function in functions])
    for function, node in zip(functions, graph.nodes, strict=True):
        graph.hooks.append(_listen(function, node))
    return graph


def reachable(functions: Iterable[Any]) -> Iterator[Any]:
    """The nodes that the functions lead to, themselves included, each once, nearest first."""
    waiting, seen = [f for f in functions if f is not None], set()
    while waiting:
        function = waiting.pop(0)
        if function not in seen:
            seen.add(function)
            yield function
            waiting += [before for before, _ in function.next_functions if before is not None]


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
        if hasattr(value, "data_ptr"):  # a tensor; numbers and sizes are no memory worth a box
            operand = attribute.removeprefix("_saved_")
            array = value.detach().numpy().copy()
            name = names.get(memory_of(value), "")
            yield Saved(operand, name, tuple(value.shape), array)


def _listen(function: Any, node: Node) -> Any:
    """Note the gradient that arrives at a node, without a part in it."""

    def arrive(gradients: tuple[Any, ...]) -> None:
        if gradients[0] is not None:
            node.shape = tuple(gradients[0].shape)
            node.gradient = gradients[0].detach().numpy().copy()

    return function.register_prehook(arrive)


def count_nodes(losses: Iterable[Any]) -> int:
    """How many nodes are kept alive by these losses."""
    return sum(1 for _ in reachable(loss.grad_fn for loss in losses))


def dot(graph: Graph, *, gradients: bool) -> str:
    """The graph in the DOT language; colours are left to the page, by class.

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
            name = f"s{node.number}_{i}"
            known = saved.name or saved.operand
            about = f"{known} {_shape(saved.shape) if saved.shape else brief(saved.value)}"
            lines.append(f'{name} [class="saved" label={_quoted(about)}];')
            lines.append(f"{name} -> n{node.number} [style=dashed arrowhead=none];")
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
