"""Controlled fields: only our value counts, whatever the browser still sends."""

import pickle
from itertools import count

import pytest

from lsedash.ui.state.field import ControlledFields


class Widgets:
    """The widgets that a page has drawn, each with the value that it holds."""

    def __init__(self):
        self.fields, self.held, self.heard = ControlledFields(), {}, []

    def draw(self, value, name="rate"):
        """Draw a field that shows a value of ours; the key of its widget."""
        key = self.fields.key_of(name, value, self.held.get)
        self.held[key] = value
        return key

    def send(self, key, value):
        """What the widget under a key holds arrives."""
        self.held[key] = value
        self.fields.change(key, value, self.heard.append)


@pytest.fixture
def widgets():
    return Widgets()


def test_what_is_typed_is_heard_once(widgets):
    key = widgets.draw("0.1")
    widgets.send(key, "0.2")
    widgets.send(key, "0.2")
    assert widgets.heard == ["0.2"]
    assert widgets.draw("0.2") == key


def test_what_we_showed_ourselves_is_no_change(widgets):
    widgets.send(widgets.draw("0.1"), "0.1")
    assert widgets.heard == []


def test_a_value_set_from_elsewhere_gets_a_new_widget(widgets):
    first = widgets.draw("0.1")
    second = widgets.draw("0.3")
    assert second != first
    assert widgets.draw("0.3") == second
    widgets.send(second, "0.4")
    assert widgets.heard == ["0.4"]


def test_a_late_message_of_an_old_widget_is_not_heard(widgets):
    first = widgets.draw("0.1")
    widgets.send(first, "0.2")
    widgets.draw("0.2")
    widgets.draw("0.3")
    widgets.send(first, "0.2")
    assert widgets.heard == ["0.2"]


def test_a_replaced_draft_gives_every_field_a_new_widget(widgets):
    keys = {widgets.draw("0.1"), widgets.draw("50", "iterations")}
    widgets.fields.replace_all()
    assert not keys & {widgets.draw("0.1"), widgets.draw("50", "iterations")}


def test_a_callback_that_was_cut_short_is_heard_again(widgets):
    key = widgets.draw("0.1")

    def interrupted(_):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        widgets.fields.change(key, "0.2", interrupted)
    widgets.fields.change(key, "0.2", widgets.heard.append)
    assert widgets.heard == ["0.2"]


def test_a_change_that_no_callback_passed_on_is_heard_by_the_next_run(widgets):
    key = widgets.draw("0.1")
    widgets.fields.listen("rate", key, widgets.heard.append)
    widgets.held[key] = "0.2"
    for _ in range(2):
        widgets.fields.hear(widgets.held.get)
    assert widgets.heard == ["0.2"]
    assert widgets.draw("0.2") == key


def test_a_field_that_is_not_drawn_any_more_is_not_heard(widgets):
    widgets.fields.listen("rate", widgets.draw("0.1"), widgets.heard.append)
    widgets.held.clear()
    widgets.fields.hear(widgets.held.get)
    assert widgets.heard == []


def test_what_is_remembered_stays_bounded_after_thousands_of_edits(widgets):
    sizes = []
    for edit in count(1):
        widgets.held.clear()  # a browser has but the widgets of the last run
        widgets.draw(f"{edit:06}")
        widgets.fields.replace_all()
        if edit % 2000 == 0:
            sizes.append(len(pickle.dumps(widgets.fields)))
        if len(sizes) == 3:
            break
    assert max(sizes) - min(sizes) < 500  # a few digits more in each key
