"""One definition of "differs in x", by one name, on the three pages that show it."""

import re
from dataclasses import replace

import pytest

from helpers.content import content
from helpers.markup import records
from helpers.pages import choose, html, turned_to, words
from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.text.words import brief
from lsedash.ui.pages.code.page import BOOKMARKS
from lsedash.ui.pages.rates.race import classics

EXPERIMENT = Experiment(LinearSystem([[0.1, 0.7], [0.3, 0.2]], [1, 3]), [1, 1], 0.3, 40)
COMPARING = next(key for key, remark in BOOKMARKS.items() if remark.compares)
NAME = "Differs in x from NumPy by hand"


@pytest.fixture
def amounts():
    """The largest |x - x of the first program| of each program, as it is written."""
    runs = compare(EXPERIMENT)
    largest = {key: abs(run.iterates - runs.runs[0].iterates).max() for key, run in runs.items()}
    assert max(largest.values()) > 0
    return {key: brief(value, 2) if value else "identical" for key, value in largest.items()}


def test_the_table_of_runs_has_it(amounts):
    page = turned_to("Descend", EXPERIMENT)
    (stage,) = [c for c in page.get("bidi_component") if "stage" in c.proto.component_name]
    table = content(stage.proto)["table"]
    told = [row[NAME] for row in records(table, "The programs' results")]
    assert told == ["baseline", *list(amounts.values())[1:]]


def test_the_page_code_has_it(amounts):
    page = turned_to("Code", EXPERIMENT, show=COMPARING)
    told = re.search(rf"{NAME}: (.*)\.", words(page))
    for variant in VARIANTS[1:]:
        assert f"{variant.title} {amounts[variant.key]}" in told[1]
    page = turned_to("Code", EXPERIMENT, show="torch_optimizer")
    assert f"{NAME}: {amounts['torch_optimizer']}." in words(page)


def test_the_race_has_the_largest_of_all_programs():
    page = turned_to("Learning rates", EXPERIMENT)
    choose(page, "Program", "all")
    rates = classics(Theory(EXPERIMENT.system), EXPERIMENT).values()
    for rate, row in zip(rates, records(html(page), "The race in numbers"), strict=True):
        runs = compare(replace(EXPERIMENT, learning_rate=rate))
        largest = max(abs(run.iterates - runs.runs[0].iterates).max() for run in runs.values())
        assert row[NAME] == (brief(largest, 2) if largest else "identical")
