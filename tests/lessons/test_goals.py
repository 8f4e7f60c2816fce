"""The language of goals: what it says of a state of the dashboard, and that it is read strictly."""

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.lessons import facts_of
from lsedash import InvalidInput
from lsedash.lessons.conditions import parse_goal
from lsedash.lessons.facts import ARGUMENTS, QUANTITIES, value_of
from lsedash.lessons.goal import write_goal

EDGE = "A=2&b=3&x0=-1&lr=0.5&iterations=20"  # one unknown, lambda = 4
FAR = "A=2&b=3&x0=-1&lr=0.6&iterations=20"


def value(name, link, argument="", **page):
    return value_of(name, argument, facts_of(link, **page))


@pytest.mark.parametrize(
    ("goal", "link"),
    [
        ("1.98 <= alpha_lambda <= 2.02", EDGE),
        ("alpha_lambda = 2 and rate = edge", EDGE),
        ("rises = no", EDGE),
        ("rises = yes and loss_ratio > 1", FAR),
        ("not (loss_ratio < 1)", FAR),
        ("page = pitfalls or 0.9 edge < rate < 1.1 edge", EDGE),
        ("status(torch_module) = finished", EDGE),
        ("status(torch_module) != diverged", EDGE),
        ("dtype = float32", f"{EDGE}&dtype=float32"),
        ("convention = mean and edge = 0.25", f"{EDGE}&loss=mean"),
        ("edge_of(sum) = 0.25 and edge_of(half-mean) = 0.5", EDGE),
    ],
)
def test_a_goal_holds_where_its_condition_is_true(goal, link):
    assert parse_goal(goal).holds(facts_of(link))


def test_and_binds_more_tightly_than_or():
    goal = "n = 1 or n = 2 and rate = 7"
    assert parse_goal(goal).holds(facts_of(EDGE))
    assert not parse_goal(f"({goal[:14]}) {goal[15:]}").holds(facts_of(EDGE))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_a_loss_at_its_floor_does_not_rise_because_of_rounding(dtype):
    fit = "A=1 0;1 1;1 2;1 3;1 4;1 5&b=1.1 1.9 3.2 3.8 5.1 5.8&lr=0.03&iterations=2000"
    facts = facts_of(f"{fit}&dtype={dtype}")
    losses = facts.comparison["numpy_by_hand"].losses
    assert (losses[1:] > losses[:-1]).any()
    assert parse_goal("rises = no").holds(facts)


def test_changed_counts_the_entries_that_differ_from_the_start_of_the_step():
    begun = facts_of("A=1 2;0 1&b=1 2")
    now = replace(facts_of("A=1 2;3 4&b=1 2&lr=0.2&x0=1 0"), start=begun.experiment)
    assert parse_goal("changed(A) = 2 and changed(b) = 0 and changed(lr) = 1").holds(now)
    assert parse_goal("changed(x0) = 1 and changed(iterations) = 0").holds(now)


def test_a_goal_names_the_programs_that_must_run_beside_the_variants():
    goal = parse_goal("rises(never_cleared) = yes and status(torch_module) = diverged")
    assert goal.programs == ("never_cleared",)


def test_a_program_that_did_not_run_has_reached_nothing():
    facts = facts_of(EDGE)
    assert not parse_goal("loss_ratio(never_cleared) < 1e9").holds(facts)
    assert parse_goal("status(never_cleared) = nothing").holds(facts)


def test_the_first_point_below_a_tolerance_and_the_first_outside_the_window():
    steps = "A=1&b=0&x0=1&lr=0.5&iterations=20"  # x halves in each iteration
    assert value("first_point", steps, "0.125") == 1
    assert (
        value("first_point", f"{steps}&loss=sum", "0.25") == 1
    )  # the loss on screen is twice ours
    assert value("first_point", steps, "0") == inf
    assert value("leaves_window", steps) == inf
    grows = "A=1&b=0&x0=1&lr=2.5&iterations=20"  # the window ends at 1.1, x goes to -1.5
    assert value("leaves_window", grows) == 1
    assert value("leaves_window", "A=1&b=0&x0=1&lr=1e300&iterations=20") == 1


def test_the_page_names_what_it_shows():
    shown = facts_of("line=torch_module:30", page="code", shown="torch_module")
    assert parse_goal("page = code and program = torch_module and line = 30").holds(shown)
    assert value("pitfall", "", page="pitfalls", shown="never_cleared") == "never_cleared"
    assert value("pitfall", "", page="why") == "nothing"


def test_never_cleared_comes_back_every_six_iterations_at_alpha_lambda_1():
    facts = facts_of("A=1&b=1&x0=0&lr=1&iterations=24", programs=("never_cleared",))
    assert parse_goal("period(never_cleared) = 6 and alpha_lambda = 1").holds(facts)
    assert value("period", EDGE) == 2


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", 1, "the end"),
        ("alpha_lambda", 13, "comparison"),
        ("alpha_lambda < ", 15, "the end"),
        ("alpha_lamda < 2", 1, "no quantity is compared"),
        ("rate < 0.3 )", 12, "should end"),
        ("(rate < 0.3", 12, "close"),
        ("rate < 0.3; import os", 11, "no meaning"),
        ("__import__(os) = 1", 1, "no meaning"),
        ("rises < 1", 1, "= or !="),
        ("rises = maybe", 1, "yes and no"),
        ("page = nowhere", 1, "descend"),
        ("status = diverged", 1, "status(numpy_by_hand)"),
        ("status(nobody) = diverged", 8, "numpy_by_hand"),
        ("n(2) = 1", 1, "no argument"),
        ("changed(C) > 0", 9, "A, b"),
        ("first_point(x) < 3", 13, "number"),
        ("1 < 2", 1, "no quantity"),
        ("2 page = why", 3, "multiplied"),
        (f"{'(' * 40}n = 1{')' * 40}", 22, "too many parentheses"),
    ],
)
def test_a_text_that_is_no_goal_is_refused_with_its_place(text, place, what):
    with pytest.raises(InvalidInput) as refused:
        parse_goal(text)
    assert what in str(refused.value)
    assert f"character {place}," in str(refused.value).replace(f"{place}:", f"{place},")


def test_a_goal_that_is_too_long_is_refused():
    with pytest.raises(InvalidInput, match="at most 500 characters"):
        parse_goal("n = 1 or " * 80 + "n = 1")


@given(st.text() | st.text(alphabet="alph_md<>=!()019.e-+ anotry", max_size=40))
def test_any_text_is_a_goal_or_refused_with_a_sentence(text):
    sentence = ""
    try:
        parse_goal(text)
    except InvalidInput as refused:
        sentence = str(refused)
    assert not sentence or sentence.endswith(".")


def operand(name):
    quantity = QUANTITIES[name]
    arguments = ARGUMENTS.get(quantity.argument, ("1e-6",) if quantity.argument else ())
    written = [f"{name}({argument})" for argument in arguments]
    return st.sampled_from(written + [name] * (quantity.optional or not quantity.argument))


def comparison(name):
    quantity = QUANTITIES[name]
    if quantity.kind == "number":
        number = st.floats(allow_nan=False, allow_infinity=False).map(lambda x: f"{x:g}")
        sign = st.sampled_from(("<", "<=", "=", "!=", ">=", ">"))
        return st.builds("{} {} {}".format, operand(name), sign, number | operand("rate"))
    words = st.sampled_from(quantity.words or ("yes", "no"))
    return st.builds("{} {} {}".format, operand(name), st.sampled_from(("=", "!=")), words)


CHAINS = st.sampled_from(sorted(QUANTITIES)).flatmap(comparison)
GOALS = st.recursive(
    CHAINS,
    lambda inner: (
        st.builds("({} and {})".format, inner, inner)
        | st.builds("{} or {}".format, inner, inner)
        | st.builds("not ({})".format, inner)
    ),
    max_leaves=4,
)


@given(GOALS)
def test_a_written_goal_reads_back_to_the_same_condition(text):
    goal = parse_goal(text)
    again = parse_goal(write_goal(goal))
    assert again.condition == goal.condition
    assert write_goal(again) == write_goal(goal)


@pytest.mark.parametrize("name", QUANTITIES)
def test_every_quantity_has_a_value_of_its_kind(name):
    quantity = QUANTITIES[name]
    arguments = ARGUMENTS.get(quantity.argument, ("1e-6",) if quantity.argument else ("",))
    kinds = {"number": float, "yes_no": bool, "word": str}
    for argument in (*arguments, *([""] if quantity.optional else [])):
        found = value(name, EDGE, argument)
        assert type(found) is kinds[quantity.kind]
        assert quantity.kind != "word" or found in quantity.words
