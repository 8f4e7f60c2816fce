"""A component: the bar over every page while a lesson runs.

It says what the step asks, shows or wants, and has the buttons to go on, back and out. The texts
of the buttons and what each does are in `lesson_bar.js` and `ui.state.lessons`.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from lsedash.ui.js import component
from lsedash.ui.state.lesson_messages import Press, press
from lsedash.ui.state.line import talking

HERE = Path(__file__).parent
HTML = (HERE / "lesson_bar.html").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Bar:
    """What the bar shows.

    Attributes:
        key: names the step.
        title: of the lesson.
        step: the number of the step, from 1.
        steps: how many there are.
        kind: what the step is, in a word.
        text: what it says.
        said: what is said of the goal, with the learner's numbers; "" if nothing.
        passed: whether the goal was reached, or a way shown.
        hints: the hints that were asked for.
        more_hints: whether there are more.
        has_goal: whether a way can be shown.
        offers_showing: whether it is offered now; else after a minute.
        answered: whether the step's question is answered.
        open: whether the next step is.
        ended: whether the lesson has ended.
        next_lesson: the title of the lesson after this one; "" if this is the last.
    """

    key: str
    title: str
    step: int
    steps: int
    kind: str
    text: str
    said: str = ""
    passed: bool = False
    hints: tuple[str, ...] = ()
    more_hints: bool = False
    has_goal: bool = False
    offers_showing: bool = False
    answered: bool = False
    open: bool = False
    ended: bool = False
    next_lesson: str = ""


def lesson_bar(bar: Bar, on_press: Callable[[Press], None]) -> None:
    """Show the bar.

    Args:
        on_press: called with what a button does.
    """
    show = component(HERE / "lesson_bar.js", html=HTML, style=HERE / "lesson_bar.css")
    show(**talking("lesson_bar", asdict(bar), {"press": (press, on_press)}))
