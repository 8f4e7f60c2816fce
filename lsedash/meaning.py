"""What the columns of A and the entries of b mean, if they come from somebody's data."""

from dataclasses import dataclass, field
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike

from lsedash.problem import Array, InvalidInput

CONSTANT = "constant"  # the name of the column of ones
LONGEST_NAME = 100  # characters
LARGEST_POWER = 99
POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Term:
    """One column of A: ones, or (v^power - mean) / deviation for the values v of a feature.

    Attributes:
        feature: the feature's name; "" for the column of ones.
        power: 1 or more; 0 for the column of ones.
        mean, deviation: of the feature's power if it is standardised; 0 and 1 if it is not.

    Raises:
        InvalidInput: the values do not make a term.
    """

    feature: str = ""
    power: int = 0
    mean: float = 0.0
    deviation: float = 1.0

    def __post_init__(self) -> None:
        check_name(self.feature)
        if not self.feature:
            if (self.power, self.mean, self.deviation) != (0, 0, 1):
                raise InvalidInput("A term needs the name of a feature.")
        elif not 1 <= self.power <= LARGEST_POWER:
            raise InvalidInput(
                f"A power is a whole number from 1 to {LARGEST_POWER}; "
                f"{self.feature} has {self.power}."
            )
        if not (isfinite(self.mean) and isfinite(self.deviation) and self.deviation > 0):
            raise InvalidInput(
                f"{self.feature} needs a mean and a positive deviation; "
                f"they are {self.mean} and {self.deviation}."
            )

    @property
    def name(self) -> str:
        """Its name on screen: "constant", "size", "size²"."""
        if not self.power:
            return CONSTANT
        return self.feature + (str(self.power).translate(POWERS) if self.power > 1 else "")


@dataclass(frozen=True)
class Meaning:
    """What a system stands for: A x predicts the target, one term for each unknown.

    Attributes:
        terms: what each column of A is, as many as unknowns.
        target: the name of what b holds.
        labels: the names of the rows, if the table had any; a link does not keep them.

    Raises:
        InvalidInput: the target's name is too long, or a mean is subtracted without a constant.
    """

    terms: tuple[Term, ...]
    target: str
    labels: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        check_name(self.target)
        if Term() not in self.terms and any(term.mean for term in self.terms):
            raise InvalidInput("A mean is subtracted, so there must be a column of ones, too.")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns of A."""
        return tuple(term.name for term in self.terms)

    @property
    def standardised(self) -> bool:
        """Whether any column is standardised."""
        return any((term.mean, term.deviation) != (0, 1) for term in self.terms)

    def back(self, x: ArrayLike) -> Array:
        """The coefficients of the features themselves, as if nothing were standardised.

        Args:
            x: the unknowns, (n,), or those of several points, (points, n).

        Returns:
            One coefficient for each term, in the units of the data, in the shape of x.
        """
        deviations = np.array([term.deviation for term in self.terms])
        coefficients: Array = np.asarray(x, dtype=float) / deviations
        if any(term.mean for term in self.terms):
            means = np.array([term.mean for term in self.terms])
            coefficients[..., self.terms.index(Term())] -= coefficients @ means
        return coefficients


def check_name(name: str) -> None:
    """Raises InvalidInput if a name is too long for a link."""
    if len(name) > LONGEST_NAME:
        raise InvalidInput(
            f"A name has at most {LONGEST_NAME} characters; '{name[:21]}...' has {len(name)}."
        )
