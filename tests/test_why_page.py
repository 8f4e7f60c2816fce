"""The page Why without a browser: what each part says, against runs and independent numbers."""

import re
from dataclasses import replace

import numpy as np
import pytest
from pages import KINDS, TALL, choose, html, turned_to, words
from test_page import linked

from lsedash import VARIANTS, Experiment, LinearSystem, compare
from lsedash.conditioning import remedies
from lsedash.link import DEFAULT
from lsedash.presets import PRESETS
from lsedash.ui.why import SHOWABLE, TITLES

PRESET = {preset.title: preset.experiment for preset in PRESETS}
FIT = PRESET["Straight-line fit"]
DEFICIENT = PRESET["Rank-deficient"]


def opened(part="modes", experiment=DEFAULT):
    return turned_to("Why", experiment, show=part)


def rows(page, label):
    """The texts of a table's cells, row by row."""
    table = re.search(f'aria-label="{label}">(.*?)</table>', html(page), re.DOTALL)[1]
    found = []
    for row in re.findall(r"<tr>(.*?)</tr>", table.split("<tbody>")[1], re.DOTALL):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        found.append([re.sub(r"<[^>]+>", "", cell) for cell in cells])
    return found


@pytest.mark.parametrize("part", SHOWABLE)
@pytest.mark.parametrize("kind", KINDS)
def test_every_part_stands_for_every_kind_of_experiment(part, kind):
    page = opened(part, KINDS[kind])
    said = words(page) + html(page) + "".join(info.value for info in page.info)
    assert said
    if kind in ("zero", "overflowing at the start"):
        assert len(page.info) == 1
        assert not page.get("plotly_chart")
    else:
        assert [info.value[:21] for info in page.info] == (
            ["At this learning rate"] if (part, kind) == ("geometry", "diverging") else []
        )
        assert page.get("plotly_chart")


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


def test_each_program_has_its_difference_to_the_prediction():
    page = opened("prediction")
    found = rows(page, "Prediction and measurement in numbers")
    assert [row[-1] for row in found] == ["yes"] * 5
    assert max(float(row[1]) for row in found) < 1e-15
    assert "At rounding level" in words(page)


REASONS = {
    "float32": replace(DEFAULT, dtype="float32"),
    "Ill-conditioned": replace(PRESET["Nearly parallel lines"], dtype="float32"),
    "Growing": replace(FIT, learning_rate=0.05, iterations=300),
}


@pytest.mark.parametrize(("reason", "experiment"), REASONS.items())
def test_what_is_more_than_a_few_roundings_has_its_reason(reason, experiment):
    page = opened("prediction", experiment)
    assert "More than a few roundings" in words(page)
    assert f"- {reason}" in words(page)


def test_on_the_worked_example_the_replaced_programs_are_bit_equal():
    found = rows(opened("rounding"), "Differences to NumPy by hand")
    for row in found:
        assert row[2] in ("-", "bit-equal")
        assert "bit-equal" in (row[3], row[4])


def test_both_precisions_have_their_floor():
    page = opened("rounding", replace(PRESET["Two unknowns"], iterations=2000))
    (found,) = re.findall(r"float32\*\*: rests (\S+) from the limit", words(page))
    one = replace(PRESET["Two unknowns"], iterations=2000, dtype="float32")
    (run,) = compare(one, VARIANTS[:1]).runs
    solution = np.linalg.solve(one.system.A, one.system.b)
    measured = np.linalg.norm(run.iterates[-1].astype(float) - solution)
    assert float(found) == pytest.approx(measured, rel=0.1)
    assert "float64**: rests" in words(page)


def test_a_remedy_becomes_the_experiment():
    hilbert = PRESET["Hilbert 4x4"]
    page = opened("conditioning", hilbert)
    assert "Hopeless" in words(page)
    (button,) = [b for b in page.button if b.key == "remedy_qr"]
    button.click().run()
    assert not page.exception
    (remedy,) = [r for r in remedies(hilbert) if r.key == "qr"]
    assert linked(page) == remedy.experiment
    assert "κ(A) = 1" in words(page)


def test_what_there_is_to_expect_of_a_system():
    facts = dict(rows(opened("conditioning", TALL), "What to expect"))
    S = np.linalg.svd(TALL.system.A, compute_uv=False)
    assert facts["shape"] == "4 x 3"
    assert float(facts["condition number κ(A)"]) == pytest.approx(S[0] / S[-1], rel=1e-3)
    rate = 2 / (S[0] ** 2 + S[-1] ** 2)
    assert float(facts["fastest learning rate"]) == pytest.approx(rate, rel=1e-3)
    factor = 1 - rate * S[-1] ** 2
    assert int(facts["iterations for each digit"]) == int(np.ceil(np.log(0.1) / np.log(factor)))


def test_qr_that_cannot_be_has_its_reason():
    system = LinearSystem([[1, 2, 0], [2, 4, 0], [0, 0, 3]], [1, 2, 3])
    page = opened("conditioning", Experiment(system, None, 0.01, 5))
    assert any("QR is not offered. The rank, 2" in caption.value for caption in page.caption)
