"""Numbers for the browser, which has them to the last bit: base64 of their float64."""

from base64 import b64decode, b64encode
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lsedash.problem import Array
from lsedash.text.convention import CONVENTIONS, OURS, Spoken
from lsedash.theory.closed_form import Theory
from lsedash.theory.zero import rounding_loss


def packed(array: ArrayLike) -> str:
    """The array's entries as float64 in base64, row by row."""
    return b64encode(np.ascontiguousarray(array, dtype="<f8").tobytes()).decode()


def unpacked(text: str) -> Array:
    """The numbers in a text of `packed`."""
    return np.frombuffer(b64decode(text), dtype="<f8")


def spectrum(theory: Theory, x0: Array, directions: Array, spoken: Spoken = OURS) -> dict[str, Any]:
    """The data of the closed form along some directions, (d, n), of the space of x.

    Rates are ours, losses come out as they are spoken.
    """
    moving = theory.moving_directions  # (rank, n)
    return {
        "singular": packed(theory.singular_values[: theory.rank]),
        "residual": packed(theory.residual_along(x0)),
        "rows": packed(directions @ moving.T),  # (d, rank)
        "start": packed(directions @ x0),
        "leastLoss": spoken.loss(theory.least_loss),
        "lossFactor": spoken.factor,
        "rounding": rounding_loss(theory.system, theory.descent_limit(x0)),
    }


def said(spoken: Spoken) -> dict[str, Any]:
    """What the browser needs to speak rates in a convention."""
    convention = spoken.convention
    return {
        "key": convention.key,
        "times": convention.times,
        "divisor": spoken.divisor,
        "divides": convention.divides,
        "lossName": spoken.loss_name,
        "choices": {c.key: c.choice for c in CONVENTIONS.values()},
    }
