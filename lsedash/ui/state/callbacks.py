"""Callbacks that run to their end even if a newer run of the page is due."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from lsedash.ui.compat import Interruption

P = ParamSpec("P")


def unbroken(act: Callable[P, None]) -> Callable[P, None]:
    """Make a widget's callback that a newer run of the page does not cut short.

    Once a newer run is due, Streamlit raises `Interruption` at any access to the session state, in
    callbacks too, and the rest of the callback would be lost. Here the callback starts again and
    runs to its end before the newer run.

    Args:
        act: does the work. It may be started twice, with the same effect as once.
    """

    @wraps(act)
    def callback(*args: P.args, **kwargs: P.kwargs) -> None:
        interruption = None
        while True:
            try:
                act(*args, **kwargs)
                break
            except Interruption as newer_run:
                interruption = newer_run
        if interruption:
            raise interruption

    return callback
