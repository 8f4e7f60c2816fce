"""The article's variants against the losses and iterates of the article's five listings."""

import json
from pathlib import Path

import numpy as np
import pytest

from lsedash import VARIANTS, Experiment, LinearSystem, compare

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "article.json").read_text())
CASES = [
    pytest.param(case, id=f"{case['system']}, {case['learning_rate']:.3g}")
    for case in GOLDEN["cases"]
]

ARTICLE = ("numpy_by_hand", "torch_autograd", "torch_mse_loss", "torch_module", "torch_optimizer")


def farthest(measured, golden):
    """The largest difference over the largest |value| of the golden run."""
    golden = np.array(list(golden.values()))
    return np.abs(measured - golden).max() / np.abs(golden).max()


@pytest.mark.parametrize("key", ARTICLE)
@pytest.mark.parametrize("case", CASES)
def test_each_variant_walks_the_path_of_the_articles_listing(case, key):
    system = LinearSystem(case["A"], case["b"])
    golden = case["variants"][key]
    points = [int(k) for k in golden["loss"]]
    run = compare(Experiment(system, case["x0"], case["learning_rate"], 50), [VARIANTS[key]])[key]

    assert run.status == "finished"
    assert farthest(run.losses[points], golden["loss"]) < 1e-12
    assert farthest(run.iterates[points], golden["x"]) < 1e-12


def test_the_golden_figures_cover_every_variant_of_the_article():
    assert [list(case["variants"]) for case in GOLDEN["cases"]] == [list(ARTICLE)] * 12
