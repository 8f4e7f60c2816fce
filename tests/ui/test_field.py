"""Controlled fields: what counts as a change by the visitor, and when a field gets a new widget."""

from lsedash.ui.state.field import MOST_REMEMBERED, ControlledFields


class Browser:
    """Widgets as Streamlit keeps them: a value under each key, changed by a visitor's message."""

    def __init__(self):
        self.fields = ControlledFields()
        self.widgets = {}
        self.value = "0.1"  # ours
        self.edits = []

    def draw(self):
        """A run of the page: the field is drawn and shows our value; its key."""
        key = self.fields.key_of("rate", self.value, self.widgets.get)
        self.widgets[key] = self.value
        return key

    def send(self, key, value):
        """A message arrives that the widget under `key` holds `value`."""
        self.widgets[key] = value
        self.fields.change(key, value, self.act)

    def act(self, value):
        self.edits.append(value)
        self.value = value


def test_what_a_visitor_enters_is_handed_over_and_the_widget_stays():
    browser = Browser()
    key = browser.draw()
    browser.send(key, "0.2")
    assert browser.edits == ["0.2"]
    assert browser.draw() == key


def test_a_value_set_elsewhere_gives_the_field_a_new_widget():
    browser = Browser()
    key = browser.draw()
    browser.value = "0.3"  # by a click on a chart
    assert browser.draw() != key


def test_a_late_value_from_the_browser_does_not_undo_what_was_set_elsewhere():
    browser = Browser()
    key = browser.draw()
    browser.value = "0.3"
    browser.draw()
    browser.send(key, "0.1")  # what the old widget held before
    assert browser.edits == []
    assert browser.value == "0.3"


def test_what_is_typed_before_the_new_value_arrives_still_counts():
    browser = Browser()
    key = browser.draw()
    browser.value = "0.3"
    browser.draw()
    browser.send(key, "0.7")
    assert browser.edits == ["0.7"]


def test_a_replaced_draft_gives_the_field_a_new_widget_even_at_the_same_value():
    browser = Browser()
    key = browser.draw()
    browser.fields.replace_all()
    assert browser.draw() != key
    browser.send(key, "0.1")
    assert browser.edits == []


def test_a_repeated_callback_acts_once():
    browser = Browser()
    key = browser.draw()
    browser.send(key, "0.2")
    browser.send(key, "0.2")
    assert browser.edits == ["0.2"]


def test_a_callback_that_was_interrupted_can_be_repeated():
    browser = Browser()
    key = browser.draw()

    def interrupted(_value):
        raise InterruptedError

    try:
        browser.fields.change(key, "0.2", interrupted)
    except InterruptedError:
        browser.send(key, "0.2")
    assert browser.edits == ["0.2"]


def test_a_value_that_is_not_taken_is_shown_as_ours_again():
    browser = Browser()
    key = browser.draw()
    browser.widgets[key] = "none of them"
    browser.fields.change(key, "none of them", lambda _value: None)
    assert browser.draw() != key


def test_two_fields_do_not_share_a_widget():
    fields = ControlledFields()
    widgets = {}
    assert fields.key_of("a", 1, widgets.get) != fields.key_of("b", 1, widgets.get)


def test_old_keys_are_forgotten():
    browser = Browser()
    first = browser.draw()
    for edit in range(10 * MOST_REMEMBERED):
        browser.value = str(edit)
        browser.draw()
    browser.send(first, "0.1")  # no browser is so slow: whatever arrives now counts as new
    assert browser.edits == ["0.1"]
