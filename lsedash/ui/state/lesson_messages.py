"""The messages of the lesson bar and of the prediction, read: see `messages`."""

from dataclasses import dataclass
from typing import Any

from lsedash.text.lesson_settings import MOST_STEPS
from lsedash.ui.state.lessons import ACTIONS
from lsedash.ui.state.readers import listed, number, one_of, part, whole

LARGEST = 1e300
MOST_NUMBERS = 32  # of a curve, k and loss of each point


@dataclass(frozen=True)
class Press:
    """A button of the lesson bar, and the number of the step that the visitor saw."""

    do: str
    step: int


@dataclass(frozen=True)
class Answer:
    """A prediction at a step: the number of an answer, or the numbers of a mark."""

    step: int
    choice: int
    numbers: list[float]


def press(message: Any) -> Press:
    """A button of the lesson bar."""
    return Press(part(message, "do", one_of(ACTIONS)), part(message, "step", _step))


def answer(message: Any) -> Answer:
    """A prediction; its numbers are as they are spoken."""
    numbers = listed(number(-LARGEST, LARGEST), 0, MOST_NUMBERS)
    return Answer(
        part(message, "step", _step),
        part(message, "choice", whole(0, MOST_STEPS)),
        part(message, "numbers", numbers),
    )


_step = whole(1, MOST_STEPS)
