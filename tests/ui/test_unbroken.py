"""A callback is carried out although a newer run of the page is asked for in the midst of it."""

import pytest
from streamlit.runtime.scriptrunner import RerunData, RerunException

from lsedash.ui.state.callbacks import unbroken


def test_an_interrupted_callback_is_done_and_the_interruption_goes_on():
    begun, done, asked = [], [], RerunException(RerunData())

    @unbroken
    def callback(value):
        begun.append(value)
        if len(begun) == 1:
            raise asked
        done.append(value)

    with pytest.raises(RerunException) as raised:
        callback(3)
    assert (begun, done) == ([3, 3], [3])
    assert raised.value is asked


def test_a_callback_that_nobody_interrupts_is_done_once():
    done = []
    unbroken(done.append)(7)
    assert done == [7]


def test_other_errors_are_not_swallowed():
    @unbroken
    def callback():
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        callback()
