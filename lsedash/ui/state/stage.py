"""The numbers of the messages to and from the stage in the browser."""

from typing import Any

from lsedash.ui.state.visit import current


def next_message() -> dict[str, Any]:
    """The head of a message to the stage: the visit, its serial number, the request it answers.

    The serial number tells a new message from an old one that the browser draws again.
    """
    visit = current()
    visit.messages += 1
    return {"session": visit.identity, "serial": visit.messages, "request": visit.answered}


def heard(request: int) -> None:
    """Note which request of the stage is being answered."""
    current().answered = request
