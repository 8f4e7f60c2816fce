"""The race in numbers: what of each rate's runs the page keeps, and its table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isclose

from lsedash.checking.endings import disagreement_words, final_loss, run_status
from lsedash.experiment import Experiment
from lsedash.figures.rates import LANES
from lsedash.figures.style import drawn_points
from lsedash.programs.variants import NUMPY
from lsedash.running.rates import outcomes
from lsedash.running.run import Comparison, Run
from lsedash.tables.table import Cell, Row, Table
from lsedash.text.convention import OURS, Spoken
from lsedash.text.words import brief, differs_in_x, tell_apart
from lsedash.theory.closed_form import Theory
from lsedash.theory.named_rates import rates_to_choose

KINDS = {"diverging": "growing"}  # the word on screen


@dataclass(frozen=True, eq=False)
class Lane:
    """The part of a comparison at one rate that the page needs.

    Attributes:
        run: the first program's run, reduced to the points that are drawn.
        reached: the first point with a loss of at most the tolerance; nan if there is none.
        programs: how many programs ran.
        difference: the largest `Comparison.disagreement` of any program.
    """

    run: Run
    reached: float
    programs: int
    difference: float


Results = dict[float, Lane]  # by learning rate


def lane_of(comparison: Comparison, tolerance: float | None) -> Lane:
    """The lane of a comparison."""
    run = comparison.runs[0]
    points = drawn_points(len(run.points))
    drawn = replace(
        run, points=run.points[points], iterates=run.iterates[points], losses=run.losses[points]
    )
    return Lane(
        run=drawn,
        reached=outcomes(comparison, tolerance)[run.key].reached,
        programs=len(comparison),
        difference=max(comparison.largest_disagreement().values()),
    )


def numbered(rates: list[float], results: Results) -> Iterator[tuple[int, float, Run]]:
    """(number of the chip, rate, run) for each rate that was run."""
    for i, rate in enumerate(rates, 1):
        if rate in results:
            yield i, rate, results[rate].run


def race_table(
    rates: list[float],
    results: Results,
    theory: Theory,
    experiment: Experiment,
    tolerance: float | None,
    spoken: Spoken = OURS,
) -> Table:
    """One row for each rate: its regime and factor, what it reached, what was predicted."""
    several = any(lane.programs > 1 for lane in results.values())
    heads = ["", "α", spoken.with_alpha("λₘₐₓ"), "regime", "factor"]
    heads += (
        []
        if tolerance is None
        else [f"iterations to {brief(spoken.loss(tolerance), 3)}", "predicted"]
    )
    heads += [
        "final loss",
        *([differs_in_x(NUMPY.title)] if several else []),
    ]
    named = rates_to_choose(theory, experiment)
    rows: list[Row] = []
    written = tell_apart(*map(spoken.rate, rates))
    for i, rate, run in numbered(rates, results):
        lane = results[rate]
        kind = theory.modes(rate)[0].kind
        cells: list[str | Cell] = [
            Cell(written[i - 1], note=_name(rate, named)),
            brief(rate * theory.curvatures[0]),
            KINDS.get(kind, kind),
            brief(theory.convergence_factor(rate)),
            *([] if tolerance is None else _counts(lane, theory, experiment, rate, tolerance)),
            final_loss(run, experiment, spoken) if run.status == "finished" else run_status(run),
        ]
        if several:
            cells.append(disagreement_words(lane.difference))
        rows.append((Cell(str(i), lane=LANES[i - 1].colour), *cells))
    return Table("The race in numbers", heads, rows)


def _name(rate: float, named: Mapping[str, float]) -> str:
    """The name of a rate; "" if it has none."""
    return next((name for name, value in named.items() if isclose(rate, value)), "")


def _counts(
    lane: Lane, theory: Theory, experiment: Experiment, rate: float, tolerance: float
) -> tuple[str, str]:
    """The measured and the predicted number of iterations to the tolerance."""
    expected = theory.iterations_to(tolerance, experiment.x0, rate)
    within = expected is not None and expected <= experiment.iterations
    return f"{lane.reached:.0f}" if lane.reached >= 0 else "-", str(expected) if within else "-"
