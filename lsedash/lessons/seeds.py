"""Where a step begins: from the lesson's start, from the step's own, or drawn from a seed."""

from dataclasses import dataclass
from random import Random

from lsedash.lessons.facts import PAGES, Facts
from lsedash.lessons.lesson import Again, Draw, Lesson, act_of
from lsedash.lessons.told import link_told
from lsedash.running.run import Comparison
from lsedash.text.link import read_link, split_link
from lsedash.theory.closed_form import Theory

PAGE = "page"  # the part of a `show` that names another page


@dataclass(frozen=True)
class Place:
    """A state of the dashboard: the path of a page, and what its link says."""

    page: str
    link: dict[str, str]


def start_of(lesson: Lesson, index: int, seed: int) -> dict[str, str] | None:
    """The link to open on the lesson's page when a step begins; None: carry on as it is.

    Args:
        index: of the step, from 0.
        seed: decides what a step *again* draws.
    """
    step = lesson.steps[index]
    first = split_link(lesson.start)
    if isinstance(step, Again):
        task = split_link(step.task.start) if step.task.start else {}
        text = drawn(step.draw, step.draw.start, _seed(lesson, index, seed))
        return {**first, **task, **split_link(text)}
    if step.start:
        return {**first, **split_link(step.start)}
    return first if index == 0 else None


def begun(lesson: Lesson, index: int, seed: int) -> dict[str, str]:
    """The link with which a step begins for somebody who has changed nothing so far."""
    starts = (start_of(lesson, before, seed) for before in range(index, -1, -1))
    return next(start for start in starts if start is not None)


def drawn(draw: Draw, text: str, seed: str) -> str:
    """A text with the names of a draw replaced by what a seed decides."""
    random = Random(seed)
    for name, texts in draw.texts.items():
        text = text.replace(f"{{{name}}}", random.choice(texts))
    return text


def _seed(lesson: Lesson, index: int, seed: int) -> str:
    return f"{lesson.key} {index} {seed}"


def shown(lesson: Lesson, index: int, seed: int) -> Place:
    """What *Show me* opens: a state in which the goal of the step is reached.

    Raises:
        ValueError: the step has no goal.
    """
    act = act_of(lesson.steps[index])
    if act is None:
        raise ValueError(f"Step {index + 1} has no goal.")
    start, step, show = begun(lesson, index, seed), lesson.steps[index], act.show
    if isinstance(step, Again):
        show = drawn(step.draw, show, _seed(lesson, index, seed))
    changed = split_link(link_told(show, facts_of(start, lesson.page)))
    page = changed.pop(PAGE, lesson.page)
    return Place(next((p for p, word in PAGES.items() if word == page), page), {**start, **changed})


def facts_of(link: dict[str, str], page: str) -> Facts:
    """A state of the dashboard before any program has run."""
    opened = read_link(link)
    experiment = opened.experiment
    none = Comparison(experiment, ())
    return Facts(
        experiment, Theory(experiment.system), none, experiment, page, opened.show, opened.settings
    )
