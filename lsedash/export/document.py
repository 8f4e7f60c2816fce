"""A comparison as JSON with all digits of every float64."""

from math import isfinite
from typing import Any

import numpy as np

from lsedash.checking.verification import Verdict, verify
from lsedash.experiment import Experiment
from lsedash.export.tables import recorded_points
from lsedash.meaning import Meaning
from lsedash.running.run import Comparison, Run
from lsedash.text.convention import HALF_SUM, OURS, Spoken
from lsedash.text.link import query_string, write_link
from lsedash.theory.closed_form import Theory


def document(
    comparison: Comparison, theory: Theory, meaning: Meaning | None = None, spoken: Spoken = OURS
) -> dict[str, Any]:
    """A comparison and its theory as strict JSON values; a number that is not finite is None.

    Keys: convention, experiment, theory, verification, runs. All rates and losses are those of the
    loss 1/2 sum; `convention` has the rate and the tolerance as they are spoken, besides. With
    somebody's data the experiment has "names", of the columns of A, and "target", of b; and there
    are "coefficients", in the data's units.
    """
    values = {
        "convention": _convention(comparison.experiment, spoken),
        "experiment": _experiment(comparison, meaning),
        "theory": _theory(comparison, theory),
        "verification": _verification(verify(comparison, theory)),
        "runs": [_run(run) for run in comparison.runs],
    }
    if meaning is not None:
        values["coefficients"] = _coefficients(comparison, theory, meaning)
    return {key: _strict(value) for key, value in values.items()}


def _convention(experiment: Experiment, spoken: Spoken) -> dict[str, Any]:
    """The convention of the document's numbers, and what was spoken."""
    tolerance = experiment.tolerance
    return {
        "numbers": HALF_SUM.key,
        "spoken": spoken.convention.key,
        "spoken_learning_rate": spoken.rate(experiment.learning_rate),
        "spoken_tolerance": None if tolerance is None else spoken.loss(tolerance),
    }


def _experiment(comparison: Comparison, meaning: Meaning | None) -> dict[str, Any]:
    experiment = comparison.experiment
    named = {} if meaning is None else {"names": meaning.names, "target": meaning.target}
    return named | {
        "A": experiment.system.A,
        "b": experiment.system.b,
        "x0": experiment.x0,
        "learning_rate": experiment.learning_rate,
        "iterations": experiment.iterations,
        "tolerance": experiment.tolerance,
        "dtype": experiment.dtype,
        "link": "?" + query_string(write_link(experiment, tuple(comparison), meaning=meaning)),
    }


def _coefficients(comparison: Comparison, theory: Theory, meaning: Meaning) -> dict[str, Any]:
    """The coefficients in the data's units: at each run's last point, and where descent ends."""
    ends = {run.key: run.iterates[-1] for run in comparison.runs if run.last_point >= 0}
    ends["limit"] = theory.descent_limit(comparison.experiment.x0)
    return {key: meaning.back(x) for key, x in ends.items()}


def _theory(comparison: Comparison, theory: Theory) -> dict[str, Any]:
    start, rate = comparison.experiment.x0, comparison.experiment.learning_rate
    points = recorded_points(comparison)
    return {
        "rank": theory.rank,
        "rank_is_exact": theory.rank_is_exact,
        "singular_values": theory.singular_values,
        "curvatures": theory.curvatures,
        "condition_number": theory.condition_number,
        "least_loss": theory.least_loss,
        "critical_learning_rate": theory.critical_learning_rate,
        "optimal_learning_rate": theory.optimal_learning_rate,
        "best_learning_rate": theory.best_learning_rate(start, comparison.experiment.iterations),
        "convergence_factor": theory.convergence_factor(rate),
        "modes": [mode.kind for mode in theory.modes(rate)],
        "descent_limit": theory.descent_limit(start),
        "points": points,
        "losses": theory.losses(start, rate, points),
    }


def _verification(verdict: Verdict) -> dict[str, Any]:
    return {
        "verified": not verdict.departing,
        "bound": verdict.bound,
        "differences": verdict.differences,
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "variant": run.key,
        "status": run.status,
        "stopped_by": run.stopped_by,
        "seconds": run.seconds,
        "pace": run.pace,
        "exception": None if run.exception is None else str(run.exception),
        "warnings": run.warnings,
        "points": run.points,
        "losses": run.losses,
        "iterates": run.iterates,
    }


def _strict(value: Any) -> Any:
    """The value without NumPy's types, and without numbers that strict JSON does not have."""
    if isinstance(value, np.ndarray):
        return _strict(value.tolist())
    if isinstance(value, dict):
        return {key: _strict(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_strict(item) for item in value]
    if isinstance(value, np.generic):
        return _strict(value.item())
    return None if isinstance(value, float) and not isfinite(value) else value
