"""Small programs of our own, for what no real variant does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from lsedash.programs.variants import VARIANTS

NUMPY = [VARIANTS.named("numpy_by_hand")]


@dataclass(frozen=True)
class Fake:
    """A generator function dressed as a variant."""

    program: Callable[..., Any]
    key: str = "fake"

    def __call__(self, *arguments):
        return self.program(*arguments)


def counting(_A, _b, x0, _learning_rate, iterations):
    """x is the number of the point; the loss falls by one at each."""
    for point in range(iterations + 1):
        yield np.full(len(x0), point, x0.dtype), float(iterations - point)
