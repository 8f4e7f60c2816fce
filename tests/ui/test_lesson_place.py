"""Where a visitor is in a lesson stands in the link; results are hidden by it and come back."""

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from helpers.lessons import facts_of as reached_facts
from lsedash import Comparison, Theory
from lsedash.lessons.catalogue import LESSONS
from lsedash.lessons.judge import read_guess
from lsedash.lessons.lesson import act_of, question_of
from lsedash.text.fields import DEFAULT
from lsedash.text.lesson_settings import CONTROLS, GUESS, LESSON, STEP
from lsedash.text.link import read_link, write_link
from lsedash.text.settings import HIDDEN
from lsedash.ui.state import lessons
from lsedash.ui.state.draft import draft_of
from lsedash.ui.state.lesson_place import results_hidden, running, usable
from lsedash.ui.state.lessons import (
    ACTIONS,
    answer_in,
    begin_in,
    is_open,
    press_in,
    standing,
    take_note,
)
from lsedash.ui.state.visit import Visit, advance

GUESSES = {"": "1", "rate": "0.3", "point": "1,2", "curve": "0,1;10,0.1"}


def visitor():
    return Visit(draft_of(DEFAULT), DEFAULT, Theory(DEFAULT.system))


def link_of(visit):
    advance(visit)
    return write_link(visit.experiment, settings=visit.settings, page=visit.page or "")


def place_of(chosen):
    """What a link says of a lesson: which, which step, which seed, which guess."""
    now = running(chosen)
    return now and (now.lesson.key, now.index, now.seed, now.guess and now.guess.text)


def guess_for(question):
    return read_guess(question, GUESSES[question.mark])


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_at_every_step_whoever_comes_back_by_the_link_is_where_he_was(lesson):
    visit = visitor()
    begin_in(visit, lesson.key, 7)
    for index, step in enumerate(lesson.steps):
        assert running(visit.settings).index == index
        for question in filter(None, [question_of(step)]):
            assert results_hidden(visit.settings)
            visit.settings = visit.settings.replaced(GUESS, guess_for(question).text)
        again = read_link(link_of(visit))
        assert again.problems == ()
        assert place_of(usable(again.settings)[0]) == place_of(visit.settings)
        assert again.experiment == visit.experiment
        assert not results_hidden(visit.settings)
        press_in(visit, "skip", index + 1)
    assert running(visit.settings).step is None


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_next_alone_passes_no_question_and_no_goal(lesson):
    visit = visitor()
    begin_in(visit, lesson.key)
    for index, step in enumerate(lesson.steps):
        press_in(visit, "next", index + 1)
        passed = running(visit.settings).index == index + 1
        assert passed == (question_of(step) is None and act_of(step) is None)
        press_in(visit, "skip", running(visit.settings).index + 1 if not passed else 99)


@pytest.mark.parametrize(
    ("link", "sentence", "where"),
    [
        ({"lesson": "nothing"}, "There is no lesson 'nothing' here", None),
        ({"lesson": "No lesson!"}, "The lesson must be a key of small letters", None),
        ({"lesson": "edge", "step": "0"}, "a whole number from 1 to 99; it is '0'", 0),
        ({"lesson": "edge", "step": "80"}, "and no step 80; it begins with the first one.", 0),
        ({"lesson": "edge", "step": "two"}, "The step of the lesson: 'two' is not a number.", 0),
        ({"lesson": "edge", "guess": "<b>"}, "The guess '<b>' answers no question", 0),
        ({"lesson": "edge", "guess": "-1"}, "The guess '-1' answers no question", 0),
        ({"lesson": "edge", "seed": "x"}, "The seed of the lesson: 'x' is not a number.", 0),
    ],
)
def test_what_is_wrong_with_a_lesson_in_a_link_is_one_sentence_and_nothing_else_is_lost(
    link, sentence, where
):
    opened = read_link({"lr": "0.2", "k": "3", **link})
    chosen, faults = usable(opened.settings)
    (said,) = (*opened.problems, *faults)
    assert sentence in said
    assert opened.experiment.learning_rate == 0.2
    now = running(chosen)
    assert (now and now.index) == where
    assert results_hidden(chosen) == (where is not None)


def test_leaving_a_lesson_shows_all_controls_again_but_no_hidden_curve():
    visit = visitor()
    begin_in(visit, "edge")
    hidden = ("torch_module", *CONTROLS)
    visit.settings = visit.settings.replaced(HIDDEN, hidden)
    press_in(visit, "leave", 1)
    assert visit.settings[HIDDEN] == ("torch_module",)
    assert running(visit.settings) is None


def test_programs_that_were_stopped_reach_no_goal(monkeypatch):
    visit = visitor()
    begin_in(visit, "too-small")
    press_in(visit, "skip", 1)
    press_in(visit, "next", 2)
    now, facts = running(visit.settings), reached_facts("A=1 2;0 1&b=1 2&lr=0.3&iterations=50")
    monkeypatch.setattr(lessons, "current", lambda: visit)
    stopped = tuple(replace(run, status="stopped") for run in facts.comparison.runs)
    take_note(now, replace(facts, comparison=Comparison(facts.experiment, stopped)))
    assert not standing(visit, now.place).passed
    take_note(now, facts)
    assert standing(visit, now.place).reached


class ALesson(RuleBasedStateMachine):
    """Whatever a visitor does, results are hidden only while a question waits for its answer."""

    def __init__(self):
        super().__init__()
        self.visit = visitor()

    @property
    def now(self):
        return running(self.visit.settings)

    @rule(lesson=st.sampled_from(LESSONS.keys), seed=st.none() | st.integers(0, 9))
    def begin(self, lesson, seed):
        begin_in(self.visit, lesson, seed)
        assert (self.now.lesson.key, self.now.index) == (lesson, 0)

    @precondition(lambda self: self.now)
    @rule(do=st.sampled_from([*ACTIONS]))
    def press(self, do):
        before = self.now
        opened = is_open(before, standing(self.visit, before.place))
        press_in(self.visit, do, before.index + 1)
        if do == "next" and not opened:
            assert place_of(self.visit.settings)[:2] == (before.lesson.key, before.index)

    @precondition(lambda self: self.now)
    @rule(do=st.sampled_from([*ACTIONS]))
    def press_late(self, do):
        """A button of a step that is not the present one does nothing."""
        before = place_of(self.visit.settings)
        press_in(self.visit, do, self.now.index + 2)
        assert place_of(self.visit.settings) == before

    @precondition(lambda self: self.now and self.now.question)
    @rule()
    def answer(self):
        answer_in(self.visit, self.now.index + 1, guess_for(self.now.question))
        assert not results_hidden(self.visit.settings)

    @rule(rate=st.sampled_from(["0.2", "abc"]))
    def edit(self, rate):
        self.visit.draft = replace(self.visit.draft, learning_rate=rate)

    @rule()
    def come_back_by_the_link(self):
        where = place_of(self.visit.settings)
        opened = read_link(link_of(self.visit))
        self.visit.settings, faults = usable(opened.settings)
        assert (place_of(self.visit.settings), faults) == (where, [])

    @invariant()
    def results_are_hidden_only_while_a_question_waits(self):
        now, chosen = self.now, self.visit.settings
        waits = now is not None and now.question is not None and not chosen[GUESS]
        assert results_hidden(chosen) == waits
        if now is None:
            assert (chosen[LESSON], chosen[STEP], chosen[GUESS]) == (None, 1, "")


TestALesson = ALesson.TestCase
TestALesson.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
