"""What a learner predicted, compared with what the programs did."""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from lsedash.lessons.facts import QUANTITIES, Facts
from lsedash.lessons.lesson import Question
from lsedash.lessons.told import told
from lsedash.problem import Array, InvalidInput
from lsedash.text.notation import parse_count, parse_number, vector_cells
from lsedash.text.words import brief, tell_apart

SUBJECT, FIELD = "The prediction", "guess"  # at the beginning of a sentence, and in a link
MOST_POINTS = 32  # of a curve
SHAPES = {"rate": (1, 1), "point": (2, 1), "curve": (2, MOST_POINTS)}  # numbers, and how many rows
SAMPLES = {"rate": "0.25", "point": "1.5,-2", "curve": "0,3;10,0.1;50,1e-6"}
NEAR_RATE = 0.1  # a relative difference of a mark that is near enough
NEAR_POINT = 0.1  # of the way from the start
NEAR_CURVE = 0.5  # powers of ten, on average


@dataclass(frozen=True, eq=False)
class Guess:
    """A prediction.

    Attributes:
        text: how a link holds it.
        choice: the number of the answer, from 1; 0 if a mark was put.
        numbers: a rate (1,); a point (2,); a curve's points, k and loss, (points, 2). Rates and
            losses are in ours, whatever the convention.
    """

    text: str
    choice: int = 0
    numbers: Array | None = None


@dataclass(frozen=True, eq=False)
class Verdict:
    """A prediction beside the result.

    Attributes:
        right: whether it is right, or near enough; None if nothing can be said.
        truth: the number of a right answer; or what the mark should be, in the form of the guess.
        words: one or two sentences with both.
        difference: of a rate, guess/truth - 1; of a point, the distance over that from the start to
            the truth; of a curve, the mean distance in powers of ten; None of an answer.
    """

    right: bool | None
    truth: int | Array | None
    words: str
    difference: float | None = None


def read_guess(question: Question, text: str) -> Guess:
    """The prediction that a text describes.

        2                   the second answer
        0.25                a rate alpha
        1.5,-2              a point
        0,3;10,0.1;50,1e-6  a curve: k,loss

    Raises:
        InvalidInput: the text is none for this question.
    """
    if not question.mark:
        number = parse_count(text, name=SUBJECT, field=FIELD, least=1)
        if number > len(question.choices):
            raise InvalidInput(
                f"{SUBJECT} is one of {len(question.choices)} answers; it is {number}.", field=FIELD
            )
        return Guess(str(number), number)
    cells = [[_number(cell) for cell in part.split(",")] for part in text.split(";")]
    width, most = SHAPES[question.mark]
    if len(cells) > most or any(len(row) != width for row in cells):
        raise InvalidInput(f"{SUBJECT} is written like {SAMPLES[question.mark]}.", field=FIELD)
    numbers = np.array(cells)
    if question.mark == "curve":
        _check_curve(numbers)
    elif question.mark == "rate" and numbers[0, 0] <= 0:
        raise InvalidInput(f"{SUBJECT} is a positive rate.", field=FIELD)
    return write_guess(numbers if question.mark == "curve" else numbers[0])


def write_guess(numbers: Array) -> Guess:
    """The guess for a mark: a rate (1,), a point (2,) or a curve's points k, loss (points, 2)."""
    rows = np.atleast_2d(numbers)
    return Guess(";".join(",".join(vector_cells(row)) for row in rows), 0, np.asarray(numbers))


def _number(text: str) -> float:
    return parse_number(text, name=SUBJECT, field=FIELD)


def _check_curve(points: Array) -> None:
    if not ((np.diff(points[:, 0]) > 0).all() and points[0, 0] >= 0 and (points[:, 1] > 0).all()):
        raise InvalidInput(
            f"{SUBJECT} has iterations that ascend from 0 or more, and losses above 0.", field=FIELD
        )


def judge(question: Question, guess: Guess, facts: Facts) -> Verdict:
    """Compare a prediction with what the programs did."""
    if not question.mark:
        return _answer(question, guess, facts)
    truth = true_mark(question, facts)
    if truth is None or guess.numbers is None:
        return Verdict(None, None, "There is nothing to compare the mark with.")
    return _MARKS[question.mark](guess.numbers, truth, facts)


def _answer(question: Question, guess: Guess, facts: Facts) -> Verdict:
    right = [i for i, choice in enumerate(question.choices, 1) if choice.right.holds(facts)]
    if not right:
        return Verdict(None, None, "None of the answers is right here.")
    chosen = question.choices[guess.choice - 1]
    true = question.choices[right[0] - 1]
    if guess.choice in right:
        return Verdict(True, guess.choice, f"Right. {told(chosen.because, facts)}")
    words = f"{told(chosen.because, facts)} The programs say: {true.text}"
    return Verdict(False, right[0], words)


def true_mark(question: Question, facts: Facts) -> Array | None:
    """What a mark should be, in the form of a guess's numbers; None if there is no such thing."""
    if question.mark == "rate":
        rate = QUANTITIES[question.truth].value(facts, "")
        return np.array([rate]) if isinstance(rate, float) and isfinite(rate) else None
    run = facts.variants[0] if facts.variants else None
    if run is None or not len(run.points):
        return None
    if question.mark == "curve":
        points = np.column_stack([run.points.astype(float), run.losses])
        return points[points[:, 1] > 0] if (points[:, 1] > 0).any() else None
    if facts.experiment.system.n != 2:
        return None
    limit = facts.theory.descent_limit(facts.experiment.x0)
    return limit if question.truth == "limit" else run.iterates[-1].astype(float)


def _rate(marked: Array, truth: Array, facts: Facts) -> Verdict:
    names = tell_apart(*(facts.spoken.rate(float(rate[0])) for rate in (marked, truth)))
    times = float(marked[0] / truth[0])
    same = "Exactly." if times == 1 else f"Your mark is {brief(times, 3)} times that."
    words = f"You marked {names[0]}; it is {names[1]}. {same}"
    return Verdict(abs(times - 1) <= NEAR_RATE, truth, words, times - 1)


def _point(marked: Array, truth: Array, facts: Facts) -> Verdict:
    size = float(np.linalg.norm(truth - facts.experiment.x0)) or 1.0
    away = float(np.linalg.norm(truth - marked))
    at = ", ".join(brief(value) for value in truth.tolist())
    words = f"The programs end at ({at}), {brief(away, 3)} away from your mark."
    return Verdict(away <= NEAR_POINT * size, truth, words, away / size)


def _curve(marked: Array, truth: Array, _: Facts) -> Verdict:
    points, losses = truth.T
    seen = (points >= marked[0, 0]) & (points <= marked[-1, 0])
    if not seen.any():
        return Verdict(None, truth, "The curve and the loss have no iteration in common.")
    drawn = np.interp(points[seen], marked[:, 0], np.log10(marked[:, 1]))
    apart = float(np.abs(drawn - np.log10(losses[seen])).mean())
    words = f"On average your curve is a factor of {brief(10**apart, 2)} away from the loss."
    return Verdict(apart <= NEAR_CURVE, truth, words, apart)


_MARKS = {"rate": _rate, "point": _point, "curve": _curve}
