"""Callbacks that run to their end even if a newer run of the page is due, and raise nothing."""

from collections.abc import Callable
from functools import wraps
from logging import getLogger
from typing import ParamSpec

from lsedash.problem import InvalidInput
from lsedash.ui.compat import Interruption
from lsedash.ui.state.edits import note
from lsedash.ui.state.readers import Misfit

P = ParamSpec("P")

LOG = getLogger(__name__)
DROPPED = "Dropped a message that does not fit"
WHOLE_PAGE = "page"  # the field of a fault that is told above the page
NOT_TAKEN = (
    "This change could not be taken over because of an error in the dashboard. Everything else is "
    "as it was."
)


def unbroken(act: Callable[P, None]) -> Callable[P, None]:
    """Make a widget's callback that a newer run of the page does not cut short.

    Once a newer run is due, Streamlit raises `Interruption` at any access to the session state, in
    callbacks too, and the rest of the callback would be lost. Here the callback starts again and
    runs to its end before the newer run.

    A message that nothing on our pages sends is dropped. Any other error is told in one sentence
    on the page; the log has the details.

    Args:
        act: does the work. It may be started twice, with the same effect as once.
    """

    @wraps(act)
    def callback(*args: P.args, **kwargs: P.kwargs) -> None:
        interruption = None
        while True:
            try:
                quietly(act, *args, **kwargs)
                break
            except Interruption as newer_run:
                interruption = newer_run
        if interruption:
            raise interruption

    return callback


def quietly(act: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Act; what does not fit is dropped, and an error is told in one sentence."""
    try:
        act(*args, **kwargs)
    except Misfit as fault:
        LOG.warning("%s: %s", DROPPED, fault)
    except Exception:
        LOG.exception("A callback failed")
        note(WHOLE_PAGE, InvalidInput(NOT_TAKEN))
