"""Compute something for the page, with progress, a stop button, and room for a newer edit.

A long computation is done in slices, one per run of the page: what was edited or pressed meanwhile
is heard between two of them.
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
from lsedash.ui.compat import Container, is_fragment_run
from lsedash.ui.state import results
from lsedash.ui.state.limits import DEADLINE, MOST_ITERATIONS
from lsedash.ui.state.results import Start, Wanted

BLINK = 0.3  # seconds before progress is shown


def progress_container() -> Container:
    """Where a page's progress is shown: it takes no room, see page.css."""
    return st.container(key="work")


def comparison_of(
    experiment: Experiment,
    programs: Sequence[Runnable],
    container: Container,
    name: str = "comparison",
) -> Comparison:
    """The comparison of an experiment, run unless it is the one kept already: see `result_of`."""
    wanted = experiment, tuple(program.key for program in programs)
    start = partial(stream, experiment, programs, MOST_ITERATIONS + 1, DEADLINE)
    comparison: Comparison = result_of(name, wanted, start, container)
    return comparison


def result_of(name: str, wanted: Wanted, start: Start, container: Container) -> Any:
    """What a computation comes to, done unless it is the one kept already.

    Runs the page again while there is work left.

    Args:
        name: under which the last result is kept.
        wanted: what tells one computation from another.
        start: begins it; the snapshot of its last report is the result.
        container: a `progress_container`; used if the computation takes longer than a blink.
    """
    if results.has_result(name, wanted):
        container.empty()  # no progress any more
        return results.result(name)
    work = results.begin_or_resume(name, wanted, start)
    shown = perf_counter() - work.began >= BLINK
    if shown:
        _show_progress(work.progress, container)
    finished = results.advance(work)
    if shown or not finished:  # the next run goes on, or finds the result and shows no progress
        st.rerun(scope="fragment" if is_fragment_run() else "app")
    container.empty()
    return results.result(name)


def _show_progress(progress: Progress, container: Container) -> None:
    """Draw the progress bar and the stop button.

    (Always the same elements of the same container: a button that is taken away and put back
    while it is pressed is not clicked.)
    """
    box = container.container(key="progress")  # floats above the page: see page.css
    left, right = box.columns([5, 1], vertical_alignment="center")
    done, total = progress.done, progress.total
    text = f"rate {done} of {total}"
    if progress.unit == "point":
        text = f"iteration {max(done - 1, 0)} of {total - 1}"
    left.progress(done / total, f"Running: {text}")
    right.button("Stop", key="stop", on_click=results.stop, width="stretch")
