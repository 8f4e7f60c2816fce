"""The page Why without a browser: what is said of conditioning and its remedies."""

import re
from dataclasses import replace

import numpy as np
import pytest

from helpers.first_page import address, linked, sidebar_words
from helpers.first_page import opened as opened_at
from helpers.pages import TALL, words
from helpers.why_page import DEFICIENT, FIT, PRESET, opened, rows
from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.text.words import brief
from lsedash.theory.conditioning import remedies


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


def test_standardising_is_offered_beside_a_column_of_ones_and_keeps_the_names():
    link = {"A": "1 2104;1 1600;1 2400", "b": "4 3 3.7", "names": "price;1;size"}
    page = opened_at({**link, "show": "conditioning"}, "why")
    (button,) = [b for b in page.button if b.key == "remedy_standardise"]
    button.click().run()
    assert not page.exception
    A = linked(page).system.A
    np.testing.assert_allclose(A[:, 1].mean(), 0, atol=1e-12)
    np.testing.assert_allclose(A[:, 1].std(ddof=1), 1)
    assert address(page)["names"].startswith("price;1;size,1,2034.66")


@pytest.mark.parametrize("loss", ["half-sum", "mean"])
def test_after_a_remedy_was_taken_the_sidebar_says_what_the_rate_is_now(loss):
    link = {"A": "1 2104;1 1600;1 2400", "b": "4 3 3.7", "lr": "1e-7", "tolerance": "20"}
    page = opened_at({**link, "loss": loss, "show": "conditioning"}, "why")
    (button,) = [b for b in page.button if b.key == "remedy_rows"]
    button.click().run()
    said = " ".join(caption.value for caption in page.sidebar.caption)
    told = re.search(r"rate was (\S+) and is now (\S+), fastest in the long run\.", said)
    assert float(told[1]) == 1e-7
    assert float(told[2]) == pytest.approx(float(address(page)["lr"]), rel=1e-3)
    assert "The tolerance is gone" in said


def test_a_card_says_what_becomes_of_kappa_and_of_the_pace():
    hilbert = PRESET["Hilbert 4x4"]
    page = opened("conditioning", hilbert)
    A = hilbert.system.A
    rows_of = A / np.linalg.norm(A, axis=1, keepdims=True)
    before, after = np.linalg.cond(A), np.linalg.cond(rows_of)
    paces = [np.log(0.1) / np.log1p(-2 / (kappa**2 + 1)) for kappa in (before, after)]
    (said, _) = re.findall(r"κ: .*", words(page))[:2]
    told = re.fullmatch(
        r"κ: (\S+) → \*\*(\S+)\*\*, iterations per digit: (\S+) → \*\*(\S+)\*\*. Not enough.",
        said,
    )
    np.testing.assert_allclose([float(told[1]), float(told[2])], [before, after], rtol=1e-3)
    assert [told[3], told[4]] == [brief(pace, 1) for pace in paces]
    assert "Not enough" not in re.findall(r"κ: .*", words(page))[2]


def test_what_there_is_to_expect_of_a_system():
    facts = dict(rows(opened("conditioning", TALL), "What to expect"))
    S = np.linalg.svd(TALL.system.A, compute_uv=False)
    assert facts["shape"] == "4 x 3"
    assert float(facts["condition number κ(A)"]) == pytest.approx(S[0] / S[-1], rel=1e-3)
    rate = 2 / (S[0] ** 2 + S[-1] ** 2)
    assert float(facts["learning rate fastest in the long run"]) == pytest.approx(rate, rel=1e-3)
    factor = 1 - rate * S[-1] ** 2
    assert int(facts["iterations per digit"]) == int(np.ceil(np.log(0.1) / np.log(factor)))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_side_panel_tells_the_digits_that_a_run_attains(dtype):
    experiment = Experiment(TALL.system, None, TALL.learning_rate, 5, None, dtype)
    said = sidebar_words(opened("conditioning", experiment))
    told = re.search(rf"In {dtype} descent can reach about (\d+) correct digits", said)
    fastest = Theory(TALL.system).optimal_learning_rate
    (run,) = compare(
        replace(experiment, learning_rate=fastest, iterations=20_000), VARIANTS[:1]
    ).runs
    limit = np.linalg.lstsq(TALL.system.A, TALL.system.b)[0]
    apart = np.linalg.norm(run.iterates[-1].astype(float) - limit) / np.linalg.norm(limit)
    attained = -np.log10(apart + np.finfo(dtype).eps / 10)
    assert int(told[1]) - 1 <= attained <= int(told[1]) + 2.5


def test_singular_values_of_0_are_left_out_of_kappa_and_that_is_said():
    page = opened("conditioning", DEFICIENT)
    assert "κ(A) = 1 among the singular values above 0" in words(page)
    assert "κ(A) = 1 among" in sidebar_words(page)
    assert "among" not in words(opened("conditioning", PRESET["Wide"]))


def test_new_unknowns_are_told_from_the_old_ones():
    page = opened("conditioning", FIT)
    lengths = np.linalg.norm(FIT.system.A, axis=0)
    rows_of = [f"{lengths[0]:.4g} & 0", f"0 & {lengths[1]:.4g}"]
    body = r" \\ ".join(rows_of)
    wanted = rf"y = \begin{{pmatrix}} {body} \end{{pmatrix}}\,x"
    assert wanted in [latex.value.strip("$\n ") for latex in page.latex]
    told = [caption for caption in page.caption if "are the entries of y" in caption.value]
    assert len(told) == 3  # scaled columns, standardised ones, QR


def test_qr_that_cannot_be_has_its_reason():
    system = LinearSystem([[1, 2, 0], [2, 4, 0], [0, 0, 3]], [1, 2, 3])
    page = opened("conditioning", Experiment(system, None, 0.01, 5))
    assert any("QR is not offered. The rank, 2" in caption.value for caption in page.caption)
