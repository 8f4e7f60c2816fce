"""Run programs on an experiment, side by side.

A program yields its points; the runner does everything else. In each turn all programs advance by
the same few points, so that a comparison can show progress and all runs are equally long whenever
it is stopped.
"""

from collections.abc import Iterator, Sequence
from time import thread_time

from lsedash.experiment import Experiment
from lsedash.programs.program import Runnable
from lsedash.programs.variants import VARIANTS
from lsedash.running.recorder import Recorder
from lsedash.running.run import Comparison, Progress

DEFAULT_MAX_POINTS = 10_001
TURN_SECONDS = 0.01  # of processor time, target for one turn of all variants
LONGEST_TURN = 4096  # points


def compare(
    experiment: Experiment,
    variants: Sequence[Runnable] = VARIANTS,
    max_points: int = DEFAULT_MAX_POINTS,
    deadline: float | None = None,
) -> Comparison:
    """Run the variants on the experiment to their end.

    NumPy's variant uses the system's A, or one copy in float32; each variant in PyTorch makes a
    tensor of its own. Of all else only x, b and the residual are held.

    Args:
        experiment: what to run.
        variants: the programs, in the order of their turns.
        max_points: record at most so many points of each run (at least 2), evenly spaced and
            always with the first and the last.
        deadline: stop after so many seconds of computing (processor time, so that other programs
            on the machine do not count) with the points computed by then; None for no limit.

    Raises:
        ValueError: no variants, or fewer than two points to record.
    """
    *_, last = stream(experiment, variants, max_points, deadline)
    comparison: Comparison = last.snapshot()
    return comparison


def stream(
    experiment: Experiment,
    variants: Sequence[Runnable] = VARIANTS,
    max_points: int = DEFAULT_MAX_POINTS,
    deadline: float | None = None,
    watched: float | None = None,
) -> Iterator[Progress]:
    """Like `compare`, but reports after every turn; closing the iterator stops the runs.

    A turn takes a few hundredths of a second, or a single iteration if that takes longer.

    Args:
        watched: a loss; `Run.reached` is the first point that has at most so much.
    """
    if not variants or max_points < 2:
        raise ValueError("Give at least one variant and room for at least two points.")
    total = experiment.iterations + 1
    arguments = experiment.arguments()  # once for all: A may be large
    recorders = [Recorder(each, experiment, arguments, max_points, watched) for each in variants]

    def snapshot() -> Comparison:
        return Comparison(experiment, tuple(recorder.run() for recorder in recorders))

    target, turn, running, seconds = 0, 1, recorders, 0.0
    while running:
        start_time = thread_time()
        target = min(target + turn, total)
        for recorder in running:
            recorder.advance(target)
        taken = thread_time() - start_time
        seconds += taken
        fast = taken < TURN_SECONDS
        turn = min(2 * turn, LONGEST_TURN) if fast else max(turn // 2, 1)
        late = deadline is not None and seconds > deadline
        running = [recorder for recorder in running if recorder.status == "stopped"]
        if late:
            for recorder in running:
                recorder.late = True
            running = []
        yield Progress(target, total, not running, snapshot)
