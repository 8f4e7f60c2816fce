"""The page Why without a browser: what is said of prediction and rounding."""

import re
from dataclasses import replace

import numpy as np
import pytest

from helpers.floors import exact_deviations
from helpers.pages import words
from helpers.why_page import FIT, PRESET, opened, rows
from lsedash import VARIANTS, compare
from lsedash.checking.bits import Difference
from lsedash.checking.ladder import Ladder, Rung
from lsedash.meaning import Meaning, Term
from lsedash.tables.table import Cell
from lsedash.text.fields import DEFAULT
from lsedash.text.words import number_word
from lsedash.ui.pages.why.rounding import headline, ladder_table, remainder

SINGLE = replace(DEFAULT, dtype="float32")


def test_each_program_has_its_difference_to_the_prediction():
    page = opened("prediction")
    found = rows(page, "Prediction and measurement in numbers")
    assert [row[-1] for row in found] == ["yes"] * len(VARIANTS)
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
    explained = tuple(ladder.variant.title for ladder in FOUND)
    for row in (row for row in found if row[0].endswith(explained)):
        assert row[2] in ("-", "bit-equal")
        assert "bit-equal" in (row[3], row[4])


def test_where_only_the_start_is_there_nothing_is_said_to_agree():
    only = replace(DEFAULT, iterations=0)
    page = opened("prediction", only)
    assert "There is nothing to compare" in words(page)
    found = rows(page, "Prediction and measurement in numbers")
    assert [row[-1] for row in found] == ["-"] * len(VARIANTS)
    assert "There is nothing to compare" in words(opened("rounding", only))


def ladder(variant, *differences):
    """A ladder as if these had been found."""
    programs = (variant.key, "its own operation replaced")[: len(differences) // 2]
    references = ("numpy_by_hand", "with PyTorch's products")
    pairs = [(program, reference) for reference in references for program in programs]
    rungs = tuple(Rung(*pair, each) for pair, each in zip(pairs, differences, strict=True))
    return Ladder(variant, rungs, differences[0])


SAME = Difference(None, None, 0, 0.0, 0.0, 51)
FOUND = (
    ladder(VARIANTS["torch_autograd"], Difference(7, 1, 12, 3e-16, 1e-16, 51), SAME, SAME, SAME),
    ladder(VARIANTS["torch_mse_loss"], SAME, SAME),
    ladder(VARIANTS["torch_module"], SAME, SAME),
    ladder(VARIANTS["torch_optimizer"], Difference(9, 0, 1, 1e-16, 1e-16, 51), SAME, SAME, SAME),
)


def test_what_was_found_is_told_in_a_sentence_and_cell_by_cell():
    said = headline(FOUND)
    assert "MSELoss and Module follow NumPy's path exactly." in said
    assert (
        "Autograd leaves it at k = 7, by 12 ulp of x₂; Optimizer at k = 9, by 1 ulp of x₁." in said
    )
    cells = [cell for row in ladder_table(FOUND).rows for cell in row]
    assert Cell("k = 7: 12 ulp of x₂", note="at most 3e-16") in cells
    assert Cell("k = 9: 1 ulp of x₁", note="at most 1e-16") in cells
    assert cells.count(Cell("bit-equal", good=True)) == 12
    number = number_word(len(VARIANTS))
    assert f"All {number} have the same x to the last bit" in headline(FOUND[1:3])
    assert "all 51 points" in headline(FOUND[1:3])


def test_units_in_the_last_place_are_those_of_the_unknown_under_its_name():
    meaning = Meaning((Term(), Term("<b>size*", 1)), "price")
    said = headline(FOUND, meaning)
    assert "by 12 ulp of x₂ · \\<b\\>size\\*; Optimizer" in said
    assert "by 1 ulp of x₁ · constant." in said
    cells = [cell.text for row in ladder_table(FOUND, meaning).rows for cell in row]
    assert "k = 7: 12 ulp of x₂ · <b>size*" in cells
    assert "k = 9: 1 ulp of x₁ · constant" in cells


def test_what_could_not_be_made_alike_is_named():
    apart = Difference(3, 0, 2, 1e-16, 1e-16, 51)
    left = ladder(VARIANTS["torch_mse_loss"], apart, apart)
    assert "a remainder stays in MSELoss." in remainder((left, *FOUND[2:]))
    assert "a remainder stays" not in remainder(FOUND)
    ((*_, cause),) = ladder_table((left,)).rows
    assert cause.text == "not found: a remainder"


def test_both_precisions_have_their_floor():
    page = opened("rounding", replace(PRESET["Two unknowns"], iterations=2000))
    (found,) = re.findall(r"float32\*\*: rests (\S+) from the limit", words(page))
    one = replace(PRESET["Two unknowns"], iterations=2000, dtype="float32")
    (run,) = compare(one, VARIANTS[:1]).runs
    solution = np.linalg.solve(one.system.A, one.system.b)
    measured = np.linalg.norm(run.iterates[-1].astype(float) - solution)
    assert float(found) == pytest.approx(measured, rel=0.1)
    assert "float64**: rests" in words(page)
