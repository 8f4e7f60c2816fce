"""What follows A when it is edited: the learning rate, and the rates of the race."""

from dataclasses import replace
from math import inf

from lsedash.experiment import Experiment
from lsedash.text.convention import HALF_SUM, spoken_in
from lsedash.text.setting import Settings
from lsedash.text.settings import LOSS, RACE_RATES
from lsedash.theory.closed_form import Theory


def following(
    experiment: Experiment, former: Theory, theory: Theory, convention: str = HALF_SUM.key
) -> Experiment:
    """The experiment with alpha lambda_max as on the former system, if such a rate exists."""
    rate = experiment.learning_rate * _ratio(former, theory, convention)
    return replace(experiment, learning_rate=rate) if 0 < rate < inf else experiment


def raced_on(settings: Settings, former: Theory, theory: Theory) -> Settings:
    """The settings with the race's rates at the same alpha lambda_max as on the former system."""
    rates, ratio = settings[RACE_RATES] or (), _ratio(former, theory, settings[LOSS])
    moved = tuple(float(f"{rate * ratio:.12g}") for rate in rates)
    usable = bool(moved) and all(0 < rate < inf for rate in moved)
    return settings.replaced(RACE_RATES, moved) if usable else settings


def _ratio(former: Theory, theory: Theory, convention: str) -> float:
    """By how much a spoken rate grows if alpha lambda_max stays; 0 if the new lambda_max is 0."""
    before, now = float(former.curvatures[0]), float(theory.curvatures[0])
    rates = [spoken_in(convention, t.system.m).factor for t in (former, theory)]
    return before / now * (rates[0] / rates[1]) if now else 0.0
