"""The table of settings: every value survives its link, and no text is taken that is none."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lsedash
from helpers.strategies import finite
from lsedash import PITFALLS, VARIANTS, InvalidInput
from lsedash.programs.optimizers import OPTIMIZERS
from lsedash.text.fields import DEFAULT
from lsedash.text.lesson_settings import CONTROLS
from lsedash.text.link import KEYS, SHOW, read_link, write_link
from lsedash.text.setting import DEFAULTS
from lsedash.text.settings import BY_KEY, MOST_MOMENTUM, SETTINGS, SOURCES
from lsedash.ui.pages.registry import PAGES

DOCUMENT = Path(lsedash.__file__).parent.parent / "docs" / "link.md"
settings = pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)


def some_of(keys):
    return st.sets(st.sampled_from(keys)).map(lambda chosen: tuple(k for k in keys if k in chosen))


flags = st.booleans()
counts = st.integers(0, 10**9)
places = st.tuples(st.integers(0, 998), st.integers(0, 998)).filter(lambda two: two[0] != two[1])
first_lines = st.sets(st.sampled_from(SOURCES.keys), min_size=1).map(sorted)
VALUES = {
    "present": st.integers(0, 9),
    "view": st.sampled_from([("modes", 0, 1), ("space", 0, 1), ("fit", 0, 1), ("rows", 0, 1)])
    | places.map(lambda two: ("coordinates", *two)),
    "camera": st.tuples(st.integers(-180, 180), st.integers(-86, 86)),
    "k": counts,
    "hide": some_of((*VARIANTS.keys, *CONTROLS)),
    "lesson": st.text("abcxyz019-", min_size=1, max_size=60),
    "step": st.integers(1, 99),
    "seed": counts,
    "guess": st.text("0123456789.,;e-", max_size=200),
    "loss": st.sampled_from(["half-sum", "sum", "mean", "half-mean"]),
    "speed": st.sampled_from([2, 10, 50, 200, 2000]),
    "print": st.text("0123456789 ,x", min_size=1).map(str.strip).filter(bool),
    "rates": st.lists(finite.map(abs).filter(bool), min_size=1, max_size=6).map(tuple),
    "program": st.sampled_from([*VARIANTS.keys, "all"]),
    "sweep": some_of(VARIANTS.keys),
    "count": st.sampled_from([25, 50, 100, 200]),
    "optimizers": some_of(OPTIMIZERS.keys),
    "beta": st.floats(0, MOST_MOMENTUM),
    "diff": st.sampled_from(OPTIMIZERS.keys),
    "panel": st.sampled_from(["Loss", "X-ray", "Graph", "Take home"]),
    "iteration": counts,
    "line": first_lines.map(lambda keys: tuple((key, 1) for key in keys)),
    "phase": st.sampled_from(["forward", "loss", "backward", "update", "clear"]),
    **dict.fromkeys(
        ("residuals", "follow", "open", "mean", "numbers", "new", "compare", "digits", "gradients"),
        flags,
    ),
}


@settings
@given(data=st.data())
def test_every_value_of_a_setting_survives_its_link(setting, data):
    value = data.draw(VALUES[setting.key])
    chosen = DEFAULTS.replaced(setting, value)
    link = write_link(DEFAULT, settings=chosen, page=setting.pages[0])
    opened = read_link(link)
    assert (opened.settings[setting], opened.problems) == (value, ())
    assert set(link) <= {setting.key}
    assert (link == {}) == (value == setting.default)


@settings
@given(text=st.text() | st.text("0123456789-.,:; enotrchal_", max_size=30))
def test_any_text_is_a_value_or_gets_one_sentence_with_the_settings_name(setting, text):
    value, fault = value_and_fault(setting, text)
    if fault is None:
        assert setting.read(setting.write(value)) == value
        return
    assert fault.field == setting.key
    assert str(fault).startswith((setting.subject, "Every learning rate", "Give at most"))
    assert str(fault).endswith(".")
    assert len(str(fault)) < 400


def value_and_fault(setting, text):
    try:
        return setting.read(text), None
    except InvalidInput as fault:
        return None, fault


@settings
def test_a_setting_that_cannot_be_used_says_so_once_and_loses_nothing_else(setting):
    other = BY_KEY["beta" if setting.key != "beta" else "count"]
    hostile = "1,2:3;x" * 20_000
    opened = read_link({"lr": "0.2", other.key: other.sample, setting.key: hostile})
    assert len(opened.problems) == 1
    assert "longer than 1000 characters" in opened.problems[0]
    assert opened.experiment.learning_rate == 0.2
    assert opened.settings[other] == other.read(other.sample)
    assert opened.settings[setting] == setting.default


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("view", "1,1", "The view must be modes, space, fit, rows or two coordinates such as 1,2"),
        ("camera", "999,0", "two whole numbers, up to ±180 and ±86; it is '999,0'."),
        ("k", "2.5", "The iteration k must be a whole number, 0 or more; it is 2.5."),
        ("hide", "nobody", "must be some of numpy_by_hand, "),
        ("rates", "1 2 3 4 5 6 7", "Give at most 6 learning rates; these are 7."),
        ("rates", "0.1 -1", "Every learning rate must be positive; one is -1."),
        ("beta", "1", "The momentum beta must be a number from 0 to 0.999999; it is '1'."),
        ("count", "10000", "must be one of 25, 50, 100, 200; it is '10000'."),
        ("line", "torch_module:999", "The line to look at is 999, but torch_module has "),
        ("line", "os:1", "must be a program and a line such as torch_module:12"),
        ("loss", "mse", "The loss must be one of half-sum, sum, mean, half-mean; it is 'mse'."),
        ("open", "yes", "open must be 0 or 1; it is 'yes'."),
    ],
)
def test_what_is_wrong_with_a_setting_is_said_in_one_clear_sentence(key, text, sentence):
    (problem,) = read_link({key: text}).problems
    assert sentence in problem


def test_no_key_means_two_things_and_every_page_exists():
    keys = [*KEYS, SHOW, *(setting.key for setting in SETTINGS)]
    assert len(keys) == len(set(keys))
    assert {path for setting in SETTINGS for path in setting.pages} == {p.path for p in PAGES}
    assert set(PITFALLS.keys) < set(SOURCES.keys)


def test_the_table_in_the_document_is_the_table_in_the_code():
    titles = {page.path: page.title for page in PAGES}
    section = DOCUMENT.read_text(encoding="utf-8").partition("## Settings of the pages")[2]
    rows = re.findall(r"^\| `(\w+)` \| (.*) \| (.*) \| `(.*)` \|$", section, re.MULTILINE)
    everywhere = set(titles)
    assert rows == [
        (
            setting.key,
            "all"
            if set(setting.pages) == everywhere
            else ", ".join(map(titles.get, setting.pages)),
            setting.meaning,
            setting.sample,
        )
        for setting in SETTINGS
    ]
