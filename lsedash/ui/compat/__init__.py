"""Every undocumented name of Streamlit that the dashboard uses; `wire` reads its messages.

When the pin of Streamlit moves, `tests/ui/test_compat.py` says which of these names are gone.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import local
from typing import Any

import streamlit
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    ScriptRequests,
    ScriptRequestType,
)
from streamlit.runtime.state.common import WidgetMetadata, unpack_widget_state_value
from streamlit.runtime.state.session_state import Serialized, SessionState, WStates

__all__ = [
    "STATIC",
    "Container",
    "Interruption",
    "index_page",
    "is_fragment_run",
    "is_of_whole_page",
    "keep_answers_whole",
    "keep_requests_whole",
    "let_in",
    "newer_run_waits",
    "state_of",
    "was_sent",
    "watch_what_is_sent",
    "went_back",
]

STATIC = Path(streamlit.__file__).parent / "static"  # what Streamlit sends to a browser
MOST_QUOTED = 60  # characters of a widget's identity
NUMBERS = {"int_value", "double_value"}  # a field for whole numbers asks for one, gets the other
SENT = local()  # by the threads of runs, of which each serves one browser
Container = DeltaGenerator  # what st.container() and st.columns() return
Interruption = RerunException  # raised by any access to the session state once a newer run is due


def is_fragment_run() -> bool:
    """Whether only a fragment of the page runs, not the whole script."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def is_of_whole_page(interruption: Interruption) -> bool:
    """Whether the newer run is one of the whole script, not of a fragment."""
    return not (interruption.rerun_data.fragment_id or interruption.rerun_data.fragment_id_queue)


def newer_run_waits() -> bool:
    """Whether a newer run of the page, or of a part of it, waits for the end of this one."""
    context = get_script_run_ctx()
    requests = None if context is None else context.script_requests
    return requests is not None and requests._state != ScriptRequestType.CONTINUE


def went_back() -> bool:
    """Whether this run was caused by the browser's back or forward button."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def state_of(component: str) -> Any:
    """The state of a component in this run, even if it is on no page any more; else None.

    (The session state has it only while the component is on the page.)
    """
    context = get_script_run_ctx()
    states = {} if context is None else context.session_state._state._new_widget_state.states
    for identity, state in list(states.items()):
        if identity.endswith(f"-{component}"):
            if not isinstance(state, Serialized):
                return state.value
            try:
                return json.loads(state.value.json_value or "null")
            except ValueError:
                return None
    return None


def watch_what_is_sent() -> None:
    """From now on know of which widgets a browser has sent a value: see `was_sent`."""
    begin = SessionState.on_script_will_rerun

    def note_and_begin(
        state: SessionState, fresh_widget_states: WidgetStates | None, **others: Any
    ) -> None:
        if fresh_widget_states is not None:
            SENT.ids = {widget.id for widget in fresh_widget_states.widgets}
        begin(state, fresh_widget_states, **others)

    SessionState.on_script_will_rerun = note_and_begin  # type: ignore[method-assign, assignment]


def was_sent(key: str) -> bool:
    """Whether the browser's last request had a value of the widget with this key: it is there."""
    return any(identity.endswith(f"-{key}") for identity in getattr(SENT, "ids", ()))


def let_in(largest: int, refused: Callable[[str], None]) -> None:
    """From now on take only those values from browsers that the widget they are for can send.

    Streamlit reads a value when a run begins or when the widget is drawn, and the run ends with an
    error if it cannot. Such a value counts as not sent.

    Args:
        largest: bytes of a value.
        refused: called with a sentence about each value that is not taken.
    """
    put, describe = WStates.set_widget_from_proto, WStates.set_widget_metadata

    def is_fine(states: WStates, sent: WidgetState) -> bool:
        reason = _refusal(states.widget_metadata.get(sent.id), sent, largest)
        if reason:
            refused(f"{sent.id[-MOST_QUOTED:]!r}: {reason}")
        return not reason

    def put_if_fine(states: WStates, sent: WidgetState) -> None:
        if is_fine(states, sent):
            put(states, sent)

    def describe_and_check(states: WStates, metadata: WidgetMetadata[Any]) -> None:
        describe(states, metadata)
        held = states.states.get(metadata.id)  # it may have been put before its widget was known
        if isinstance(held, Serialized) and not is_fine(states, held.value):
            del states.states[metadata.id]

    WStates.set_widget_from_proto = put_if_fine  # type: ignore[method-assign, assignment]
    WStates.set_widget_metadata = describe_and_check  # type: ignore[method-assign, assignment]


def keep_requests_whole() -> None:
    """From now on a newer request for a run loses nothing of one that waits.

    Streamlit puts both into one. What a component's state said goes, if the browser has turned to
    another page meanwhile; and so does that page, if a part of the former one asks after it. So
    does the link that a first visit opens, if a link to another page without a query is clicked.
    """
    merged, request = script_requests._coalesce_widget_states, ScriptRequests.request_rerun

    def merge(old: WidgetStates | None, new: WidgetStates | None) -> WidgetStates | None:
        both = merged(old, new)
        if old is not None and both is not None:
            there = {state.id for state in both.widgets}
            said = [state for state in old.widgets if state.WhichOneof("value") == "json_value"]
            both.widgets.extend(state for state in said if state.id not in there)
        return both

    def ask(requests: ScriptRequests, new: RerunData) -> bool:
        old, waits = requests._rerun_data, requests._state == ScriptRequestType.RERUN
        if waits and new.page_script_hash != old.page_script_hash:
            if new.fragment_id:
                page = old.page_script_hash, old.page_name
                new = replace(new, page_script_hash=page[0], page_name=page[1])
            if new.fragment_id or not new.query_string:
                new = replace(new, query_string=old.query_string)
        return request(requests, new)

    script_requests._coalesce_widget_states = merge  # type: ignore[assignment]
    ScriptRequests.request_rerun = ask  # type: ignore[method-assign, assignment]


def keep_answers_whole() -> None:
    """From now on a run of a part of the page drops nothing of a whole run before it.

    Streamlit would drop what was not sent yet of that part, and still tell the browser that the
    whole run has ended; the browser would take what it did not get for gone, and remove it.
    """
    clear = ForwardMsgQueue.clear

    def clear_all_but(
        queue: ForwardMsgQueue,
        retain_lifecycle_msgs: bool = False,
        fragment_ids_this_run: list[str] | None = None,
    ) -> None:
        before = queue._queue
        clear(queue, retain_lifecycle_msgs, fragment_ids_this_run)
        if fragment_ids_this_run is not None and any(map(_ends_whole_run, before)):
            queue._queue = before

    ForwardMsgQueue.clear = clear_all_but  # type: ignore[method-assign, assignment]


def _refusal(metadata: WidgetMetadata[Any] | None, sent: WidgetState, largest: int) -> str:
    """Why a value is not taken; "" if it is."""
    kind = sent.WhichOneof("value")
    if sent.ByteSize() > largest:
        return f"{sent.ByteSize()} bytes"
    if kind is None or metadata is None:  # emptied by the visitor, or not drawn yet
        return ""
    if metadata.value_type not in (None, kind) and not {metadata.value_type, kind} <= NUMBERS:
        return f"a {kind}, not a {metadata.value_type}"
    try:
        metadata.deserializer(unpack_widget_state_value(sent))
    except Exception as fault:  # of any widget's reader, for a value that a stranger made up
        return f"Streamlit cannot read it, {type(fault).__name__}"
    return ""


def _ends_whole_run(message: ForwardMsg) -> bool:
    ended = ForwardMsg.FINISHED_SUCCESSFULLY
    return bool(message.HasField("script_finished")) and message.script_finished == ended


def index_page() -> str:
    """The HTML page into which Streamlit loads itself."""
    return (STATIC / "index.html").read_text(encoding="utf-8")
