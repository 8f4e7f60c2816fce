"""The table of runs: how and where each one ended, and how far it is from the prediction."""

import numpy as np

from lsedash.checking.endings import disagreement_words, final_loss, run_status
from lsedash.checking.verification import Verdict, departure
from lsedash.experiment import Experiment
from lsedash.figures.style import SYMBOLS, stroke
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison, Run
from lsedash.tables.table import Cell, Row, Sample, Table
from lsedash.text.convention import OURS, Spoken
from lsedash.text.words import ZERO, brief, differs_in_x, join_names, number_word, tell_apart
from lsedash.theory.closed_form import Theory
from lsedash.theory.rounding import rounding_distance


def runs_table(
    comparison: Comparison, theory: Theory, verdict: Verdict, spoken: Spoken = OURS
) -> Table:
    """One row per variant: status, end, differences from NumPy and the prediction, speed."""
    experiment = comparison.experiment
    differences = comparison.largest_disagreement()
    first_key = comparison.runs[0].key
    numbers = (
        "Final loss",
        "Distance to limit",
        differs_in_x(VARIANTS.title_of(first_key)),
        "Differs from prediction",
        "Processor time per iteration, µs (median)",
    )
    heads: Row = ("Program", "What it hands to PyTorch", "Status", *map(_number, numbers))
    largest = {key: disagreement_words(value) for key, value in differences.items()}
    largest[first_key] = "baseline"
    rows = [
        _row(run, theory, experiment, largest[run.key], verdict, spoken) for run in comparison.runs
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
        agreeing = "one program agrees" if count == 1 else f"{number_word(count)} programs agree"
        closeness = f"to {brief(verdict.worst, 1)}" if verdict.worst else "exactly"
        return f"{agreeing} with the prediction {closeness}"
    verb = "departs" if len(names) == 1 else "depart"
    worst, bound = tell_apart(verdict.worst, verdict.bound, digits=1)
    return (
        f"{join_names(names)} {verb} from the prediction by {worst}, more than the "
        f"{bound} that rounding explains{_why(theory)}"
    )


def _why(theory: Theory) -> str:
    reason = departure(theory)
    return f": {reason[0].lower()}{reason[1:].rstrip('.')}" if reason else ""


def _distance(run: Run, theory: Theory, experiment: Experiment) -> str:
    """How far a run ended from the limit, or that it is 0 to rounding."""
    apart = run.iterates[-1].astype(float) - theory.descent_limit(experiment.x0)
    distance = float(np.linalg.norm(apart))
    rounding = rounding_distance(theory, run.iterates[-1].astype(float), experiment.dtype)
    return ZERO if 0 < distance <= rounding else brief(distance, 3)


def _row(
    run: Run,
    theory: Theory,
    experiment: Experiment,
    difference: str,
    verdict: Verdict,
    spoken: Spoken,
) -> Row:
    reached = len(run.points) > 0
    loss = final_loss(run, experiment, spoken) if reached else "-"
    distance = _distance(run, theory, experiment) if reached else "-"
    deviation = brief(verdict.differences[run.key], 2) if reached else "-"
    pace = brief(1e6 * run.pace, 3) if reached else "-"
    variant = VARIANTS.named(run.key)
    return (
        Cell(variant.title, sample=sample(run.key)),
        Cell(variant.lesson, "lesson"),
        run_status(run),
        *map(_number, (loss, distance, difference, deviation, pace)),
    )


def sample(key: str) -> Sample:
    """The variant's line and marker, as the charts draw them."""
    style = stroke(key)
    dashes, start = [], 0
    for i, length in enumerate(int(part[:-2]) for part in style.dash.split(",") if part):
        colour = "transparent" if i % 2 else style.colour
        dashes.append(f"{colour} {start}px {start + length}px")
        start += length
    fill = f"repeating-linear-gradient(90deg,{','.join(dashes)})" if dashes else style.colour
    return Sample(style.width, fill, style.colour, SYMBOLS[style.symbol])
