"""Callbacks that run to their end, whatever is asked for meanwhile."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from lsedash.ui.compat import Interruption

P = ParamSpec("P")


def unbroken(act: Callable[P, None]) -> Callable[P, None]:
    """Make a widget's callback that a newer run of the page does not cut short.

    Once a newer run is asked for, Streamlit raises `Interruption` wherever the session state is
    touched, in callbacks too, and the rest of the callback would be lost. Here the callback starts
    again and runs to its end; the newer run comes afterwards.

    Args:
        act: what to do. Starting it twice must have the same effect as running it once.
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
