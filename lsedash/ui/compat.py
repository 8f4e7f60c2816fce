"""Every undocumented name of Streamlit that the dashboard uses.

When the pin of Streamlit moves, `tests/ui/test_compat.py` says which of these names are gone.
"""

from enum import Enum, auto
from pathlib import Path

import streamlit
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

__all__ = [
    "STATIC",
    "Container",
    "Interruption",
    "RunEvent",
    "asks_for_run",
    "index_page",
    "is_fragment_run",
    "newer_run_waits",
    "run_event",
    "went_back",
]

STATIC = Path(streamlit.__file__).parent / "static"  # what Streamlit sends to a browser
Container = DeltaGenerator  # what st.container() and st.columns() return
Interruption = RerunException  # raised by any access to the session state once a newer run is due


def is_fragment_run() -> bool:
    """Whether only a fragment of the page runs, not the whole script."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def newer_run_waits() -> bool:
    """Whether a newer run of the page, or of a part of it, waits for the end of this one."""
    context = get_script_run_ctx()
    requests = None if context is None else context.script_requests
    return requests is not None and requests._state != ScriptRequestType.CONTINUE


def went_back() -> bool:
    """Whether this run was caused by the browser's back or forward button."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def index_page() -> str:
    """The HTML page into which Streamlit loads itself."""
    return (STATIC / "index.html").read_text(encoding="utf-8")


class RunEvent(Enum):
    """What a message to the browser tells about the runs of the page."""

    NONE = auto()
    BEGUN = auto()
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


def run_event(content: bytes) -> RunEvent:
    """What a message to the browser tells about the runs of the page."""
    message = ForwardMsg()
    message.ParseFromString(content)
    if message.HasField("new_session"):
        return RunEvent.BEGUN
    if message.HasField("script_finished") and message.script_finished in ANSWERED:
        return RunEvent.ANSWERED
    return RunEvent.NONE
