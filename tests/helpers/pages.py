"""Pages other than the first without a browser: how to get there, what to choose, what is shown."""

import json
from base64 import b64decode
from dataclasses import replace

import numpy as np

from helpers.content import content
from helpers.first_page import opened
from helpers.markup import parsed
from lsedash import Experiment, LinearSystem
from lsedash.presets import random_system
from lsedash.text.fields import ALL_VARIANTS, DEFAULT
from lsedash.text.link import write_link
from lsedash.ui.pages.registry import PAGES

TALL = Experiment(random_system(3, m=4, n=3, seed=2), [0.5, -1, 2], 0.05, 12)


def turned_to(name, experiment=DEFAULT, variants=ALL_VARIANTS, show=""):
    """A page at an experiment, on a first visit."""
    (path,) = [page.path for page in PAGES if page.title == name]
    return opened(write_link(experiment, variants, show), path)


def choice(page, label):
    """The control of that label: a group of buttons or a box."""
    (found,) = [w for w in (*page.button_group, *page.selectbox) if w.label == label]
    return found


def choose(page, label, value):
    choice(page, label).set_value(value).run()
    assert not page.exception
    return page


def number_box(page, label):
    """The number field of that label."""
    (box,) = [box for box in page.number_input if box.label == label]
    return box


def toggle(page, label):
    """The switch of that label."""
    (switch,) = [switch for switch in page.toggle if switch.label == label]
    return switch


def charts(page):
    """The charts of the page: of each its curves, (x, y) by name."""
    return [curves(json.loads(chart.proto.spec)) for chart in page.get("plotly_chart")]


def curves(figure):
    """The curves of a chart as Plotly is sent it, (x, y) by name."""
    return {
        trace.get("name", ""): (numbers(trace["x"]), numbers(trace["y"]))
        for trace in figure["data"]
        if trace["type"] == "scatter"
    }


def numbers(sent):
    """Numbers as Plotly is sent them: a list, or base64 of their bytes."""
    if isinstance(sent, dict):
        return np.frombuffer(b64decode(sent["bdata"]), sent["dtype"])
    return np.array([np.nan if value is None else value for value in sent], dtype=float)


def html(page):
    return "\n".join(element.value for element in page.get("html"))


def words(page):
    return "\n".join(element.value for element in page.markdown)


def listing(page):
    """The program that is shown, as a tree of HTML."""
    (found,) = [
        p for p in page.get("bidi_component") if p.proto.component_name == "lsedash_listing"
    ]
    return parsed(content(found.proto)["html"])


KINDS = {
    "one unknown": Experiment(LinearSystem([[2]], [4]), None, 0.3, 5),
    "wide": Experiment(LinearSystem([[1, 2, 3]], [1]), None, 0.01, 5),
    "zero": Experiment(LinearSystem([[0, 0]], [1]), None, 0.1, 5),
    "64 x 64": Experiment(random_system(3, m=64, n=64, seed=1), None, 0.1, 5),
    "diverging": replace(DEFAULT, learning_rate=1e3, iterations=100),
    "overflowing at the start": Experiment(
        LinearSystem([[1e12]], [1e12]), [1e12], 1, 5, None, "float32"
    ),
    "no iterations": replace(DEFAULT, iterations=0),
    "float32": replace(DEFAULT, dtype="float32"),
}
