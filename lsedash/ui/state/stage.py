"""The numbers of the messages to and from the stage in the browser."""

from collections.abc import Mapping
from typing import Any

from lsedash.text.settings import CAMERA, HIDDEN, ITERATION_SHOWN, SPEED
from lsedash.ui.state.visit import current

KEPT = (HIDDEN, ITERATION_SHOWN, CAMERA, SPEED)  # the settings that the stage itself keeps


def next_message(data: Mapping[str, Any]) -> dict[str, Any]:
    """A message to the stage: the data under its head, and the settings that the stage keeps.

    The head has the visit, the message's serial number and the request that it answers. The serial
    number tells a new message from an old one, which the browser need not draw again.
    """
    visit = current()
    said = data, visit.answered, visit.opened
    if said != visit.told:
        visit.messages, visit.told = visit.messages + 1, said
    head = {"session": visit.identity, "serial": visit.messages, "request": visit.answered}
    texts = {part.key: _text(part) for part in KEPT}
    return {**data, **head, "kept": texts, "opened": visit.opened}


def _text(part: Any) -> str:
    """The text of a setting; "" for one that leaves the choice to the stage."""
    value = current().settings[part]
    return "" if value is None else str(part.write(value))


def heard(request: int) -> None:
    """Note which request of the stage is being answered."""
    current().answered = request
