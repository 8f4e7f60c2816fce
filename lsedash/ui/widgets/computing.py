"""Show a result that the computing service computes, with a progress bar and a stop button.

The page waits for it. Meanwhile edits and clicks are handled: a newer run of the page takes the
place of the one that waits, and finds the same job.
"""

from collections.abc import Sequence
from functools import partial
from time import perf_counter
from typing import Any

import streamlit as st

from lsedash.checking.verified import Verified, stream_verified
from lsedash.computing.job import Crashed, Job
from lsedash.computing.messages import Start
from lsedash.computing.store import Missing
from lsedash.experiment import Experiment
from lsedash.programs.program import Runnable
from lsedash.ui.compat import newer_run_waits
from lsedash.ui.state import results
from lsedash.ui.state.limits import DEADLINE, most_points
from lsedash.ui.state.turnstile import turnstile
from lsedash.ui.state.visit import run_again
from lsedash.ui.widgets.progress import ProgressPlace

BLINK = 0.3  # seconds before progress is shown
PATIENCE = 0.05  # seconds between two looks whether a newer run waits
SHOWN = 0.2  # seconds between two changes of the progress bar


def verified(
    experiment: Experiment,
    programs: Sequence[Runnable],
    place: ProgressPlace,
    name: str = "comparison",
) -> Verified:
    """The comparison of an experiment and its verdict: see `result_of`."""
    result: Verified = result_of(name, comparing(experiment, programs), place)
    return result


def comparing(experiment: Experiment, programs: Sequence[Runnable]) -> Start:
    """The computation of a comparison and its verdict."""
    points = most_points(experiment.system.n)
    return partial(stream_verified, experiment, tuple(programs), points, DEADLINE)


def result_of(name: str, start: Start, place: ProgressPlace) -> Any:
    """The result of a computation; waits for it.

    Args:
        name: the name of the result.
        start: begins the computation, in another process; the snapshot of its last report is the
            result. It is a `partial` with all inputs, which name the result.
        place: where progress is shown if the computation takes longer than `BLINK`.
    """
    try:
        return _result(name, start, place)
    except Crashed as fault:
        place.fail(fault)
        st.stop()


def attempted(name: str, start: Start, place: ProgressPlace) -> Any | None:
    """The same; None if it cannot be computed, which is said in the place."""
    try:
        return _result(name, start, place)
    except Crashed as fault:
        place.fail(fault)
        return None


def _result(name: str, start: Start, place: ProgressPlace) -> Any:
    _wait(name, start, place)
    place.hide()
    try:
        return results.ask(name, start).job.result()
    except Missing:  # it had to make room for others
        results.forget(name)
        return _result(name, start, place)


def _wait(name: str, start: Start, place: ProgressPlace) -> None:
    """Wait until the job has ended; a newer run of the page breaks in."""
    asked, is_shown = results.ask(name, start), False
    due = asked.began + BLINK
    while not _has_ended(asked.job, due):
        if newer_run_waits():
            run_again()
        if perf_counter() >= due:
            if place.was_shown and not is_shown:  # for another result, and a bar is drawn once
                run_again()
            place.show(asked.job)
            is_shown, due = True, perf_counter() + SHOWN
        asked = results.ask(name, start)


def _has_ended(job: Job, due: float) -> bool:
    """Whether a job has ended; waits for it, and lets other pages draw meanwhile.

    The wait ends sooner if a newer run waits, or at a time, in seconds of `perf_counter`.
    """
    if job.has_ended:
        return True
    with turnstile.pause():
        while not job.wait(PATIENCE) and not (newer_run_waits() or job.is_dropped):
            if perf_counter() >= due:
                break
    return job.has_ended
