"""What the lesson bar says of a step, with the learner's own numbers."""

import re
from typing import Any

from lsedash.lessons.facts import QUANTITIES, Facts
from lsedash.lessons.goal import Goal, Named
from lsedash.lessons.judge import Guess
from lsedash.lessons.lesson import Act, Again, Lesson, Predict, Question, See, act_of, question_of
from lsedash.lessons.told import told
from lsedash.programs.pitfalls import PITFALLS
from lsedash.text.words import brief, join_names
from lsedash.ui.pages.lesson_question import asked_question, numbers_of
from lsedash.ui.state import lessons
from lsedash.ui.state.lesson_catalogue import after
from lsedash.ui.state.lesson_place import Running
from lsedash.ui.state.standing import Standing
from lsedash.ui.widgets.lesson_bar import Bar

KINDS = {Predict: "Predict", Act: "Your turn", See: "See", Again: "Again"}
# How a quantity of a goal is called beside its number; others have their meaning there.
NAMES = {"rate": "α", "alpha_lambda": "αλₘₐₓ", "loss_ratio": "loss(N)/loss(0)"}
UNTOLD = ("changed", "m", "n", "rank", "iterations")  # conditions beside what the goal is about
OF_GUESS = re.compile(r"[^.;]*\{guess\}[^.;]*[.;]\s*")
SHOWN = "This is one way. Try others."
UNTRUE = "What this step says does not hold for the experiment on this page now."
UNKNOWN = "What this step says cannot be computed for this experiment."


def bar_of(now: Running, state: Standing, facts: Facts | None) -> Bar:
    """What the bar shows."""
    lesson, step = now.lesson, now.step
    key = f"{lesson.key} {now.seed} {now.index}"
    head: dict[str, Any] = {"key": key, "title": lesson.title}
    head |= {"step": now.index + 1, "steps": len(lesson.steps)}
    if step is None:
        text, following = _ended(lesson, now.seed), after(lesson)
        next_title = following.title if following else ""
        return Bar(**head, kind="", text=text, ended=True, next_lesson=next_title)
    task = act_of(step)
    return Bar(
        **head,
        kind=KINDS[type(step)],
        text=_text(now, facts),
        said=_said(state, task, facts),
        passed=state.passed,
        hints=task.hints[: state.hints] if task else (),
        more_hints=task is not None and state.hints < len(task.hints),
        has_goal=task is not None,
        offers_showing=state.offers_showing,
        answered=now.question is not None and now.guess is not None,
        open=lessons.is_open(now, state),
    )


def _text(now: Running, facts: Facts | None) -> str:
    assert now.step is not None
    if not isinstance(now.step, See):
        return now.step.text
    if facts is None:
        return UNKNOWN if "{" in now.step.text else now.step.text
    if now.step.when is not None and not now.step.when.holds(facts):
        return UNTRUE
    question = asked_question(now)
    if question is None or now.guess is None:
        return told(without_guess(now.step.text), facts)
    return told(now.step.text, facts, _guess_words(question, now.guess, facts))


def without_guess(text: str) -> str:
    """A text without the clauses that tell of the guess, for a learner who has skipped it."""
    left = OF_GUESS.sub("", text)
    return left[:1].upper() + left[1:]


def _guess_words(question: Question, guess: Guess, facts: Facts) -> str:
    if guess.choice:
        return question.choices[guess.choice - 1].text.rstrip(".")
    return ", ".join(brief(number) for number in numbers_of(question, guess, facts.spoken)[:2])


def _said(state: Standing, task: Act | None, facts: Facts | None) -> str:
    """What is reached, with the learner's numbers."""
    if task is None or not state.passed:
        return ""
    if not state.reached:
        return SHOWN
    if facts is None or not task.goal.holds(facts):
        return "Reached."
    numbers = [_number(quantity, facts) for quantity in _numbers_in(task.goal)]
    return f"Reached: {join_names(numbers)}." if numbers else "Reached."


def _numbers_in(goal: Goal) -> list[Named]:
    """The numbers that a goal is about, each once."""
    named = {q.name: q for q in goal.quantities if q.name not in UNTOLD}
    return [q for q in named.values() if QUANTITIES[q.name].kind == "number"]


def _number(quantity: Named, facts: Facts) -> str:
    name, program = quantity.name, quantity.argument
    value = told(f"{{{name}({program})}}" if program else f"{{{name}}}", facts)
    of = f" of {PITFALLS.title_of(program)}" if program in PITFALLS.keys else ""
    return f"{NAMES.get(name, QUANTITIES[name].meaning)}{of} is {value}"


def _ended(lesson: Lesson, seed: int) -> str:
    """How many goals were reached, and how many questions were answered."""
    goals = [i for i, step in enumerate(lesson.steps) if act_of(step)]
    asked = [i for i, step in enumerate(lesson.steps) if question_of(step)]
    states = {i: lessons.standing_at(lesson, seed, i) for i in (*goals, *asked)}
    reached = sum(states[i].reached for i in goals)
    answered = sum(bool(states[i].guess) for i in asked)
    parts = []
    if goals:
        parts.append(f"you reached {reached} of {len(goals)} goals")
    if asked:
        parts.append(f"predicted {answered} of {len(asked)} times")
    return f"This was the last step: {' and '.join(parts)}. The link of this page is your receipt."
