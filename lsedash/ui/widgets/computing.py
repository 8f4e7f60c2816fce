"""Show a result that the computing service computes, with a progress bar and a stop button.

The page waits for it. Meanwhile edits and clicks are handled: a newer run of the page takes the
place of the one that waits, and finds the same job.
"""

from collections.abc import Sequence
from functools import partial
from time import perf_counter
from typing import Any

import streamlit as st

from lsedash.computing.job import Crashed, Job
from lsedash.computing.messages import Start
from lsedash.computing.shared import service
from lsedash.computing.store import Missing
from lsedash.experiment import Experiment
from lsedash.programs.program import Runnable
from lsedash.running.run import Comparison
from lsedash.running.runner import stream
from lsedash.text.words import plural
from lsedash.ui.compat import Container, newer_run_waits
from lsedash.ui.state import results
from lsedash.ui.state.limits import DEADLINE, MOST_ITERATIONS
from lsedash.ui.state.visit import run_again

BLINK = 0.3  # seconds before progress is shown
PATIENCE = 0.05  # seconds between two looks whether a newer run waits
SHOWN = 4  # looks between two changes of the progress bar


def progress_container() -> Container:
    """The container of a page's progress bar; page.css lets it take no room."""
    return st.container(key="work")


def comparison_of(
    experiment: Experiment,
    programs: Sequence[Runnable],
    container: Container,
    name: str = "comparison",
) -> Comparison:
    """The comparison of an experiment: see `result_of`."""
    start = partial(stream, experiment, tuple(programs), MOST_ITERATIONS + 1, DEADLINE)
    comparison: Comparison = result_of(name, start, container)
    return comparison


def result_of(name: str, start: Start, container: Container) -> Any:
    """The result of a computation; waits for it.

    Args:
        name: the name of the result.
        start: begins the computation, in another process; the snapshot of its last report is the
            result. It is a `partial` with all inputs, which name the result.
        container: a `progress_container`; used if the computation takes longer than `BLINK`.
    """
    _wait(name, start, container)
    container.empty()  # removes the progress bar
    try:
        return results.ask(name, start).job.result()
    except Missing:  # it had to make room for others
        results.forget(name)
        return result_of(name, start, container)
    except Crashed as fault:
        container.error(str(fault))
        st.stop()


def _wait(name: str, start: Start, container: Container) -> None:
    """Wait until the job has ended; a newer run of the page breaks in."""
    bar, looks = None, 0
    while True:
        asked = results.ask(name, start)
        if asked.job.wait(PATIENCE):
            if bar is not None:
                run_again()  # without the progress bar
            return
        if newer_run_waits():
            run_again()
        if perf_counter() - asked.began >= BLINK:
            if bar is None:
                bar = _progress_bar(container)
            if looks % SHOWN == 0:
                bar.progress(*_progress(asked.job))
            looks += 1


def _progress_bar(container: Container) -> Container:
    """Draw the stop button; the place of the progress bar.

    (The elements are the same in every run: if a button is replaced while the visitor presses it,
    the click is lost.)
    """
    box = container.container(key="progress")  # page.css lets it float above the page
    left, right = box.columns([5, 1], vertical_alignment="center")
    bar = left.empty()
    right.button("Stop", key="stop", on_click=results.stop, width="stretch")
    return bar


def _progress(job: Job) -> tuple[float, str]:
    """How much is done, and how far that is in words."""
    before = service().before(job)
    if before:
        return 0.0, f"Waiting: {plural(before, 'computation')} before this one"
    if job.report is None:
        return 0.0, "Running"
    done, total, unit = job.report
    text = f"rate {done} of {total}"
    if unit == "point":
        text = f"iteration {max(done - 1, 0)} of {total - 1}"
    return done / total, f"Running: {text}"
