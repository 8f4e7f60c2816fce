"""Run a comparison for the page: progress, a stop button, and room for a newer edit."""

from time import perf_counter

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lsedash.experiment import Experiment
from lsedash.runner import Comparison, Progress, stream
from lsedash.ui.limits import DEADLINE, MOST_ITERATIONS
from lsedash.variants import VARIANTS

BLINK = 0.3  # seconds before progress is shown, and between two partial results


def comparison_of(
    experiment: Experiment, variants: tuple[str, ...], place: DeltaGenerator
) -> Comparison:
    """The comparison of an experiment, run unless it is the one on the page already.

    Touching `st.session_state` at every turn is what lets a newer edit end this run.

    Args:
        place: an empty element where progress is shown, if it takes longer than a blink.
    """
    state, wanted = st.session_state, (experiment, variants)
    if "comparison" in state and state.comparison[0] == wanted:
        return state.comparison[1]  # type: ignore[no-any-return]
    chosen = [variant for variant in VARIANTS if variant.key in variants]
    shown = _Shown(place)
    for progress in stream(experiment, chosen, MOST_ITERATIONS + 1, DEADLINE):
        state.turns = state.get("turns", 0) + 1
        if shown.due():
            state.partial = wanted, progress.snapshot()
            shown.show(progress)
    place.empty()
    state.pop("partial", None)
    state.comparison = wanted, progress.snapshot()
    return state.comparison[1]  # type: ignore[no-any-return]


def stop() -> None:
    """Keep what the running comparison has so far; the button's callback."""
    state = st.session_state
    if "partial" in state:
        state.comparison = state.pop("partial")


class _Shown:
    """The progress bar and the stop button, from the first blink on."""

    def __init__(self, place: DeltaGenerator) -> None:
        self.place = place
        self.bar: DeltaGenerator | None = None
        self.next = perf_counter() + BLINK

    def due(self) -> bool:
        return perf_counter() >= self.next

    def show(self, progress: Progress) -> None:
        self.next = perf_counter() + BLINK
        text = f"Running: iteration {progress.done - 1} of {progress.total - 1}"
        if self.bar is None:
            left, right = self.place.columns([5, 1], vertical_alignment="center")
            self.bar = left.progress(0.0, text)
            right.button("Stop", key="stop", on_click=stop, width="stretch")
        self.bar.progress(progress.done / progress.total, text)
