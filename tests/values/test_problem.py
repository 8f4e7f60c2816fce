"""The linear system: what it takes, what it refuses, when two are equal."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given

from helpers.strategies import systems
from lsedash import InvalidSystem, LinearSystem


@pytest.mark.parametrize(
    ("A", "b", "message", "place"),
    [
        (
            [[1, 2], [3, 4]],
            [1, 2, 3],
            "b has 3 entries but A has 2 rows; give b one entry per row of A.",
            ("b", None, None),
        ),
        (
            [[1, 2], [3, 4], [5, 6]],
            [1],
            "b has 1 entry but A has 3 rows; give b one entry per row of A.",
            ("b", None, None),
        ),
        (
            [[1, np.nan]],
            [1],
            "A, row 1, column 2: nan is not finite; give an ordinary number.",
            ("A", 1, 2),
        ),
        (
            [[1, 2], [3, 4]],
            [1, -np.inf],
            "b, entry 2: -inf is not finite; give an ordinary number.",
            ("b", 2, None),
        ),
        (
            [1, 2],
            [1],
            "A must be a table of rows and columns of numbers; its shape is (2,).",
            ("A", None, None),
        ),
        ([[1]], [[1]], "b must be a list of numbers; its shape is (1, 1).", ("b", None, None)),
        ([[1]], 1, "b must be a list of numbers; its shape is ().", ("b", None, None)),
        (
            [[]],
            [1],
            "A must be a table of rows and columns of numbers; its shape is (1, 0).",
            ("A", None, None),
        ),
        ([[1]], [], "b must be a list of numbers; its shape is (0,).", ("b", None, None)),
        (
            [[1, 2], [3]],
            [1, 2],
            "A must be a table of rows and columns of numbers.",
            ("A", None, None),
        ),
        ([["1"]], [1], "A must be a table of rows and columns of numbers.", ("A", None, None)),
        ([[1j]], [1], "A must be a table of rows and columns of numbers.", ("A", None, None)),
        ([[1]], [None], "b must be a list of numbers.", ("b", None, None)),
    ],
)
def test_what_is_no_system_is_refused_in_one_sentence(A, b, message, place):
    with pytest.raises(InvalidSystem) as caught:
        LinearSystem(A, b)
    assert str(caught.value) == message
    assert (caught.value.field, caught.value.row, caught.value.column) == place


def test_a_refusal_is_a_value_error():
    with pytest.raises(ValueError, match="b has 2 entries but A has 1 row;"):
        LinearSystem([[1]], [1, 2])


@pytest.mark.parametrize("kind", [list, tuple, np.array, np.asfortranarray])
def test_lists_tuples_and_arrays_make_the_same_system(kind):
    assert LinearSystem(kind([[1, 2], [3, 4]]), kind([5, 6])) == LinearSystem(
        [[1.0, 2.0], [3.0, 4.0]], [5.0, 6.0]
    )


def test_a_system_has_m_equations_in_n_unknowns():
    system = LinearSystem(np.ones((2, 3)), np.ones(2))
    assert (system.m, system.n) == (2, 3)


def test_the_arrays_are_float64_copies_that_cannot_be_written():
    A, b = np.ones((2, 2), dtype="float32"), np.ones(2)
    system = LinearSystem(A, b)
    A[:], b[:] = 7, 7
    assert system == LinearSystem([[1, 1], [1, 1]], [1, 1])
    for array in (system.A, system.b):
        assert array.dtype == np.float64
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 2
    with pytest.raises(FrozenInstanceError):
        system.A = A


def test_systems_are_equal_when_A_and_b_are():
    system = LinearSystem([[1, 2]], [3])
    assert system == LinearSystem([[1, 2]], [3])
    assert hash(system) == hash(LinearSystem([[1, 2]], [3]))
    for other in (
        LinearSystem([[1, 3]], [3]),
        LinearSystem([[1, 2]], [4]),
        LinearSystem([[1], [2]], [3, 3]),
        "1 2 = 3",
    ):
        assert system != other


@given(systems())
def test_residual_loss_and_gradient_are_the_sums_they_stand_for(system):
    x = np.arange(1.0, system.n + 1)
    A, b, rows = system.A.tolist(), system.b.tolist(), range(system.m)
    residual = [sum(a * xj for a, xj in zip(A[i], x, strict=True)) - b[i] for i in rows]
    gradient = [sum(A[i][j] * residual[i] for i in rows) for j in range(system.n)]
    size = 1 + np.abs(system.A).max() * x.sum() + np.abs(system.b).max()
    np.testing.assert_allclose(system.residual(x), residual, atol=1e-14 * size)
    np.testing.assert_allclose(system.gradient(x), gradient, atol=1e-13 * size**2)
    expected = sum(r**2 for r in residual) / 2
    assert system.loss(x) == pytest.approx(expected, rel=1e-12, abs=1e-26 * size**2)
