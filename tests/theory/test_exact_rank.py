"""Whether a rank is a fact or all that float64 can see."""

import time

import numpy as np
import pytest
from hypothesis import given

from helpers.markup import parsed, text
from helpers.pages import html, turned_to, words
from helpers.strategies import whole_systems
from helpers.why_page import rows
from lsedash import Experiment, LinearSystem, Theory
from lsedash.explaining.diagnosis import describe_rank, describe_system
from lsedash.presets import PRESETS
from lsedash.theory.exact_rank import exact_rank

# Polynomials of degree 10 on [-8.8, -3.1], as in Filip's data set of NIST's regression tests.
POINTS = np.round(np.linspace(-8.8, -3.1, 60), 6)
FILIP = LinearSystem(POINTS[:, None] ** np.arange(11), np.sin(POINTS))


@given(whole_systems())
def test_the_rank_of_whole_numbers_is_a_fact(system):
    assert exact_rank(system.A) == np.linalg.matrix_rank(system.A)
    assert Theory(system).rank_is_exact


@pytest.mark.parametrize("A", [[[1, 3], [0.1, 0.3]], [[0.1, 0.2], [0.3, 0.6]], [[0, 0], [0, 0]]])
def test_what_is_written_as_singular_is_singular_as_a_fact(A):
    theory = Theory(LinearSystem(A, [1, 2]))
    assert theory.rank < 2
    assert theory.rank_is_exact
    assert describe_rank(theory) == f"rank {theory.rank}"


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_the_rank_of_every_preset_is_a_fact(preset):
    assert Theory(preset.experiment.system).rank_is_exact


def test_filip_s_polynomial_is_at_the_limit_of_float64_and_every_page_says_so():
    theory = Theory(FILIP)
    assert theory.rank == np.linalg.matrix_rank(FILIP.A) == 10
    assert exact_rank(FILIP.A) == 11  # no two points are the same: Vandermonde
    limit = "at the limit of float64: rank 10 of 11 to rounding"
    assert limit in describe_system(theory)
    experiment = Experiment(FILIP, None, theory.critical_learning_rate / 2, 5)
    page = turned_to("Why", experiment, show="conditioning")
    assert dict(rows(page, "What to expect"))["rank"] == limit
    assert limit in text(parsed(html(page.sidebar)))
    page = turned_to("Why", experiment, show="geometry")
    assert "at the limit of float64" in words(page)
    assert "along the null space" not in words(page)


def test_the_largest_systems_are_told_in_less_than_a_second():
    A = np.random.default_rng(0).standard_normal((64, 64))
    A[:, -1] = A[:, 0]
    start = time.process_time()
    assert exact_rank(A) == 63
    assert time.process_time() - start < 1
