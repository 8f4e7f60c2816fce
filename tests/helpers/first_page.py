"""The first page without a browser: how to open it, type and click, and what is on it."""

import json
import re
from base64 import b64decode
from dataclasses import dataclass
from urllib.parse import parse_qsl

import numpy as np
from streamlit.components.v2 import component_manager
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from helpers.content import content
from helpers.markup import parsed, records, text
from lsedash import VARIANTS, compare
from lsedash.text.link import read_link
from lsedash.ui.server import DASHBOARD

# For each page AppTest would look for components in all packages; the page registers its own.
component_manager.scan_component_manifests = list
RESULTS = "The programs' results"
PATIENCE = 3600  # seconds; a page that takes long on a busy machine is no failure


def opened(link=(), path=""):
    """A page at a link, on a first visit; the first page if no path is given."""
    page = AppTest.from_file(DASHBOARD, default_timeout=PATIENCE)
    page.query_params.update(link)
    page._page_hash = calc_hash(path)  # AppTest has no other way to a page that is a function
    page.run()
    assert not page.exception
    return page


def component(page, name):
    """What Streamlit sends to a component of ours: its id and its data."""
    (sent,) = [
        part.proto
        for part in page.get("bidi_component")
        if part.proto.component_name == f"lsedash_{name}"
    ]
    return sent


def data_of(page, name):
    """The data of a component on a page."""
    return content(component(page, name))


def hand_in(page, identity, **value):
    """Hand in the value of a widget that AppTest cannot change, as the browser does."""
    tree = page.main.root
    states = tree.get_widget_states()
    states.widgets.add(id=identity, **value)
    tree.get_widget_states = lambda: states
    page.run()
    assert not page.exception
    return page


def says(page, name, **messages):
    """Let a component of ours say something, as its script in the browser does."""
    sent = component(page, name)
    line = content(sent)["line"]
    numbered = [[line["heard"] + i, *said] for i, said in enumerate(messages.items(), 1)]
    said = {"session": line["session"], "messages": numbered}
    return hand_in(page, sent.id, json_value=json.dumps({"said": said}))


def unfolded(page, label):
    """Open what is folded away under a label."""
    (fold,) = [fold for fold in page.expander if fold.label.startswith(label)]
    return hand_in(page, fold.proto.id, bool_value=True)


def stage_says(page, **answers):
    """Let the stage hand in a request, such as `rate={"text": "0.2"}`."""
    return says(page, "stage", **answers)


def entered(page, **texts):
    """Type into the grid: all texts of "A", "b" or "x0"."""
    shown = data_of(page, "grid")
    cells = {name: shown[name] for name in ("A", "b", "x0", "revision")}
    return says(page, "grid", cells=cells | texts)


def typed(page, field, text):
    """Type into a field, and look at what the page does."""
    if field == "learning_rate":
        return stage_says(page, rate={"text": text})
    labels = {"printed": "Iterations to print"}
    text_box(page, labels.get(field, field.capitalize())).set_value(text).run()
    assert not page.exception
    return page


def text_box(page, label):
    """The text field of that label."""
    (box,) = [box for box in page.text_input if box.label == label]
    return box


def field_text(page, field):
    """What stands in a field."""
    if field == "learning_rate":
        return told(page)["rate"]["text"]
    return text_box(page, field.capitalize()).value


def preset_box(page):
    """The select box of the presets."""
    (box,) = [box for box in page.selectbox if box.label == "System"]
    return box


def sidebar_words(page):
    """What the sidebar says of the system."""
    return "\n".join(text(parsed(element.value)) for element in page.sidebar.get("html"))


def clicked(page, key):
    page.button(key=key).click().run()
    assert not page.exception
    return page


def told(page):
    """What the stage is told."""
    return data_of(page, "stage")


@dataclass(frozen=True)
class ShownRun:
    """A program's run as the stage draws it."""

    points: np.ndarray
    losses: np.ndarray
    places: np.ndarray


def shown_runs(page):
    """The runs on the stage, by the programs' keys."""
    return {
        run["key"]: ShownRun(
            unpacked(run["points"]),
            unpacked(run["losses"]),
            unpacked(run["places"]).reshape(len(unpacked(run["points"])), -1),
        )
        for run in told(page)["runs"]
    }


def unpacked(text):
    """The float64 that were sent as base64."""
    return np.frombuffer(b64decode(text))


def shown(page):
    """The experiment and the programs whose results are on the page."""
    experiment = linked(page)
    return experiment, programs_that_show(page, experiment)


def programs_that_show(page, experiment):
    """The programs whose results are on the page, which are those of an experiment."""
    runs = shown_runs(page)
    key, drawn = next(iter(runs.items()))
    (run,) = compare(experiment, [variant for variant in VARIANTS if variant.key == key]).runs
    np.testing.assert_array_equal(drawn.losses, run.losses[drawn.points.astype(int)])
    return tuple(runs)


def statuses(page):
    """How the runs ended, without at which iteration."""
    return {row["Status"].split()[0] for row in records(told(page)["table"], RESULTS)}


def sentences(page):
    """What is said of wrong input, without what keeps Markdown from reading it."""
    notes = [note.value for note in page.markdown if note.value.startswith(":red[")]
    fault = told(page)["rate"]["fault"]
    return [re.sub(r"\\(.)", r"\1", note[5:-1]) for note in notes] + ([fault] if fault else [])


def address(page):
    """The parts of the link in the address bar; `address.js` puts there what Streamlit does not."""
    replaced = data_of(page, "address")["query"]
    if replaced is None:
        return dict(page.query_params)
    return dict(parse_qsl(replaced, keep_blank_values=True))


def linked(page):
    """The experiment that the page's link leads to."""
    there = read_link(address(page))
    assert there.problems == ()
    return there.experiment
