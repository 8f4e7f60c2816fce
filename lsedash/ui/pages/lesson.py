"""The part of every page that a lesson has: its bar, and the prediction while a question is asked.

What a goal or a sentence needs is computed as the pages do, so nothing runs twice.
"""

from collections.abc import Iterator

import streamlit as st

from lsedash.lessons.facts import Facts
from lsedash.lessons.judge import judge
from lsedash.lessons.lesson import See, act_of
from lsedash.lessons.told import quantities_in
from lsedash.programs.pitfalls import PITFALLS
from lsedash.running.run import Comparison, Run
from lsedash.text.link import read_link
from lsedash.ui.pages.lesson_question import asked_of, asked_question, given_text, guess_of, seen_of
from lsedash.ui.pages.lesson_words import bar_of
from lsedash.ui.pages.pitfalls.page import beside
from lsedash.ui.state import edits, lessons
from lsedash.ui.state.lesson_messages import Answer
from lsedash.ui.state.lesson_place import Running, running
from lsedash.ui.state.limits import within
from lsedash.ui.state.visit import Inputs, run_again
from lsedash.ui.widgets.computing import attempted, comparing
from lsedash.ui.widgets.lesson_bar import lesson_bar
from lsedash.ui.widgets.prediction import prediction
from lsedash.ui.widgets.progress import ProgressPlace


def lesson_part(inputs: Inputs) -> bool:
    """Draw the lesson's part; returns whether the results may be shown."""
    with st.container():  # with or without a lesson, what stands below keeps its place
        now = running(edits.settings())
        if now is None:
            return True
        facts = None if now.hides_results or now.step is None else _facts(now, inputs)
        if facts is not None:
            lessons.take_note(now, facts)
        lesson_bar(
            bar_of(now, lessons.standing_of(now), facts),
            lambda said: lessons.press(said.do, said.step),
        )
        _question(now, inputs, facts)
    return not now.hides_results


def _question(now: Running, inputs: Inputs, facts: Facts | None) -> None:
    """Ask the step's question; or show the last prediction beside what the programs did."""
    question, seen = asked_question(now), None
    if question is None or now.asked is None or now.step is None:
        return
    if not all(isinstance(step, See) for step in now.lesson.steps[now.asked + 1 : now.index + 1]):
        return  # an act has changed what the question was about
    if now.guess is not None:
        if facts is None:
            return
        seen = seen_of(question, now.guess, judge(question, now.guess, facts), facts)
    elif now.question is None:
        return
    else:
        st.markdown(given_text(inputs))

    def take(answer: Answer) -> None:
        lessons.answer(answer.step, guess_of(question, answer, edits.spoken()))

    prediction(asked_of(now, question, inputs), seen, take)


def _facts(now: Running, inputs: Inputs) -> Facts | None:
    """What the programs did; None if it cannot be computed."""
    place = ProgressPlace("lesson_work")
    checked = attempted("comparison", comparing(inputs.experiment, inputs.programs), place)
    beside_them = [_pitfall(key, inputs, place) for key in dict.fromkeys(_pitfalls(now))]
    if place.was_shown:
        run_again()  # the page may show progress of its own
    if checked is None:
        return None
    runs = (*checked.comparison.runs, *(run for run in beside_them if run is not None))
    return Facts(
        experiment=inputs.experiment,
        theory=inputs.theory,
        comparison=Comparison(inputs.experiment, runs),
        start=read_link(now.start).experiment,
        page=inputs.page,
        shown=inputs.shown,
        settings=edits.settings(),
    )


def _pitfall(key: str, inputs: Inputs, place: ProgressPlace) -> Run | None:
    """The run of a pitfall, as its page has it."""
    pitfall = PITFALLS.named(key)
    start = comparing(within(pitfall, inputs.experiment), beside(pitfall))
    checked = attempted(f"goal_{key}", start, place)
    return None if checked is None else checked.comparison[key]


def _pitfalls(now: Running) -> Iterator[str]:
    """The pitfalls that a step's goal, sentence or question asks about."""
    task, question = act_of(now.step) if now.step else None, asked_question(now)
    texts = [now.step.text] if isinstance(now.step, See) else []
    if task is not None:
        yield from task.goal.programs
    elif question is not None:
        for choice in question.choices:
            yield from choice.right.programs
            texts.append(choice.because)
    if isinstance(now.step, See) and now.step.when is not None:
        yield from now.step.when.programs
    for text in texts:
        yield from (q.argument for q in quantities_in(text) if q.argument in PITFALLS.keys)
