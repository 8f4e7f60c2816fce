"""Where a visitor is in a lesson: the lesson, the step, the seed and the last guess.

It stands in the settings, and so in the link, and nowhere else. Whether results are hidden is a
function of it alone, so nothing has to bring them back. No Streamlit here.
"""

from dataclasses import dataclass

from lsedash.lessons.judge import Guess, read_guess
from lsedash.lessons.lesson import Lesson, Question, Step, question_of
from lsedash.lessons.seeds import begun
from lsedash.problem import InvalidInput
from lsedash.text.lesson_settings import CONTROLS, GUESS, LESSON, SEED, STEP
from lsedash.text.setting import Settings
from lsedash.text.settings import HIDDEN
from lsedash.ui.state.lesson_catalogue import offered

Place = tuple[str, int, int | None]  # lesson, seed, step
FIRST_SEED = 0  # of a lesson whose link has none
LONGEST_QUOTED = 24


@dataclass(frozen=True, eq=False)
class Running:
    """A lesson that runs.

    Attributes:
        lesson: the lesson.
        index: of its step, from 0; after the last one the lesson has ended.
        seed: of what is drawn.
        guess: the last prediction, if it answers the last question.
    """

    lesson: Lesson
    index: int
    seed: int
    guess: Guess | None

    @property
    def step(self) -> Step | None:
        """The step; None once the lesson has ended."""
        return self.lesson.steps[self.index] if self.index < len(self.lesson.steps) else None

    @property
    def question(self) -> Question | None:
        """The question of the step, if it asks one."""
        return None if self.step is None else question_of(self.step)

    @property
    def asked(self) -> int | None:
        """The index of the last step that asked a question, this one included."""
        return last_question(self.lesson, self.index)

    @property
    def hides_results(self) -> bool:
        """Whether the step asks a question that is not answered yet."""
        return self.question is not None and self.guess is None

    @property
    def place(self) -> Place:
        """What names the step."""
        return self.lesson.key, self.seed, self.index

    @property
    def start(self) -> dict[str, str]:
        """The link with which the step begins for somebody who has changed nothing."""
        last = len(self.lesson.steps) - 1
        return begun(self.lesson, min(self.index, last), self.seed)


def running(settings: Settings) -> Running | None:
    """The lesson that runs, as the settings have it; None if none does."""
    key = settings[LESSON]
    if key is None or key not in offered():
        return None
    lesson, seed = offered().named(key), settings[SEED]
    index = min(settings[STEP] - 1, len(lesson.steps))
    guess = _guess(lesson, index, settings[GUESS])
    return Running(lesson, index, FIRST_SEED if seed is None else seed, guess)


def results_hidden(settings: Settings) -> bool:
    """Whether no page may show a result, because a question waits for its answer."""
    now = running(settings)
    return now is not None and now.hides_results


def last_question(lesson: Lesson, index: int) -> int | None:
    """The index of the last step up to this one that asks a question; None if none does."""
    asking = [i for i, step in enumerate(lesson.steps[: index + 1]) if question_of(step)]
    return asking[-1] if asking else None


def _guess(lesson: Lesson, index: int, text: str) -> Guess | None:
    asked = last_question(lesson, index)
    question = None if asked is None else question_of(lesson.steps[asked])
    if not text or question is None:
        return None
    try:
        return read_guess(question, text)
    except InvalidInput:
        return None


def usable(settings: Settings) -> tuple[Settings, list[str]]:
    """Settings without what is wrong with their lesson, and a sentence for each fault."""
    key = settings[LESSON]
    if key is None:
        return settings, []
    if key not in offered():
        told = f"There is no lesson {key!r} here; the page Lessons has those that there are."
        return without_lesson(settings), [told]
    lesson, faults = offered().named(key), []
    if settings[STEP] > len(lesson.steps) + 1:
        faults.append(
            f"The lesson {key} has {len(lesson.steps)} steps, and no step {settings[STEP]}; it "
            "begins with the first one."
        )
        settings = settings.replaced(STEP, STEP.default).replaced(GUESS, GUESS.default)
    index = settings[STEP] - 1
    if settings[GUESS] and _guess(lesson, index, settings[GUESS]) is None:
        shown = settings[GUESS][:LONGEST_QUOTED]
        faults.append(f"The guess {shown!r} answers no question of this step; it was left out.")
        settings = settings.replaced(GUESS, GUESS.default)
    return settings, faults


def without_lesson(settings: Settings) -> Settings:
    """The settings after a lesson was left: with all controls."""
    hidden = tuple(name for name in settings[HIDDEN] if name not in CONTROLS)
    settings = settings.replaced(LESSON, None).replaced(STEP, STEP.default)
    settings = settings.replaced(SEED, None).replaced(GUESS, GUESS.default)
    return settings.replaced(HIDDEN, hidden)
