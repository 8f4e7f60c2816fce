"""What a notebook shows of an experiment, a run, a comparison or a theory: a small table.

However large the system is, the table has a bounded size.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lsedash.checking.endings import disagreement_words, final_loss, run_status
from lsedash.experiment import Experiment
from lsedash.problem import Array, LinearSystem
from lsedash.programs.titles import title_of
from lsedash.running.run import Comparison, Run
from lsedash.text.templates import templates_in
from lsedash.text.unknowns import shortened
from lsedash.text.words import LONG_RUN, brief, differs_in_x, plural, spaced
from lsedash.theory.closed_form import Theory

TEMPLATES = templates_in(Path(__file__).parent)
FIRST = 5  # entries that are written before the gap; one more is written after it
LONGEST = 200  # characters of a message or a name
MOST_WARNINGS = 3
MOST_RUNS = 40
GAP = "…"


@dataclass(frozen=True)
class Table:
    """A table of text; a text of several lines stands for a matrix.

    Attributes:
        caption: stands above it.
        rows: the first text of a row is its head.
        heads: of the columns; () for none.
    """

    caption: str
    rows: Sequence[Sequence[str]]
    heads: Sequence[str] = ()


def html_of(table: Table) -> str:
    """The table as HTML without scripts, in the colours of the page around it."""
    return TEMPLATES.get_template("table.html").render(table=table)


def experiment_table(experiment: Experiment) -> Table:
    """Everything that is needed to repeat a descent."""
    system, tolerance = experiment.system, experiment.tolerance
    rows = (
        ("A", matrix_text(system.A)),
        ("b", vector_text(system.b)),
        ("start x0", vector_text(experiment.x0)),
        ("learning rate α", brief(experiment.learning_rate)),
        ("iterations", spaced(int(experiment.iterations))),
        ("tolerance", "none" if tolerance is None else brief(tolerance)),
        ("dtype", experiment.dtype),
    )
    return Table(f"Experiment: {_size(system)}", rows)


def run_table(run: Run) -> Table:
    """How a run went, and where it ended."""
    rows = [
        ("status", run_status(run)),
        ("recorded points", spaced(len(run.points))),
        ("processor time per iteration", f"{brief(1e6 * run.pace, 3)} µs (median)"),
    ]
    if len(run.points):
        first, last = (brief(run.losses[i]) for i in (0, -1))
        rows[1:1] = [("loss", f"{first} → {last}"), ("last x", vector_text(run.iterates[-1]))]
    if run.exception is not None:
        told = f"{type(run.exception).__name__}: {run.exception}"
        rows.append(("exception", shortened(told, LONGEST)))
    rows += [("warning", shortened(told, LONGEST)) for told in run.warnings[:MOST_WARNINGS]]
    return Table(f"Run of {_named(run.key)}", rows)


def comparison_table(comparison: Comparison) -> Table:
    """One row for each program: status, final loss, difference from the first, speed."""
    experiment = comparison.experiment
    first, largest = comparison.runs[0], comparison.largest_disagreement()
    rows = []
    for run in comparison.runs[:MOST_RUNS]:
        differs = "baseline" if run is first else disagreement_words(largest[run.key])
        numbers: Sequence[str] = "---"
        if len(run.points):
            numbers = final_loss(run, experiment), differs, brief(1e6 * run.pace, 3)
        rows.append((_named(run.key), run_status(run), *numbers))
    rate, count = brief(experiment.learning_rate), plural(experiment.iterations, "iteration")
    programs = plural(len(comparison), "program")
    caption = f"{programs} on {_size(experiment.system)}, α = {rate}, {count}"
    differs = differs_in_x(_named(first.key))
    time = "Processor time per iteration, µs (median)"
    return Table(caption, rows, ("Program", "Status", "Final loss", differs, time))


def theory_table(theory: Theory) -> Table:
    """What linear algebra says about descent on a system."""
    rows = (
        ("rank, to rounding", str(theory.rank)),
        ("condition number κ(A)", brief(theory.condition_number)),
        ("curvatures λ", vector_text(theory.curvatures)),
        ("largest stable learning rate", brief(theory.critical_learning_rate)),
        (f"learning rate that is {LONG_RUN}", brief(theory.optimal_learning_rate)),
        ("smallest possible loss", brief(theory.least_loss)),
    )
    return Table(f"Theory of descent on {_size(theory.system)}", rows)


def vector_text(vector: Array) -> str:
    """The entries in one line; of many, the first ones and the last."""
    return "  ".join(_cut(vector, lambda entry: brief(float(entry))))


def matrix_text(matrix: Array) -> str:
    """The entries, a line for each row, in columns; of many, the first ones and the last."""
    rows = _cut(matrix, lambda row: _cut(row, lambda entry: brief(float(entry))))
    columns = len(next(row for row in rows if row != GAP))
    texts = [[GAP] * columns if row == GAP else list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    lines = ("  ".join(map(str.rjust, row, widths)) for row in texts)
    return "\n".join(lines)


def _cut(values: Array, written: Callable[[Array], object]) -> list[Any]:
    """Each value as it is written; of many, the first ones, a gap and the last."""
    if len(values) <= FIRST + 1:
        return [written(value) for value in values]
    return [*(written(value) for value in values[:FIRST]), GAP, written(values[-1])]


def _size(system: LinearSystem) -> str:
    return f"{plural(system.m, 'equation')} in {plural(system.n, 'unknown')}"


def _named(key: str) -> str:
    return shortened(title_of(key), LONGEST)
