"""Proof that a lesson works: its programs run, and its goals, answers and sentences are tried."""

from collections.abc import Iterator, Mapping, Sequence

from lsedash.lessons.facts import Facts
from lsedash.lessons.judge import true_mark
from lsedash.lessons.lesson import Act, Again, Lesson, Question, See, Step, act_of, question_of
from lsedash.lessons.lines import line_of, places
from lsedash.lessons.measured import measured
from lsedash.lessons.parts import Fault, LessonFaults
from lsedash.lessons.reading import read_lesson
from lsedash.lessons.seeds import Place, begun, shown
from lsedash.problem import InvalidInput
from lsedash.text.link import read_link
from lsedash.text.words import join_names, number_word

MOST_WORDS = 60  # of a step, with its answers
MOST_MINUTES = 4
MOST_SECONDS = 10.0  # of computing, for the programs of one state
FIRST_SEED = 1
SEEDS = range(FIRST_SEED, 4)  # with which a step *again* is tried


def prove(lesson: Lesson) -> list[tuple[int, str]]:
    """What is wrong with a lesson: the index of a step, and a sentence; -1 is the whole lesson.

    Every goal does not hold where its step begins and holds after *Show me*; every question has one
    right answer; a sentence is true where a learner comes to it; a step has at most 60 words.
    """
    faults = []
    if not 1 <= lesson.minutes <= MOST_MINUTES:
        faults.append((-1, f"A lesson takes 1 to {MOST_MINUTES} minutes, not {lesson.minutes}."))
    for index, step in enumerate(lesson.steps):
        faults += [(index, sentence) for sentence in dict.fromkeys(_found(lesson, index, step))]
    return faults


def check(text: str, key: str) -> list[Fault]:
    """What is wrong with a file: the number of a line, and a sentence; [] if the lesson works."""
    try:
        lesson = read_lesson(text, key)
    except LessonFaults as faults:
        return list(faults.faults)
    lines = places(text)
    return [
        (line_of(lines, ("step", index) if index >= 0 else ("minutes",)), sentence)
        for index, sentence in prove(lesson)
    ]


def words_of(step: Step) -> int:
    """How many words a step shows, with its answers."""
    question = question_of(step)
    answers = [choice.text for choice in question.choices] if question else []
    return sum(len(text.split()) for text in (step.text, *answers))


def _found(lesson: Lesson, index: int, step: Step) -> Iterator[str]:
    try:
        yield from _faults(lesson, index, step)
    except InvalidInput as fault:
        yield str(fault)


def _faults(lesson: Lesson, index: int, step: Step) -> Iterator[str]:
    if (words := words_of(step)) > MOST_WORDS:
        yield f"A step has at most {MOST_WORDS} words, with its answers; this one has {words}."
    if isinstance(step, See) and step.when is not None:
        start = begun(lesson, index, FIRST_SEED)
        facts = _measured(_come_to(step, lesson, index), start, step.when.programs)
        if not step.when.holds(facts):
            yield "What 'when' says does not hold where a learner comes to this step."
    question, act = question_of(step), act_of(step)
    for seed in SEEDS if isinstance(step, Again) else SEEDS[:1]:
        start = begun(lesson, index, seed)
        problems = read_link(start).problems
        yield from problems
        if problems:
            continue
        if question:
            yield from _question_faults(question, _measured(Place(lesson.page, start), start))
        if act:
            yield from _act_faults(act, lesson, index, seed)


def _measured(place: Place, start: Mapping[str, str], programs: Sequence[str] = ()) -> Facts:
    """The facts at a place.

    Raises:
        InvalidInput: the programs take too long.
    """
    facts = measured(place, start, programs, MOST_SECONDS)
    if any(run.status == "stopped" for run in facts.comparison.runs):
        raise InvalidInput(f"The programs compute for more than {MOST_SECONDS:g} s.")
    return facts


def _come_to(step: See, lesson: Lesson, index: int) -> Place:
    """What a learner has before him who comes to a step by all the ways that are shown."""
    if index > 0 and not step.start and act_of(lesson.steps[index - 1]):
        return shown(lesson, index - 1, FIRST_SEED)
    return Place(lesson.page, begun(lesson, index, FIRST_SEED))


def _act_faults(act: Act, lesson: Lesson, index: int, seed: int) -> Iterator[str]:
    start, programs = begun(lesson, index, seed), act.goal.programs
    if act.goal.holds(_measured(Place(lesson.page, start), start, programs)):
        yield "The goal is reached before anything was done."
    place = shown(lesson, index, seed)
    yield from read_link(place.link).problems
    if not act.goal.holds(_measured(place, start, programs)):
        yield "The goal is not reached by what 'show' says."


def _question_faults(question: Question, facts: Facts) -> Iterator[str]:
    if question.mark:
        truth = true_mark(question, facts)
        if truth is None:
            yield f"There is nothing to mark here: a {question.mark} cannot be drawn."
        return
    right = [str(i) for i, choice in enumerate(question.choices, 1) if choice.right.holds(facts)]
    if len(right) != 1:
        which = f": {join_names(right)}" if right else ""
        yield f"One answer must be right; here {number_word(len(right))} are{which}."
