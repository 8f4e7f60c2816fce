"""The lessons that this server offers: ours, and those of a teacher's folder."""

import os
from functools import cache
from pathlib import Path

from lsedash.lessons.catalogue import FOLDER, LESSONS, Lessons, lessons_in
from lsedash.lessons.lesson import Lesson


def offered() -> Lessons:
    """All lessons."""
    return Lessons((*ours(), *teachers()))


@cache
def ours() -> tuple[Lesson, ...]:
    """The lessons that come with the dashboard; one of a teacher takes the place of its key."""
    taken = {lesson.key for lesson in teachers()}
    return tuple(lesson for lesson in LESSONS if lesson.key not in taken)


@cache
def teachers() -> tuple[Lesson, ...]:
    """The lessons in a teacher's folder."""
    folder = os.environ.get(FOLDER, "")
    return lessons_in(Path(folder))[0] if folder else ()


def after(lesson: Lesson) -> Lesson | None:
    """The lesson after this one; None after the last."""
    lessons = offered().lessons
    index = next(i for i, each in enumerate(lessons) if each.key == lesson.key)
    return lessons[index + 1] if index + 1 < len(lessons) else None
