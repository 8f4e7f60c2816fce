"""Callbacks that are carried out, whatever is asked for meanwhile."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from streamlit.runtime.scriptrunner import RerunException

P = ParamSpec("P")


def unbroken(act: Callable[P, None]) -> Callable[P, None]:
    """A widget's callback that a newer run of the page does not cut short.

    Once a newer run is asked for, Streamlit raises `RerunException` wherever the session state is
    touched, in callbacks too; what the callback had to do would be forgotten. Here it is begun
    again and carried out, and the newer run comes afterwards.

    Args:
        act: what to do; it must come to the same if it is begun twice.
    """

    @wraps(act)
    def callback(*args: P.args, **kwargs: P.kwargs) -> None:
        interruption = None
        while True:
            try:
                act(*args, **kwargs)
                break
            except RerunException as asked:
                interruption = asked
        if interruption:
            raise interruption

    return callback
