"""Grading: does the experiment in a link reach the last goal of a lesson?"""

from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np

from lsedash.lessons.facts import PAGES
from lsedash.lessons.goal import (
    Both,
    Chain,
    Condition,
    Constant,
    Goal,
    Named,
    holds,
    write_condition,
)
from lsedash.lessons.lesson import Act, Again, Lesson, act_of
from lsedash.lessons.measured import measured
from lsedash.lessons.seeds import Place, begun
from lsedash.lessons.state import Facts
from lsedash.lessons.told import write_value
from lsedash.problem import InvalidInput
from lsedash.text.fields import PARAMETERS
from lsedash.text.lesson_settings import LESSON, SEED
from lsedash.text.link import KEYS, read_link, split_link
from lsedash.text.packing import PACKED
from lsedash.text.words import join_names

MOST_SECONDS = 5.0  # of computing, for one link
LONGEST_LINK = 64 * 1024  # characters
MOST_ENTRIES = 4096  # of A; the theory of a larger one has no deadline
OF_EXPERIMENT = {PACKED, *(field.key for field in PARAMETERS)}


@dataclass(frozen=True)
class Grade:
    """What a link proves.

    Attributes:
        link: the link as it was given.
        reached: whether the goal is reached.
        step: the number of the step whose goal it is, from 1.
        why: the numbers that decide, in a sentence.
    """

    link: str
    reached: bool
    step: int
    why: str


def last_goal(lesson: Lesson) -> tuple[int, Act]:
    """The index of the last step that has a goal, and its act.

    Raises:
        InvalidInput: no step has one.
    """
    acts = [(i, act) for i, step in enumerate(lesson.steps) if (act := act_of(step))]
    if not acts:
        raise InvalidInput(f"The lesson {lesson.key} has no goal, so no link can reach one.")
    return acts[-1]


def grade(lesson: Lesson, link: str) -> Grade:
    """Run a link's experiment, and say whether it reaches the lesson's last goal.

    The goal of a step *again* is about the system that the link's seed draws.
    """
    index, act = last_goal(lesson)
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            facts, seed = _facts(lesson, index, act, link)
            reached = act.goal.holds(facts)
            drawn = isinstance(lesson.steps[index], Again)
            why = _reached(act.goal, facts) if reached else _missed(act.goal, facts, drawn, seed)
    except InvalidInput as fault:
        reached, why = False, str(fault)
    except Exception as fault:  # one link of a class, whatever is in it, must not stop the others
        reached, why = False, f"The experiment cannot be computed: {type(fault).__name__}."
    return Grade(link, reached, index + 1, why)


def _facts(lesson: Lesson, index: int, act: Act, text: str) -> tuple[Facts, int]:
    """The facts after a link's experiment ran, and the link's seed.

    Raises:
        InvalidInput: it is no link, or one that belongs to another lesson, or it takes too long.
    """
    if len(text) > LONGEST_LINK:
        raise InvalidInput(f"The link has more than {LONGEST_LINK} characters.")
    link = split_link(text)
    if not {*KEYS, PACKED, LESSON.key} & set(link):
        raise InvalidInput("This is no link to an experiment.")
    if link.get(LESSON.key, lesson.key) != lesson.key:
        raise InvalidInput(f"The link belongs to the lesson {link[LESSON.key][:40]}.")
    seed = SEED.read(link.get(SEED.key, "0")) or 0
    start = begun(lesson, index, seed)
    if not OF_EXPERIMENT & set(link):  # then the dashboard opens what the step begins with
        link = {**link, **start}
    opened = read_link(link)
    if opened.unused:
        raise InvalidInput(opened.problems[0])
    if opened.experiment.system.A.size > MOST_ENTRIES:
        raise InvalidInput(f"A has more than {MOST_ENTRIES} entries.")
    facts = measured(Place(_page(text), link), start, act.goal.programs, MOST_SECONDS)
    if any(run.status == "stopped" for run in facts.comparison.runs):
        raise InvalidInput(f"The programs were stopped after {MOST_SECONDS:g} s of computing.")
    return facts, seed


def _page(text: str) -> str:
    """The path of the page that a link opens."""
    path = urlsplit(text.partition("?")[0]).path.rstrip("/").rpartition("/")[2]
    return path if path in PAGES else ""


def _reached(goal: Goal, facts: Facts) -> str:
    numbers = [q for q in dict.fromkeys(goal.quantities) if q.name != "changed"]
    return f"{_told(numbers, facts)}." if numbers else "The goal is reached."


def _missed(goal: Goal, facts: Facts, drawn: bool, seed: int) -> str:
    """The parts of the goal that do not hold, with the numbers that they are about."""
    parts = goal.condition.conditions if isinstance(goal.condition, Both) else (goal.condition,)
    missing = [part for part in parts if not holds(part, facts)]
    if drawn and any(_is_kept(part) for part in missing):
        return f"A or b is not the one that the seed {seed} draws."
    asked = dict.fromkeys(q for part in missing for q in Goal("", part).quantities)
    wanted = " and ".join(write_condition(part) for part in missing)
    return f"{_told(list(asked), facts)}; the goal is {wanted}."


def _is_kept(part: Condition) -> bool:
    """Whether a part says that something of the drawn system stays: `changed(A) = 0`."""
    if not isinstance(part, Chain):
        return False
    return any(part.operands == (Named("changed", of), Constant(0.0)) for of in ("A", "b"))


def _told(quantities: list[Named], facts: Facts) -> str:
    bare = [Named(q.name, q.argument) for q in quantities]
    return join_names([f"{_name(q)} is {write_value(q, facts)}" for q in dict.fromkeys(bare)])


def _name(named: Named) -> str:
    argument = f"({named.argument})" if named.argument else ""
    return f"{named.name}{argument}"
