"""A text with brackets to a tree of cells; no recursion, so that no text is too deep."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

CLOSING = {"[": "]", "(": ")", "{": "}"}
BREAKS = (",", ";", "\n")
DEEPEST = 8

_TOKEN = re.compile(r"[\[\](){},;\n]|\"[^\"\n]*\"|'[^'\n,;\[\](){}]*'|[^\s,;\[\](){}'\"]+|['\"]")


@dataclass
class Node:
    """What stands between two brackets: cells, nodes, and the breaks between them."""

    bracket: str = ""
    items: list["str | Node"] = field(default_factory=list)

    @property
    def nodes(self) -> list["Node"]:
        """The brackets directly within this one."""
        return [item for item in self.items if isinstance(item, Node)]

    @property
    def words(self) -> list[str]:
        """The texts directly within this one, without the breaks."""
        return [i for i in self.items if isinstance(i, str) and i not in BREAKS]


def tree(text: str) -> Node | None:
    """The tree of a text, whose root stands for the whole; None if the brackets do not match."""
    root = Node()
    stack = [root]
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in CLOSING:
            if len(stack) > DEEPEST:
                return None
            node = Node(token)
            stack[-1].items.append(node)
            stack.append(node)
        elif token in CLOSING.values():
            if len(stack) == 1 or CLOSING[stack[-1].bracket] != token:
                return None
            stack.pop()
        else:
            stack[-1].items.append(token)
    return root if len(stack) == 1 else None


def arguments(node: Node) -> list[Node]:
    """What stands between the commas of a node, each as a node of its own."""
    parts = [Node()]
    for item in node.items:
        if item == ",":
            parts.append(Node())
        elif item != "\n":
            parts[-1].items.append(item)
    return parts if parts[-1].items else parts[:-1]


def cells_of(items: Sequence["str | Node"]) -> list[str]:
    """The cells of a row; two commas with nothing between have an empty cell between them."""
    cells: list[str] = []
    after_comma = True
    for item in items:
        if item == ",":
            if after_comma:
                cells.append("")
            after_comma = True
        elif isinstance(item, str) and item not in BREAKS:
            cells.append(item.strip("\"'"))
            after_comma = False
    return cells


def rows_of(node: Node) -> list[list[str]] | None:
    """The rows of a node that holds nodes, one for each; None if it is no table."""
    while len(node.nodes) == 1 and not node.words and node.nodes[0].nodes:
        node = node.nodes[0]
    if node.words or ";" in node.items:
        return None
    rows: list[list[str]] = []
    for child in node.nodes:
        while len(child.nodes) == 1 and not child.words:
            child = child.nodes[0]
        if child.nodes or ";" in child.items:
            return None
        rows.append(cells_of(child.items))
    return rows


def lines_within(node: Node) -> list[list[str]]:
    """The rows of a node that holds cells only, as semicolons and line ends divide it."""
    rows: list[list[str | Node]] = [[]]
    for item in node.items:
        if item in (";", "\n"):
            rows.append([])
        else:
            rows[-1].append(item)
    found = [cells_of(_without_last_comma(row)) for row in rows]
    return [cells for cells in found if cells]


def ends_lines_with_commas(node: Node) -> bool:
    """Whether each line within brackets but the last ends with a comma, as in a Python list."""
    items = node.items
    while items and items[-1] == "\n":
        items = items[:-1]
    while items and items[0] == "\n":
        items = items[1:]
    return all(items[i - 1] == "," for i, item in enumerate(items) if item == "\n" and i)


def _without_last_comma(row: list[str | Node]) -> list[str | Node]:
    return row[:-1] if row and row[-1] == "," else row
