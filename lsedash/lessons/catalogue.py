"""The lessons that come with the dashboard, and those of a folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lsedash.lessons.lesson import Lesson
from lsedash.lessons.parts import LessonFaults
from lsedash.lessons.reading import read_lesson

FOLDER = "LSEDASH_LESSONS"  # a variable of the environment: a folder of more lessons
OWN = Path(__file__).parent / "own"
ORDER = (
    "too-small",
    "edge",
    "swing",
    "one-rate",
    "condition",
    "sum-mean-half",
    "zero-grad",
    "units",
    "same",
    "floor",
)


@dataclass(frozen=True)
class Lessons:
    """Lessons in their order, each with its own key."""

    lessons: tuple[Lesson, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in order."""
        return tuple(lesson.key for lesson in self.lessons)

    def named(self, key: str) -> Lesson:
        """The lesson with this key.

        Raises:
            KeyError: no lesson has this key.
        """
        for lesson in self.lessons:
            if lesson.key == key:
                return lesson
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        return key in self.keys

    def __iter__(self) -> Iterator[Lesson]:
        return iter(self.lessons)

    def __len__(self) -> int:
        return len(self.lessons)


def lessons_in(folder: Path) -> tuple[tuple[Lesson, ...], tuple[str, ...]]:
    """The lessons in a folder, by the names of its files, and a sentence for each that is none."""
    lessons, refused = [], []
    for file in sorted(folder.glob("*.toml")):
        try:
            lessons.append(read_lesson(file.read_text(encoding="utf-8-sig"), file.stem))
        except (OSError, UnicodeDecodeError, LessonFaults) as fault:
            why = str(fault).splitlines()[0]
            refused.append(f"{file.name} is no lesson and was left out: {why}")
    return tuple(lessons), tuple(refused)


def _own() -> Lessons:
    files = [(OWN / f"{key}.toml", key) for key in ORDER]
    return Lessons(tuple(read_lesson(file.read_text(encoding="utf-8"), key) for file, key in files))


LESSONS = _own()
