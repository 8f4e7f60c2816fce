"""The line to the browser, which may break: what the browser says is heard once, and in order.

A component of ours says its messages until it is told that they were heard (`ui/js/outbox.js`). A
message has a number, which grows from message to message, whichever component says it. A run of
the page may be ended between the arrival of a message and its callback, and then the callback never
comes; so each run begins with whatever was not heard yet.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import streamlit as st

from lsedash.ui.compat import state_of
from lsedash.ui.state.callbacks import DROPPED, LOG, quietly, unbroken
from lsedash.ui.state.messages import Message, saying
from lsedash.ui.state.readers import Misfit, Reader
from lsedash.ui.state.visit import Visit, advance, current

WATCH = "line_watch"  # the component that watches the line
BACK = "back"  # its message that the line is back
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
    return {"key": key, "data": {**data, "line": head}, "on_said_change": unbroken(hear)}


def hear() -> None:
    """Act on the changed fields and on the messages that were not heard yet, these in their order.

    (A field reports a change when it is left, so before a button that is pressed next.) An action
    that a newer run interrupts is done again; its message counts as heard afterwards.
    """
    visit = current()
    before = visit.draft
    visit.fields.hear(st.session_state.get)
    unheard = [(message, key) for key in visit.listeners for message in _unheard(visit, key)]
    unheard.sort(key=_number)
    returns = [entry for entry in unheard if entry[0].name == BACK]
    for message, key in returns:  # what is said again is newer than the address that it tells
        _act(visit, key, message)
    for message, key in unheard:
        if visit.draft is not before:
            advance(visit)  # each message acts as if it had come alone
        if message.name != BACK:
            _act(visit, key, message)
        visit.heard[key] = message.number


def heard_beside(visit: Visit) -> tuple[int, ...]:
    """What has been heard of the components that a run of a part of the page does not draw.

    (Streamlit may ask for such a run with their messages, if another component said something at
    the same moment.)
    """
    names = ("grid", "entries", "data", "presenter")
    return (*(visit.heard.get(name, 0) for name in names), visit.returns)


def heard_of_watch() -> int:
    """The number of the last message that was heard of the component that watches the line."""
    return current().heard.get(WATCH, 0)


def press(key: str) -> None:
    """Do what a button does."""
    visit = current()
    act = visit.buttons.get(key)
    if act:
        visit.pressed.add(key)
        act()


def pressing(key: str, act: Callable[[], None]) -> dict[str, Any]:
    """The `key` and `on_click` of a button whose presses are messages, too.

    Streamlit says a press once, and it is lost if the line breaks. So a component says it until it
    is heard, that of the address for the page's part and else the one that watches the line, and
    `on_click` acts only on a press that none of them said.

    Args:
        key: of letters, digits and underscores, so that the browser knows it too.
        act: may be started twice, with the same effect as once.
    """
    current().buttons[key] = act

    def pressed() -> None:
        hear()
        if key not in current().pressed:
            act()

    return {"key": key, "on_click": unbroken(pressed)}


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
    held = st.session_state.get(key) or state_of(key)
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
