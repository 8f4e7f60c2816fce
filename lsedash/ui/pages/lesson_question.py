"""A lesson's question for the browser, and the answer from there; numbers are spoken there."""

from typing import Any

import numpy as np

from lsedash.explaining.latex import matrix, number
from lsedash.figures.board import curve_axes, handle_points, plane_axes, rate_axis
from lsedash.figures.style import drawn_points, stroke
from lsedash.lessons.facts import Facts
from lsedash.lessons.judge import Guess, Verdict, read_guess, write_guess
from lsedash.lessons.lesson import Question, question_of
from lsedash.problem import InvalidInput
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Run
from lsedash.text.convention import Spoken
from lsedash.text.words import brief, plural
from lsedash.ui.state.lesson_messages import Answer
from lsedash.ui.state.lesson_place import Running
from lsedash.ui.state.readers import Misfit
from lsedash.ui.state.visit import Inputs
from lsedash.ui.widgets.prediction import CHOICES, Asked, Drawn, Seen

MOST_DRAWN = 80  # points of a curve


def asked_question(now: Running) -> Question | None:
    """The last question up to the present step."""
    return None if now.asked is None else question_of(now.lesson.steps[now.asked])


def asked_of(now: Running, question: Question, inputs: Inputs) -> Asked:
    """The question with the board on which it is answered."""
    key = f"{now.lesson.key} {now.seed} {now.asked}"
    base: dict[str, Any] = {"key": key, "step": now.index + 1, "question": question.text}
    if not question.mark:
        texts = tuple(choice.text for choice in question.choices)
        return Asked(kind=CHOICES, choices=texts, **base)
    return Asked(kind=question.mark, **base, **_board(question.mark, inputs))


def _board(mark: str, inputs: Inputs) -> dict[str, Any]:
    experiment, theory, spoken = inputs.experiment, inputs.theory, inputs.spoken
    if mark == "rate":
        return {"axes": (rate_axis(spoken.rate(theory.critical_learning_rate)),)}
    if mark == "point":
        x0 = experiment.x0
        axes = plane_axes(("x₁", "x₂"), x0[:2], theory.descent_limit(x0)[:2])
        return {"axes": axes, "given": ((float(x0[0]), float(x0[-1])),)}
    first = float(spoken.loss(experiment.system.loss(experiment.x0)))
    axes = curve_axes(spoken.loss_name, first, experiment.iterations)
    given = ((0.0, first),) if first > 0 else ()
    return {"axes": axes, "given": given, "ks": tuple(handle_points(experiment.iterations))}


def guess_of(question: Question, answer: Answer, spoken: Spoken) -> Guess:
    """The guess that was sent; raises Misfit if it is none for this question."""
    try:
        if not question.mark:
            return read_guess(question, str(answer.choice))
        numbers = np.array(answer.numbers)
        if question.mark == "rate":
            numbers = np.array([spoken.own(rate) for rate in answer.numbers])
        elif question.mark == "curve":
            numbers = numbers.reshape(-1, 2) / (1, spoken.factor)
        return read_guess(question, write_guess(numbers).text)
    except (InvalidInput, ValueError, IndexError):
        raise Misfit("is no answer to the question") from None


def numbers_of(question: Question, guess: Guess, spoken: Spoken) -> tuple[float, ...]:
    """The numbers of a guess or of the truth, as they are spoken."""
    return () if guess.numbers is None else _spoken(question, guess.numbers, spoken)


def _spoken(question: Question, numbers: Any, spoken: Spoken) -> tuple[float, ...]:
    if question.mark == "rate":
        return tuple(float(spoken.rate(rate)) for rate in numbers)
    if question.mark == "curve":
        numbers = numbers * (1, spoken.factor)
    return tuple(float(number) for number in np.ravel(numbers))


def seen_of(question: Question, guess: Guess, verdict: Verdict, facts: Facts) -> Seen:
    """The prediction beside the result."""
    spoken, truth = facts.spoken, verdict.truth
    mark: tuple[float, ...] = ()
    curves: tuple[Drawn, ...] = ()
    if question.mark == "curve":
        curves = tuple(_drawn(run, spoken) for run in facts.variants)
    elif question.mark and truth is not None:
        mark = _spoken(question, truth, spoken)
    return Seen(
        choice=guess.choice,
        numbers=numbers_of(question, guess, spoken),
        right=verdict.right,
        words=verdict.words,
        true_choice=truth if isinstance(truth, int) else 0,
        mark=mark,
        curves=curves,
    )


def _drawn(run: Run, spoken: Spoken) -> Drawn:
    look, at = stroke(run.key), drawn_points(len(run.points), MOST_DRAWN)
    points = zip(run.points[at], spoken.loss(run.losses[at].astype(float)), strict=True)
    pairs = tuple((float(k), float(loss)) for k, loss in points if np.isfinite(loss))
    return Drawn(VARIANTS.title_of(run.key), look.colour, look.dash, look.width, pairs)


def given_text(inputs: Inputs) -> str:
    """What the question gives: the system and how it runs, as Markdown."""
    experiment, system = inputs.experiment, inputs.experiment.system
    texts = {"A": matrix(system.A), "b": matrix(system.b), "x_0": matrix(experiment.x0)}
    texts[r"\alpha"] = number(inputs.spoken.rate(experiment.learning_rate))
    parts = [f"${{{name} = {text}}}$" for name, text in texts.items()]  # no line breaks within
    parts.append(plural(experiment.iterations, "iteration"))
    if experiment.tolerance is not None:
        parts.append(f"tolerance {brief(float(inputs.spoken.loss(experiment.tolerance)))}")
    return r" &emsp; ".join(parts)
