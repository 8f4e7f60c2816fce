"""Which modes are told apart, and the share of the loss of each group."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.strategies import descents
from helpers.theory import DIAGONAL, EPS, TWELVE, about, measured, terms
from lsedash import Experiment, LinearSystem, Theory
from lsedash.theory.modes import EXTREMES, MOST_SINGLE, groups, losses_by_group, shares


@pytest.mark.parametrize("rank", range(MOST_SINGLE + 1))
def test_up_to_eight_modes_are_all_told_apart(rank):
    assert list(groups(rank)) == [(i, i) for i in range(1, rank + 1)]


@pytest.mark.parametrize("rank", range(MOST_SINGLE + 1, 65))
def test_of_more_the_three_steepest_and_flattest_are_and_the_middle_is_one(rank):
    found = list(groups(rank))
    alone = [1, 2, 3, rank - 2, rank - 1, rank]
    assert [first for first, last in found if first == last] == alone
    assert found[EXTREMES] == (4, rank - 3)
    assert [i for first, last in found for i in range(first, last + 1)] == [*range(1, rank + 1)]


@given(descents())
def test_shares_are_of_the_loss_at_the_start(experiment):
    theory, system = Theory(experiment.system), experiment.system
    found = shares(theory, experiment.x0, experiment.learning_rate)
    total = theory.least_loss + sum(share.loss for share in found)
    residual = np.linalg.norm(system.residual(experiment.x0))
    rounding = 16 * EPS * terms(system, experiment.x0)
    assert np.sqrt(2 * total) == pytest.approx(residual, rel=1e-12, abs=rounding)
    if total == 0:
        assert {share.share for share in found} <= {0.0}
    else:
        floor = theory.least_loss / total
        assert floor + sum(share.share for share in found) == pytest.approx(1, rel=1e-12)
        assert all(0 <= share.share <= 1 for share in found)


def test_of_a_loss_of_nothing_nobody_has_a_share():
    found = shares(Theory(DIAGONAL), [1, 1, 7], 0.1)
    assert [(share.loss, share.share, share.below) for share in found] == [(0, 0, 0)] * 2


@given(descents())
def test_shares_come_steepest_first_with_the_modes_they_are_of(experiment):
    theory = Theory(experiment.system)
    modes = theory.modes(experiment.learning_rate)
    found = shares(theory, experiment.x0, experiment.learning_rate)
    curvatures = [share.modes[0].curvature for share in found]
    assert curvatures == sorted(curvatures, reverse=True)
    assert [share.modes for share in found] == [(mode,) for mode in modes[: theory.rank]]


@pytest.mark.parametrize(("n", "rank"), [(8, 8), (9, 9), (9, 8), (12, 10), (64, 64), (64, 20)])
def test_shares_of_many_unknowns_leave_no_mode_out_and_have_no_frozen_one(n, rank):
    diagonal = np.where(np.arange(n) < rank, np.linspace(2, 1, n), 0)
    theory, x0 = Theory(LinearSystem(np.diag(diagonal), np.zeros(n))), np.arange(1.0, n + 1)
    found = shares(theory, x0, 0.1)
    assert [(share.first, share.last) for share in found] == list(groups(rank))
    assert [mode for share in found for mode in share.modes] == [*theory.modes(0.1)[:rank]]
    own = 0.5 * (diagonal * x0) ** 2
    for share in found:
        part = own[share.first - 1 : share.last].sum()
        assert share.loss == pytest.approx(part, rel=1e-13)
        assert share.share == pytest.approx(part / own.sum(), rel=1e-13)


def test_shares_have_the_names_of_their_modes():
    names = [share.name for share in shares(Theory(TWELVE), np.ones(12), 0.01)]
    assert names[:4] == ["mode 1", "mode 2", "mode 3", "modes 4 to 9"]
    assert names[4:] == ["mode 10", "mode 11", "mode 12"]


@given(st.integers(1, 20), st.floats(0.01, 3), st.integers(0, 60))
def test_the_groups_add_up_to_what_all_modes_add(n, share, last):
    system = LinearSystem(np.diag(np.arange(float(n), 0, -1)), np.ones(n))
    theory = Theory(system)
    x0, rate = np.linspace(-1, 2, n), share * 2 / n**2
    ks = np.arange(last + 1)
    parts = losses_by_group(theory, x0, rate, ks)
    assert parts.shape == (len(ks), len(list(groups(n))))
    np.testing.assert_allclose(parts.sum(axis=1), theory.losses(x0, rate, ks), rtol=1e-12)


def test_the_groups_are_what_a_run_measures_of_them():
    experiment = Experiment(TWELVE, np.arange(1.0, 13), 0.0142, 40)  # the steepest one diverges
    run = measured(experiment)
    own = 0.5 * (run.iterates * np.arange(12, 0, -1)) ** 2
    expected = np.column_stack([own[:, :3], own[:, 3:9].sum(axis=1), own[:, 9:]])
    found = losses_by_group(Theory(TWELVE), *about(experiment, run))
    np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12)


def test_groups_that_add_up_beyond_floats_are_infinite_without_a_warning():
    theory = Theory(LinearSystem(np.eye(64), np.zeros(64)))
    parts = losses_by_group(theory, np.ones(64), 3.0, [511])[0]  # 1/2 4^511 each
    assert np.isinf(parts).tolist() == [False] * 3 + [True] + [False] * 3
