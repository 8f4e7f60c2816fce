"""The goals of our lessons: what reaches them, and that nothing else does."""

import numpy as np
import pytest

from helpers.lesson_goals import SEED, facts_around, predicted
from lsedash import VARIANTS, compare
from lsedash.lessons.catalogue import LESSONS
from lsedash.lessons.facts import Facts
from lsedash.lessons.lesson import act_of
from lsedash.lessons.measured import measured
from lsedash.lessons.seeds import Place, begun, facts_of
from lsedash.lessons.told import link_told
from lsedash.text.link import read_link, split_link, write_link
from lsedash.theory.conditioning import remedies
from lsedash.theory.zero import rounding_loss

SHORTEST = "0.63636364 1.45454545 0.45454545"  # solution of x + 2y + z = 4, y - z = 1

WAYS = {  # by lesson and step: what a learner may change, each of which reaches the goal
    ("too-small", 3): ["lr=0.19", "lr=0.33", "A=1 0;0 1&b=1 2&lr=0.5"],
    ("too-small", 6): ["lr={0.85 edge}", "lr={long_run}", "x0=1 1&lr={0.9 edge}"],
    ("edge", 3): ["lr=0.5", "A=4.4721&b=3", "loss=sum&lr=0.25"],
    ("edge", 6): ["lr={edge}", "lr={0.995 edge}"],
    ("swing", 3): ["lr=0.3", "A=2 4;0 2&b=1 2"],
    ("swing", 5): ["lr={0.8 edge}", "lr={0.95 edge}"],
    ("one-rate", 3): ["lr=0.32", "iterations=1&lr=0.173", "A=1 0;0 1&b=1 2&lr=1"],
    ("one-rate", 6): ["lr={best_rate}", "lr={0.999 best_rate}"],
    ("condition", 3): ["A=1 0;0 0.5&b=1 1", "A=0.03 0;0 0.01&b=1 1"],
    ("condition", 6): ["the larger entry", "the smaller entry"],
    ("sum-mean-half", 3): [
        "loss=mean&lr=0.4",
        "loss=half-mean&lr=0.4",
        "A=0.5 0.5;0.5 -0.5;1 0.5;0 0.5",
    ],
    ("sum-mean-half", 5): ["lr={edge}", "lr={0.995 edge}"],
    ("zero-grad", 5): ["lr=4.1", "A=1.2&b=1"],
    ("zero-grad", 6): ["lr={2.05 edge}", "lr={3 edge}"],
    ("units", 3): ["standardise", "A=1 0.81;1 -0.45;1 1.55;1 -0.91;1 -1&lr=1"],
    ("units", 5): ["standardise", "A=1 -1;1 0;1 1&lr=1", "A=1 0;0 1;0 0&lr=3"],
    ("same", 3): ["dtype=float32", "lr=0.36&iterations=500", "x0=1e12 0 0"],
    ("floor", 3): ["b=1 2 3 4 5 6", "b=2 2 2 2 2 2", "A=1 1.1;1 1.9;1 3.2;1 3.8;1 5.1;1 5.8"],
    ("floor", 6): ["x0=0 0 0", "x0=1 2 1", "x0=0 1 -1", f"x0={SHORTEST}"],
    ("floor", 7): ["x0=0 0.5 {c}", "x0={a} 1 0"],
}


def acts():
    steps = [(lesson.key, i, step) for lesson in LESSONS for i, step in enumerate(lesson.steps, 1)]
    return [(key, i) for key, i, step in steps if act_of(step)]


def goal_of(key, step):
    return act_of(LESSONS.named(key).steps[step - 1]).goal


def changed(key, step, way):
    """The link after a learner has changed something at the start of a step."""
    lesson = LESSONS.named(key)
    start = begun(lesson, step - 1, SEED)
    A = read_link(start).experiment.system.A
    if way == "standardise":
        (remedy,) = [r for r in remedies(read_link(start).experiment) if r.key == "standardise"]
        return {**start, **write_link(remedy.experiment, settings=read_link(start).settings)}
    entry = {"the larger entry": (0, 0), "the smaller entry": (1, 1)}.get(way)
    if entry is not None:
        A = A.copy()
        A[entry] = A[entry[1] - 1, entry[0] - 1] * 0.9
        way = f"A={A[0, 0]} 0;0 {A[1, 1]}"
    way = way.replace("{a}", str(A[0, 0])).replace("{c}", str(A[-1, -1] / 2))
    return {**start, **split_link(link_told(way, facts_of(start, lesson.page)))}


def test_every_goal_of_our_lessons_has_several_ways():
    assert list(WAYS) == acts()
    assert all(len(set(ways)) >= 2 for ways in WAYS.values())


@pytest.mark.parametrize(("key", "step"), acts())
def test_a_goal_is_false_at_the_start_and_true_after_each_of_several_acts(key, step):
    lesson, goal = LESSONS.named(key), goal_of(key, step)
    start = begun(lesson, step - 1, SEED)

    def holds(link):
        return goal.holds(measured(Place(lesson.page, link), start, goal.programs))

    assert not holds(start)
    assert [way for way in WAYS[key, step] if not holds(changed(key, step, way))] == []


def ratio(facts, *, momentum=False):
    losses = predicted(facts, momentum=momentum)
    return losses[-1] / losses[0]


def steepest(facts):
    """alpha lambda_max, by the eigenvalues of A^T A."""
    A = facts.experiment.system.A
    return facts.experiment.learning_rate * np.linalg.eigvalsh(A.T @ A)[-1]


def removable(facts):
    """The part that is left of the removable loss."""
    losses = predicted(facts) - facts.theory.least_loss
    return losses[-1] / losses[0]


def per_digit(facts):
    factor = facts.theory.convergence_factor(facts.theory.optimal_learning_rate)
    return np.log(10) / -np.log(factor)


def same(facts, *parts):
    now, then = facts.experiment, facts.start
    pairs = {"A": (now.system.A, then.system.A), "b": (now.system.b, then.system.b)}
    return all(np.array_equal(*pairs[part]) for part in parts)


def near_best(facts):
    """Whether the last loss is at most 1.2 times the smallest one of many rates."""
    e, theory = facts.experiment, facts.theory
    rates = theory.critical_learning_rate * np.linspace(0.01, 1.5, 1_500)[:, None]
    parts = theory.residual_along(e.x0) ** 2 * (1 - rates * theory.curvatures) ** (2 * e.iterations)
    rounding = rounding_loss(e.system, theory.descent_limit(e.x0))
    last = predicted(facts)[-1] + rounding
    return predicted(facts)[0] > 0.1 and last <= 1.2 * (0.5 * parts.sum(axis=1).min() + rounding)


def frozen_part(facts):
    """The length of what is left of the start at right angles to the rows of A."""
    A, x0 = facts.experiment.system.A, facts.experiment.x0
    return np.linalg.norm(x0 - np.linalg.pinv(A) @ (A @ x0))


def at_shortest(facts):
    at_end = predicted(facts)[-1] < 0.001
    return same(facts, "A", "b") and frozen_part(facts) < 0.001 and at_end


def least_squares(facts):
    x = np.linalg.lstsq(facts.experiment.system.A, facts.experiment.system.b)[0]
    return facts.experiment.system.loss(x)


def nowhere(_):
    return False


INSIDE = {  # the goals again, by linear algebra alone
    ("too-small", 3): lambda f: ratio(f) < 0.01,
    ("too-small", 6): lambda f: same(f, "A") and ratio(f) < 0.01,
    ("edge", 3): lambda f: 1.98 <= steepest(f) <= 2.02,
    ("edge", 6): lambda f: same(f, "A") and 1.98 <= steepest(f) <= 2.02,
    ("swing", 3): lambda f: 1.5 < steepest(f) < 2,
    ("swing", 5): lambda f: same(f, "A") and 1.5 < steepest(f) < 2,
    ("one-rate", 3): near_best,
    ("one-rate", 6): lambda f: same(f, "A") and near_best(f),
    ("condition", 3): lambda f: per_digit(f) < 20,
    ("condition", 6): nowhere,  # a random A differs in four entries
    ("sum-mean-half", 3): nowhere,  # and the rate is never 0.4
    ("sum-mean-half", 5): lambda f: same(f, "A") and 1.98 <= steepest(f) <= 2.02,
    ("zero-grad", 5): lambda f: steepest(f) > 4 and ratio(f, momentum=True) > 1000,
    ("zero-grad", 6): lambda f: same(f, "A") and steepest(f) > 4 and ratio(f, momentum=True) > 1000,
    ("units", 3): lambda f: removable(f) < 1e-6,
    ("units", 5): lambda f: same(f, "b") and removable(f) < 1e-6,
    ("floor", 3): lambda f: least_squares(f) < 0.01,
    ("floor", 6): at_shortest,
    ("floor", 7): at_shortest,
}


@pytest.mark.parametrize(("key", "step"), [act for act in acts() if act[0] != "same"])
def test_a_goal_is_false_for_a_thousand_random_experiments_outside_it(key, step):
    rng = np.random.default_rng(16)
    goal, inside = goal_of(key, step), INSIDE[key, step]
    many = 2400 if key in ("too-small", "condition") else 1300  # many of those are inside
    with np.errstate(over="ignore", invalid="ignore"):
        facts = facts_around(LESSONS.named(key), step - 1, many, rng)
        is_inside = [bool(inside(each)) for each in facts]
    assert is_inside.count(False) >= 1000
    assert [goal.holds(each) for each in facts] == is_inside


def test_below_the_edge_in_float64_no_programs_differ_enough_for_the_lesson_on_rounding():
    rng = np.random.default_rng(16)
    start = read_link(begun(LESSONS.named("same"), 2, SEED))
    few = VARIANTS.chosen(("numpy_by_hand", "torch_optimizer"))
    goal = goal_of("same", 3)
    for facts in facts_around(LESSONS.named("same"), 2, 1000, rng):
        e = facts.experiment
        rate = min(e.learning_rate, facts.theory.critical_learning_rate)
        ran = compare(type(e)(e.system, e.x0, rate, 4), few)
        assert not goal.holds(Facts(ran.experiment, facts.theory, ran, start.experiment))
