"""Our lessons are proved, and every number in their sentences is what a run or the theory gives."""

import re

import pytest

from helpers.lessons import facts_of
from lsedash.lessons.catalogue import LESSONS, ORDER
from lsedash.lessons.checking import prove, words_of
from lsedash.lessons.conditions import parse_goal
from lsedash.lessons.lesson import act_of, question_of
from lsedash.lessons.told import told
from lsedash.text.words import brief

NUMBER = re.compile(r"(?<![\w{(.])[−-]?\d+(?: \d{3})*(?:\.\d+)?(?:e-?\d+)?(?![\w}])")
SYSTEM = "A=1 2;0 1&b=1 2&x0=1.5 -1.8"
ONE = "A=2&b=3&x0=-1"
VALLEY = "A=1 0;0 0.01&b=1 0.01&x0=2 -1"
TALL = "A=1 1;1 -1;2 1;0 1&b=3 -1 4 2"
FIT = "A=1 0;1 1;1 2;1 3;1 4;1 5&b=1.1 1.9 3.2 3.8 5.1 5.8"
HOUSES = "A=1 2104;1 1600;1 2400;1 1416;1 1380&b=399.9 329.9 369 232 212&loss=half-mean"

# What the texts claim. Numbers that a step gives (a rate, a count, an entry) are in GIVEN.
CLAIMS = {
    "too-small": [
        ("0.18 to 0.33", f"{SYSTEM}&lr=0.18", "loss_ratio < 0.01"),
        ("0.18 to 0.33", f"{SYSTEM}&lr=0.33", "loss_ratio < 0.01"),
        ("0.01", f"{SYSTEM}&lr=0.178", "loss_ratio > 0.01"),
        ("0.01", f"{SYSTEM}&lr=0.336", "loss_ratio > 0.01"),
    ],
    "edge": [
        ("0.5", ONE, "edge = 0.5"),
        ("4", ONE, "lambda_max = 4"),
        ("20", "A=4.4721&b=3&lr=0.1", "1.98 <= alpha_lambda <= 2.02 and 19.9 < lambda_max < 20.1"),
        ("0.125", "A=4&b=3", "edge = 0.125"),
        ("1", "A=4&b=3", "lambda_max = 16"),
    ],
    "swing": [
        ("1.8", f"{ONE}&lr=0.45", "alpha_lambda = 1.8 and factor = -0.8 and rises = no"),
        ("5.83", SYSTEM, "5.825 < lambda_max < 5.835"),
    ],
    "one-rate": [
        ("5.83", SYSTEM, "5.825 < lambda_max < 5.835"),
        ("0.17", SYSTEM, "0.165 < lambda_min < 0.175"),
        ("0.343", SYSTEM, "0.3425 < edge < 0.3435"),
        ("0.326", SYSTEM, "0.3255 < best_rate < 0.3265"),
        ("0.333", SYSTEM, "0.3325 < long_run < 0.3335"),
        ("0.333", f"{SYSTEM}&iterations=1000", "0.3325 < best_rate < long_run"),
        ("0.32", f"{SYSTEM}&lr=0.32", "over_best <= 1.2"),
        ("0.326", f"{SYSTEM}&iterations=20", "best_rate < 0.326"),
    ],
    "condition": [
        ("100", VALLEY, "kappa = 100"),
        ("1.9", f"{VALLEY}&lr=1.9&iterations=1000", "edge = 2 and 0.499 < first_loss < 0.501"),
        ("11 500", VALLEY, "11450 < digit < 11550"),
        ("4.1", "A=4.2 0;0 1&b=1 1", "20 < digit < 21"),
        ("4.1", "A=4.1 0;0 1&b=1 1", "19 < digit < 20"),
        ("115", "A=1 0;0 0.1&b=1 1", "114.5 < digit < 115.5 and kappa = 10"),
        ("hundred iterations", f"{VALLEY}&lr=1.9&iterations=100", "last_loss < 0.0003"),
    ],
    "sum-mean-half": [
        ("0.276", TALL, "0.2755 < edge < 0.2765"),
        ("0.138", TALL, "0.1375 < edge_of(sum) < 0.1385"),
        ("0.553", TALL, "0.5525 < edge_of(mean) < 0.5535"),
        ("0.4", f"{TALL}&lr=0.4", "rises = yes"),
        ("m times", TALL, "1.1055 < edge_of(half-mean) < 1.1065 and m = 4"),
    ],
    "zero-grad": [
        ("1", "A=1&b=1&lr=1&iterations=24", "period(never_cleared) = 6 and last_loss = 0"),
        ("3", "A=1&b=1&lr=3&iterations=24", "period(never_cleared) = 3 and factor = -2"),
        ("4", "A=1&b=1&lr=3.99&iterations=400", "loss_ratio(never_cleared) < 1000"),
        ("4", "A=1&b=1&lr=4.1&iterations=400", "loss_ratio(never_cleared) > 1e6"),
    ],
    "units": [
        ("millionth", HOUSES, "5.95e-7 < edge < 6.05e-7"),
        ("3.3", HOUSES, "3.2e6 < 0.2 lambda_max < 3.4e6"),  # the mean of the squares
    ],
    "same": [
        ("1e-16", "", "1e-17 < difference < 1e-15"),
        ("1e-7", "dtype=float32", "1e-8 < difference < 1e-6"),
    ],
    "floor": [
        ("0.01", f"{FIT}&lr=0.03&iterations=200", "0.062 < least_loss < 0.0622 and rises = no"),
    ],
}


GIVEN = {  # numbers that a step gives, such as its rate, or that are wrong answers
    "too-small": ["50", "0.36"],
    "edge": ["3", "2", "1.98", "2.02", "0.1", "0.25"],
    "swing": ["1", "−1", "1.5", "2"],
    "one-rate": ["40", "50", "1000", "2"],
    "condition": ["1000", "0.5", "20", "2", "1", "0.01", "10", "1150"],
    "sum-mean-half": ["2", "4", "1", "1.98", "2.02"],
    "zero-grad": ["0", "2", "−2", "1000"],
    "units": ["1000", "1", "0.001", "2", "0", "50"],
    "same": ["50", "0", "0.001", "16", "1e-8", "7"],
    "floor": ["0", "1", "2", "3", "4", "5", "6"],
}


def sentences(lesson):
    for step in lesson.steps:
        yield step.text
        if question := question_of(step):
            yield from (
                text for choice in question.choices for text in (choice.text, choice.because)
            )
        if act := act_of(step):
            yield from act.hints


def test_the_ten_lessons_are_there_in_their_order():
    assert LESSONS.keys == ORDER
    assert len(LESSONS) == 10
    assert LESSONS.named("edge").title == "Where is the edge?"


@pytest.mark.parametrize("key", ORDER)
def test_a_lesson_of_ours_works(key):
    lesson = LESSONS.named(key)
    assert prove(lesson) == []
    assert all(act_of(step).hints for step in lesson.steps if act_of(step))
    # at 150 words a minute, with 20 s for each prediction and 25 s for each act
    doing = sum(20 if question_of(step) else 25 if act_of(step) else 0 for step in lesson.steps)
    assert sum(map(words_of, lesson.steps)) / 150 + doing / 60 < 4


@pytest.mark.parametrize("key", ORDER)
def test_a_lesson_has_a_prediction_an_act_a_sight_and_a_repetition(key):
    kinds = [type(step).__name__ for step in LESSONS.named(key).steps]
    assert {"Predict", "Act", "See", "Again"} == set(kinds)
    assert kinds[0] == "Predict"
    assert kinds[1] == "See"


@pytest.mark.parametrize("key", ORDER)
def test_every_number_in_a_sentence_is_what_a_run_or_the_theory_gives(key):
    for number, link, goal in CLAIMS[key]:
        condition = parse_goal(goal)
        assert condition.holds(facts_of(link, programs=condition.programs)), (number, goal)
    texts = [re.sub(r"\{[^}]*\}", "", text) for text in sentences(LESSONS.named(key))]
    numbers = {number for text in texts for number in NUMBER.findall(text)}
    claimed = {part for number, *_ in CLAIMS[key] for part in NUMBER.findall(number)}
    assert numbers <= claimed | set(GIVEN[key])


def test_a_sentence_has_the_learner_s_own_numbers():
    facts = facts_of(f"{SYSTEM}&lr=0.3&iterations=50")
    run = facts.comparison["numpy_by_hand"]
    said = told("{rate} {loss_ratio} {2 edge} {rises} {guess} {status(torch_module)}", facts, "0.4")
    ratio = brief(run.losses[-1] / run.losses[0])
    assert said == f"0.3 {ratio} {brief(2 * facts.theory.critical_learning_rate)} no 0.4 finished"
    assert told("{rate} {edge}", facts_of(f"{TALL}&lr=0.2&loss=mean")) == "0.2 0.5528"
