"""What the columns of A and the entries of b mean, if they come from somebody's data."""

from dataclasses import dataclass

CONSTANT = "constant"  # the name of the column of ones
POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Term:
    """One column of A: ones, or (v^power - mean) / deviation for the values v of a feature.

    Attributes:
        feature: the feature's name; "" for the column of ones.
        power: 1 or more; 0 for the column of ones.
        mean, deviation: of the feature's power if it is standardised; 0 and 1 if it is not.
    """

    feature: str = ""
    power: int = 0
    mean: float = 0.0
    deviation: float = 1.0

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
    """

    terms: tuple[Term, ...]
    target: str
