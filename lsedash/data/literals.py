"""Lists and matrices as programs write them: Python, NumPy, MATLAB, Julia, Mathematica, R."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lsedash.data.block import Fault
from lsedash.data.brackets import (
    Node,
    arguments,
    cells_of,
    ends_lines_with_commas,
    lines_within,
    rows_of,
    tree,
)
from lsedash.data.grid import MOST_IN_ALL, TOO_MANY
from lsedash.data.rlang import r_matrix
from lsedash.text.words import join_names

SHORTENED = ("...", "…", "⋮", "⋯")
WIDE = 50  # characters; NumPy breaks a printed vector after 75

_PROMPT = re.compile(r"\s*(?:>>>|In ?\[\d+\]:|Out ?\[\d+\][:=]|octave:\d+>|julia>|>>|>)\s{0,9}")
_NAME = r"[A-Za-z_][\w.]{0,60}"
_ASSIGNED = re.compile(
    rf"\s*(?:(?:const|let|var|val|double|float|int)\s+)?({_NAME})(?:\[[0-9]*\]){{0,3}}"
    r"(?:\s?:\s?[\w.]{1,40})?\s{0,9}(?::=|<-|=)\s{0,9}(?=[\[({A-Za-z<])"
)
_ASSIGNMENTS = re.compile(rf"^({_NAME})[ \t]*(?:<-|:?=)[ \t]*(?:[\w.]+\()?[\[({{c]", re.M)
_BEGINS = re.compile(r"<tf\.Tensor:[^\n]*numpy=\s*|Parameter containing:\s*")
_COMMENTS = re.compile(r"(?:#|%|//)[^\n\"']*(?=\n|$)")
_CONTINUED = re.compile(r"\.\.\.[ \t]*(?:%[^\n]*)?\n")
_PRECISION = re.compile(r"(?<=[0-9.])`[0-9.]*")
_WRAPPERS = re.compile(
    r"(?:\w+\.)*(?:array|asarray|matrix|mat|[tT]ensor|as_tensor|\w+Tensor|constant|Variable|"
    r"Parameter|Matrix|Array|DataFrame|Series|DeviceArray|list|tuple|c|rbind|cbind|data\.frame|"
    r"tibble|as\.matrix|vcat|hcat)"
)
_CALL = re.compile(rf"{_WRAPPERS.pattern}\s?\(")
_HARMLESS = re.compile(
    r"\.(?:astype|float|double|to|cuda|cpu|numpy|detach|tolist|requires_grad_|clone|copy)|>|;|\n"
)
_TRANSPOSED = re.compile(r"\.T|\.?'|\.t|ᵀ")


@dataclass(frozen=True)
class Literal:
    """A list or a matrix in a program.

    Attributes:
        form: the language.
        rows: the cells.
        name: what it is assigned to, or "".
        titles: a title for each column, or nothing.
        is_vector: whether it is a list of numbers; the rows are then its entries.
    """

    form: str
    rows: list[list[str]]
    name: str = ""
    titles: tuple[str, ...] = ()
    is_vector: bool = False


def literals_of(text: str) -> list[Literal] | Fault:
    """The ways to read a text as a literal; none if it is not one."""
    names = list(dict.fromkeys(_ASSIGNMENTS.findall(text[:20_000])))
    if len(names) > 1:
        return Fault(f" is one of {len(names)}: {join_names(names)}; give one of them.")
    prompt = _PROMPT.match(text)
    text = text[prompt.end() :] if prompt else text
    assigned = _ASSIGNED.match(text)
    name = assigned[1] if assigned else ""
    text = (text[assigned.end() :] if assigned else text).strip()
    text = _BEGINS.sub("", text, count=1) if text[:1] in "<P" else text
    if not (text[:1] in ("[", "(", "{") or _CALL.match(text)):
        return []
    text = _PRECISION.sub("", _CONTINUED.sub(" ", text) if ";" in text else text)
    if max(text.count(","), text.count(";"), text.count("\n")) > MOST_IN_ALL:
        return Fault(TOO_MANY)
    root = tree(_COMMENTS.sub("", text))
    if root is None:
        weight = 0.5 if text[0] == "(" else 0  # a note in brackets may stand above a table
        return Fault("'s brackets do not match; close each bracket that is opened.", weight=weight)
    found = list(_read(root, name))
    if any(cell in SHORTENED for literal in found for row in literal.rows for cell in row):
        return Fault(" was shortened with '...'; print it in full.")
    if found or text[0] == "(" or not re.search("[0-9]", text.partition("\n")[0]):
        return found
    return Fault(" is a list in a form that is not read; write its rows on lines.")


def _read(root: Node, name: str) -> Iterator[Literal]:
    """The literals in a tree, its wrapper and what follows it taken off."""
    items = root.items
    while items and items[0] == "\n":
        items = items[1:]
    if not items:
        return
    wrapper = items[0] if isinstance(items[0], str) else ""
    if not wrapper:
        groups = _groups(items)
        if groups is not None:
            yield from _plain(groups, name, items[len(groups.items) :])
        return
    node = items[1] if len(items) > 1 else ""
    if not _WRAPPERS.fullmatch(wrapper) or not isinstance(node, Node):
        return
    r = r_matrix(wrapper, node)
    if r is not None and all(item in (";", "\n") for item in items[2:]):
        yield Literal("R", r.rows, name, r.titles, r.is_vector)
        return
    if r is not None:
        return
    yield from _wrapped(wrapper, node, name, items[2:])


def _groups(items: list[str | Node]) -> Node | None:
    """The brackets that a text begins with, up to the first other word."""
    group = Node()
    for item in items:
        if isinstance(item, str) and item not in (",", "\n"):
            break
        group.items.append(item)
    return group if group.nodes else None


def _wrapped(wrapper: str, node: Node, name: str, tail: list[str | Node]) -> Iterator[Literal]:
    first, *others = arguments(node) or [Node()]
    if len(first.items) != 1 or not isinstance(first.items[0], Node):
        if wrapper.endswith("atrix") and len(first.nodes) == 1:
            return
        return
    titles: tuple[str, ...] = ()
    inner = first
    if all(len(other.items) == 1 and other.nodes for other in others) and others:
        inner = Node(items=[other.nodes[0] for other in (first, *others)])  # Maxima: one per row
    elif any(other.words and other.words[0].startswith("columns=") for other in others):
        given = next(o for o in others if o.words and o.words[0].startswith("columns="))
        titles = tuple(cells_of(given.nodes[0].items)) if given.nodes else ()
    for literal in _plain(inner, name, tail):
        yield Literal("Python", literal.rows, name, titles or literal.titles, literal.is_vector)


def _plain(group: Node, name: str, tail: list[str | Node]) -> Iterator[Literal]:
    """The literals that brackets hold, with what follows them applied."""
    for literal in _bracketed(group, name):
        changed = _changed(literal, tail)
        if changed is not None:
            yield changed


def _bracketed(group: Node, name: str) -> Iterator[Literal]:
    node = group.nodes[0] if len(group.nodes) == 1 else group
    form = "Mathematica" if node.bracket == "{" else "Python"
    if _are_amounts(group):
        return
    if node.nodes:
        named = _named_columns(node)
        if named:
            yield Literal("Python", named[1], name, named[0])
            return
        rows = rows_of(node)
        if rows:
            yield Literal(form, rows, name)
        return
    yield from _flat(node, form, name)


def _are_amounts(group: Node) -> bool:
    """Whether (5) or (1,234) may be amounts below zero, as accountants write them."""
    cells = [cells_of(node.items) for node in group.nodes]
    return all(
        node.bracket == "(" and not node.nodes and (len(row) < 2 or _is_amount(row))
        for node, row in zip(group.nodes, cells, strict=True)
    )


def _is_amount(cells: list[str]) -> bool:
    return re.fullmatch(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+", ",".join(cells)) is not None


def _flat(node: Node, form: str, name: str) -> Iterator[Literal]:
    """A list of cells: a vector, or in MATLAB and Julia a matrix whose rows are lines."""
    rows = lines_within(node)
    cells = [cell for row in rows for cell in row]
    if not cells:
        return
    if len(rows) == 1:
        yield _vector(form, cells, name)
        return
    by_line = ";" not in node.items
    if by_line and ends_lines_with_commas(node):
        yield _vector(form, cells, name)
        return
    may_be_wrapped = (
        by_line and "," not in node.items and sum(map(len, rows[0])) + len(rows[0]) > WIDE
    )
    if may_be_wrapped:
        yield _vector("Python", cells, name)
    if not may_be_wrapped or all(len(row) == len(rows[0]) for row in rows):
        yield Literal("MATLAB", rows, name)


def _vector(form: str, cells: list[str], name: str) -> Literal:
    return Literal(form, [[cell] for cell in cells], name, (name,) if name else (), True)


def _named_columns(node: Node) -> tuple[tuple[str, ...], list[list[str]]] | None:
    """The columns of {"x": [1, 2], "y": [3, 4]}."""
    if node.bracket != "{":
        return None
    parts = [part for part in arguments(node) if part.items]
    words = [part.words for part in parts]
    if not all(
        len(p.nodes) == 1 and w and w[-1].endswith(":") for p, w in zip(parts, words, strict=True)
    ):
        return None
    columns = [cells_of(part.nodes[0].items) for part in parts]
    if any(part.nodes[0].nodes for part in parts) or len(set(map(len, columns))) != 1:
        return None
    titles = tuple("".join(w).removesuffix(":").strip("\"'") for w in words)
    return titles, [list(row) for row in zip(*columns, strict=True)]


def _changed(literal: Literal, tail: list[str | Node]) -> Literal | None:
    """The literal after what follows it; None if that is not understood."""
    rows = literal.rows
    calls = [item for item in tail if isinstance(item, Node)]
    words = [item for item in tail if isinstance(item, str)]
    if len(calls) > sum(word.startswith(".") for word in words):
        return None
    for word in words:
        if _TRANSPOSED.fullmatch(word):
            if len({len(row) for row in rows}) != 1:
                return None
            if not literal.is_vector:
                rows = [list(column) for column in zip(*rows, strict=True)]
        elif not _HARMLESS.fullmatch(word):
            return None
    return Literal(literal.form, rows, literal.name, literal.titles, literal.is_vector)
