"""A comparison as lines of text: losses side by side, and what theory says about them."""

from collections.abc import Iterator

from lsedash.checking.verification import verify
from lsedash.experiment import Experiment
from lsedash.explaining.diagnosis import describe_rank, describe_rate
from lsedash.export.printout import loss_lines
from lsedash.export.tables import recorded_points
from lsedash.meaning import LONGEST_NAME, Meaning
from lsedash.running.run import Comparison, Run
from lsedash.text.convention import OURS, Spoken
from lsedash.text.unknowns import shortened
from lsedash.text.words import brief, tell_apart
from lsedash.theory.closed_form import Theory
from lsedash.theory.named_rates import rates_to_choose

ENDINGS = {
    "finished": "ran all iterations",
    "converged": "reached the tolerance at iteration {}",
    "diverged": "diverged: no longer finite after iteration {}",
    "stopped": "stopped at iteration {}, {}",
    "raised": "raised an exception after iteration {}",
}
STOPPED_BY = {"deadline": "because its time was up", "cancel": "by the user"}


def report(
    comparison: Comparison,
    theory: Theory,
    *,
    every: int,
    meaning: Meaning | None = None,
    spoken: Spoken = OURS,
) -> Iterator[str]:
    """The lines of `lsedash run`: some iterations and the last one of each run, then a summary.

    Args:
        meaning: what the columns of A mean; then the coefficients follow, in the data's units.
        spoken: the convention in which rates and losses are written.
    """
    ends = {run.last_point for run in comparison.runs}
    points = [k for k in recorded_points(comparison) if k % every == 0 or k in ends]
    yield from loss_lines(comparison, theory, points, spoken)
    yield ""
    yield from summary_lines(comparison, theory, spoken)
    if meaning:
        yield ""
        yield from coefficient_lines(comparison, theory, meaning)


def coefficient_lines(comparison: Comparison, theory: Theory, meaning: Meaning) -> Iterator[str]:
    """The coefficients at the first run's last point and at the limit, in the data's units."""
    run = comparison.runs[0]
    columns = {"where descent ends": theory.descent_limit(comparison.experiment.x0)}
    if run.last_point >= 0:
        columns = {f"at iteration {run.last_point}": run.iterates[-1]} | columns
    cells = [[brief(value, 6) for value in meaning.back(x)] for x in columns.values()]
    target, *names = (shortened(n, LONGEST_NAME) for n in (meaning.target, *meaning.names))
    yield f"coefficients of {target}, in the units of the data"
    width = max(map(len, names))
    yield " " * width + "".join(f"  {head:>20}" for head in columns)
    for name, *values in zip(names, *cells, strict=True):
        yield f"{name:{width}}" + "".join(f"  {value:>20}" for value in values)


def summary_lines(comparison: Comparison, theory: Theory, spoken: Spoken = OURS) -> Iterator[str]:
    """What linear algebra says, how each run ended, and whether prediction and runs agree."""
    experiment, system = comparison.experiment, comparison.experiment.system
    rate = spoken.rate(experiment.learning_rate)
    factor = theory.convergence_factor(experiment.learning_rate)
    verdict = verify(comparison, theory)
    facts = {
        **_convention(experiment, spoken),
        "rank": f"{describe_rank(theory).removeprefix('rank ')} (A is {system.m} x {system.n})",
        "condition number kappa(A)": brief(theory.condition_number, 6),
        "smallest possible loss": brief(spoken.loss(theory.least_loss), 6),
        **_rates(theory, experiment, spoken),
        "convergence factor": f"{brief(factor, 6)} at learning rate {brief(rate, 6)}",
        "regime": describe_rate(theory, experiment.learning_rate, spoken),
        **{run.key: ending(run, experiment) for run in comparison.runs},
        "prediction and programs": f"differ by at most {brief(verdict.worst, 2)} (relative)",
        "verified": _verified(verdict.departing, verdict.bound),
    }
    width = max(len(name) for name in facts)
    for name, fact in facts.items():
        yield f"{name:{width}}  {fact}"
    yield from _hints(experiment, theory, spoken)


def _convention(experiment: Experiment, spoken: Spoken) -> dict[str, str]:
    """How the loss is written, unless it is as here."""
    if spoken.ours:
        return {}
    told = spoken.convention.formula
    return {"loss, here and above": f"{told}. {spoken.in_ours(experiment.learning_rate)}"}


def _rates(theory: Theory, experiment: Experiment, spoken: Spoken) -> dict[str, str]:
    """The learning rates that have a name; for A = 0, that none does anything."""
    if not theory.rank:
        return {"learning rates": "every one does nothing, because A is zero"}
    rates = {"largest stable learning rate": theory.critical_learning_rate}
    rates |= rates_to_choose(theory, experiment)
    return {name: brief(spoken.rate(rate), 6) for name, rate in rates.items()}


def ending(run: Run, experiment: Experiment) -> str:
    """How a run ended, in words."""
    if run.last_point < 0:
        return f"{run.status}: the loss of the start is already beyond {experiment.dtype}"
    words = ENDINGS[run.status].format(run.last_point, STOPPED_BY.get(run.stopped_by, ""))
    return f"{words}; {run.exception}" if run.exception else words


def _verified(departing: tuple[str, ...], bound: float) -> str:
    if departing:
        return f"no: more than rounding explains, {brief(bound, 2)}, in {', '.join(departing)}"
    return f"yes: rounding explains up to {brief(bound, 2)}"


def _hints(experiment: Experiment, theory: Theory, spoken: Spoken) -> Iterator[str]:
    tolerance = experiment.tolerance
    if tolerance is not None and tolerance < theory.least_loss:
        allowed, least = tell_apart(*map(spoken.loss, (tolerance, theory.least_loss)))
        yield (
            f"The tolerance {allowed} is below the smallest possible loss, {least}; "
            "no run reaches it."
        )
