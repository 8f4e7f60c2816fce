"""A newer request for a run loses nothing of one that waits."""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests

from lsedash.ui.compat import keep_requests_whole

WORD = "_coalesce_widget_states"


@pytest.fixture
def merged(monkeypatch):
    """What becomes of two requests that come one after the other."""
    monkeypatch.setattr(script_requests, WORD, getattr(script_requests, WORD))  # undone afterwards
    monkeypatch.setattr(ScriptRequests, "request_rerun", ScriptRequests.request_rerun)
    keep_requests_whole()

    def merge(first, second):
        requests = ScriptRequests()
        assert requests.request_rerun(first)
        assert requests.request_rerun(second)
        return requests.on_scriptrunner_ready().rerun_data

    return merge


def request(page, part="", query="", **states):
    widgets = WidgetStates()
    widgets.widgets.extend(WidgetState(id=name, **value) for name, value in states.items())
    return RerunData(query, widgets, page, fragment_id=part or None)


def test_what_a_component_said_is_heard_though_the_browser_turned_to_another_page(merged):
    said = {"stage": {"json_value": "[1]"}, "field": {"string_value": "a"}}
    both = merged(request("descend", "part", **said), request("why"))
    assert both.page_script_hash == "why"
    assert [state.id for state in both.widget_states.widgets] == ["stage"]


def test_what_a_component_said_last_counts(merged):
    both = merged(
        request("descend", stage={"json_value": "[1]"}),
        request("descend", stage={"json_value": "[1, 2]"}),
    )
    assert [state.json_value for state in both.widget_states.widgets] == ["[1, 2]"]


def test_a_part_of_the_former_page_does_not_turn_back_to_it(merged):
    both = merged(request("why", query="lr=2"), request("descend", "part", query="lr=1"))
    assert (both.page_script_hash, both.query_string) == ("why", "lr=2")
    assert both.fragment_id_queue == []


def test_a_link_to_another_page_loses_nothing_of_a_link_that_is_opened(merged):
    both = merged(request("descend", query="lr=2"), request("why"))
    assert (both.page_script_hash, both.query_string) == ("why", "lr=2")


def test_a_newer_address_of_the_same_page_counts(merged):
    both = merged(request("why", query="lr=1"), request("why", "part", query="lr=2"))
    assert both.query_string == "lr=2"
