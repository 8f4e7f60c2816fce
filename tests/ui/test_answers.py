"""What a run drew reaches the browser, though another begins before it was sent."""

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from lsedash.ui.compat import keep_answers_whole

PART = "the page's part"


@pytest.fixture
def queue(monkeypatch):
    """What waits to be sent to one browser."""
    monkeypatch.setattr(ForwardMsgQueue, "clear", ForwardMsgQueue.clear)  # undone afterwards
    keep_answers_whole()
    return ForwardMsgQueue()


def drawn(text):
    message = ForwardMsg()
    message.metadata.delta_path.extend([0, 1])
    message.delta.fragment_id = PART
    message.delta.new_element.markdown.body = text
    return message


def ended(how):
    return ForwardMsg(script_finished=how)


def texts(queue):
    return [m.delta.new_element.markdown.body for m in queue.flush() if m.HasField("delta")]


def test_a_whole_run_that_ended_is_sent_whole_though_a_part_runs_again(queue):
    queue.enqueue(drawn("first"))
    queue.enqueue(ended(ForwardMsg.FINISHED_SUCCESSFULLY))
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[PART])
    queue.enqueue(drawn("second"))  # after the end of the first run, not in its place
    assert texts(queue) == ["first", "second"]


@pytest.mark.parametrize(
    "how", [ForwardMsg.FINISHED_EARLY_FOR_RERUN, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY]
)
def test_what_a_newer_run_of_the_part_replaces_is_not_sent(queue, how):
    queue.enqueue(drawn("first"))
    queue.enqueue(ended(how))
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[PART])
    queue.enqueue(drawn("second"))
    assert texts(queue) == ["second"]


def test_what_a_newer_run_of_the_whole_page_replaces_is_not_sent(queue):
    queue.enqueue(drawn("first"))
    queue.enqueue(ended(ForwardMsg.FINISHED_SUCCESSFULLY))
    queue.clear(retain_lifecycle_msgs=True)
    queue.enqueue(drawn("second"))
    assert texts(queue) == ["second"]
