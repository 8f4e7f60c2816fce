"""A loss at rounding level is 0 to rounding; nothing is a share of it, on any page."""

import re
from dataclasses import replace
from functools import cache
from html import unescape

import numpy as np
import pytest

from helpers.content import content
from helpers.pages import html, turned_to, words
from helpers.why_page import rows
from lsedash import Experiment, LinearSystem, Theory, compare
from lsedash.commands.report import summary_lines
from lsedash.text.fields import DEFAULT
from lsedash.theory.pitfalls import PREDICTIONS
from lsedash.theory.zero import rounding_loss
from lsedash.ui.pages.rates.shared import NOTHING_TO_LOSE

AT_SOLUTION = replace(DEFAULT, x0=[-3, 2, 3])
AT_LEAST_SQUARES = Experiment(LinearSystem([[1, 0], [0, 1], [1, 1]], [1, 2, 0]), [0, 1], 0.1, 20)
ZERO = Experiment(LinearSystem(np.zeros((2, 2)), [1, 2]), [1, 1], 0.1, 20)
EDGE_CASES = {
    "A = 0": ZERO,
    "x0 is the solution": AT_SOLUTION,
    "b = 0": replace(DEFAULT, system=LinearSystem(DEFAULT.system.A, np.zeros(3))),
    "1 x 1": Experiment(LinearSystem([[2]], [4]), None, 0.3, 20),
    "rank-deficient": Experiment(LinearSystem([[1, 2], [2, 4]], [1, 3]), None, 0.05, 20),
}
VIEWS = [
    *[("Learning rates", show) for show in ("race", "sweep", "optimizers")],
    *[("Why", s) for s in ("modes", "geometry", "prediction", "rounding", "conditioning")],
    *[(name, "") for name in ("Descend", "Code", "Pitfalls")],
]


def said(page):
    """All that a page says, in words, tables, buttons' helps and the data of its components."""
    texts = [element.value for kind in ("caption", "info", "latex") for element in page.get(kind)]
    texts += [element.proto.json for element in page.get("bidi_component")]
    texts += [button.help or "" for button in page.button]
    page_html = re.sub(r"<style>.*?</style>|<[^>]+>", " ", html(page), flags=re.S)
    return unescape("\n".join([words(page), page_html, *texts]))


@cache
def said_at(name, show, case):
    """All that a view says in an edge case."""
    return said(turned_to(name, EDGE_CASES[case], show=show))


@pytest.mark.parametrize(("name", "show"), VIEWS)
def test_no_page_takes_rounding_noise_for_a_loss_when_x0_is_the_solution(name, show):
    shown = said_at(name, show, "x0 is the solution")
    assert not re.search(r"loss[^.]{0,20} [\d.]+e-(2|3)\d", shown)
    assert not re.search(r"(at most|iterations to) [\d.]+e-", shown)


@pytest.mark.parametrize("case", EDGE_CASES)
@pytest.mark.parametrize(("name", "show"), VIEWS)
def test_no_page_says_inf_or_nan(name, show, case):
    assert not re.findall(r"\b(?:inf|nan|NaN|Infinity)\b|∞", said_at(name, show, case))


def test_a_start_at_the_solution_has_no_share_to_reach():
    for show in ("race", "sweep", "optimizers"):
        page = turned_to("Learning rates", AT_SOLUTION, show=show)
        assert NOTHING_TO_LOSE in said(page)
    page = turned_to("Why", AT_SOLUTION, show="modes")
    for row in rows(page, "The modes in numbers"):
        assert [row[5], row[7]] == ["-", "-"]
    assert "no mode has a share to remove" in said(page)


@pytest.mark.parametrize("experiment", [AT_SOLUTION, AT_LEAST_SQUARES])
def test_the_geometry_of_a_start_at_the_limit_has_nothing_to_remove(experiment):
    page = turned_to("Why", experiment, show="geometry")
    assert re.search(r"The start is a (least-squares )?solution\*\*, up to rounding", words(page))
    assert {row[2] for row in rows(page, "The start's residual")} == {"0"}


def test_a_run_that_ends_at_rounding_level_is_said_to_have_no_loss():
    page = turned_to("Descend", replace(DEFAULT, learning_rate=1 / 3, iterations=2000))
    (stage,) = [c for c in page.get("bidi_component") if "stage" in c.proto.component_name]
    table = content(stage.proto)["table"]
    assert table.count("0 to rounding") >= 5


def test_the_level_of_rounding_is_that_of_runs():
    rng = np.random.default_rng(3)
    for _ in range(50):
        m, n = rng.integers(1, 8, 2)
        A, x = rng.standard_normal((m, n)), rng.standard_normal(n)
        system = LinearSystem(A, A @ x)
        theory = Theory(system)
        assert theory.starts_at_limit(x)
        assert system.loss(x) <= rounding_loss(system, x)
        assert not theory.starts_at_limit(x + 1e-9)
    for dtype in ("float64", "float32"):
        rest = Experiment(DEFAULT.system, None, 1 / 3, 3000, None, dtype)
        for run in compare(rest).runs:
            assert run.losses[-1] <= rounding_loss(rest.system, run.iterates[-1], dtype)


def test_for_a_equal_to_0_every_rate_does_nothing_and_that_is_said():
    predicted = [predict(ZERO).words for predict in PREDICTIONS.values()]
    assert not any(re.search(r"\binf\b", sentence) for sentence in predicted)
    report = "\n".join(summary_lines(compare(ZERO), Theory(ZERO.system)))
    assert "every one does nothing, because A is zero" in report
    assert "inf" not in re.findall(r"\w+", report)
