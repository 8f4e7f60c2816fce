"""How a run ended, and how far it is from the first, in a few characters."""

from lsedash.experiment import Experiment
from lsedash.running.run import Run
from lsedash.text.convention import OURS, Spoken
from lsedash.text.words import ZERO, brief
from lsedash.theory.zero import rounding_loss


def run_status(run: Run) -> str:
    """The status, and the last iteration unless the run finished."""
    if run.last_point < 0:
        return f"{run.status} at the start"
    return run.status if run.status == "finished" else f"{run.status} at k = {run.last_point}"


def final_loss(run: Run, experiment: Experiment, spoken: Spoken = OURS) -> str:
    """The last loss of a run, or that it is 0 to rounding."""
    loss, x = float(run.losses[-1]), run.iterates[-1].astype(float)
    rounding = rounding_loss(experiment.system, x, experiment.dtype)
    return ZERO if 0 < loss <= rounding else brief(spoken.loss(loss))


def disagreement_words(largest: float) -> str:
    """A largest disagreement in a few characters."""
    return "identical" if largest == 0 else brief(largest, 2)
