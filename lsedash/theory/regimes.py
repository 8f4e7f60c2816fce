"""What descent does along one mode: its factor and its kind."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

Kind = Literal["frozen", "monotone", "one-step", "oscillating", "undamped", "diverging"]

EPS = float(np.finfo(float).eps)


@dataclass(frozen=True)
class Mode:
    """What descent does along one right singular vector of A.

    Attributes:
        curvature: lambda, the eigenvalue of A^T A.
        factor: 1 - alpha lambda; each iteration multiplies the error along this mode by it.
        kind: frozen (lambda = 0), monotone (0 < alpha lambda < 1), one-step (= 1),
            oscillating (1 < alpha lambda < 2), undamped (= 2) or diverging (> 2); "=" means
            within 4 eps.
    """

    curvature: float
    factor: float
    kind: Kind


def mode_at(curvature: float, step: float) -> Mode:
    """The mode with this curvature.

    Args:
        step: alpha lambda.
    """
    kind = _kind(step)
    return Mode(curvature, 0.0 if kind == "one-step" else 1 - step, kind)


def _kind(step: float) -> Kind:
    if step == 0:
        return "frozen"
    for value, kind in ((1.0, "one-step"), (2.0, "undamped")):
        if abs(step - value) <= 4 * EPS * value:
            return kind  # type: ignore[return-value]
    return "monotone" if step < 1 else "oscillating" if step < 2 else "diverging"
