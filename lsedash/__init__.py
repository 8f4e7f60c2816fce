"""lsedash: one linear system, programs that descend to its solution, and the theory of it.

These are the public names. Each is imported when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lsedash.experiment import Experiment
    from lsedash.problem import InvalidInput, InvalidSystem, LinearSystem
    from lsedash.programs.optimizers import OPTIMIZERS
    from lsedash.programs.pitfalls import PITFALLS
    from lsedash.programs.program import Program
    from lsedash.programs.variants import VARIANTS
    from lsedash.running.batch import sweep
    from lsedash.running.run import Comparison, Progress, Run
    from lsedash.running.runner import compare, stream
    from lsedash.theory.closed_form import Theory

MODULES = {
    "Experiment": "experiment",
    "InvalidInput": "problem",
    "InvalidSystem": "problem",
    "LinearSystem": "problem",
    "OPTIMIZERS": "programs.optimizers",
    "PITFALLS": "programs.pitfalls",
    "Program": "programs.program",
    "VARIANTS": "programs.variants",
    "sweep": "running.batch",
    "Comparison": "running.run",
    "Progress": "running.run",
    "Run": "running.run",
    "compare": "running.runner",
    "stream": "running.runner",
    "Theory": "theory.closed_form",
}

__all__ = [
    "OPTIMIZERS",
    "PITFALLS",
    "VARIANTS",
    "Comparison",
    "Experiment",
    "InvalidInput",
    "InvalidSystem",
    "LinearSystem",
    "Program",
    "Progress",
    "Run",
    "Theory",
    "compare",
    "stream",
    "sweep",
]


def __getattr__(name: str) -> Any:
    if name not in MODULES:
        raise AttributeError(f"module 'lsedash' has no attribute {name!r}")
    return getattr(import_module(f"lsedash.{MODULES[name]}"), name)
