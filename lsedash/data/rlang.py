"""Vectors, matrices and data frames as R writes and prints them."""

import re
from dataclasses import dataclass

from lsedash.data.brackets import Node, arguments, cells_of

_ROW = re.compile(r"\s*\[([0-9]+),\]\s+")
_ENTRY = re.compile(r"\s*\[([0-9]+)\]\s+")
_HEAD = re.compile(r"\s*(?:\[,[0-9]+\]\s*)+")
_LONG = re.compile(r"(?<=[0-9])L$")


@dataclass(frozen=True)
class RMatrix:
    """Rows of cells, a title for each column or nothing, and whether it is a vector."""

    rows: list[list[str]]
    titles: tuple[str, ...] = ()
    is_vector: bool = False


def r_matrix(function: str, node: Node) -> RMatrix | None:
    """What c(...), matrix(c(...), ...), rbind, cbind and data.frame of vectors hold."""
    if function == "c" and not node.nodes:
        return RMatrix([[cell] for cell in _numbers(node)], is_vector=True)
    if function == "matrix":
        return _matrix(node)
    if function in ("rbind", "cbind", "data.frame", "tibble"):
        return _bound(function, node)
    return None


def _numbers(node: Node) -> list[str]:
    return [_LONG.sub("", cell) for cell in cells_of(node.items)]


def _vector(part: Node) -> list[str] | None:
    """The cells of an argument such as c(1, 2), or x = c(1, 2)."""
    if len(part.nodes) != 1 or not part.words or part.nodes[0].nodes:
        return None
    return _numbers(part.nodes[0]) if re.fullmatch(r"(?:.*=)?c", part.words[-1]) else None


def _bound(function: str, node: Node) -> RMatrix | None:
    """Vectors side by side, or one below the other."""
    parts = [part for part in arguments(node) if part.nodes]
    vectors = [_vector(part) for part in parts]
    cells = [vector for vector in vectors if vector is not None]
    if not cells or len(cells) < len(vectors) or len(set(map(len, cells))) > 1:
        return None
    if function == "rbind":
        return RMatrix(cells)
    names = tuple("".join(part.words)[:-1].strip("= \"'`") for part in parts)
    return RMatrix([list(row) for row in zip(*cells, strict=True)], names if any(names) else ())


def _matrix(node: Node) -> RMatrix | None:
    """A matrix is filled by columns unless byrow is TRUE."""
    first, *others = arguments(node) or [Node()]
    cells = _vector(first)
    if cells is None:
        return None
    given = ["".join(other.words) for other in others if not other.nodes]
    by_row = any(re.fullmatch(r"byrow=(?:TRUE|T)", text) for text in given)
    sizes = {"nrow": 0, "ncol": 0}
    positional = iter(("nrow", "ncol"))
    for text in given:
        size = re.fullmatch(r"(?:(nrow|ncol)=)?([0-9]{1,6})L?", text)
        if size:
            sizes[size[1] or next(positional, "nrow")] = int(size[2])
    rows = sizes["nrow"] or (len(cells) // sizes["ncol"] if sizes["ncol"] else len(cells))
    if not rows or len(cells) % rows or (sizes["ncol"] or len(cells) // rows) * rows != len(cells):
        return None
    columns = len(cells) // rows
    if by_row:
        return RMatrix([cells[i * columns : (i + 1) * columns] for i in range(rows)])
    return RMatrix([cells[i::rows] for i in range(rows)])


def without_r_marks(text: str) -> str | None:
    """A printed R matrix without [1,] and [,1], or None if it was printed in several blocks."""
    lines = [line for line in text.split("\n") if line.strip()]
    if any(_ENTRY.match(line) for line in lines[:1]):
        if not all(_ENTRY.match(line) for line in lines):
            return text
        return "c(" + ",".join(",".join(_ENTRY.sub("", line).split()) for line in lines) + ")"
    marks = [match[1] for line in lines if (match := _ROW.match(line))]
    if marks.count("1") > 1:
        return None
    if not marks or len(marks) < len(lines) - 1:
        return text
    kept = [_ROW.sub("", line) for line in lines if not _HEAD.fullmatch(line)]
    return "\n".join(kept)
