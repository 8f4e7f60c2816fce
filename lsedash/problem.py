"""The problem: a linear system A x = b, and the loss that descent lowers.

m equations, n unknowns: A is (m, n), b is (m,), x is (n,).
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lsedash.text.words import entry_name, plural

Array = NDArray[np.float64]


class InvalidInput(ValueError):
    """Anything a person gave that cannot be used, in one sentence that says what to do.

    Attributes:
        field: the input that is wrong, by the name it has in a link ("A", "b", "x0", "lr", ...).
        row, column: the entry that is wrong, counted from 1, where there is one.
    """

    def __init__(
        self, message: str, *, field: str = "", row: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message)
        self.field: Final = field
        self.row: Final = row
        self.column: Final = column


class InvalidSystem(InvalidInput):
    """A, b or x0 cannot be used: an entry is not finite, or a shape does not fit the others."""


@dataclass(frozen=True, eq=False)
class LinearSystem:
    """A linear system A x = b of any shape and rank.

    Args:
        A: the matrix, (m, n), m and n at least 1, every entry finite.
        b: the right-hand side, (m,), every entry finite.

    The arrays are kept as read-only float64 copies; two systems are equal when A and b are. An
    array of float64 that is read-only already (`A.flags.writeable = False`) and no view of another
    one is kept as it is: a large A need not be in memory twice.

    Raises:
        InvalidSystem: a shape does not fit or an entry is not a finite number.
    """

    A: Array
    b: Array

    if TYPE_CHECKING:  # the arguments need not be arrays

        def __init__(self, A: ArrayLike, b: ArrayLike) -> None: ...

    def __post_init__(self) -> None:
        object.__setattr__(self, "A", frozen_array(self.A, 2, "A"))
        object.__setattr__(self, "b", frozen_array(self.b, 1, "b"))
        rows, entries = len(self.A), len(self.b)
        if rows != entries:
            raise InvalidSystem(
                f"b has {plural(entries, 'entry')} but A has {plural(rows, 'row')}; "
                "give b one entry per row of A.",
                field="b",
            )

    def __reduce__(self) -> tuple[type["LinearSystem"], tuple[Array, Array]]:
        return LinearSystem, (self.A, self.b)  # so that a copy from a pickle is read-only too

    @property
    def m(self) -> int:
        """Number of equations."""
        return int(self.A.shape[0])

    @property
    def n(self) -> int:
        """Number of unknowns."""
        return int(self.A.shape[1])

    def residual(self, x: ArrayLike) -> Array:
        """A x - b, (m,)."""
        return np.asarray(self.A @ np.asarray(x, dtype=float) - self.b)

    def loss(self, x: ArrayLike) -> float:
        """1/2 ||A x - b||^2."""
        return float(0.5 * np.sum(self.residual(x) ** 2))

    def gradient(self, x: ArrayLike) -> Array:
        """A^T (A x - b), (n,)."""
        return np.asarray(self.A.T @ self.residual(x))

    def key(self) -> tuple[object, ...]:
        """Equal for two systems with the same shapes and bits; small for a system of any size."""
        return self.A.shape, _digest(self.A), _digest(self.b)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, LinearSystem) and self.key() == other.key())

    def __hash__(self) -> int:
        return hash(self.key())


def _digest(array: Array) -> bytes:
    return sha256(np.ascontiguousarray(array).ravel().data).digest()


def frozen_array(values: ArrayLike, dimensions: int, name: str) -> Array:
    """`values` as a read-only float64 array: a copy, unless nobody can write to it anyway.

    Raises:
        InvalidSystem: not finite numbers, or not as many dimensions, or empty.
    """
    kind = "a table of rows and columns" if dimensions == 2 else "a list"
    try:
        given = np.asarray(values)
        if given.dtype.kind not in "biuf":
            raise TypeError
        array = given if _is_frozen(given) else given.astype(float)
    except (ValueError, TypeError):
        raise InvalidSystem(f"{name} must be {kind} of numbers.", field=name) from None
    if array.ndim != dimensions or array.size == 0:
        raise InvalidSystem(
            f"{name} must be {kind} of numbers; its shape is {array.shape}.", field=name
        )
    if not np.isfinite(array).all():
        _refuse_entry(array, name)
    array.flags.writeable = False
    return array


def _is_frozen(array: NDArray[Any]) -> bool:
    """Whether it is float64, its memory is its own, and it is read-only."""
    return array.dtype == np.float64 and array.flags.owndata and not array.flags.writeable


def _refuse_entry(array: Array, name: str) -> None:
    index = np.argwhere(~np.isfinite(array))[0]
    row, *column = (int(i) + 1 for i in index)
    value = array[tuple(index)]
    raise InvalidSystem(
        f"{entry_name(name, row, *column)}: {value} is not finite; give an ordinary number.",
        field=name,
        row=row,
        column=column[0] if column else None,
    )
