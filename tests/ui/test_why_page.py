"""The page Why without a browser: its parts, what is said of modes, residual and start."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.pages import KINDS, choose, html, words
from helpers.why_page import DEFICIENT, FIT, opened, rows
from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.figures.curves import loss_curve
from lsedash.figures.modes import stack
from lsedash.figures.style import stroke
from lsedash.presets import hilbert as hilbert_matrix
from lsedash.text.fields import DEFAULT
from lsedash.ui.pages.why.modes import readouts, reason_for_difference
from lsedash.ui.pages.why.page import PARTS as SHOWABLE
from lsedash.ui.pages.why.page import TITLES


@pytest.mark.parametrize("kind", KINDS)
def test_every_part_stands_for_every_kind_of_experiment(kind):
    page = opened(experiment=KINDS[kind])
    for part in SHOWABLE:
        choose(page, "What to look at", part)
        assert words(page) + html(page) + "".join(info.value for info in page.info)
        if kind in ("zero", "overflowing at the start"):
            assert len(page.info) == 1, part
            assert not page.get("plotly_chart"), part
        else:
            assert [info.value[:21] for info in page.info] == (
                ["At this learning rate"] if (part, kind) == ("geometry", "diverging") else []
            ), part
            assert page.get("plotly_chart"), part


def test_parts_are_chosen_and_their_names_are_in_the_link():
    page = opened()
    for part in list(SHOWABLE)[1:]:
        choose(page, "What to look at", part)
        assert page.query_params["show"] == part
    assert set(SHOWABLE) == set(TITLES)


def test_a_factor_that_is_nearly_one_is_told_from_one():
    steps = 2.0 * np.array([1 - 1e-6, 1, 1 + 1e-6]), np.array([0.5, 0.7, 1e-6])
    for step in np.concatenate(steps):
        system = LinearSystem([[1]], [1])
        ((_, _, factor, *_),) = rows(
            opened("modes", Experiment(system, learning_rate=step)), "The modes in numbers"
        )
        first, *rest = factor.split(" ", 1)
        told = float(first) + (float(rest[0].replace(" ", "")) if rest else 0)
        assert told == pytest.approx(1 - step, rel=1e-12)


def test_modes_are_told_as_numpys_svd_has_them():
    found = rows(opened("modes"), "The modes in numbers")
    U, S, _ = np.linalg.svd(DEFAULT.system.A)
    residual = U.T @ (DEFAULT.system.A @ DEFAULT.x0 - DEFAULT.system.b)
    shares = residual**2 / (residual @ residual)
    for i, row in enumerate(found):
        assert row[0] == str(i + 1)
        assert float(row[1]) == pytest.approx(S[i] ** 2, rel=1e-3)
        assert float(row[2]) == pytest.approx(1 - 0.1 * S[i] ** 2, rel=1e-3)
        assert float(row[5].rstrip(" %")) == pytest.approx(100 * shares[i], rel=1e-2)
        k = int(row[7].removeprefix("k = "))
        factor = (1 - 0.1 * S[i] ** 2) ** 2
        assert factor**k <= 0.01 < factor ** (k - 1)


def test_frozen_modes_and_the_floor_have_rows_of_their_own():
    assert rows(opened("modes", DEFICIENT), "The modes in numbers")[-1][0] == "1 more"
    found = rows(opened("modes", FIT), "The modes in numbers")[-1]
    b, A = FIT.system.b, FIT.system.A
    least = np.sum((A @ np.linalg.lstsq(A, b)[0] - b) ** 2)
    assert found[0] == "floor"
    assert float(found[5].rstrip(" %")) == pytest.approx(100 * least / np.sum(b**2), rel=1e-2)


def test_where_descent_ends_is_told_entry_by_entry():
    found = rows(opened("geometry", DEFICIENT), "The start and where it ends")
    (run,) = compare(replace(DEFICIENT, iterations=2000), VARIANTS[:1]).runs
    shortest = np.linalg.pinv(DEFICIENT.system.A) @ DEFICIENT.system.b
    told = np.array([[float(cell) for cell in row[1:]] for row in found[:-1]])
    np.testing.assert_allclose(told[:, 0], DEFICIENT.x0)
    np.testing.assert_allclose(told[:, 1] + told[:, 2], DEFICIENT.x0, atol=1e-3)
    np.testing.assert_allclose(told[:, 3], run.iterates[-1], atol=1e-4)
    np.testing.assert_allclose(told[:, 4], shortest, atol=1e-4)


def test_the_residual_is_split_as_least_squares_has_it():
    page = opened("geometry", FIT)
    found = rows(page, "The start's residual")
    A, b = FIT.system.A, FIT.system.b
    stays = A @ np.linalg.lstsq(A, b)[0] - b
    told = np.array([[float(cell) for cell in row[1:]] for row in found[:-1]])
    np.testing.assert_allclose(told[:, 0], -b, rtol=1e-4)
    np.testing.assert_allclose(told[:, 2], stays, atol=1e-4)
    np.testing.assert_allclose(told[:, 1], -b - stays, atol=1e-3)
    assert f"at least {stays @ stays / 2:.4g} stays" in words(page)


def test_a_descent_that_only_looks_as_if_it_stood_still_is_not_said_to():
    hilbert = Experiment(LinearSystem(hilbert_matrix(8), np.ones(8)), None, 0.5, 5)
    for one in (hilbert, replace(DEFAULT, learning_rate=1e-20)):
        assert not opened("geometry", one).info
        page = opened("modes", one)
        assert any("bends where a slow one takes over" in each.value for each in page.caption)
        factors = [row[2] for row in rows(page, "The modes in numbers")]
        assert "1" not in factors
        assert "no floor" not in words(opened("rounding", one))


def test_a_floor_has_a_share_however_small():
    b = [-220000.0001, -360000, -10000.0001]
    system = LinearSystem([[-2, 3], [-4, 4], [3, 4]], b)
    found = rows(opened("modes", Experiment(system, None, 0.01, 5)), "The modes in numbers")[-1]
    least = np.linalg.lstsq(system.A, system.b)[1][0]
    assert found[0] == "floor"
    assert float(found[5].rstrip(" %")) == pytest.approx(
        100 * least / (system.b @ system.b), rel=0.1
    )


def test_how_much_of_the_start_is_frozen_is_told():
    A, x0 = DEFICIENT.system.A, DEFICIENT.x0
    frozen = np.linalg.norm(x0 - np.linalg.pinv(A) @ A @ x0)
    assert f"a part of length {frozen:.4g} in it" in words(opened("geometry", DEFICIENT))


def test_what_is_said_at_each_k_is_the_loss_and_its_largest_mode():
    (run,) = compare(DEFAULT, VARIANTS[:1]).runs
    curve = loss_curve("one", run.points, run.losses, stroke(run.key))
    theory = Theory(DEFAULT.system)
    texts = readouts(stack(theory, DEFAULT.x0, 0.1, run.points), curve, run, "")
    U, S, _ = np.linalg.svd(DEFAULT.system.A)
    along = U.T @ (DEFAULT.system.A @ DEFAULT.x0 - DEFAULT.system.b)
    for k in (0, 7, 50):
        parts = ((1 - 0.1 * S**2) ** k * along) ** 2
        share, largest = 100 * parts.max() / parts.sum(), parts.argmax() + 1
        loss = f"{run.losses[k]:.4g}"
        assert texts[k] == f"k = {k} of 50: loss {loss}, {share:.3g} % of it mode {largest}"


def test_a_loss_that_theory_does_not_have_is_said_to_be_another():
    rest = Experiment(LinearSystem([[2, 0], [0, 2]], [1, 3]), None, 0.2, 60)
    (run,) = compare(rest, VARIANTS[:1]).runs
    curve = loss_curve("one", run.points, run.losses, stroke(run.key))
    theory = Theory(rest.system)
    texts = readouts(stack(theory, rest.x0, 0.2, run.points), curve, run, "And so on.")
    expected = theory.losses(rest.x0, 0.2, [60])[0]
    assert texts[-1].endswith(f"Theory has {expected:.4g}. And so on.")


def test_rounding_is_not_blamed_for_what_theory_left_out_nor_the_other_way_round():
    tiny = Experiment(LinearSystem([[1, 0], [0, 1e-17]], [0, 1]), None, 1e5, 100)
    for experiment, said in (
        (tiny, "counts tiny singular values as 0"),
        (DEFICIENT, "is rounding"),
    ):
        found = compare(experiment, VARIANTS[:1])
        assert said in reason_for_difference(found, Theory(experiment.system))
