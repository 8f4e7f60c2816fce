"""A progress bar and a stop button that float above the page while it waits for a computation."""

import streamlit as st

from lsedash.computing.job import Job
from lsedash.computing.shared import service
from lsedash.text.words import plural
from lsedash.ui.compat import Container
from lsedash.ui.state import results
from lsedash.ui.state.line import pressing


class ProgressPlace:
    """Where a page shows how far a computation is; page.css lets it take no room.

    Attributes:
        was_shown: whether this run of the page has drawn the bar.
    """

    def __init__(self, key: str = "work") -> None:
        self._place = st.container(key=key)
        self._bar: Container | None = None

    @property
    def was_shown(self) -> bool:
        return self._bar is not None

    def show(self, job: Job) -> None:
        """Draw the bar and the stop button, or move the bar.

        (The elements are the same in every run: if a button is replaced while the visitor presses
        it, the click is lost.)
        """
        if self._bar is not None:
            self._bar.progress(*_progress(job))
            return
        box = self._place.container(key="progress")
        left, right = box.columns([5, 1], vertical_alignment="center")
        self._bar = left.progress(*_progress(job))
        right.button("Stop", width="stretch", **pressing("stop", results.stop))

    def hide(self) -> None:
        """Take the bar away, whether this run of the page has drawn it or an earlier one."""
        if self._bar is None:
            self._place.empty()
        else:
            self._bar.empty()  # page.css hides the button without its bar

    def fail(self, fault: Exception) -> None:
        """Say why there is no result."""
        self._place.error(str(fault))


def _progress(job: Job) -> tuple[float, str]:
    """How much is done, and how far that is in words."""
    before = service().before(job)
    if before == 0:
        return 0.0, "Waiting: this computation is next"
    if before is not None:
        return 0.0, f"Waiting: {plural(before, 'computation')} before this one"
    if job.report is None:
        return 0.0, "Running"
    done, total, unit = job.report
    text = f"rate {done} of {total}"
    if unit == "point":
        text = f"iteration {max(done - 1, 0)} of {total - 1}"
    return done / total, f"Running: {text}"
