"""A component: a learner predicts, before any result is shown.

He chooses an answer, puts a mark on an axis or in a plane, or draws a curve. Afterwards the same
stands as a ghost beside what the programs did.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lsedash.figures.board import Axis, tick_texts
from lsedash.ui.js import component
from lsedash.ui.state.lesson_messages import Answer
from lsedash.ui.state.lesson_messages import answer as read_answer
from lsedash.ui.state.line import talking

HERE = Path(__file__).parent
HTML = '<section class="prediction" aria-label="Your prediction"></section>'
CHOICES = "choices"


@dataclass(frozen=True)
class Asked:
    """What is asked.

    Attributes:
        key: names the question.
        step: the number of the step on which the visitor is.
        kind: "choices", "rate", "point" or "curve".
        question: its words.
        choices: the answers to choose from.
        axes: of the board; none of choices, one of a rate.
        given: points on the board that the question gives.
        ks: the iterations at which a curve is moved.
    """

    key: str
    step: int
    kind: str
    question: str
    choices: tuple[str, ...] = ()
    axes: tuple[Axis, ...] = ()
    given: tuple[tuple[float, float], ...] = ()
    ks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """A curve of a program: its look, and its points on the board."""

    title: str
    colour: str
    dash: str
    width: float
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Seen:
    """A prediction beside what the programs did; numbers are as they are spoken.

    Attributes:
        choice: the number of the chosen answer; 0 if a mark was put.
        numbers: the numbers of a mark.
        right: whether it is right; None if nothing can be said.
        words: the difference, in words.
        true_choice: the number of the right answer; 0 if there is none.
        mark: where the mark should be; () of a curve.
        curves: of the programs.
    """

    choice: int
    numbers: tuple[float, ...]
    right: bool | None
    words: str
    true_choice: int = 0
    mark: tuple[float, ...] = ()
    curves: Sequence[Drawn] = ()


def prediction(asked: Asked, seen: Seen | None, on_answer: Callable[[Answer], None]) -> None:
    """Ask for a prediction, or show it beside the result.

    Args:
        seen: None while the question waits for its answer.
        on_answer: called with the answer.
    """
    data = {
        "key": asked.key,
        "step": asked.step,
        "kind": asked.kind,
        "question": asked.question,
        "choices": asked.choices,
        "axes": [_axis(axis) for axis in asked.axes],
        "given": asked.given,
        "ks": asked.ks,
        "choice": 0 if seen is None else seen.choice,
        "numbers": () if seen is None else seen.numbers,
        "result": None if seen is None else _result(seen),
    }
    show = component(HERE / "prediction.js", html=HTML, style=HERE / "prediction.css")
    show(**talking("prediction", data, {"guess": (read_answer, on_answer)}))


def _axis(axis: Axis) -> dict[str, Any]:
    ends = {"name": axis.name, "low": axis.low, "high": axis.high, "log": axis.log}
    return {**ends, "ticks": tick_texts(axis)}


def _result(seen: Seen) -> dict[str, Any]:
    return {
        "right": seen.right,
        "words": seen.words,
        "choice": seen.true_choice,
        "mark": seen.mark,
        "curves": [vars(curve) for curve in seen.curves],
    }
