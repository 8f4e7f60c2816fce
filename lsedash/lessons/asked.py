"""The values of the quantities that need more than an attribute: what the programs did.

Each is a function of the facts and of an argument, "" if none is given. If a program diverged or
raised an exception, or did not run, a loss in the end is infinite.
"""

from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from lsedash.experiment import Experiment
from lsedash.lessons.state import Facts
from lsedash.problem import Array
from lsedash.programs.pitfalls import PITFALLS
from lsedash.running.run import Run
from lsedash.text.convention import spoken_in
from lsedash.text.fields import FIELDS
from lsedash.text.paths import CODE, PITFALL
from lsedash.text.settings import LINES, SOURCES
from lsedash.theory.geometry import start_split
from lsedash.theory.window import path_window
from lsedash.theory.zero import rounding_loss

Marks = NDArray[np.bool_]  # of each point, whether something holds

NOTHING = "nothing"  # the program, or the pitfall, where none is shown
PARTS = ("A", "b", "x0", "lr", "iterations")  # that can be changed
SOME_ROUNDINGS = 64  # that a loss near its floor may rise by, each one of eps of it
REPEATS = 1e-6  # a difference of two points, of the largest entry, up to which they are the same


def last_loss(facts: Facts, program: str) -> float:
    """The last loss, the largest of several programs."""
    runs = facts.runs(program)
    if not runs or any(run.status in ("diverged", "raised") or not len(run.losses) for run in runs):
        return inf
    return max(float(run.losses[-1]) for run in runs)


def loss_ratio(facts: Facts, program: str) -> float:
    """loss(N)/loss(0)."""
    return _ratio(last_loss(facts, program), facts.experiment.system.loss(facts.experiment.x0))


def left(facts: Facts, program: str) -> float:
    """The part that is left of what descent can remove from the loss."""
    least = facts.theory.least_loss
    removable = facts.experiment.system.loss(facts.experiment.x0) - least
    return _ratio(max(last_loss(facts, program) - least, 0.0), max(removable, 0.0))


def over_best(facts: Facts, _: str) -> float:
    """The last loss over that at the best rate; what rounding alone explains counts in neither."""
    experiment, theory = facts.experiment, facts.theory
    x0, iterations = experiment.x0, experiment.iterations
    best = theory.best_learning_rate(x0, iterations)
    if not isfinite(best):
        return 1.0
    rounding = rounding_loss(experiment.system, theory.descent_limit(x0))
    least = float(theory.losses(x0, best, [iterations])[0])
    return max(_ratio(last_loss(facts, "") + rounding, least + rounding), 1.0)


def _ratio(part: float, whole: float) -> float:
    if not isfinite(whole):
        return inf
    if whole > 0:
        return part / whole
    return 1.0 if part == 0 else inf


def rises(facts: Facts, program: str) -> bool:
    """Whether the loss of any point is above that of the point before, by more than rounding."""
    experiment = facts.experiment
    limit = facts.theory.descent_limit(experiment.x0)
    rounding = rounding_loss(experiment.system, limit, experiment.dtype)
    relative = SOME_ROUNDINGS * float(np.finfo(experiment.dtype).eps)
    return any(
        run.status == "diverged"
        or bool((np.diff(run.losses) > rounding + relative * run.losses[:-1]).any())
        for run in facts.runs(program)
    )


def first_point(facts: Facts, tolerance: str) -> float:
    """The first recorded point of the slowest variant whose loss is at most the tolerance."""
    own = facts.spoken.loss_of(tolerance, float(tolerance))
    return max((_first(run, run.losses <= own) for run in facts.variants), default=inf)


def leaves_window(facts: Facts, _: str) -> float:
    """The first point of a variant outside the window of the path's chart."""
    x0 = facts.experiment.x0
    directions = np.eye(len(x0))[:2]
    low, high = path_window(facts.theory, x0, directions).T
    return min((_first(run, _outside(run, low, high)) for run in facts.variants), default=inf)


def _outside(run: Run, low: Array, high: Array) -> Marks:
    points = run.iterates[:, : len(low)].astype(float)
    outside = np.any((points < low) | (points > high), axis=1)
    return np.append(outside, True) if run.status == "diverged" else outside


def _first(run: Run, holds: Marks) -> float:
    """The number of the first point of which something holds; one more than the last is allowed."""
    if not holds.any():
        return inf
    at = int(holds.argmax())
    return float(run.points[at]) if at < len(run.points) else float(run.last_point + 1)


def period(facts: Facts, program: str) -> float:
    """The fewest iterations after which every point comes again; infinite if none does."""
    return max((_period(run) for run in facts.runs(program)), default=inf)


def _period(run: Run) -> float:
    points = run.iterates.astype(float)
    if run.status != "finished" or not (points != points[0]).any():
        return inf
    size = float(np.abs(points - points.mean(axis=0)).max())
    for k in range(1, len(points) // 2):
        if np.abs(points[k:] - points[:-k]).max() <= REPEATS * size:
            return float(run.points[k])
    return inf


def difference(facts: Facts, program: str) -> float:
    """The largest |x - x of the first program|, of one program or of all variants."""
    if not facts.comparison.runs:
        return inf
    largest = facts.comparison.largest_disagreement()
    keys = [program] if program else [run.key for run in facts.variants]
    return max((largest.get(key, inf) for key in keys), default=inf)


def frozen(facts: Facts, _: str) -> float:
    """The length of the start's part in the null space."""
    return float(np.linalg.norm(start_split(facts.theory, facts.experiment.x0).frozen))


def changed(facts: Facts, part: str) -> float:
    """How many entries of a part differ from those at the start of the step."""
    now, then = (_entries(each, part) for each in (facts.experiment, facts.start))
    return float(np.sum(now != then)) if now.shape == then.shape else float(now.size)


def _entries(experiment: Experiment, part: str) -> Array:
    return np.asarray(FIELDS[part].value(experiment))


def edge_of(facts: Facts, convention: str) -> float:
    """The largest stable rate in a convention."""
    critical = facts.theory.critical_learning_rate
    return float(spoken_in(convention, facts.experiment.system.m).rate(critical))


def program_shown(facts: Facts, _: str) -> str:
    """The program on the page Code."""
    return facts.shown if facts.page == CODE and facts.shown in SOURCES.keys else NOTHING


def pitfall_shown(facts: Facts, _: str) -> str:
    """The pitfall on the page Pitfalls, which begins with the first one."""
    if facts.page != PITFALL:
        return NOTHING
    return facts.shown if facts.shown in PITFALLS.keys else PITFALLS.keys[0]


def line_shown(facts: Facts, _: str) -> float:
    """The line on the page Code that was chosen; 0 if none was."""
    lines = facts.settings[LINES]
    return float(dict(lines).get(program_shown(facts, ""), 0))


def status(facts: Facts, program: str) -> str:
    """How a program ended."""
    return facts.comparison[program].status if program in facts.comparison else NOTHING
