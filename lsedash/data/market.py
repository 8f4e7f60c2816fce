"""Matrix Market files, and the tables that LaTeX draws."""

import re

import numpy as np

from lsedash.data.block import Fault
from lsedash.problem import Array

MOST_ENTRIES = 1_000_000

_HEADER = re.compile(
    r"%%MatrixMarket\s+matrix\s+(coordinate|array)\s+(real|double|integer|pattern|complex)\s+"
    r"(general|symmetric|skew-symmetric|hermitian)\s*",
    re.IGNORECASE,
)


def is_matrix_market(text: str) -> bool:
    """Whether a text is a Matrix Market file."""
    return text.lstrip()[:14].lower() == "%%matrixmarket"


def read_matrix_market(text: str) -> Array | Fault:
    """The matrix of a Matrix Market file, zeros where it has no entry."""
    first, _, rest = text.lstrip().partition("\n")
    header = _HEADER.fullmatch(first)
    if header is None or header[2].lower() == "complex" or header[3].lower() == "hermitian":
        return Fault(" is a Matrix Market file of a kind that is not read; real matrices are.")
    layout, field, symmetry = (word.lower() for word in header.groups())
    lines = [
        line for line in rest.split("\n") if line.strip() and not line.lstrip().startswith("%")
    ]
    try:
        size = [int(word) for word in lines[0].split()]
        entries = np.array([[float(w) for w in line.split()] for line in lines[1:]], ndmin=2)
    except (ValueError, IndexError):
        return Fault(" is a Matrix Market file with a line that cannot be read.")
    if (
        min(size, default=0) < 1
        or size[0] * size[-2 if layout == "coordinate" else -1] > MOST_ENTRIES
    ):
        return Fault(f" has more than {MOST_ENTRIES} entries, or none.")
    matrix = _filled(size, entries, layout, field, symmetry)
    if matrix is None or not np.isfinite(matrix).all():
        return Fault(" is a Matrix Market file whose entries do not fit the size that it gives.")
    return matrix


def _filled(
    size: list[int], entries: Array, layout: str, field: str, symmetry: str
) -> Array | None:
    if layout == "array":
        return _dense(size, entries, symmetry)
    width = 2 if field == "pattern" else 3
    if len(size) != 3 or (size[2] and entries.shape != (size[2], width)):
        return None
    matrix = np.zeros(size[:2])
    if not size[2]:
        return matrix
    places = entries[:, :2].astype(int) - 1
    if (places < 0).any() or (places >= size[:2]).any():
        return None
    values = np.ones(len(entries)) if field == "pattern" else entries[:, 2]
    i, j = places.T
    np.add.at(matrix, (i, j), values)
    if symmetry != "general":
        off = i != j
        if (places[:, ::-1] >= size[:2]).any():
            return None
        np.add.at(matrix, (j[off], i[off]), values[off] * (-1 if symmetry[:4] == "skew" else 1))
    return matrix


def _dense(size: list[int], entries: Array, symmetry: str) -> Array | None:
    if len(size) != 2 or symmetry != "general" or entries.size != size[0] * size[1]:
        return None
    return np.asarray(entries.reshape(size[1], size[0]).T)
