"""`lsedash check` grades the links of a class; `lsedash lesson check` proves a lesson."""

import csv
import sys
from pathlib import Path

import click

from lsedash.lessons.catalogue import LESSONS
from lsedash.lessons.checking import check as faults_of
from lsedash.lessons.grading import Grade, grade, last_goal
from lsedash.lessons.lesson import Lesson
from lsedash.lessons.reading import read_lesson
from lsedash.problem import InvalidInput
from lsedash.running.kept import reason
from lsedash.text.words import join_names

STDIN = "-"
FAULTY = 1  # an exit status
COLUMNS = ("link", "reached", "step", "why")
FORMULAS = ("=", "+", "-", "@", "\t")  # a spreadsheet would compute a cell that begins so


@click.command(short_help="Grade links: do they reach a lesson's goal?")
@click.argument("lesson")
@click.argument("links")
def check(lesson: str, links: str) -> None:
    """Grade links, one a line, by the last goal of a LESSON; CSV on standard output.

    LESSON is the key of a lesson, or a file that holds one. LINKS is a file; - for standard input.
    """
    chosen = _lesson(lesson)
    last_goal(chosen)  # is refused here, and not for every link
    written = csv.writer(sys.stdout, lineterminator="\n")
    written.writerow(COLUMNS)
    grades: dict[str, Grade] = {}
    for line in _lines(links):
        if line not in grades:
            grades[line] = grade(chosen, line)
        found = grades[line]
        reached = "yes" if found.reached else "no"
        written.writerow([_cell(line), reached, found.step, found.why])


@click.group(short_help="Check a file that holds a lesson.")
def lesson() -> None:
    """Check a file that holds a lesson."""


@lesson.command("check", short_help="Say what is wrong with a lesson, line by line.")
@click.argument("file")
def check_lesson(file: str) -> int:
    """Say what is wrong with a lesson, line by line; its programs run.

    The exit status is 1 if anything is wrong.
    """
    faults = faults_of(_text(file), Path(file).stem)
    for line, sentence in faults:
        print(f"{file}, line {line}: {sentence}")
    if not faults:
        print(f"{file}: the lesson works. Each goal is false at its start and can be reached.")
    return FAULTY if faults else 0


def _lesson(name: str) -> Lesson:
    if name in LESSONS:
        return LESSONS.named(name)
    if not Path(name).is_file():
        raise InvalidInput(
            f"There is no lesson {name[:40]!r}; give one of {join_names(LESSONS.keys)}, or a file."
        )
    return read_lesson(_text(name), Path(name).stem)


def _lines(file: str) -> list[str]:
    text = sys.stdin.read() if file == STDIN else _text(file)
    printable = text.encode("utf-8", "replace").decode()  # bytes that were no characters, too
    return [line.strip() for line in printable.splitlines() if line.strip()]


def _text(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8-sig", errors="replace")
    except OSError as fault:
        raise InvalidInput(f"{file} cannot be read: {reason(fault)}.") from None


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULAS) else text
