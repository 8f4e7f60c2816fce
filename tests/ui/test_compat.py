"""What the dashboard uses of Streamlit beside its documented names, a test for each of them."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.state.session_state import WStates
from streamlit.testing.v1 import AppTest

import lsedash
from helpers.first_page import hand_in
from lsedash.ui.compat import (
    Container,
    Interruption,
    index_page,
    is_fragment_run,
    let_in,
    went_back,
)
from lsedash.ui.server import DASHBOARD

UI = Path(lsedash.__file__).parent / "ui"
STATIC = Path(st.__file__).parent / "static" / "static"


def used(pattern):
    """What our style sheets and scripts name of Streamlit's page, without their comments."""
    texts = [path.read_text(encoding="utf-8") for path in UI.rglob("*") if path.suffix in SUFFIXES]
    return sorted({name for text in texts for name in re.findall(pattern, text)})


SUFFIXES = (".css", ".js", ".html")
OURS = {
    "stage"
}  # test ids of our own components' elements are lower case, Streamlit's begin with st
TEST_IDS = [name for name in used(r'data-testid="?(\w+)') if name.startswith("st")]
VARIABLES = used(r"--(st-[a-z-]+)")


def test_containers_are_delta_generators():
    def script():
        import streamlit as st

        from lsedash.ui.compat import Container

        if isinstance(st.container(), Container):
            st.write("a container")

    assert AppTest.from_function(script).run().markdown[0].value == "a container"
    assert hasattr(Container, "empty")


def test_a_run_of_the_whole_script_is_told_from_a_fragment():
    def script():
        import streamlit as st

        from lsedash.ui.compat import is_fragment_run, went_back

        st.write(f"{is_fragment_run()} {went_back()}")

    assert AppTest.from_function(script).run().markdown[0].value == "False False"
    assert not is_fragment_run()
    assert not went_back()


def test_the_run_context_says_whether_a_fragment_runs_and_whether_a_visitor_went_back():
    from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

    assert {"fragment_ids_this_run", "is_history_navigation"} <= {
        field.name for field in fields(ScriptRunContext)
    }


def test_a_newer_run_interrupts_with_an_exception_that_no_handler_of_errors_catches():
    assert issubclass(Interruption, BaseException)
    assert not issubclass(Interruption, Exception)


def test_streamlit_finds_no_folder_of_pages_beside_the_script():
    assert not DASHBOARD.with_name("pages").exists()


def test_the_page_carries_an_inline_script_whose_hash_the_policy_allows():
    assert re.search(r"<script>.+?</script>", index_page(), re.DOTALL)


@pytest.fixture(scope="module")
def bundle():
    """All of Streamlit's own JavaScript and style sheets."""
    paths = [path for path in STATIC.rglob("*") if path.suffix in (".js", ".css")]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@pytest.mark.parametrize("name", TEST_IDS)
def test_an_element_that_our_styles_name_is_in_streamlits_page(name, bundle):
    assert name in bundle


@pytest.mark.parametrize("name", VARIABLES)
def test_a_variable_that_our_styles_name_is_set_by_streamlit(name, bundle):
    prefix, camel = name.split("-", 1)[0], name.split("-", 1)[1]
    words = camel.split("-")
    assert prefix == "st"
    assert words[0] + "".join(word.capitalize() for word in words[1:]) in bundle


def test_a_run_that_waits_is_seen_from_the_run_before_it():
    def script(seen):
        from streamlit.runtime.scriptrunner import get_script_run_ctx
        from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

        from lsedash.ui.compat import newer_run_waits

        seen.append(newer_run_waits())
        if len(seen) == 1:
            get_script_run_ctx().script_requests.request_rerun(RerunData())
            seen.append(newer_run_waits())

    seen = []
    AppTest.from_function(script, args=(seen,)).run()
    assert seen == [False, True, False]


@pytest.fixture
def refused(monkeypatch):
    """The sentences about values that are not taken, with the check in place."""
    for name in ("set_widget_from_proto", "set_widget_metadata"):
        monkeypatch.setattr(WStates, name, getattr(WStates, name))  # undone afterwards
    sentences = []
    let_in(1000, sentences.append)
    return sentences


def test_a_whole_number_is_taken_as_a_browser_sends_it(refused):
    def script():
        import streamlit as st

        st.number_input("Whole", 1, 64, 4, key="whole")
        st.number_input("Not whole", 1.0, 64.0, 4.0, key="not_whole")

    page = AppTest.from_function(script).run()
    for field, sent in zip(page.number_input, ("int_value", "double_value"), strict=True):
        hand_in(page, field.proto.id, **{sent: 5})
    assert [field.value for field in page.number_input] == [5, 5.0]
    assert refused == []


MISFITS = {
    "another type": {"double_value": 3},
    "several texts": {"string_array_value": {"data": ["a"]}},
    "beyond the size": {"string_value": "a" * 2000},
}


@pytest.mark.parametrize("value", MISFITS.values(), ids=MISFITS)
def test_a_value_that_its_widget_cannot_send_counts_as_not_sent(refused, value):
    def script():
        import streamlit as st

        st.text_input("Text", "ours", key="text")

    page = AppTest.from_function(script).run()
    hand_in(page, page.text_input[0].proto.id, **value)
    assert page.text_input[0].value == "ours"
    assert len(refused) == 1
    assert "-text" in refused[0]
    hand_in(page, page.text_input[0].proto.id, string_value="theirs")
    assert page.text_input[0].value == "theirs"
