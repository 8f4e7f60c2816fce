"""The page Why without a browser: what each part says, against runs and independent numbers."""

import re
from dataclasses import replace

import numpy as np
import pytest
from pages import KINDS, TALL, choose, html, turned_to, words
from test_page import linked
from test_prediction_figures import exact_deviations

from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.conditioning import remedies
from lsedash.figures.curves import loss_curve
from lsedash.figures.modes import stack
from lsedash.figures.style import stroke
from lsedash.link import DEFAULT
from lsedash.presets import PRESETS
from lsedash.presets import hilbert as hilbert_matrix
from lsedash.rounding.bits import Difference
from lsedash.rounding.ladder import Ladder, Rung
from lsedash.ui.why import SHOWABLE, TITLES
from lsedash.ui.why.modes import otherwise, spoken
from lsedash.ui.why.rounding import headline, ladder_table, remainder

PRESET = {preset.title: preset.experiment for preset in PRESETS}
FIT = PRESET["Straight-line fit"]
DEFICIENT = PRESET["Rank-deficient"]
SINGLE = replace(DEFAULT, dtype="float32")


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
    texts = spoken(stack(theory, DEFAULT.x0, 0.1, run.points), curve, run, "")
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
    texts = spoken(stack(theory, rest.x0, 0.2, run.points), curve, run, "And so on.")
    expected = theory.losses(rest.x0, 0.2, [60])[0]
    assert texts[-1].endswith(f"Theory has {expected:.4g}. And so on.")


def test_rounding_is_not_blamed_for_what_theory_left_out_nor_the_other_way_round():
    tiny = Experiment(LinearSystem([[1, 0], [0, 1e-17]], [0, 1]), None, 1e5, 100)
    for experiment, said in ((tiny, "takes singular values below"), (DEFICIENT, "is rounding")):
        found = compare(experiment, VARIANTS[:1])
        assert said in otherwise(found, Theory(experiment.system))


def test_each_program_has_its_difference_to_the_prediction():
    page = opened("prediction")
    found = rows(page, "Prediction and measurement in numbers")
    assert [row[-1] for row in found] == ["yes"] * 5
    assert max(float(row[1]) for row in found) < 1e-15
    assert "At rounding level" in words(page)


def test_the_difference_its_place_and_its_size_in_roundings_are_told():
    found = rows(opened("prediction", SINGLE), "Prediction and measurement in numbers")
    for row, run in zip(found, compare(SINGLE).runs, strict=True):
        along = exact_deviations(run, SINGLE)
        assert float(row[1]) == pytest.approx(along.max(), rel=1e-2)
        k = int(row[2].removeprefix("k = "))
        assert along[k] == pytest.approx(along.max(), rel=1e-6)
        assert float(row[3]) == pytest.approx(along.max() * 2**23, rel=1e-2)


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


def test_where_only_the_start_is_there_nothing_is_said_to_agree():
    only = replace(DEFAULT, iterations=0)
    page = opened("prediction", only)
    assert "There is nothing to compare" in words(page)
    found = rows(page, "Prediction and measurement in numbers")
    assert [row[-1] for row in found] == ["-"] * 5
    assert "There is nothing to compare" in words(opened("rounding", only))


def ladder(variant, *differences):
    """A ladder as if these had been found."""
    rungs = tuple(Rung(variant.key, "numpy_by_hand", each) for each in differences)
    return Ladder(variant, rungs, differences[0])


SAME = Difference(None, None, 0, 0.0, 0.0, 51)
FOUND = (
    ladder(VARIANTS[1], Difference(7, 1, 12, 3e-16, 1e-16, 51), SAME, SAME, SAME),
    ladder(VARIANTS[2], SAME, SAME),
    ladder(VARIANTS[3], SAME, SAME),
    ladder(VARIANTS[4], Difference(9, 0, 1, 1e-16, 1e-16, 51), SAME, SAME, SAME),
)


def test_what_was_found_is_told_in_a_sentence_and_cell_by_cell():
    said = headline(FOUND)
    assert "MSELoss and Module follow NumPy's path exactly." in said
    assert (
        "left by Autograd at k = 7 by 12 ulp of x₂ and Optimizer at k = 9 by 1 ulp of x₁." in said
    )
    table = ladder_table(FOUND)
    assert "k = 7: 12 ulp of x₂<br><small>at most 3.0e-16</small>" in table
    assert "k = 9: 1 ulp of x₁<br><small>at most 1.0e-16</small>" in table
    assert table.count("bit-equal") == 12
    assert "All five have the same x to the last bit" in headline(FOUND[1:3])
    assert "all 51 points" in headline(FOUND[1:3])


def test_what_could_not_be_made_alike_is_named():
    apart = Difference(3, 0, 2, 1e-16, 1e-16, 51)
    left = ladder(VARIANTS[2], apart, apart)
    assert "a remainder stays in MSELoss." in remainder((left, *FOUND[2:]))
    assert "a remainder stays" not in remainder(FOUND)
    assert "not found: a remainder" in ladder_table((left,))


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


def test_a_card_says_what_becomes_of_kappa_and_of_the_pace():
    hilbert = PRESET["Hilbert 4x4"]
    page = opened("conditioning", hilbert)
    A = hilbert.system.A
    rows_of = A / np.linalg.norm(A, axis=1, keepdims=True)
    before, after = np.linalg.cond(A), np.linalg.cond(rows_of)
    paces = [np.log(0.1) / np.log1p(-2 / (kappa**2 + 1)) for kappa in (before, after)]
    (said, _) = re.findall(r"κ: .*", words(page))[:2]
    told = re.fullmatch(
        r"κ: (\S+) → \*\*(\S+)\*\*, iterations for each digit: (\S+) → \*\*(\S+)\*\*. Not enough.",
        said,
    )
    np.testing.assert_allclose([float(told[1]), float(told[2])], [before, after], rtol=1e-3)
    assert [told[3], told[4]] == [f"{pace:.0e}" for pace in paces]
    assert "Not enough" not in re.findall(r"κ: .*", words(page))[2]


def test_what_there_is_to_expect_of_a_system():
    facts = dict(rows(opened("conditioning", TALL), "What to expect"))
    S = np.linalg.svd(TALL.system.A, compute_uv=False)
    assert facts["shape"] == "4 x 3"
    assert float(facts["condition number κ(A)"]) == pytest.approx(S[0] / S[-1], rel=1e-3)
    rate = 2 / (S[0] ** 2 + S[-1] ** 2)
    assert float(facts["fastest learning rate"]) == pytest.approx(rate, rel=1e-3)
    factor = 1 - rate * S[-1] ** 2
    assert int(facts["iterations for each digit"]) == int(np.ceil(np.log(0.1) / np.log(factor)))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_side_panel_tells_the_digits_that_a_run_attains(dtype):
    experiment = Experiment(TALL.system, None, TALL.learning_rate, 5, None, dtype)
    (told,) = [
        re.search(rf"{dtype} has about (\d+) digits", each.value) for each in panel(experiment)
    ]
    fastest = Theory(TALL.system).optimal_learning_rate
    (run,) = compare(
        replace(experiment, learning_rate=fastest, iterations=20_000), VARIANTS[:1]
    ).runs
    limit = np.linalg.lstsq(TALL.system.A, TALL.system.b)[0]
    apart = np.linalg.norm(run.iterates[-1].astype(float) - limit) / np.linalg.norm(limit)
    attained = -np.log10(apart + np.finfo(dtype).eps / 10)
    assert int(told[1]) - 1 <= attained <= int(told[1]) + 2.5


def panel(experiment):
    return [c for c in opened("conditioning", experiment).sidebar.caption if "digits" in c.value]


def test_singular_values_of_0_are_left_out_of_kappa_and_that_is_said():
    page = opened("conditioning", DEFICIENT)
    assert "κ(A) = 1 among the singular values above 0" in words(page)
    assert any("κ(A) = 1 among" in caption.value for caption in page.sidebar.caption)
    assert "among" not in words(opened("conditioning", PRESET["Wide"]))


def test_new_unknowns_are_told_from_the_old_ones():
    page = opened("conditioning", FIT)
    lengths = np.linalg.norm(FIT.system.A, axis=0)
    rows_of = [f"{lengths[0]:.4g} & 0", f"0 & {lengths[1]:.4g}"]
    body = r" \\ ".join(rows_of)
    wanted = rf"y = \begin{{pmatrix}} {body} \end{{pmatrix}}\,x"
    assert wanted in [latex.value.strip("$\n ") for latex in page.latex]
    assert sum("calls the entries of y" in caption.value for caption in page.caption) == 2


def test_qr_that_cannot_be_has_its_reason():
    system = LinearSystem([[1, 2, 0], [2, 4, 0], [0, 0, 3]], [1, 2, 3])
    page = opened("conditioning", Experiment(system, None, 0.01, 5))
    assert any("QR is not offered. The rank, 2" in caption.value for caption in page.caption)
