"""What the browser says is heard once and in order, whatever becomes of answers and callbacks."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from helpers.first_page import (
    address,
    component,
    data_of,
    hand_in,
    linked,
    opened,
    says,
    stage_says,
    told,
)
from lsedash import LinearSystem, Theory
from lsedash.text.fields import DEFAULT

STEEP = [["1", "2", "0"], ["0", "3", "0"], ["0", "0", "1"]]
FLAT = [["1", "2", "0"], ["0", "2", "0"], ["0", "0", "1"]]


def line_of(page, name):
    """What a component is told of the line."""
    return data_of(page, name)["line"]


def say(page, name, messages, session=None):
    """Let a component say numbered messages: (number, name, content)."""
    sent = component(page, name)
    said = {"session": session or line_of(page, name)["session"], "messages": messages}
    return hand_in(page, sent.id, json_value=json.dumps({"said": said}))


def test_a_message_that_is_said_again_is_acted_on_once():
    page = opened()
    say(page, "stage", [[1, "rate", {"text": "0.2"}]])
    assert line_of(page, "stage")["heard"] == 1
    stage_says(page, rate={"text": "0.3"})
    say(page, "stage", [[1, "rate", {"text": "0.2"}], [2, "rate", {"text": "0.3"}]])
    assert linked(page).learning_rate == 0.3
    say(page, "stage", [[1, "rate", {"text": "0.2"}]])
    assert linked(page).learning_rate == 0.3


def test_messages_that_come_together_act_as_if_each_had_come_alone():
    page = opened({"follow": "1"})
    texts = {"b": ["1", "2", "3"], "x0": ["0", "0", "0"], "revision": told_revision(page)}
    say(page, "grid", [[1, "cells", texts | {"A": STEEP}], [2, "cells", texts | {"A": FLAT}]])
    before, now = Theory(DEFAULT.system).curvatures[0], Theory(linked(page).system).curvatures[0]
    assert linked(page).system.A.tolist() == [[1, 2, 0], [0, 2, 0], [0, 0, 1]]
    assert linked(page).learning_rate == pytest.approx(0.1 * before / now)


def told_revision(page):
    return data_of(page, "grid")["revision"]


def test_messages_of_several_components_are_heard_in_the_order_in_which_they_were_said():
    page = opened({"follow": "1"})
    texts = {"b": ["1", "2", "3"], "x0": ["0", "0", "0"], "revision": told_revision(page)}
    cells = [[1, "cells", texts | {"A": STEEP}], [3, "cells", texts | {"A": FLAT}]]
    said = {"grid": cells, "stage": [[2, "rate", {"text": "0.05"}]]}
    for name, messages in said.items():
        session = line_of(page, name)["session"]
        page.session_state[name] = {"said": {"session": session, "messages": messages}}
    page.run()
    before, now = (
        Theory(LinearSystem(np.array(A, float), [1, 2, 3])).curvatures[0] for A in (STEEP, FLAT)
    )
    assert linked(page).learning_rate == pytest.approx(0.05 * before / now)


def test_what_was_said_to_a_former_session_is_not_acted_on():
    page = opened()
    say(page, "stage", [[5, "rate", {"text": "0.2"}]], session="before the restart")
    assert linked(page) == DEFAULT
    assert line_of(page, "stage")["heard"] == 0


def test_a_message_whose_callback_never_came_is_heard_by_the_next_run():
    page = opened()
    sent = component(page, "stage")
    said = {
        "session": line_of(page, "stage")["session"],
        "messages": [[1, "rate", {"text": "0.2"}]],
    }
    states = page.session_state
    states["stage"] = {"said": said}  # as a run leaves it that was ended before the callback
    page.run()
    assert sent.id == component(page, "stage").id
    assert told(page)["rate"]["text"] == "0.2"
    assert linked(page).learning_rate == 0.2


def test_a_chosen_line_of_the_listing_and_the_rates_of_the_race_are_numbered_too():
    race = opened({}, "learning-rates")
    says(race, "chips", rates=[0.1, 0.2])
    assert line_of(race, "chips")["heard"] == 1
    code = opened({"show": "torch_module"}, "code")
    says(code, "listing", line=30)
    assert line_of(code, "listing")["heard"] == 1


def test_a_press_that_a_browser_says_again_does_what_the_button_does():
    page = opened({"lr": "0.2"})
    say(page, "line", [[1, "pressed", "reset"]])
    assert linked(page) == DEFAULT
    stage_says(page, rate={"text": "0.3"})
    say(page, "line", [[1, "pressed", "reset"]])
    assert linked(page).learning_rate == 0.3


def test_a_press_that_comes_both_ways_acts_once():
    def script():
        import streamlit as st

        from lsedash.ui.state import visit
        from lsedash.ui.state.line import pressing
        from lsedash.ui.widgets.line import line

        counted = st.session_state.setdefault("counted", [])
        visit.current().pressed.clear()
        line("Title")
        st.button("Press", **pressing("press", lambda: counted.append(1)))

    page = AppTest.from_function(script).run()
    page.button[0].click().run()
    assert page.session_state["counted"] == [1]  # a keyboard shortcut comes this way alone
    session = page.session_state["visit"].identity
    messages = [[1, "pressed", "press"]]
    page.session_state["line_watch"] = {"said": {"session": session, "messages": messages}}
    page.button[0].click().run()
    assert page.session_state["counted"] == [1, 1]


def test_a_button_that_is_pressed_after_a_field_was_changed_has_the_last_word():
    page = opened()
    (field,) = (field for field in page.text_input if field.label == "Iterations")
    field.set_value("30")
    say(page, "line", [[1, "pressed", "reset"]])
    assert linked(page) == DEFAULT


def back(session):
    return [9, "back", {"session": session, "query": "lr=0.3&view=modes&k=5"}]


def test_a_server_that_began_anew_takes_the_settings_from_the_address_of_the_browser():
    page = opened({"lr": "0.2"})
    say(page, "line", [back("of another server")])
    assert linked(page).learning_rate == 0.2
    assert address(page) | {"view": "modes", "k": "5"} == address(page)
    session = line_of(page, "line")["session"]
    say(page, "line", [[10, "back", {"session": "of another server", "query": ""}]], session)
    assert "view" in address(page)  # it began anew only once


def test_what_is_said_again_is_newer_than_the_address_that_a_new_server_is_told():
    page = opened()
    view = [1, "view", {"kind": "coordinates", "across": 2, "up": 0}]
    session = line_of(page, "stage")["session"]
    for key, message in [("stage", view), ("line_watch", back("of another server"))]:
        page.session_state[key] = {"said": {"session": session, "messages": [message]}}
    page.run()
    assert address(page)["view"] == "3,1"


def test_a_server_that_did_not_begin_anew_takes_nothing_from_the_address():
    page = opened()
    say(page, "line", [back(line_of(page, "line")["session"])])
    assert "view" not in address(page)
