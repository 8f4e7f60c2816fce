"""lsedash: one linear system, programs that descend to its solution, and the theory of it.

These are the public names. Each is imported when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lsedash.data.design import Design, design
    from lsedash.data.how import How
    from lsedash.data.reading import Reading, read_table
    from lsedash.data.table import Table
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
    "Design": "data.design",
    "design": "data.design",
    "How": "data.how",
    "Reading": "data.reading",
    "read_table": "data.reading",
    "Table": "data.table",
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
    "Design",
    "Experiment",
    "How",
    "InvalidInput",
    "InvalidSystem",
    "LinearSystem",
    "Program",
    "Progress",
    "Reading",
    "Run",
    "Table",
    "Theory",
    "compare",
    "design",
    "read_table",
    "stream",
    "sweep",
]


def __getattr__(name: str) -> Any:
    if name not in MODULES:
        raise AttributeError(f"module 'lsedash' has no attribute {name!r}")
    return getattr(import_module(f"lsedash.{MODULES[name]}"), name)
