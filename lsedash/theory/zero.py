"""Which losses are 0 up to rounding."""

import numpy as np
from numpy.typing import ArrayLike

from lsedash.problem import LinearSystem


def rounding_loss(system: LinearSystem, x: ArrayLike, dtype: str = "float64") -> float:
    """The largest loss that rounding alone can make of an exact solution near x.

    In A x - b at most n products, their sum, a difference and x itself are rounded. To first order
    in eps that moves the residual by at most (n + 2) eps (|A| |x| + |b|) / 2: Higham, "Accuracy and
    Stability of Numerical Algorithms" (2nd ed. 2002), 3.5. Its coordinates along the left singular
    vectors, sums of m products, are as accurate with m in place of n. Twice the bound is taken.

    Args:
        x: (n,).
    """
    terms = max(system.m, system.n) + 2
    sizes = (float(np.linalg.norm(part)) for part in (system.A, np.asarray(x, float), system.b))
    A, length, b = sizes
    return 0.5 * (terms * float(np.finfo(dtype).eps) * (A * length + b)) ** 2
