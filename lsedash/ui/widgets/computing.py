"""Compute something for the page: progress, a stop button, and room for a newer edit.

A long computation is done in slices, one per run of the page: what was edited or pressed meanwhile
is heard between two of them.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from time import perf_counter
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lsedash.experiment import Experiment
from lsedash.programs.program import Runnable
from lsedash.running.run import Comparison, Progress
from lsedash.running.runner import stream
from lsedash.ui.state.limits import DEADLINE, MOST_ITERATIONS
from lsedash.ui.state.unbroken import unbroken

SLICE = 0.15  # seconds of work before the page listens again
BLINK = 0.3  # seconds before progress is shown

Wanted = tuple[Any, ...]
Start = Callable[[], Iterator[Progress]]


def progress_place() -> DeltaGenerator:
    """Where a page's progress is shown: it takes no room, see page.css."""
    return st.container(key="work")


def comparison_of(
    experiment: Experiment,
    programs: Sequence[Runnable],
    place: DeltaGenerator,
    keep: str = "comparison",
) -> Comparison:
    """The comparison of an experiment, run unless it is the one kept already: see `result_of`."""
    wanted = experiment, tuple(program.key for program in programs)
    start = partial(stream, experiment, programs, MOST_ITERATIONS + 1, DEADLINE)
    comparison: Comparison = result_of(keep, wanted, start, place)
    return comparison


def result_of(keep: str, wanted: Wanted, start: Start, place: DeltaGenerator) -> Any:
    """What a computation comes to, done unless it is the one kept already.

    Runs the page again while there is work left.

    Args:
        keep: the name in the session state under which the last result is kept.
        wanted: what tells one computation from another.
        start: begins it; the snapshot of its last report is the result.
        place: a `progress_place`; it is used if the computation takes longer than a blink.
    """
    state = st.session_state
    if keep in state and state[keep][0] == wanted:
        place.empty()  # no progress any more
        return state[keep][1]
    work = state.pop("work", None)  # nobody else may go on with it meanwhile
    if work is None or (work.keep, work.wanted) != (keep, wanted):
        work = _Work(keep, wanted, start())
    shown = work.show(place)
    finished = work.advance()
    if finished:
        work.finish()
    else:
        state.work = work
    if shown or not finished:  # the next run goes on, or finds the result and shows no progress
        st.rerun(scope="app" if state.whole else "fragment")
    place.empty()
    return state[keep][1]


@unbroken
def stop() -> None:
    """Keep what the running computation has so far; the button's callback."""
    work = st.session_state.get("work")
    if work is not None:
        work.finish()
        st.session_state.pop("work", None)


class _Work:
    """A computation that is not finished yet."""

    def __init__(self, keep: str, wanted: Wanted, reports: Iterator[Progress]) -> None:
        self.keep, self.wanted, self.reports = keep, wanted, reports
        self.began = perf_counter()
        self.progress = next(reports)

    def advance(self) -> bool:
        """Work for a slice of time; whether it is finished."""
        until = perf_counter() + SLICE
        while not self.progress.finished and perf_counter() < until:
            self.progress = next(self.reports)
        return self.progress.finished

    def finish(self) -> None:
        """Keep what there is."""
        st.session_state[self.keep] = self.wanted, self.progress.snapshot()

    def show(self, place: DeltaGenerator) -> bool:
        """The progress bar and the stop button, from the first blink on; whether they are there.

        (Always the same elements of the same container: a button that is taken away and put back
        while it is pressed is not clicked.)
        """
        if perf_counter() - self.began < BLINK:
            return False
        done, total = self.progress.done, self.progress.total
        box = place.container(key="progress")  # floats above the page: see page.css
        left, right = box.columns([5, 1], vertical_alignment="center")
        text = f"rate {done} of {total}"
        if self.progress.unit == "point":
            text = f"iteration {max(done - 1, 0)} of {total - 1}"
        left.progress(done / total, f"Running: {text}")
        right.button("Stop", key="stop", on_click=stop, width="stretch")
        return True
