"""The rank of a matrix without rounding, to tell a singular matrix from a nearly singular one.

`np.linalg.matrix_rank` counts the singular values that rounding leaves visible. Elimination with
whole numbers modulo a prime rounds nothing: its rank is never above the exact one, and equal to it
but for one matrix in about 10^17.
"""

from collections.abc import Callable
from fractions import Fraction

from lsedash.problem import Array

PRIME = 2**61 - 1


def exact_rank(A: Array) -> int:
    """The rank of A without rounding.

    An entry such as 0.1 is read twice, as the decimal that it is written as and as the float64 that
    is computed with. The smaller rank counts: what is singular either way is singular as a fact.
    """
    return min(_rank(A, _as_written), _rank(A, Fraction))


def _as_written(entry: float) -> Fraction:
    return Fraction(repr(entry))


def _rank(A: Array, read: Callable[[float], Fraction]) -> int:
    rows = [[_modulo(read(entry)) for entry in row] for row in A.tolist()]
    rank = 0
    for column in range(A.shape[1]):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        inverse = pow(pivot[column], -1, PRIME)
        rows = [_eliminated(row, pivot, column, inverse) for row in rows]
        rank += 1
    return rank


def _modulo(value: Fraction) -> int:
    return value.numerator * pow(value.denominator, -1, PRIME) % PRIME


def _eliminated(row: list[int], pivot: list[int], column: int, inverse: int) -> list[int]:
    factor = row[column] * inverse % PRIME
    if not factor:
        return row
    return [(a - factor * b) % PRIME for a, b in zip(row, pivot, strict=True)]
