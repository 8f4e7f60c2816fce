"""Long links have A, b and x0 packed: exact, short, bounded, and never silently wrong."""

import tracemalloc
import zlib
from base64 import urlsafe_b64encode
from dataclasses import replace
from urllib.parse import parse_qsl

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.strategies import finite
from lsedash import Experiment, InvalidInput, LinearSystem
from lsedash.commands.options import experiment_of
from lsedash.meaning import Meaning, Term
from lsedash.presets import random_system
from lsedash.text.fields import DEFAULT
from lsedash.text.link import query_string, read_link, write_link
from lsedash.text.packing import LONGEST_PLAIN

RNG = np.random.default_rng(7)
CITY, PROFIT = RNG.uniform(5, 22, 97).round(4), RNG.uniform(-3, 25, 97).round(4)
HOUSES = Experiment(  # as many rows, columns and digits as the course's file
    LinearSystem(np.column_stack([np.ones(97), CITY]), PROFIT), [0.5, -1], 0.01, 1500
)
LONG = Experiment(random_system(10, m=64, n=64, seed=3), RNG.standard_normal(64), 0.1, 200)


def packed(text: str) -> str:
    return urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def sent(experiment: Experiment) -> dict[str, str]:
    """What arrives of the link, written into a URL and read from it."""
    return dict(parse_qsl(query_string(write_link(experiment)), strict_parsing=True))


@pytest.mark.parametrize("experiment", [replace(HOUSES, x0=RNG.standard_normal(2)), LONG])
def test_a_packed_link_is_exact_to_the_bit_and_unfolds_to_the_whole_experiment(experiment):
    link = sent(experiment)
    assert "z" in link
    assert not {"A", "b", "x0"} & link.keys()
    opened = read_link(link)
    assert (opened.problems, opened.experiment) == ((), experiment)


@given(st.lists(finite, min_size=1, max_size=4))
def test_every_float_survives_a_packed_link(values):
    A = np.resize(values, (150, 3))
    experiment = Experiment(LinearSystem(A, A[:, -1]), np.resize(values, 3))
    opened = read_link(sent(experiment))
    assert opened.experiment == experiment


def test_97_rows_of_two_columns_fit_a_chat_message():
    standardised = (CITY - CITY.mean()) / CITY.std()  # the most digits that there can be
    system = LinearSystem(np.column_stack([np.ones(97), standardised]), PROFIT)
    link = write_link(replace(HOUSES, system=system))
    assert len(query_string(link)) < 1900
    assert len(query_string(write_link(HOUSES))) < 1000
    assert "z" in write_link(HOUSES)


def test_a_link_under_2_kB_stays_as_it_was_and_old_links_stay_readable():
    short = replace(HOUSES, system=LinearSystem(HOUSES.system.A[:80], HOUSES.system.b[:80]))
    link = write_link(short)
    assert {"A", "b", "x0"} <= link.keys()
    assert "z" not in link
    assert 1600 < len(query_string(link)) <= LONGEST_PLAIN
    old = {"A": ";".join(["1 2"] * 1000), "b": " ".join(["3"] * 1000)}
    opened = read_link(old)
    assert opened.problems == ()
    assert opened.experiment.system == LinearSystem([[1, 2]] * 1000, [3] * 1000)


def test_names_in_a_link_count_and_stay_readable():
    meaning = Meaning((Term(), Term("population of the city", 1)), "profit of the shop")
    parts = (
        replace(HOUSES, system=LinearSystem(HOUSES.system.A[:rows], HOUSES.system.b[:rows]))
        for rows in range(97, 0, -1)
    )
    experiment = next(part for part in parts if "z" not in write_link(part))
    link = write_link(experiment, meaning=meaning)
    assert {"z", "names"} <= link.keys()
    opened = read_link(link)
    assert (opened.problems, opened.experiment, opened.meaning) == ((), experiment, meaning)


@pytest.mark.parametrize("rows", [80, 97])
def test_nothing_that_a_page_shows_decides_whether_a_link_is_packed(rows):
    part = LinearSystem(HOUSES.system.A[:rows], HOUSES.system.b[:rows])
    link = write_link(replace(HOUSES, system=part))
    shown = write_link(replace(HOUSES, system=part), show="x" * 3000)
    assert shown == link | {"show": "x" * 3000}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"A": "1 0;0 1", "b": "5 6"}, "The link has A and b as text and packed, in its part z"),
        ({"b": "5 6 7"}, "The link has b as text and packed, in its part z"),
        ({"x0": "7 8"}, "The link has x0 as text and packed, in its part z"),
    ],
)
def test_a_link_that_has_both_forms_says_so_and_the_text_counts(more, said):
    opened = read_link({"z": packed("1 0;0 2|3 4|9 9"), **more})
    assert len(opened.problems) == 1
    assert opened.problems[0].startswith(said)
    if "A" in more:
        assert opened.experiment.system == LinearSystem([[1, 0], [0, 1]], [5, 6])
    elif "x0" in more:
        assert opened.experiment.system == LinearSystem([[1, 0], [0, 2]], [3, 4])
        assert opened.experiment.x0.tolist() == [7, 8]


GOOD = write_link(LONG)["z"]


@pytest.mark.parametrize(
    "z",
    [
        GOOD[:-40],
        GOOD[: len(GOOD) // 2],
        GOOD[:50] + GOOD[51:],
        GOOD.lower(),
        GOOD + "AAAA",
        GOOD[:100] + "!" + GOOD[101:],
        GOOD[:100] + ("A" if GOOD[100] != "A" else "B") + GOOD[101:],
        "",
        "é",
        packed("1 2;3|4 5"),
        packed("1,2;3,4|5 6"),
        packed("1 2;3 4"),
        packed("1|2|3|4"),
    ],
    ids=lambda z: f"{len(z)} characters",
)
def test_a_damaged_packed_part_gets_one_sentence_and_is_not_used(z):
    opened = read_link({"z": z, "x0": "1 2", "lr": "0.25"})
    (problem,) = opened.problems
    assert "its part z, are damaged and were not read" in problem
    assert opened.experiment == replace(DEFAULT, learning_rate=0.25)
    assert opened.unused["z"] == z  # our links keep it until an edit, like all that was not used


def test_a_bomb_is_never_unpacked_beyond_the_limit():
    bomb = packed("1 " * 50_000_000)
    tracemalloc.start()
    opened = read_link({"z": bomb}, longest=200_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000  # bytes, of 100 million
    assert opened.experiment == DEFAULT
    assert opened.problems == (
        "The link's packed A and b, its part z, are longer than 200 000 characters when unpacked "
        "and were not read.",
    )


def test_the_command_line_reads_packed_links_and_refuses_damaged_ones():
    asked = experiment_of({}, f"https://x.org/why?{query_string(write_link(LONG))}")
    assert asked.experiment == LONG
    other = experiment_of({"lr": "0.5"}, query_string(write_link(LONG)))
    assert other.experiment == replace(LONG, learning_rate=0.5)
    with pytest.raises(InvalidInput, match="damaged"):
        experiment_of({}, f"?z={GOOD[:-9]}")
