"""The messages between a browser and Streamlit, as they are on the wire."""

from enum import Enum, auto

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class RunEvent(Enum):
    """What a message to the browser tells about the runs of the page."""

    NONE = auto()
    WHOLE_BEGUN = auto()
    PART_BEGUN = auto()
    ANSWERED = auto()  # a run, or one of a part of the page, has ended, and no newer one cut it off


ANSWERED = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)


def asks_for_run(content: bytes) -> bool:
    """Whether a message of the browser asks for a run of the page; False if it is none at all."""
    message = BackMsg()
    try:
        message.ParseFromString(content)
    except Exception:  # protobuf's own kind, which Streamlit does not name
        return False
    return bool(message.HasField("rerun_script"))


def asks_for_part(content: bytes) -> bool:
    """Whether a message that asks for a run asks for a part of the page."""
    return bool(_request(content).rerun_script.fragment_id)


def for_whole_page(content: bytes) -> bytes:
    """A message that asks for a run, of the whole page in place of a part of it."""
    message = _request(content)
    message.rerun_script.fragment_id = ""
    return bytes(message.SerializeToString())


def on_page_of(other: bytes, content: bytes) -> bytes:
    """A message that asks for a run, of the page for which another message asks.

    (Where that one names no page, it came first, and the browser knows what its page is called.)
    """
    message, page = _request(content), _request(other).rerun_script
    if page.page_script_hash and page.page_script_hash != message.rerun_script.page_script_hash:
        for name in ("page_script_hash", "page_name", "query_string"):
            setattr(message.rerun_script, name, getattr(page, name))
    return bytes(message.SerializeToString())


def run_event(content: bytes) -> RunEvent:
    """What a message to the browser tells about the runs of the page."""
    message = ForwardMsg()
    message.ParseFromString(content)
    if message.HasField("new_session"):
        return RunEvent.PART_BEGUN if message.metadata.run.fragment_ids else RunEvent.WHOLE_BEGUN
    if message.HasField("script_finished") and message.script_finished in ANSWERED:
        return RunEvent.ANSWERED
    return RunEvent.NONE


def _request(content: bytes) -> BackMsg:
    message = BackMsg()
    message.ParseFromString(content)
    return message
