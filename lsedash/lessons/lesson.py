"""The type of a lesson: steps, each of which asks, sets a goal, shows, or asks again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from lsedash.lessons.goal import Goal

Mark = Literal["", "rate", "point", "curve"]


@dataclass(frozen=True)
class Choice:
    """One answer of a question.

    Attributes:
        text: the answer.
        right: holds if the answer is right; asked after the programs ran.
        because: why a person thinks so, and what is wrong or right about it, in one sentence.
    """

    text: str
    right: Goal
    because: str


@dataclass(frozen=True)
class Question:
    """What a learner is asked before the programs' results are shown.

    Attributes:
        text: the question.
        choices: the answers to choose from; () if a mark is put instead.
        mark: where a mark is put: on the axis of rates, in the plane of two unknowns, or as a curve
            of the loss; "" if an answer is chosen.
        truth: what the mark should be: of a rate, the name of a quantity ("edge", "best_rate"); of
            a point, "last" or "limit"; of a curve, "losses".
    """

    text: str
    choices: tuple[Choice, ...] = ()
    mark: Mark = ""
    truth: str = ""


@dataclass(frozen=True)
class Predict:
    """A question; results are hidden until it is answered or skipped.

    Attributes:
        question: the question.
        start: the part of a link that the step changes in the lesson's start; "" to carry on with
            what is there.
    """

    question: Question
    start: str = ""

    @property
    def text(self) -> str:
        """What the step says."""
        return self.question.text


@dataclass(frozen=True)
class Act:
    """A goal, which can be reached in many ways.

    Attributes:
        text: the goal in words.
        goal: holds once the goal is reached; it does not hold where the step begins.
        hints: sentences, each of which helps more than the one before.
        show: the part of a link that makes the goal true, over that of the step's start.
        start: as in `Predict`.
    """

    text: str
    goal: Goal
    hints: tuple[str, ...]
    show: str
    start: str = ""


@dataclass(frozen=True)
class See:
    """What the programs did, in a sentence with the learner's own numbers.

    Attributes:
        text: the sentences, with {quantities}.
        start: as in `Predict`.
        when: holds where the sentences are true; None if they are true everywhere.
    """

    text: str
    start: str = ""
    when: Goal | None = None


@dataclass(frozen=True)
class Draw:
    """How a system is drawn from a seed.

    Attributes:
        start: the part of a link, with {names} in the place of texts that are drawn.
        texts: by name, the texts of which one is drawn.
    """

    start: str
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Again:
    """The same question, or goal, on a system drawn from a seed."""

    draw: Draw
    task: Predict | Act

    @property
    def text(self) -> str:
        """What the step says."""
        return self.task.text


Step = Predict | Act | See | Again


@dataclass(frozen=True)
class Lesson:
    """One lesson.

    Attributes:
        key: its name in a link.
        title: its name on screen.
        sentence: what it is about, in one sentence.
        minutes: how long it takes.
        start: the part of a link after the question mark: the experiment of the first step.
        page: the path of the page on which it begins.
        steps: the steps, in their order; in a link they are counted from 1.
    """

    key: str
    title: str
    sentence: str
    minutes: int
    start: str
    page: str
    steps: tuple[Step, ...]


def question_of(step: Step) -> Question | None:
    """The question of a step; None if it asks nothing."""
    task = step.task if isinstance(step, Again) else step
    return task.question if isinstance(task, Predict) else None


def act_of(step: Step) -> Act | None:
    """The act of a step; None if it has no goal."""
    task = step.task if isinstance(step, Again) else step
    return task if isinstance(task, Act) else None
