"""How a course writes the loss: rates and losses are converted exactly, both ways."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsedash import Experiment, InvalidInput, LinearSystem
from lsedash.text.convention import CONVENTIONS, HALF_SUM, OURS, spoken_in
from lsedash.text.experiments import read_texts
from lsedash.text.fields import FIELDS
from lsedash.text.link import read_link, write_link
from lsedash.text.setting import DEFAULTS
from lsedash.text.settings import LOSS

TALKS = Path(__file__).parents[1] / "js" / "rates-as-spoken.json"
conventions = pytest.mark.parametrize("key", CONVENTIONS)
positive = st.floats(1e-250, 1e250)
rows = st.integers(1, 4096)
THREE = "1 2;3 4;5 6"


def alpha_of(key, m, text):
    return FIELDS["lr"].read(text, spoken_in(key, m))


@pytest.mark.parametrize(
    ("key", "alpha", "edge"),
    [
        ("half-sum", 0.01, "2"),
        ("sum", 0.02, "1"),
        ("mean", 0.02 / 97, "m"),
        ("half-mean", 0.01 / 97, "2m"),
    ],
)
def test_a_spoken_rate_stands_for_one_of_half_the_sum_of_squares(key, alpha, edge):
    assert alpha_of(key, 97, "0.01") == alpha
    assert alpha_of(key, 97, "1/100") == alpha
    assert CONVENTIONS[key].edge == edge


def test_a_spoken_loss_is_what_the_course_computes():
    residual = np.array([1.0, -2.0, 4.0])
    ours = 0.5 * residual @ residual
    told = {key: spoken_in(key, 3).loss(ours) for key in CONVENTIONS}
    squares = residual @ residual
    assert told == pytest.approx(
        {"half-sum": ours, "sum": squares, "mean": squares / 3, "half-mean": squares / 6}
    )


@conventions
@given(alpha=positive, m=rows)
def test_every_rate_and_every_loss_has_a_text_that_reads_back_to_the_same_float(key, alpha, m):
    spoken = spoken_in(key, m)
    for field in (FIELDS["lr"], FIELDS["tolerance"]):
        assert field.read(field.write(alpha, spoken), spoken) == alpha


@conventions
@given(digits=st.integers(1, 10**12), exponent=st.integers(-60, 40), m=rows, data=st.data())
def test_a_typed_rate_is_the_same_text_again_after_any_round_trip(key, digits, exponent, m, data):
    typed = FIELDS["lr"].write(float(f"{digits}e{exponent}"), OURS)
    for field in (FIELDS["lr"], FIELDS["tolerance"]):
        value, spoken = field.read(typed, spoken_in(key, m)), spoken_in(key, m)
        for other in data.draw(st.lists(st.sampled_from(list(CONVENTIONS)), max_size=3)):
            value = field.read(field.write(value, spoken_in(other, m)), spoken_in(other, m))
        assert field.write(value, spoken) == typed


@given(alpha=positive, m=rows)
def test_our_own_convention_changes_nothing(alpha, m):
    spoken = spoken_in(HALF_SUM.key, m)
    assert (spoken.rate(alpha), spoken.loss(alpha), spoken.own(alpha)) == (alpha, alpha, alpha)


def test_the_browser_is_tested_against_the_same_table():
    """`tests/js/convention.test.js` reads these texts and writes these rates."""
    for key, m, text, alpha in json.loads(TALKS.read_text()):
        assert alpha_of(key, m, text) == alpha
        assert FIELDS["lr"].write(alpha, spoken_in(key, m)) == text


def test_a_link_speaks_in_the_convention_that_it_names_and_old_links_in_ours():
    link = {"A": THREE, "b": "1 2 3", "lr": "0.01", "tolerance": "0.5"}
    old, told = read_link(link), read_link(link | {"loss": "mean"})
    assert (old.experiment.learning_rate, old.experiment.tolerance) == (0.01, 0.5)
    assert told.experiment.learning_rate == 0.02 / 3
    assert told.experiment.tolerance == 0.75
    assert told.problems == ()
    assert write_link(told.experiment, settings=told.settings) == link | {"loss": "mean"}


@conventions
def test_the_same_experiment_is_written_in_each_convention(key):
    experiment = Experiment(LinearSystem(np.eye(7), np.ones(7)), None, 1 / 3, tolerance=1e-9)
    link = write_link(experiment, settings=DEFAULTS.replaced(LOSS, key))
    assert read_link(link).experiment == experiment


@conventions
@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"lr": "-0.1"}, "The learning rate must be positive; it is -0.1."),
        ({"lr": "0"}, "The learning rate must be positive; it is 0.0."),
        ({"tolerance": "-2"}, "The tolerance must be 0 or more, or left out; it is -2.0."),
        ({"lr": "1e999"}, "The learning rate: '1e999' is too large."),
    ],
)
def test_a_refused_number_is_told_as_it_was_typed(key, texts, sentence):
    _, faults = read_texts(texts | {"loss": key})
    assert [str(fault) for fault in faults] == [sentence]


def test_a_convention_that_does_not_exist_is_told_once_and_ours_stands_in():
    opened = read_link({"lr": "0.2", "loss": "mse"})
    assert opened.experiment.learning_rate == 0.2
    assert len(opened.problems) == 1
    with pytest.raises(InvalidInput, match="The loss must be one of half-sum, sum, mean"):
        LOSS.read("mse")


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("sum", "Your 0.01 is 0.02 for ½ sum."),
        ("half-mean", "Here m = 97: your 0.01 is 0.0001031 for ½ sum."),
    ],
)
def test_where_m_matters_one_sentence_tells_by_how_much(key, sentence):
    assert spoken_in(key, 97).in_ours(alpha_of(key, 97, "0.01")) == sentence
