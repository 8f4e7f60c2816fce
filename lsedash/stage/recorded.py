"""What a file says of the runs that are in it: what ran, with which torch, and how it agreed."""

from importlib import metadata

from lsedash.checking.verified import Verified
from lsedash.programs.variants import NUMPY
from lsedash.text.convention import Spoken
from lsedash.text.words import brief, number_word


def recorded(checked: Verified, spoken: Spoken) -> str:
    """One clause: "the five programs ran at alpha = 0.2 with torch 2.13.0 and agreed to 8e-17"."""
    comparison, verdict = checked.comparison, checked.verdict
    count = len(comparison.runs)
    programs = "the only program" if count == 1 else f"the {number_word(count)} programs"
    rate = brief(spoken.rate(comparison.experiment.learning_rate))
    uses_torch = any(run.key != NUMPY.key for run in comparison.runs)
    torch = f" with torch {torch_version()}" if uses_torch else ""
    return f"{programs} ran at α = {rate}{torch}{_agreement(checked, verdict.worst)}"


def _agreement(checked: Verified, worst: float) -> str:
    if not any(len(run.points) for run in checked.comparison.runs):
        return ""
    if checked.verdict.departing:
        return f" and departed from the prediction by up to {brief(worst, 1)}"
    return f" and agreed to {brief(worst, 1)}" if worst else " and agreed exactly"


def torch_version() -> str:
    """The version of torch, without a suffix such as "+cpu"; torch is not imported."""
    return metadata.version("torch").partition("+")[0]
