"""The table of runs: how each ended, where, and how far from theory."""

import numpy as np

from lsedash.checking.verification import Verdict, departure
from lsedash.figures.style import SYMBOLS, stroke
from lsedash.programs.variants import NUMPY, VARIANTS
from lsedash.running.run import Comparison, Run
from lsedash.text.words import join_names, number_word
from lsedash.theory.closed_form import Theory
from lsedash.ui.widgets.table import Cell, Row, Sample, Table


def runs_table(comparison: Comparison, theory: Theory, verdict: Verdict) -> Table:
    """One row per variant: how it ended, where, how far from NumPy and from theory, how fast."""
    limit = theory.descent_limit(comparison.experiment.x0)
    apart = comparison.disagreement()
    first = comparison.runs[0].key
    baseline = "NumPy" if first == NUMPY.key else VARIANTS.title_of(first)
    numbers = (
        "Final loss",
        "Distance to limit",
        f"Differs in x from {baseline}",
        "Differs from prediction",
        "µs per iteration",
    )
    heads: Row = ("Program", "What it hands to PyTorch", "Status", *map(_number, numbers))
    rows = [
        _row(run, limit, "baseline" if run.key == first else _apart(apart[run.key]), verdict)
        for run in comparison.runs
    ]
    return Table("The programs' results", heads, rows, kind="runs")


def _number(text: str) -> Cell:
    return Cell(text, "number")


def stamp(comparison: Comparison, theory: Theory, verdict: Verdict) -> str:
    """Whether the programs agree with the prediction, in words."""
    names = [VARIANTS.title_of(key) for key in verdict.departing]
    if not any(len(run.points) for run in comparison.runs):
        return f"the loss of the start is already beyond {comparison.experiment.dtype}"
    if not names:
        count = len(comparison.runs)
        who = "one program agrees" if count == 1 else f"{number_word(count)} programs agree"
        how = f"to {verdict.worst:.0e}" if verdict.worst else "exactly"
        return f"{who} with the prediction {how}"
    verb = "departs" if len(names) == 1 else "depart"
    return (
        f"{join_names(names)} {verb} from the prediction by {verdict.worst:.1g}, more than the "
        f"{verdict.bound:.1g} that rounding explains{_why(theory)}"
    )


def _why(theory: Theory) -> str:
    reason = departure(theory)
    return f": {reason[0].lower()}{reason[1:].rstrip('.')}" if reason else ""


def _row(run: Run, limit: np.ndarray, apart: str, verdict: Verdict) -> Row:
    reached = len(run.points) > 0
    loss = f"{run.losses[-1]:.3e}" if reached else "-"
    distance = f"{np.linalg.norm(run.iterates[-1].astype(float) - limit):.2e}" if reached else "-"
    differs = f"{verdict.differences[run.key]:.1e}" if reached else "-"
    pace = f"{run.seconds / len_seen(run) * 1e6:.1f}" if reached else "-"
    variant = VARIANTS.named(run.key)
    return (
        Cell(variant.title, sample=sample(run.key)),
        Cell(variant.lesson, "lesson"),
        run_status(run),
        *map(_number, (loss, distance, apart, differs, pace)),
    )


def run_status(run: Run) -> str:
    """The status and, where it says more, the iteration it came at."""
    if run.last_point < 0:
        return f"{run.status} at the start"
    return run.status if run.status == "finished" else f"{run.status} at k = {run.last_point}"


def len_seen(run: Run) -> int:
    """How many points the variant made."""
    return run.last_point + 1


def _apart(differences: np.ndarray) -> str:
    largest = float(differences.max(initial=0.0))
    return "identical" if largest == 0 else f"{largest:.1e}"


def sample(key: str) -> Sample:
    """The variant's line and marker, as the charts draw them."""
    look = stroke(key)
    dashes, at = [], 0
    for i, length in enumerate(int(part[:-2]) for part in look.dash.split(",") if part):
        dashes.append(f"{'transparent' if i % 2 else look.colour} {at}px {at + length}px")
        at += length
    fill = f"repeating-linear-gradient(90deg,{','.join(dashes)})" if dashes else look.colour
    return Sample(look.width, fill, look.colour, SYMBOLS[look.symbol])
