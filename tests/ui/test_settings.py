"""Whoever opens the link sees the same: every setting is chosen by its widget and opened again.

`HOW` says for each setting of the table how a visitor changes it and where it is seen. A setting
without an entry fails.
"""

from typing import NamedTuple

import pytest

from helpers.first_page import address, data_of, opened, says, stage_says, told, unfolded
from helpers.pages import choice, choose, html, number_box, toggle, words
from lsedash.text.settings import BY_KEY, OF_LESSONS, SETTINGS


class How(NamedTuple):
    """How a visitor changes a setting to its sample, on which page, and what shows its value."""

    path: str
    show: str
    change: object
    seen: object


def kept(key):
    """A setting that the stage keeps itself and tells when a gesture has ended."""

    def change(page):
        stage_says(page, kept={key: BY_KEY[key].sample})

    return How("", "", change, lambda page: told(page)["kept"][key])


def view(page):
    stage_says(page, view={"kind": "coordinates", "across": 2, "up": 0})


def seen_view(page):
    return [told(page)["view"][part] for part in ("kind", "across", "up")]


def printed(page):
    unfolded(page, "Print")
    (box,) = [box for box in page.text_input if box.label == "Iterations to print"]
    box.set_value("0 5 50").run()


def race_rates(page):
    (box,) = [box for box in page.text_input if box.label.startswith("Learning rates, up to")]
    box.set_value("0.1 0.2 0.3").run()


def seen_race(page):
    return data_of(page, "chips")["rates"]


def chosen(path, show, label, value):
    """A setting with a group of buttons or a box of that label."""
    return How(
        path,
        show,
        lambda page: choose(page, label, value),
        lambda page: choice(page, label).value,
    )


def switched(path, show, label, *, to=True, first=lambda _: None):
    """A setting with a switch of that label, after something was done first."""

    def change(page):
        first(page)
        toggle(page, label).set_value(to).run()

    return How(path, show, change, lambda page: [s.value for s in page.toggle if s.label == label])


def look_at(panel):
    return lambda page: choose(page, "Look at", panel)


def iteration(page):
    look_at("X-ray")(page)
    number_box(page, "Iteration (0 to 50)").set_value(7).run()


def seen_formulas(page):
    return [fold.proto.expanded for fold in page.expander]


RATES = "learning-rates"
COMPARED = "Compare with plain SGD (up to 5)"
HOW = {
    "present": How(
        "",
        "",
        lambda page: says(page, "presenter", present={"present": "1"}),
        lambda page: data_of(page, "presenter")["present"],
    ),
    "view": How("", "", view, seen_view),
    "camera": kept("camera"),
    "k": kept("k"),
    "hide": kept("hide"),
    "speed": kept("speed"),
    "residuals": kept("residuals"),
    "follow": How(
        "",
        "",
        lambda page: stage_says(page, follow={"follows": True}),
        lambda page: told(page)["rate"]["follows"],
    ),
    "loss": How(
        "",
        "",
        lambda page: stage_says(page, loss={"key": "half-mean"}),
        lambda page: told(page)["spoken"]["key"],
    ),
    "open": How("", "", lambda page: unfolded(page, "Print"), lambda page: len(page.code)),
    "print": How("", "", printed, lambda page: [block.value for block in page.code]),
    "rates": How(RATES, "", race_rates, seen_race),
    "program": chosen(RATES, "", "Program", "torch_module"),
    "sweep": chosen(RATES, "sweep", "Programs to sweep", ["numpy_by_hand", "torch_module"]),
    "count": chosen(RATES, "sweep", "Rates", 25),
    "mean": switched(RATES, "sweep", "with reduction='mean'"),
    "optimizers": chosen(RATES, "optimizers", COMPARED, ["adam", "lbfgs"]),
    "beta": How(
        RATES,
        "optimizers",
        lambda page: number_box(page, "Momentum β").set_value(0.5).run(),
        lambda page: number_box(page, "Momentum β").value,
    ),
    "diff": chosen(RATES, "optimizers", "Lines of", "adam"),
    "numbers": switched(
        "why",
        "geometry",
        "with this experiment's numbers, to four digits",
        first=lambda page: unfolded(page, "The formulas"),
    ),
    "panel": chosen("code", "torch_module", "Look at", "X-ray"),
    "iteration": How("code", "torch_module", iteration, words),
    "line": How(
        "code",
        "torch_module",
        lambda page: says(page, "listing", line=30),
        words,
    ),
    "phase": chosen("code", "", "Light up a phase", "backward"),
    "new": switched("code", "", "Mark what is new in each program", to=False),
    "compare": switched("code", "torch_optimizer", "Compare with Module", to=False),
    "digits": switched("code", "torch_module", "All digits", first=look_at("X-ray")),
    "gradients": switched(
        "code",
        "torch_module",
        "Show the gradient that reaches each node",
        first=look_at("Graph"),
    ),
}


OF_PAGES = [setting for setting in SETTINGS if setting not in OF_LESSONS]  # see test_lessons.py


@pytest.mark.parametrize("setting", OF_PAGES, ids=lambda setting: setting.key)
def test_a_setting_is_in_the_link_and_whoever_opens_it_sees_the_same(setting):
    how = HOW[setting.key]
    page = opened({"show": how.show} if how.show else {}, how.path)
    how.change(page)
    assert not page.exception
    link = address(page)
    assert link[setting.key] == setting.sample
    again = opened(link, how.path)
    assert how.seen(again) == how.seen(page)
    assert how.seen(again) != how.seen(opened(link | {setting.key: default_of(setting)}, how.path))
    assert html(again) == html(page)
    assert address(again) == link
    assert not again.warning


def default_of(setting):
    """A text for what the page shows without the setting, as far as one exists."""
    by_page = {"k": "50", "rates": "0.05", "diff": "lbfgs", "panel": "loss", "iteration": "0"}
    by_page |= {"line": "torch_module:26", "phase": "update", "compare": "1"}
    return by_page[setting.key] if setting.default is None else setting.write(setting.default)
