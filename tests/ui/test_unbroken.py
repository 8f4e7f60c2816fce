"""A callback is carried out although a newer run of the page is asked for in the midst of it."""

import pytest
from streamlit.runtime.scriptrunner import RerunData, RerunException

from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.readers import Misfit


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


def test_another_error_is_told_in_the_log_with_its_traceback_and_not_raised(caplog):
    @unbroken
    def callback():
        raise ValueError("wrong")

    callback()
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert "ValueError: wrong" in caplog.text
    assert record.getMessage() == "A callback failed"
    caplog.clear()  # as expected


def test_a_message_that_does_not_fit_is_one_line_in_the_log(caplog):
    @unbroken
    def callback():
        raise Misfit("stage.said: must be a message, not 3")

    callback()
    (line,) = [line for line in caplog.messages if line.startswith("Dropped")]
    assert line == "Dropped a message that does not fit: stage.said: must be a message, not 3"
