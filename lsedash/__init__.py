"""lsedash: one linear system, five programs that descend to its solution, and the theory of it."""

from lsedash.experiment import Experiment
from lsedash.problem import InvalidSystem, LinearSystem
from lsedash.runner import Comparison, Progress, Run, compare, stream
from lsedash.theory import Theory
from lsedash.variants import VARIANTS, Variant

__all__ = [
    "VARIANTS",
    "Comparison",
    "Experiment",
    "InvalidSystem",
    "LinearSystem",
    "Progress",
    "Run",
    "Theory",
    "Variant",
    "compare",
    "stream",
]
