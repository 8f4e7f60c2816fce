"""Compute something for the page, with a progress bar and a stop button.

A long computation is done in slices, one per run of the page. Edits and clicks made meanwhile are
handled between two slices.
"""

from collections.abc import Sequence
from functools import partial
from time import perf_counter
from typing import Any

import streamlit as st

from lsedash.experiment import Experiment
from lsedash.programs.program import Runnable
from lsedash.running.run import Comparison, Progress
from lsedash.running.runner import stream
from lsedash.ui.compat import Container
from lsedash.ui.state import results
from lsedash.ui.state.limits import DEADLINE, MOST_ITERATIONS
from lsedash.ui.state.results import Start, Wanted
from lsedash.ui.state.visit import run_again

BLINK = 0.3  # seconds before progress is shown


def progress_container() -> Container:
    """The container of a page's progress bar; page.css lets it take no room."""
    return st.container(key="work")


def comparison_of(
    experiment: Experiment,
    programs: Sequence[Runnable],
    container: Container,
    name: str = "comparison",
) -> Comparison:
    """The comparison of an experiment, kept from the last run or run now: see `result_of`."""
    wanted = experiment, tuple(program.key for program in programs)
    start = partial(stream, experiment, programs, MOST_ITERATIONS + 1, DEADLINE)
    comparison: Comparison = result_of(name, wanted, start, container)
    return comparison


def result_of(name: str, wanted: Wanted, start: Start, container: Container) -> Any:
    """The result of a computation, kept from the last run or computed now.

    Runs the page again while there is work left.

    Args:
        name: the name under which the last result is kept.
        wanted: the inputs of the computation; a kept result is used only if they are equal.
        start: begins the computation; the snapshot of its last report is the result.
        container: a `progress_container`; used if the computation takes longer than `BLINK`.
    """
    if results.has_result(name, wanted):
        container.empty()  # removes the progress bar
        return results.result(name)
    work = results.work_on(name, wanted, start)
    is_slow = perf_counter() - work.began >= BLINK
    if is_slow:
        _show_progress(work.progress, container)
    finished = results.advance()
    if is_slow or not finished:  # the next run continues, or removes the progress bar
        run_again()
    container.empty()
    return results.result(name)


def _show_progress(progress: Progress, container: Container) -> None:
    """Draw the progress bar and the stop button.

    (The elements are the same in every run: if a button is replaced while the visitor presses it,
    the click is lost.)
    """
    box = container.container(key="progress")  # page.css lets it float above the page
    left, right = box.columns([5, 1], vertical_alignment="center")
    done, total = progress.done, progress.total
    text = f"rate {done} of {total}"
    if progress.unit == "point":
        text = f"iteration {max(done - 1, 0)} of {total - 1}"
    left.progress(done / total, f"Running: {text}")
    right.button("Stop", key="stop", on_click=results.stop, width="stretch")
