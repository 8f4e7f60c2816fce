"""What a browser sends is read into typed values; what does not fit is refused, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsedash.figures.view import View
from lsedash.text.settings import COMPARED_OPTIMIZERS, HIDDEN, PHASE, PRINTED, SETTINGS, SWEEP_COUNT
from lsedash.ui.state import messages
from lsedash.ui.state.messages import Message, MovedStart
from lsedash.ui.state.readers import Misfit
from lsedash.ui.state.sent import Block, Cells, Entry

VIEW = {"kind": "coordinates", "across": 0, "up": 1}
START = {"place": [0.5, -1], "n": 3, "view": VIEW}
SAYING = {"session": "s", "messages": [[3, "rate", {"text": "0.2"}]]}
GRID = {"A": [["1", "2"]], "b": ["3"], "x0": ["0", "a"], "revision": 0}
ENTRY = {"field": "A", "row": 4095, "column": 0, "text": "7", "revision": 2}
BLOCK = {"text": "1 2", "field": "A", "row": 0, "column": 1}
CLICK = {"selection": {"points": [{"x": 0.1, "y": 2}]}}


def test_every_message_of_ours_becomes_a_value():
    assert messages.saying(SAYING) == ("s", [Message(3, "rate", {"text": "0.2"})])
    assert messages.asked_rate({"text": "0.2"}) == messages.SpokenRate("0.2")
    said = messages.asked_rate({"text": "0.2", "loss": "mean"})
    assert said == messages.SpokenRate("0.2", "mean")
    assert messages.asked_loss({"key": "half-mean"}) == "half-mean"
    assert messages.asked_follow({"follows": True}) is True
    assert messages.asked_view(VIEW) == View()
    assert messages.asked_start(START) == MovedStart((0.5, -1.0), 3, View())
    assert messages.stage_texts({"k": "7"}) == {"k": "7"}
    assert messages.cells(GRID) == Cells([["1", "2"]], ["3"], ["0", "a"], 0)
    assert messages.entry(ENTRY) == Entry("A", 4095, 0, "7", 2)
    assert messages.block(BLOCK) == Block("1 2", "A", 0, 1)
    assert messages.rates([0.1, 2]) == [0.1, 2.0]
    assert messages.clicked_rate(CLICK) == 0.1
    assert messages.clicked_rate({"selection": {"points": []}}) is None
    assert messages.race_bar_texts({"k": "", "speed": "50"}) == {"k": "", "speed": "50"}
    assert messages.iteration(0) == 0


def saying(*entries):
    return messages.saying, SAYING | {"messages": list(entries)}


def grid(**parts):
    return messages.cells, GRID | parts


def block(**parts):
    return messages.block, BLOCK | parts


MISFITS = {
    "a message whose number is no number": saying(["3", "rate", {}]),
    "a message beyond counting": saying([2**60, "rate", {}]),
    "a message that was never said": saying([0, "rate", {}]),
    "a message without content": saying([3, "rate"]),
    "more messages than a browser keeps": saying(*[[1, "rate", {}]] * 1001),
    "no messages": (messages.saying, {"session": "s"}),
    "a rate that is no text": (messages.asked_rate, {"text": 0.2}),
    "a rate in no convention": (messages.asked_rate, {"text": "1", "loss": "mse"}),
    "no convention": (messages.asked_loss, {"key": "mse"}),
    "a rate that is no object": (messages.asked_rate, 2),
    "a setting that the stage does not keep": (messages.stage_texts, {"beta": "0.5"}),
    "a text that a setting does not take": (messages.stage_texts, {"k": "x"}),
    "an unknown view": (messages.asked_view, {**VIEW, "kind": "_"}),
    "a view along a coordinate beyond all": (messages.asked_view, {**VIEW, "up": 64}),
    "a start at no place": (messages.asked_start, {**START, "place": [float("nan"), 0]}),
    "a start in three coordinates": (messages.asked_start, {**START, "place": [0, 0, 0]}),
    "a row of another length": grid(A=[["1"]]),
    "more rows than the grid has": grid(A=[["1", "2"]] * 13),
    "an entry that is no text": grid(b=[3]),
    "a revision below 0": grid(revision=-1),
    "an entry below the most rows": (messages.entry, ENTRY | {"row": 4096}),
    "an entry in an unknown field": (messages.entry, ENTRY | {"field": "c"}),
    "an entry whose text is a number": (messages.entry, ENTRY | {"text": 7}),
    "a block in an unknown field": block(field="c"),
    "a block a million rows down": block(row=10**6),
    "a block beyond the most columns": block(column=64),
    "a block left of the grid": block(column=-1),
    "a row that is true": block(row=True),
    "seven rates": (messages.rates, [0.1] * 7),
    "a rate that is infinite": (messages.rates, [float("inf")]),
    "a rate of 0": (messages.rates, [0]),
    "an iteration below 0": (messages.iteration, -1),
    "half an iteration": (messages.iteration, 0.5),
    "a click on a text": (messages.clicked_rate, {"selection": {"points": [{"x": "0.1"}]}}),
    "a click without a point": (messages.clicked_rate, {"selection": {"points": [3]}}),
    "a phase that is none": (messages.value_of_setting(PHASE), "sleep"),
    "a count that is offered nowhere": (messages.value_of_setting(SWEEP_COUNT), 10**9),
    "nothing where something must be": (messages.value_of_setting(SWEEP_COUNT), None),
}


@pytest.mark.parametrize(("reader", "message"), MISFITS.values(), ids=MISFITS)
def test_what_nothing_on_our_pages_sends_does_not_fit(reader, message):
    with pytest.raises(Misfit) as refusal:
        reader(message)
    assert len(str(refusal.value).splitlines()) == 1
    assert len(str(refusal.value)) < 200


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
anything = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)
keys = st.sampled_from(["session", "messages", "place", "A", "b", "x0", "revision", "text", "row"])
READERS = [
    messages.saying,
    messages.asked_rate,
    messages.asked_loss,
    messages.asked_follow,
    messages.asked_view,
    messages.asked_start,
    messages.stage_texts,
    messages.cells,
    messages.entry,
    messages.block,
    messages.rates,
    messages.iteration,
    messages.race_bar_texts,
    messages.clicked_rate,
    *(messages.value_of_setting(setting) for setting in SETTINGS),
]


def reads(reader, message):
    """Whether a reader takes a message."""
    try:
        reader(message)
    except Misfit:
        return False
    return True


@given(anything | st.dictionaries(keys, anything))
def test_a_value_is_read_or_refused_and_no_reader_fails(message):
    assert {reads(reader, message) for reader in READERS} <= {True, False}


def test_a_text_field_keeps_its_text_as_typed_and_a_choice_is_in_our_order():
    assert messages.value_of_setting(PRINTED)(" 0 10 ") == " 0 10 "
    assert messages.value_of_setting(HIDDEN)([]) == ()
    chosen = messages.value_of_setting(COMPARED_OPTIMIZERS)(["lbfgs", "adam"])
    assert chosen == ("adam", "lbfgs")
    assert len(messages.typed("1" * 10**6)) == 1000
