"""The line to the browser, which may break: what the browser says is heard once, and in order.

A component of ours says its messages until it is told that they were heard (`ui/js/outbox.js`). A
message has a number, which grows from message to message, whichever component says it. A run of
the page may be ended between the arrival of a message and its callback, and then the callback never
comes; so each run begins with whatever was not heard yet.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.visit import Visit, advance, current

Actions = Mapping[str, Callable[[Any], None]]  # what a component's messages do, by their names
Message = tuple[int, str, str, Any]  # number, component, name, content


def talking(key: str, data: Mapping[str, Any], actions: Actions) -> dict[str, Any]:
    """What makes a component's messages heard: its key, its data with their head, its callback.

    Args:
        data: what the component shows.
        actions: called with the content of the component's messages, by their names.
    """
    visit = current()
    visit.listeners[key] = actions
    head = {"session": visit.identity, "heard": visit.heard.get(key, 0)}
    return {"key": key, "data": {**data, "line": head}, "on_said_change": unbroken(hear)}


def hear() -> None:
    """Act on the messages and on the changed fields that were not heard yet, in their order.

    An action that a newer run interrupts is done again; its message counts as heard afterwards.
    """
    visit = current()
    messages = sorted(_unheard(visit), key=_number)
    for message in messages:
        number, key, name, content = message
        visit.listeners[key][name](content)
        visit.heard[key] = number
        if message is not messages[-1]:
            advance(visit)  # each message acts as if it had come alone
    visit.fields.hear(st.session_state.get)


def _unheard(visit: Visit) -> list[Message]:
    said = {key: (st.session_state.get(key) or {}).get("said") for key in visit.listeners}
    return [
        (number, key, name, content)
        for key, saying in said.items()
        if saying and saying["session"] == visit.identity
        for number, name, content in saying["messages"]
        if number > visit.heard.get(key, 0) and name in visit.listeners[key]
    ]


def _number(message: Message) -> int:
    return message[0]
