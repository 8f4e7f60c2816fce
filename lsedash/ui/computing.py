"""Run a comparison for the page: progress, a stop button, and room for a newer edit.

A long comparison is done in slices, one per run of the page: what was edited or pressed meanwhile
is heard between two of them.
"""

from collections.abc import Iterator, Sequence
from time import perf_counter

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lsedash.experiment import Experiment
from lsedash.runner import Comparison, Program, Progress, stream
from lsedash.ui.limits import DEADLINE, MOST_ITERATIONS

SLICE = 0.15  # seconds of work before the page listens again
BLINK = 0.3  # seconds before progress is shown

Wanted = tuple[Experiment, tuple[str, ...]]


def comparison_of(
    experiment: Experiment,
    programs: Sequence[Program],
    place: DeltaGenerator,
    keep: str = "comparison",
) -> Comparison:
    """The comparison of an experiment, run unless it is the one kept already.

    Runs the page again while there is work left.

    Args:
        programs: which ones to run, in their order.
        place: an empty element where progress is shown, if it takes longer than a blink.
        keep: the name in the session state under which the last one is kept.
    """
    state, wanted = st.session_state, (experiment, tuple(program.key for program in programs))
    if keep in state and state[keep][0] == wanted:
        return state[keep][1]  # type: ignore[no-any-return]
    work = state.pop("work", None)  # nobody else may go on with it meanwhile
    if work is None or work.wanted != wanted:
        work = _Work(wanted, programs, keep)
    else:
        work.show(place)
    if not work.advance():
        state.work = work
        st.rerun(scope="app" if state.whole else "fragment")
    place.empty()
    finished: Comparison = work.finish()
    return finished


def stop() -> None:
    """Keep what the running comparison has so far; the button's callback."""
    work = st.session_state.pop("work", None)
    if work is not None:
        work.finish()


class _Work:
    """A comparison that is not finished yet."""

    def __init__(self, wanted: Wanted, programs: Sequence[Program], keep: str) -> None:
        self.wanted, self.keep = wanted, keep
        self.stream: Iterator[Progress] = stream(wanted[0], programs, MOST_ITERATIONS + 1, DEADLINE)
        self.began = perf_counter()
        self.progress = next(self.stream)

    def advance(self) -> bool:
        """Work for a slice of time; whether it is finished."""
        until = perf_counter() + SLICE
        while not self.progress.finished and perf_counter() < until:
            self.progress = next(self.stream)
        return self.progress.finished

    def finish(self) -> Comparison:
        """Keep what there is."""
        comparison: Comparison = self.progress.snapshot()
        st.session_state[self.keep] = self.wanted, comparison
        return comparison

    def show(self, place: DeltaGenerator) -> None:
        """The progress bar and the stop button, from the first blink on."""
        if perf_counter() - self.began < BLINK:
            return
        done, total = self.progress.done, self.progress.total
        box = place.container(key="progress")  # floats above the page: see stage.css
        left, right = box.columns([5, 1], vertical_alignment="center")
        left.progress(done / total, f"Running: iteration {done - 1} of {total - 1}")
        right.button("Stop", key="stop", on_click=stop, width="stretch")
