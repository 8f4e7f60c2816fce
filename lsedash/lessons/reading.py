"""A lesson from a TOML file, read strictly: every fault gets a sentence with its line."""

import tomllib

from lsedash.lessons.conditions import parse_goal
from lsedash.lessons.facts import PAGES
from lsedash.lessons.lesson import Act, Again, Choice, Draw, Lesson, Predict, Question, See, Step
from lsedash.lessons.lines import fault_of, places
from lsedash.lessons.parts import LessonFaults, Part
from lsedash.lessons.seeds import drawn
from lsedash.lessons.told import quantities_in
from lsedash.problem import InvalidInput
from lsedash.text.lesson_settings import LESSON
from lsedash.text.link import read_link, split_link, unknown_parts
from lsedash.text.words import join_names

LONGEST_FILE = 100_000  # characters
MOST_STEPS = 20
RATES = ("edge", "best_rate", "long_run")  # what a mark on the axis of rates can ask for
TRUTHS = {"rate": RATES, "point": ("last", "limit"), "curve": ("losses",)}
KINDS = ("predict", "act", "see")
NEVER = parse_goal("m < 0")  # in the place of a goal that cannot be read


def read_lesson(text: str, key: str) -> Lesson:
    """The lesson in a text.

    Raises:
        LessonFaults: the text is none.
    """
    try:
        LESSON.read(key)
    except InvalidInput:
        named = "its name may have small letters, digits and hyphens before .toml"
        raise LessonFaults(
            [(1, f"No link can hold {key[:40]!r}, the file's name; {named}.")]
        ) from None
    if len(text) > LONGEST_FILE:
        raise LessonFaults([(1, f"A lesson has at most {LONGEST_FILE} characters.")])
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, words = fault_of(str(error), text)
        raise LessonFaults([(line, f"This is no TOML: {words}.")]) from None
    except (RecursionError, ValueError):  # brackets without end, a number of thousands of digits
        raise LessonFaults([(1, "This is no TOML that can be read.")]) from None
    file = Part(values, (), places(text), [])
    lesson = _lesson(file, key)
    if file.faults:
        raise LessonFaults(sorted(file.faults))
    return lesson


def _lesson(file: Part, key: str) -> Lesson:
    title, sentence = file.text("title", must=True), file.text("sentence", must=True)
    minutes = file.take("minutes", int, 3)
    page = file.read("page", _page, "", must=False)
    start = file.read("start", _whole_link, "", must=False)
    steps = file.parts("step")
    if not 1 <= len(steps) <= MOST_STEPS:
        file.fault("step", f"A lesson has 1 to {MOST_STEPS} steps, each under [[step]].")
    read = [_step(step) for step in steps]
    file.no_more()
    return Lesson(key, title, sentence, minutes, start, page, tuple(s for s in read if s))


def _page(word: str) -> str:
    for path, name in PAGES.items():
        if name == word:
            return path
    raise InvalidInput(f"{word[:40]!r} is no page; there are {join_names(tuple(PAGES.values()))}.")


def _whole_link(text: str) -> str:
    for problem in read_link(split_link(text)).problems:
        raise InvalidInput(problem)
    return _part_of_link(text)


def _part_of_link(text: str) -> str:
    """The text, if it is a part of a link; whether it fits the rest is seen when it is opened."""
    link = split_link(text)
    for problem in unknown_parts(link):
        raise InvalidInput(problem)
    if not link:
        raise InvalidInput(f"{text[:40]!r} is no part of a link; write A=1 2;0 1&b=1 2&lr=0.1.")
    return text


def _step(step: Part) -> Step | None:
    kinds = [kind for kind in KINDS if kind in step.values]
    if len(kinds) != 1:
        step.fault("", f"A step has exactly one of {join_names(KINDS)}.")
        return None
    draw = _draw(step) if "draw" in step.values else None
    made = _made(kinds[0], step, draw)
    step.no_more()
    if draw is None:
        return made
    if isinstance(made, See):
        step.fault("draw", "Only predict and act are asked again.")
        return made
    return Again(draw, made)


def _made(kind: str, step: Part, draw: Draw | None) -> Predict | Act | See:
    if kind == "act":
        return _act(step, draw or Draw(""))
    return _predict(step) if kind == "predict" else _see(step)


def _start(step: Part) -> str:
    return step.read("start", _part_of_link, "", must=False)


def _predict(step: Part) -> Predict:
    text, mark = _plain(step, "predict"), step.text("mark")
    choices = tuple(_choice(choice) for choice in step.parts("choice"))
    truth = step.text("truth", must=bool(mark))
    if mark and mark not in TRUTHS:
        step.fault("mark", f"'mark' is one of {join_names(tuple(TRUTHS))}.")
        mark = ""
    if mark and truth not in TRUTHS[mark]:
        step.fault("truth", f"'truth' of a {mark} is one of {join_names(TRUTHS[mark])}.")
    if bool(mark) == bool(choices):
        step.fault("predict", "A question has either choices or a mark.")
    elif len(choices) == 1:
        step.fault("predict", "A question has two or more choices; here is one.")
    return Predict(Question(text, choices, mark, truth), _start(step))  # type: ignore[arg-type]


def _choice(choice: Part) -> Choice:
    made = Choice(
        _plain(choice, "text"),
        choice.read("right", parse_goal, NEVER),
        choice.read("because", _with_quantities, ""),
    )
    choice.no_more()
    return made


def _act(step: Part, draw: Draw) -> Act:
    def show(text: str) -> str:
        _with_quantities(drawn(draw, text, ""))
        return text

    return Act(
        _plain(step, "act"),
        step.read("goal", parse_goal, NEVER),
        step.texts("hints"),
        step.read("show", show, ""),
        _start(step),
    )


def _see(step: Part) -> See:
    when = step.read("when", parse_goal, None, must=False) if "when" in step.values else None
    return See(step.read("see", _with_quantities, ""), _start(step), when)


def _plain(part: Part, key: str) -> str:
    """A text that is shown as it is."""
    text = part.text(key, must=True)
    if "{" in text:
        part.fault(key, f"{key!r} has no quantities in braces; 'see' and 'because' have them.")
    return text


def _with_quantities(text: str) -> str:
    quantities_in(text)
    return text


def _draw(step: Part) -> Draw:
    values = step.values.pop("draw")
    if not isinstance(values, dict):
        step.fault("draw", "'draw' must be written as [step.draw].")
        return Draw("")
    part = Part(values, (*step.path, "draw"), step.lines, step.faults)
    start = part.text("start", must=True)
    texts = {name: part.texts(name) for name in list(values)}
    for name, choices in texts.items():
        if not choices:
            part.fault(name, f"{name!r} must be a list of texts to draw from.")
        elif f"{{{name}}}" not in start:
            part.fault(name, f"'start' has no {{{name}}}.")
    draw = Draw(start, {name: choices for name, choices in texts.items() if choices})
    if not part.faults:
        try:
            _part_of_link(drawn(draw, start, ""))
        except InvalidInput as fault:
            part.fault("start", str(fault))
    return draw
