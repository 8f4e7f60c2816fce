"""The two learning rates to choose, by name, and why they differ."""

from lsedash.experiment import Experiment
from lsedash.text.words import LONG_RUN, best_for, why_two_rates
from lsedash.theory.closed_form import Theory

ALIKE = 1e-9  # relative difference of two rates that count as one


def rates_to_choose(theory: Theory, experiment: Experiment) -> dict[str, float]:
    """The rate that is fastest in the long run and the best for the iterations, by name.

    One with both names if they are the same; only the first if every rate leaves the same loss.
    """
    optimal, name = theory.optimal_learning_rate, best_for(experiment.iterations)
    if not theory.rank or not experiment.iterations or theory.starts_at_limit(experiment.x0):
        return {LONG_RUN: optimal}
    best = theory.best_learning_rate(experiment.x0, experiment.iterations)
    if abs(best - optimal) <= ALIKE * optimal:
        return {f"{LONG_RUN} and {name}": optimal}
    return {LONG_RUN: optimal, name: best}


def why_they_differ(theory: Theory, experiment: Experiment) -> str:
    """Why the two rates differ, in two sentences; "" if there is only one."""
    two = len(rates_to_choose(theory, experiment)) == 2
    return why_two_rates(experiment.iterations) if two else ""
