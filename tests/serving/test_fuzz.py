"""Random links and messages through a real server: no exception, and the memory stays level.

`LSEDASH_FUZZ=10000 make test ARGS="-n 0 -s tests/serving/test_fuzz.py"` sends as many of each and
tells the processor time that they take.
"""

import json
import os
import random
from contextlib import ExitStack

from helpers.strangers import Stranger, megabytes_of, seconds_of
from lsedash.text.fields import FIELDS
from lsedash.text.link import query_string
from lsedash.text.settings import BY_KEY, SETTINGS
from lsedash.ui.dashboard.faults import FAILED
from lsedash.ui.pages.registry import PAGES

COUNT = int(os.environ.get("LSEDASH_FUZZ", "40"))
SEED = 14
MOST_GROWTH = 60  # megabytes, in the second half
KINDS = ["string_value", "double_value", "int_value", "bool_value", "json_value", "trigger_value"]
EVENTS = {
    "stage": ["rate", "view", "follow", "start", "kept"],
    "grid": ["cells", "block"],
    "chips": ["rates"],
    "race_bar": ["kept"],
    "cursor": ["k"],
    "listing": ["line"],
    "address": ["said"],
    "copy_link": ["said"],
    "data_dialog": ["content", "reading", "how", "role", "options", "use", "close"],
    "prediction": ["guess"],
    "lesson_bar": ["press"],
    "presenter": ["present"],
}
SHAPES = {
    "said": 3,
    "rate": {"text": "0.2"},
    "view": {"kind": "modes", "across": 0, "up": 1},
    "follow": {"follows": True},
    "start": {"place": [1, 2], "n": 3, "view": {"kind": "coordinates", "across": 0, "up": 1}},
    "cells": {"A": [["1", "2"], ["3", "4"]], "b": ["5", "6"], "x0": ["0", "0"], "revision": 0},
    "block": {"text": "1 2\n3 4", "field": "A", "row": 0, "column": 0},
    "rates": [0.1, 0.2],
    "kept": {"k": "3", "speed": "50"},
    "k": 5,
    "line": 12,
    "content": {"name": "a.csv", "content": "YSxiCjEsMgozLDUK"},  # a,b 1,2 3,5
    "reading": 0,
    "how": {"field": "separator", "value": ","},
    "role": {"column": 0, "role": "target"},
    "options": {"constant": True, "power": 1, "standardize": False},
    "use": {},
    "close": {},
    "guess": {"step": 1, "choice": 0, "numbers": [0.3]},
    "press": {"do": "next", "step": 1},
    "present": {"present": "1"},
}
ODD = [None, True, -1, 0, 1, 3, 64, 10**9, 10**30, -0.5, 1e308, float("nan"), float("inf")]
ODD += ["", "0", "nan", "1/0", "é\u2028\x00", "<b>", "https://a.b", "9" * 3000, [], {}, [[]], "A"]
TEXTS = ["", "1", "-1", "1 2;3 4", "1,2", "none", "modes", "1e400", "9" * 400, "%25", "a,b", ":x:"]


def mutated(value, chance):
    """A value in which some parts are another's, are missing, or are there twice."""
    if chance.random() < 0.12:
        return chance.choice(ODD)
    if isinstance(value, dict):
        kept = {key: part for key, part in value.items() if chance.random() > 0.1}
        return {key: mutated(part, chance) for key, part in kept.items()}
    if isinstance(value, list):
        return [mutated(part, chance) for part in value] * chance.choice([1, 1, 1, 2])
    return value


def link_of(chance):
    """The query of a link to a page: parts of ours with likely and unlikely texts."""
    parts = {}
    for _ in range(chance.randint(0, 6)):
        key = chance.choice([*FIELDS, *BY_KEY, "show", "utm_source", "x"])
        samples = [setting.sample for setting in SETTINGS if setting.key == key]
        parts[key] = chance.choice([*TEXTS, *samples, *samples])
    return query_string(parts)


def value_of(chance):
    """A value of a widget, of some kind."""
    kind, odd = chance.choice(KINDS), chance.choice(ODD)
    values = {
        "string_value": str(odd),
        "double_value": float(chance.choice([0, -1, 7, 1e300, float("nan"), float("inf")])),
        "int_value": chance.choice([0, -1, 10**6, 2**62]),
        "bool_value": chance.random() < 0.5,
        "json_value": chance.choice(["{", "[" * 5000, json.dumps({"selection": odd}), "3", "{}"]),
        "trigger_value": True,
    }
    return {kind: values[kind]}


def check(visitor):
    assert visitor.exceptions == []
    assert FAILED not in visitor.said


class Meter:
    """What the server has taken for each message, and how its memory grows."""

    def __init__(self, process):
        self.process, self.seconds, self.sizes = process, [], []

    def measure(self, act):
        before = seconds_of(self.process)
        act()
        self.seconds.append(seconds_of(self.process) - before)
        self.sizes.append(megabytes_of(self.process))

    def report(self, what):
        ordered = [1e3 * seconds for seconds in sorted(self.seconds)]
        growth = self.sizes[-1] - self.sizes[len(self.sizes) // 2]
        p50, p95 = ordered[len(ordered) // 2], ordered[int(0.95 * len(ordered))]
        late = sum(milliseconds > 100 for milliseconds in ordered)
        print(f"\n{len(ordered)} {what}, milliseconds of processor time:")
        print(f"p50 {p50:.0f}, p95 {p95:.0f}, largest {ordered[-1]:.0f}, beyond 100: {late};")
        print(f"memory {growth:+.0f} MB in the second half")
        return growth


def test_random_links_raise_nothing(server):
    chance, meter = random.Random(SEED), Meter(server.process)

    def follow_a_link():
        with Stranger(server.address, link_of(chance), chance.choice(PAGES).path) as visitor:
            check(visitor)

    for _ in range(COUNT):
        meter.measure(follow_a_link)
    assert meter.report("links") < MOST_GROWTH


def test_random_messages_raise_nothing(server):
    chance, meter = random.Random(SEED), Meter(server.process)
    with ExitStack() as visits:
        visitors = [
            visits.enter_context(Stranger(server.address, query, page.path))
            for page in PAGES
            for query in ("iterations=20", "lesson=edge")
        ]
        for _ in range(COUNT):
            meter.measure(lambda: send_a_message(chance.choice(visitors), chance))
    assert meter.report("messages") < MOST_GROWTH


def numbers_in(said):
    """The whole numbers anywhere in a value."""
    if isinstance(said, dict | list):
        parts = said.values() if isinstance(said, dict) else said
        return {number for part in parts for number in numbers_in(part)}
    return {said} if isinstance(said, int) else set()


def send_a_message(visitor, chance):
    """Let a component say something, or hand in a value of some widget."""
    name = chance.choice([name for name in EVENTS if name in visitor.components])
    if chance.random() < 0.6:
        event = chance.choice(EVENTS[name])
        said = visitor.message(name, event, mutated(SHAPES[event], chance))
        said = mutated(said, chance) if chance.random() < 0.3 else said
        visitor.say(name, said)
        if 10**9 in numbers_in(said):  # what follows is to be heard, too
            visitor.number = max(visitor.number, 10**9)
    else:
        known = chance.choice([*visitor.widgets, "$$ID-0-nobody"])
        visitor.send((known, value_of(chance)))
    check(visitor)
