"""What the server remembers of its talk with the stage in the browser."""

from typing import Any

from lsedash.ui.state.visit import current


def next_message() -> dict[str, Any]:
    """What every message to the stage carries: whose it is, its number, the request it answers.

    The number tells a new message from the browser drawing the last one again.
    """
    visit = current()
    visit.messages += 1
    return {"session": visit.identity, "serial": visit.messages, "request": visit.answered}


def heard(request: int) -> None:
    """Note the stage's request that is being answered."""
    current().answered = request
