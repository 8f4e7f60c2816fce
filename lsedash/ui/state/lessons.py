"""What a visitor does in a lesson: next, back, skip, hint, show, leave.

Where he is stands in the settings: see `lesson_place`. What happened in a step, such as a goal that
was reached, is a `Standing` of the visit.
"""

from collections.abc import Callable, Mapping
from typing import Any

from lsedash.lessons.facts import Facts
from lsedash.lessons.judge import Guess
from lsedash.lessons.lesson import Lesson, See, act_of
from lsedash.lessons.seeds import begun, shown, start_of
from lsedash.text.lesson_settings import GUESS, LESSON, SEED, STEP
from lsedash.text.link import read_link
from lsedash.text.paths import LESSONS
from lsedash.text.presenting import PRESENT
from lsedash.text.setting import Setting
from lsedash.text.settings import OF_LESSONS
from lsedash.ui.state.lesson_catalogue import after, offered
from lsedash.ui.state.lesson_place import (
    FIRST_SEED,
    Place,
    Running,
    last_question,
    running,
    without_lesson,
)
from lsedash.ui.state.opening import take_over
from lsedash.ui.state.standing import Standing
from lsedash.ui.state.visit import Visit, current


def standing(visit: Visit, place: Place) -> Standing:
    """What happened in a step so far."""
    return visit.standings.setdefault(place, Standing())


def standing_of(now: Running) -> Standing:
    """What happened in the present step so far."""
    return standing(current(), now.place)


def standing_at(lesson: Lesson, seed: int, index: int) -> Standing:
    """What happened in a step of a lesson so far."""
    return standing(current(), (lesson.key, seed, index))


def is_open(now: Running, state: Standing) -> bool:
    """Whether the step after this one is open without skipping."""
    if now.step is None:
        return False
    if now.question is not None:
        return now.guess is not None
    return act_of(now.step) is None or state.passed


def take_note(now: Running, facts: Facts) -> None:
    """Take note of whether the step's goal is reached; programs that were stopped show nothing."""
    task = None if now.step is None else act_of(now.step)
    if task is not None and not any(run.status == "stopped" for run in facts.comparison.runs):
        standing_of(now).take(task.goal.holds(facts), facts.experiment, facts.start)


def begin(key: str) -> None:
    """Begin a lesson; for use in a callback."""
    begin_in(current(), key)


def begin_in(visit: Visit, key: str, seed: int | None = None) -> None:
    """Begin a lesson, with the systems that a seed draws."""
    lesson = offered().named(key)
    visit.settings = visit.settings.replaced(LESSON, key).replaced(SEED, seed)
    _forget(visit, lesson)
    _enter(visit, Running(lesson, 0, FIRST_SEED if seed is None else seed, None), 0)


def press(do: str, step: int) -> None:
    """Do what a button of the lesson bar says, unless the visitor is at another step by now."""
    press_in(current(), do, step)


def press_in(visit: Visit, do: str, step: int) -> None:
    """The same, in a visit."""
    now = running(visit.settings)
    if now is not None and now.index + 1 == step:
        ACTIONS[do](visit, now)


def answer(step: int, guess: Guess) -> None:
    """Take over a prediction, and go on to what the programs did if that is the next step."""
    answer_in(current(), step, guess)


def answer_in(visit: Visit, step: int, guess: Guess) -> None:
    """The same, in a visit."""
    now = running(visit.settings)
    if now is None or now.index + 1 != step or now.question is None:
        return
    _take_guess(visit, now, guess.text)
    following = now.lesson.steps[now.index + 1 : now.index + 2]
    if following and isinstance(following[0], See):
        _enter(visit, now, now.index + 1)


def arrive(visit: Visit, *, at_start: bool) -> None:
    """Come to a step by a link.

    Args:
        at_start: whether to open what the step begins with, because the link has no experiment.
    """
    now = running(visit.settings)
    if now is None:
        return
    if now.guess is not None:
        standing(visit, (now.lesson.key, now.seed, now.asked)).guess = now.guess.text
    if at_start:
        _open(visit, now.start, now.lesson.page)


def _next(visit: Visit, now: Running) -> None:
    if is_open(now, standing(visit, now.place)):
        _enter(visit, now, now.index + 1)


def _skip(visit: Visit, now: Running) -> None:
    if now.step is not None:
        _enter(visit, now, now.index + 1)


def _back(visit: Visit, now: Running) -> None:
    if now.index == 0:
        return
    index = now.index - 1
    opened = now.step is not None and start_of(now.lesson, now.index, now.seed) is not None
    _move(visit, now, index)
    if opened:
        _open(visit, begun(now.lesson, index, now.seed), now.lesson.page)


def _again(visit: Visit, now: Running) -> None:
    _forget(visit, now.lesson)
    _enter(visit, now, 0)


def _leave(visit: Visit, _: Running) -> None:
    visit.settings = without_lesson(visit.settings)


def _hint(visit: Visit, now: Running) -> None:
    task = None if now.step is None else act_of(now.step)
    state = standing(visit, now.place)
    if task is not None and state.hints < len(task.hints):
        state.hints += 1


def _show(visit: Visit, now: Running) -> None:
    if now.step is not None and act_of(now.step) is not None:
        place = shown(now.lesson, now.index, now.seed)
        standing(visit, now.place).shown = True
        _open(visit, place.link, place.page)


def _all_lessons(visit: Visit, now: Running) -> None:
    _leave(visit, now)
    visit.wanted = LESSONS


def _next_lesson(visit: Visit, now: Running) -> None:
    following = after(now.lesson)
    if following is not None:
        seed = visit.settings[SEED]
        _leave(visit, now)
        begin_in(visit, following.key, seed)


def _ask_again(visit: Visit, now: Running) -> None:
    if now.question is not None:
        _take_guess(visit, now, GUESS.default)


ACTIONS: dict[str, Callable[[Visit, Running], None]] = {
    "next": _next,
    "skip": _skip,
    "back": _back,
    "again": _again,
    "leave": _leave,
    "hint": _hint,
    "show": _show,
    "guess again": _ask_again,
    "lessons": _all_lessons,
    "next lesson": _next_lesson,
}


def _enter(visit: Visit, now: Running, index: int) -> None:
    """Go on to a step, and open what it begins with, if it does not carry on with what is there."""
    _move(visit, now, index)
    start = start_of(now.lesson, index, now.seed) if index < len(now.lesson.steps) else None
    if start is not None:
        _open(visit, start, now.lesson.page)


def _move(visit: Visit, now: Running, index: int) -> None:
    """Go to a step, with the guess that answered the last question there."""
    asked = last_question(now.lesson, index)
    place = now.lesson.key, now.seed, asked
    guess = "" if asked is None else standing(visit, place).guess
    visit.settings = visit.settings.replaced(STEP, index + 1).replaced(GUESS, guess)


def _take_guess(visit: Visit, now: Running, text: str) -> None:
    standing(visit, now.place).guess = text
    visit.settings = visit.settings.replaced(GUESS, text)


def _forget(visit: Visit, lesson: Lesson) -> None:
    """Forget what happened in a lesson, because it begins anew."""
    visit.standings = {k: held for k, held in visit.standings.items() if k[0] != lesson.key}


def _open(visit: Visit, link: Mapping[str, str], page: str) -> None:
    """Open what a step begins with; the visitor stays in the lesson, and in presenter mode."""
    opened, settings = read_link(link), visit.settings
    take_over(visit, opened, page)
    parts: tuple[Setting[Any], ...] = (*OF_LESSONS, PRESENT)
    for part in parts:
        visit.settings = visit.settings.replaced(part, settings[part])
    visit.shown = visit.shown | {page: opened.show}
    visit.wanted = None if page == visit.page else page
