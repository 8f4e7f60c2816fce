"""Run programs on an experiment, side by side.

A program yields, the runner owns everything else. All programs advance in lock-step, a few points
a turn, so that a comparison can show progress and be stopped at any turn, all runs equally long.
"""

from collections.abc import Iterator, Sequence
from time import perf_counter

from lsedash.experiment import Experiment
from lsedash.programs.program import Runnable
from lsedash.programs.variants import VARIANTS
from lsedash.running.recorder import Recorder
from lsedash.running.run import Comparison, Progress

DEFAULT_MAX_POINTS = 10_001
TURN_SECONDS = 0.02  # what one turn of all variants aims at: a fifth of a blink
LONGEST_TURN = 4096  # points


def compare(
    experiment: Experiment,
    variants: Sequence[Runnable] = VARIANTS,
    max_points: int = DEFAULT_MAX_POINTS,
    deadline: float | None = None,
) -> Comparison:
    """Run the variants on the experiment to their end.

    Args:
        experiment: what to run.
        variants: which programs, in the order they take turns.
        max_points: record at most so many points of each run, evenly spaced (at least 2); the first
            and the last are always among them.
        deadline: stop after so many seconds with what there is; None to run on.

    Raises:
        ValueError: no variants, or fewer than two points to keep.
    """
    *_, last = stream(experiment, variants, max_points, deadline)
    comparison: Comparison = last.snapshot()
    return comparison


def stream(
    experiment: Experiment,
    variants: Sequence[Runnable] = VARIANTS,
    max_points: int = DEFAULT_MAX_POINTS,
    deadline: float | None = None,
) -> Iterator[Progress]:
    """Like `compare`, reporting after every turn; whoever stops listening stops the runs.

    A report comes at least every few hundredths of a second unless a single iteration takes longer.
    """
    if not variants or max_points < 2:
        raise ValueError("Give at least one variant and room for at least two points.")
    began = perf_counter()
    total = experiment.iterations + 1
    recorders = [Recorder(variant, experiment, max_points) for variant in variants]

    def snapshot() -> Comparison:
        return Comparison(experiment, tuple(recorder.run() for recorder in recorders))

    target, turn, running = 0, 1, recorders
    while running:
        turn_began = perf_counter()
        target = min(target + turn, total)
        for recorder in running:
            recorder.advance(target)
        now = perf_counter()
        turn = min(2 * turn, LONGEST_TURN) if now - turn_began < TURN_SECONDS else max(turn // 2, 1)
        late = deadline is not None and now - began > deadline
        running = [r for r in running if r.status == "stopped" and not late]
        yield Progress(target, total, not running, snapshot)
