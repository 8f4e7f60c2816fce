"""An experiment as query parameters and back."""

from dataclasses import replace
from urllib.parse import parse_qsl

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.strategies import experiments, finite
from lsedash import VARIANTS, Experiment, LinearSystem
from lsedash.text.appended import is_appended
from lsedash.text.fields import ALL_VARIANTS, DEFAULT
from lsedash.text.link import KEYS, MOST_UNKNOWN, SHOW, query_string, read_link, write_link
from lsedash.text.settings import BY_KEY

some_variants = st.sets(st.sampled_from(ALL_VARIANTS), min_size=1)


@given(experiments(), some_variants)
def test_every_experiment_survives_its_link(experiment, variants):
    text = query_string(write_link(experiment, list(variants)))
    opened = read_link(dict(parse_qsl(text, strict_parsing=True)))
    assert opened.problems == ()
    assert opened.experiment == experiment
    assert set(opened.variants) == variants


@given(finite)
def test_a_start_on_the_default_system_survives_its_link(value):
    experiment = replace(DEFAULT, x0=np.array([0, value, -0.0]))
    assert read_link(write_link(experiment)).experiment == experiment


@given(experiments(), some_variants)
def test_a_link_has_no_plus_sign_and_nothing_that_is_not_allowed_in_a_url(experiment, variants):
    text = query_string(write_link(experiment, list(variants)))
    assert "+" not in text
    assert set(text) <= set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%,;=&"
    )


def test_the_default_experiment_is_the_articles_worked_example_and_has_an_empty_link():
    worked = Experiment(LinearSystem([[1, 2, 0], [0, 1, 0], [0, 0, 1]], [1, 2, 3]))
    assert worked == DEFAULT
    assert write_link(worked) == {}
    opened = read_link({})
    assert opened.experiment == worked
    assert opened.variants == tuple(variant.key for variant in VARIANTS)
    assert opened.problems == ()


@pytest.mark.parametrize(
    ("change", "link"),
    [
        ({"x0": np.array([1.0, 0, 0.5])}, {"x0": "1 0 0.5"}),
        ({"learning_rate": 1e-7}, {"lr": "1e-07"}),
        ({"iterations": 0}, {"iterations": "0"}),
        ({"tolerance": 0.0}, {"tolerance": "0"}),
        ({"dtype": "float32"}, {"dtype": "float32"}),
        (
            {"system": LinearSystem([[1, 0, 0]], [1])},
            {"A": "1 0 0", "b": "1"},
        ),
    ],
)
def test_a_link_says_only_what_differs_from_the_default(change, link):
    experiment = replace(DEFAULT, **change)
    assert write_link(experiment) == link
    assert read_link(link).experiment == experiment


def test_a_link_names_the_variants_in_the_articles_order():
    assert write_link(DEFAULT, ["torch_module", "numpy_by_hand"]) == {
        "variants": "numpy_by_hand,torch_module"
    }
    assert read_link({"variants": "torch_module, numpy_by_hand"}).variants == (
        "numpy_by_hand",
        "torch_module",
    )


def test_a_link_may_say_what_a_page_shows():
    opened = read_link(write_link(DEFAULT, show="never_cleared"))
    assert (opened.show, opened.problems) == ("never_cleared", ())
    assert read_link({}).show == ""


def test_the_example_link_of_the_design_opens():
    text = (
        "A=1 2 0;0 1 0;0 0 1&b=1 2 3&x0=0 0 0&lr=0.1&iterations=50&tolerance=1e-9&dtype=float64"
        "&variants=numpy_by_hand,torch_module"
    )
    link = dict(parse_qsl(text.replace(" ", "%20"), strict_parsing=True))
    assert tuple(link) == KEYS
    opened = read_link(link)
    assert opened.problems == ()
    assert opened.experiment == replace(DEFAULT, tolerance=1e-9)
    assert opened.variants == ("numpy_by_hand", "torch_module")


GOOD = {
    "A": "2 0;0 1",
    "b": "1 1",
    "x0": "3 4",
    "lr": "0.2",
    "iterations": "7",
    "tolerance": "0.5",
    "dtype": "float32",
    "variants": "torch_mse_loss",
}
OPENED = Experiment(LinearSystem([[2, 0], [0, 1]], [1, 1]), [3, 4], 0.2, 7, 0.5, "float32")


@pytest.mark.parametrize(
    ("key", "text", "default", "problem"),
    [
        ("x0", "3", {"x0": np.zeros(2)}, "x0 has 1 entry but A has 2 columns"),
        ("x0", "3 x", {"x0": np.zeros(2)}, "x0, entry 2: 'x' is not a number."),
        ("lr", "fast", {"learning_rate": 0.1}, "The learning rate: 'fast' is not a number."),
        ("lr", "-0.1", {"learning_rate": 0.1}, "The learning rate must be positive; it is -0.1."),
        ("lr", "", {"learning_rate": 0.1}, "The learning rate is empty; give a number."),
        ("iterations", "7.5", {"iterations": 50}, "whole number, 0 or more; it is 7.5."),
        ("iterations", "-1", {"iterations": 50}, "whole number, 0 or more; it is -1."),
        (
            "iterations",
            "1e999",
            {"iterations": 50},
            "The number of iterations: '1e999' is too large.",
        ),
        ("tolerance", "-1", {"tolerance": None}, "The tolerance must be 0 or more"),
        ("tolerance", "x", {"tolerance": None}, "The tolerance: 'x' is not a number."),
        ("dtype", "float16", {"dtype": "float64"}, "must be float64 or float32; it is 'float16'."),
    ],
)
def test_a_value_that_cannot_be_used_is_named_and_the_others_are_used(key, text, default, problem):
    opened = read_link({**GOOD, key: text})
    assert opened.experiment == replace(OPENED, **default)
    assert opened.variants == ("torch_mse_loss",)
    assert len(opened.problems) == 1
    assert problem in opened.problems[0]


@pytest.mark.parametrize(
    ("A", "b", "problem"),
    [
        ("2 0;0 x", "1 1", "A, row 2, column 2: 'x' is not a number."),
        ("2 0;0", "1 1", "A, row 2 has 1 entry but row 1 has 2"),
        ("2 0;0 1", "1 1 1", "b has 3 entries but A has 2 rows"),
        ("", "1 1", "A is empty"),
        ("2 0;0 1", "", "b is empty"),
    ],
)
def test_a_system_that_cannot_be_used_is_named_and_the_rest_is_used(A, b, problem):
    opened = read_link({**GOOD, "A": A, "b": b, "x0": "3 4 5"})
    assert opened.experiment == replace(OPENED, system=DEFAULT.system, x0=np.array([3.0, 4, 5]))
    assert len(opened.problems) == 1
    assert problem in opened.problems[0]
    assert opened.problems[0].endswith("The link's A and b were left out.")


def test_A_alone_goes_with_the_default_b_if_it_fits():
    opened = read_link({"A": "1 0;0 1;1 1"})
    assert opened.experiment.system == LinearSystem([[1, 0], [0, 1], [1, 1]], [1, 2, 3])
    assert opened.problems == ()
    assert len(read_link({"A": "1 0;0 1"}).problems) == 1
    assert read_link({"b": "3 2 1"}).experiment.system == LinearSystem(DEFAULT.system.A, [3, 2, 1])


def test_unknown_parts_and_variants_are_named():
    opened = read_link({**GOOD, "alpha": "1", "variants": "torch_jax,torch_mse_loss"})
    assert opened.experiment == OPENED
    assert opened.variants == ("torch_mse_loss",)
    assert opened.problems == (
        f"There is no variant 'torch_jax'; there are {', '.join(ALL_VARIANTS)}.",
        "The link has an unknown part, 'alpha'.",
    )


def test_a_link_without_a_known_variant_runs_them_all():
    opened = read_link({"variants": "nobody"})
    assert opened.variants == ALL_VARIANTS
    (problem,) = opened.problems
    assert problem.startswith("There is no variant 'nobody'; there are numpy_by_hand, ")


@given(st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), st.text(max_size=20)))
def test_any_link_opens(link):
    opened = read_link(link)
    assert isinstance(opened.experiment, Experiment)
    assert set(opened.variants) <= set(ALL_VARIANTS)
    unknown = [key for key in link if key not in (*KEYS, SHOW, *BY_KEY) and not is_appended(key)]
    assert opened.decoded or len(opened.problems) >= min(len(unknown), MOST_UNKNOWN)
