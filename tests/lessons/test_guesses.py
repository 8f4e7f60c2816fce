"""What a learner predicted: how a link holds it, and how far it is from what the programs did."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.lessons import facts_of
from lsedash import InvalidInput
from lsedash.lessons.catalogue import LESSONS
from lsedash.lessons.judge import judge, read_guess, true_mark, write_guess
from lsedash.lessons.lesson import Question, question_of

PLANE = "A=1 2;0 1&b=1 2&x0=1.5 -1.8&lr=0.3&iterations=50"
EDGE = Question("Where?", mark="rate", truth="edge")
LIMIT = Question("Where?", mark="point", truth="limit")
LAST = Question("Where?", mark="point", truth="last")
CURVE = Question("How?", mark="curve", truth="losses")


def verdict(question, text, link=PLANE):
    return judge(question, read_guess(question, text), facts_of(link))


def test_a_right_answer_is_found_by_its_goal_and_a_wrong_one_says_which_is_right():
    question = question_of(LESSONS.named("too-small").steps[0])
    link = "A=1 2;0 1&b=1 2&x0=1.5 -1.8&lr=0.01&iterations=50"
    right, wrong = (verdict(question, text, link) for text in "21")
    assert right.right
    assert right.words.startswith("Right. ")
    assert not wrong.right
    assert wrong.truth == 2
    assert wrong.words.endswith("The programs say: About a fifth.")
    assert verdict(question, "1", "A=2&b=3&lr=0.25").truth == 1  # the same question elsewhere


def test_a_mark_on_the_axis_of_rates_is_compared_with_the_theory():
    facts = facts_of(PLANE)
    edge = facts.theory.critical_learning_rate
    assert verdict(EDGE, f"{edge * 1.05}").right
    far = verdict(EDGE, f"{edge / 2}")
    assert not far.right
    assert far.difference == pytest.approx(-0.5)
    assert far.words == "You marked 0.1716; it is 0.3431. Your mark is 0.5 times that."
    spoken = verdict(EDGE, f"{edge / 2}", f"{PLANE}&loss=sum")
    assert spoken.words.startswith("You marked 0.08579; it is 0.1716.")


def test_a_mark_in_the_plane_is_compared_with_where_descent_ends():
    assert verdict(LIMIT, "-3,2").right
    facts = facts_of(PLANE)
    last = facts.comparison["numpy_by_hand"].iterates[-1]
    np.testing.assert_allclose(verdict(LAST, "-3,2").truth, last)
    away = verdict(LIMIT, "0,2")
    assert not away.right
    assert away.difference == pytest.approx(3 / np.hypot(4.5, 3.8))
    assert verdict(LIMIT, "1,1", "A=1&b=1").right is None


def test_a_drawn_curve_is_compared_in_powers_of_ten():
    run = facts_of(PLANE).comparison["numpy_by_hand"]
    points = np.column_stack([run.points, run.losses])[::5]
    exact, ten_times = (
        judge(CURVE, write_guess(p), facts_of(PLANE)) for p in (points, points * [1, 10])
    )
    assert exact.right
    assert exact.difference < 0.1
    assert not ten_times.right
    assert ten_times.difference == pytest.approx(1, abs=0.1)
    assert ten_times.words.startswith("On average your curve is a factor of ")
    assert (true_mark(CURVE, facts_of(PLANE))[:, 1] == run.losses).all()


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (EDGE, "-1"),
        (EDGE, "1,2"),
        (EDGE, "x"),
        (LIMIT, "1"),
        (CURVE, "0,1;0,2"),
        (CURVE, "0,-1"),
        (CURVE, ";".join(f"{k},1" for k in range(40))),
        (question_of(LESSONS.named("too-small").steps[0]), "4"),
        (question_of(LESSONS.named("too-small").steps[0]), "0"),
    ],
)
def test_what_is_no_prediction_is_refused(question, text):
    with pytest.raises(InvalidInput) as refused:
        read_guess(question, text)
    assert refused.value.field == "guess"


@given(st.text(), st.sampled_from((EDGE, LIMIT, CURVE)))
def test_any_text_is_a_prediction_or_refused(text, question):
    refused = ""
    try:
        guess = read_guess(question, text)
    except InvalidInput as fault:
        refused = str(fault)
    else:
        assert read_guess(question, guess.text).text == guess.text
    assert not refused or refused.endswith(".")
