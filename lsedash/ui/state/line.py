"""The line to the browser, which may break: what the browser says is heard once, and in order.

A component of ours says its messages until it is told that they were heard (`ui/js/outbox.js`). A
message has a number, which grows from message to message, whichever component says it. A run of
the page may be ended between the arrival of a message and its callback, and then the callback never
comes; so each run begins with whatever was not heard yet.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import streamlit as st

from lsedash.ui.state.callbacks import DROPPED, LOG, quietly
from lsedash.ui.state.messages import Message, saying
from lsedash.ui.state.readers import Misfit, Reader
from lsedash.ui.state.visit import Visit, advance, current

Actions = Mapping[str, tuple[Reader[Any], Callable[[Any], None]]]  # by the messages' names


def talking(key: str, data: Mapping[str, Any], actions: Actions) -> dict[str, Any]:
    """What makes a component's messages heard: its key, its data with their head, its callback.

    Args:
        data: what the component shows.
        actions: for each message, by its name: what reads its content, and what acts on that.
    """
    visit = current()
    visit.listeners[key] = actions
    head = {"session": visit.identity, "heard": visit.heard.get(key, 0)}
    return {"key": key, "data": {**data, "line": head}, "on_said_change": hear}


def hear() -> None:
    """Act on the messages and on the changed fields that were not heard yet, in their order.

    A newer run may interrupt this: it begins with what was not heard, and does an action again that
    was cut short. So this must not hold up the newer run, which may be one of another page.
    """
    visit = current()
    unheard = [(message, key) for key in visit.listeners for message in _unheard(visit, key)]
    unheard.sort(key=_number)
    for i, (message, key) in enumerate(unheard, 1):
        _act(visit, key, message)
        visit.heard[key] = message.number
        if i < len(unheard):
            advance(visit)  # each message acts as if it had come alone
    visit.fields.hear(st.session_state.get)


def _act(visit: Visit, key: str, message: Message) -> None:
    def act() -> None:
        reader, take = visit.listeners[key].get(message.name, (_refuse, _refuse))
        try:
            content = reader(message.content)
        except Misfit as fault:
            raise Misfit(f"{key}.{message.name}: {fault}") from None
        take(content)

    quietly(act)


def _unheard(visit: Visit, key: str) -> Iterator[Message]:
    held = st.session_state.get(key)
    said = held.get("said") if isinstance(held, Mapping) else None
    if said is None or said == visit.dropped.get(key):
        return
    try:
        session, messages = saying(said)
    except Misfit as fault:
        visit.dropped[key] = said
        LOG.warning("%s: %s: %s", DROPPED, key, fault)
        return
    if session == visit.identity:
        heard = visit.heard.get(key, 0)
        yield from (message for message in messages if message.number > heard)


def _refuse(_: Any) -> None:
    raise Misfit("there is no such message")


def _number(entry: tuple[Message, str]) -> int:
    return entry[0].number
