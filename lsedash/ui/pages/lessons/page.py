"""The page Lessons: what each lesson asks, how long it takes, and a button to begin."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from lsedash.lessons.lesson import Lesson
from lsedash.text.lesson_settings import LESSON
from lsedash.ui.pages.lessons.own_file import NAME, own_file
from lsedash.ui.pages.page import Page
from lsedash.ui.state import address, edits, lessons
from lsedash.ui.state.lesson_catalogue import ours, teachers
from lsedash.ui.state.line import pressing
from lsedash.ui.state.visit import Inputs
from lsedash.ui.widgets.html import draw

TEACHERS = "Lessons of your teacher"
MAKE = (
    "The present system and settings become the start of a new lesson: a text file with an example "
    "of each kind of step. Put yours in their place."
)


def _body(_: Inputs) -> None:
    _cards("ours", ours())
    if teachers():
        st.markdown(f"#### {TEACHERS}")
        _cards("teachers", teachers())
    st.markdown("#### Your own lesson")
    st.caption(MAKE)
    st.download_button(
        "Make a lesson from here",
        partial(own_file, *address.link_before()),
        file_name=NAME,
        mime="application/toml",
        key="make_lesson",
        on_click="ignore",
    )


def _cards(name: str, offered: Sequence[Lesson]) -> None:
    with st.container(key=f"cards_{name}"):  # page.css puts them beside each other
        for index, lesson in enumerate(offered):
            _card(f"{name}_{index}", lesson)


def _card(name: str, lesson: Lesson) -> None:
    runs = edits.setting(LESSON) == lesson.key
    with st.container(key=f"card_{name}", border=True):
        st.html(draw("pages/lessons/card.html", lesson=lesson, runs=runs))
        begin = pressing(f"begin_{name}", partial(lessons.begin, lesson.key))
        st.button("Begin again" if runs else "Begin", type="primary", **begin)


PAGE = Page(
    "Lessons",
    "lessons",
    "Short lessons that ask you first, and check what the programs did.",
    _body,
    has_results=False,
)
