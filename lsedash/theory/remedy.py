"""A remedy for a bad condition number: another experiment for the same problem."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from lsedash.experiment import Experiment
from lsedash.meaning import Meaning
from lsedash.problem import Array, LinearSystem
from lsedash.text.words import round_down
from lsedash.theory.closed_form import Theory

RemedyKey = Literal["rows", "columns", "standardise", "qr"]

SAME = 1e-12  # relative difference up to which two values count as equal
FAR = 1e4  # condition number up to which the largest stable rate is well above the optimal one


@dataclass(frozen=True, eq=False)
class Remedy:
    """Another experiment for the same problem.

    Attributes:
        key: "rows", "columns", "standardise" or "qr".
        title: its name on screen.
        formula: the transformation as LaTeX, in letters.
        what: the transformation and its effect in words, in a few sentences.
        experiment: the new experiment, at its own optimal learning rate, rounded down to four
            digits; without a tolerance if its loss is another quantity.
        theory: of the new system.
        change: invertible, (n, n); the new unknowns are y = change @ x. The identity if the
            unknowns stay the same.
        meaning: what the columns of the new A mean, if it is known.
    """

    key: RemedyKey
    title: str
    formula: str
    what: str
    experiment: Experiment
    theory: Theory
    change: Array
    meaning: Meaning | None = None

    def back(self, y: ArrayLike) -> Array:
        """Convert the new unknowns (n,) to the old ones (n,)."""
        return np.asarray(np.linalg.solve(self.change, np.asarray(y, dtype=float)))


Words = tuple[RemedyKey, str, str, str]  # key, title, formula, what


def remedy(
    words: Words,
    meaning: str,
    experiment: Experiment,
    old: Theory,
    A: Array,
    b: Array,
    change: Array | None = None,
    names: Meaning | None = None,
) -> Remedy | None:
    """The experiment on A y = b with y = change @ x; None if it overflows.

    New unknowns keep the loss, and so the tolerance; new equations (no change) change it.

    Args:
        words, meaning: what is said of it.
        names: what the columns of the new A mean, if it is known.
    """
    tolerance = None if change is None else experiment.tolerance
    change = np.eye(old.system.n) if change is None else change
    x0 = change @ experiment.x0
    if not (np.isfinite(b).all() and np.isfinite(x0).all()):
        return None
    new = Theory(LinearSystem(A, b))
    if new.rank != old.rank:
        meaning += f" The rank counts as {new.rank}, not {old.rank}: which singular values count "
        meaning += "as 0 depends on the scale."
    rate = _rounded_down(new)
    system = new.system
    changed = replace(experiment, system=system, x0=x0, learning_rate=rate, tolerance=tolerance)
    return Remedy(*words[:3], words[3] + meaning, changed, new, change, names)


def _rounded_down(theory: Theory) -> float:
    """The optimal rate, rounded down to four digits; up by a rounding error if the edge is far."""
    rate = theory.optimal_learning_rate
    highest = rate * (1 + SAME) if theory.condition_number <= FAR else rate
    return round_down(rate, highest)
