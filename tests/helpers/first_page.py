"""The first page without a browser: how to open it, type and click, and what is on it."""

import json
import re
from dataclasses import replace

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from lsedash.text.link import read_link
from lsedash.ui.server import DASHBOARD
from lsedash.ui.state.visit import NAME


def opened(link=(), path=""):
    """A page at a link, run once; the first page if no path is given."""
    page = AppTest.from_file(DASHBOARD, default_timeout=60)
    page.query_params.update(link)
    page._page_hash = calc_hash(path)  # AppTest has no other way to a page that is a function
    page.run()
    assert not page.exception
    return page


def visit(page):
    """The visitor's state."""
    return page.session_state[NAME]


def result(page, name):
    """The last result that the page computed under a name."""
    return visit(page).results[name][1]


def typed(page, field, text):
    """Type into a field, and look at what the page does."""
    if field == "learning_rate":
        return rated(page, text)
    labels = {"printed": "Iterations to print"}
    label = labels.get(field, field.capitalize())
    (box,) = [box for box in page.text_input if box.label == label]
    box.set_value(text).run()
    assert not page.exception
    return page


def preset_box(page):
    """The select box of the presets."""
    (box,) = [box for box in page.selectbox if box.label == "System"]
    return box


def clicked(page, key):
    page.button(key=key).click().run()
    assert not page.exception
    return page


def shown(page):
    """The experiment and the programs whose results are on the page."""
    return visit(page).results["comparison"][0]


def comparison(page):
    return result(page, "comparison")


def told(page):
    """What the stage is told."""
    (stage,) = [p for p in page.get("bidi_component") if p.proto.component_name == "lsedash_stage"]
    return json.loads(stage.proto.json)


def sentences(page):
    """What is said of wrong input, without what keeps Markdown from reading it."""
    notes = [note.value for note in page.markdown if note.value.startswith(":red[")]
    fault = told(page)["rate"]["fault"]
    return [re.sub(r"\\(.)", r"\1", note[5:-1]) for note in notes] + ([fault] if fault else [])


def rated(page, text):
    """Hand in the text of a learning rate, as the stage does."""
    visit(page).draft = replace(visit(page).draft, learning_rate=text)
    visit(page).problems = ()
    page.run()
    assert not page.exception
    return page


def statuses(page):
    return {run.status for run in comparison(page).runs}


def linked(page):
    """The experiment that the page's link leads to."""
    there = read_link(page.query_params)
    assert there.problems == ()
    return there.experiment
