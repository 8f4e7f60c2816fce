"""What a notebook shows of our values: a small table, no script, the notebook's own colours."""

from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from helpers.markup import parsed, text
from helpers.programs import Fake, counting
from lsedash import PITFALLS, VARIANTS, Experiment, LinearSystem, Run, Theory, compare
from lsedash.text.fields import DEFAULT
from lsedash.text.words import brief

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"
LARGE = {
    "64 x 64": LinearSystem(np.random.default_rng(0).normal(size=(64, 64)) / 50, np.ones(64)),
    "4096 x 1": LinearSystem(np.linspace(0, 0.01, 4096)[:, None], np.ones(4096)),
    "1 x 4096": LinearSystem(np.linspace(0, 0.01, 4096)[None], [1]),
}
LARGEST = 12_000  # characters


def shown(value):
    """What a notebook shows: the rows of the table, each a list of texts, its caption first."""
    tree = parsed(value._repr_html_())
    rows = [[text(cell) for cell in row] for row in tree.iter("tr")]
    return [text(tree.find("table/caption")), *rows]


def row_of(value, head):
    (row,) = [row for row in shown(value)[1:] if row[0] == head]
    return row[1:]


def test_an_experiment_is_told_whole():
    caption, *rows = shown(replace(DEFAULT, tolerance=1e-9))
    assert caption == "Experiment: 3 equations in 3 unknowns"
    assert {row[0]: row[1] for row in rows} == {
        "A": "1  2  0\n0  1  0\n0  0  1",
        "b": "1  2  3",
        "start x0": "0  0  0",
        "learning rate α": "0.1",
        "iterations": "50",
        "tolerance": "1e-9",
        "dtype": "float64",
    }


def test_a_comparison_has_a_row_for_each_program():
    comparison = compare(DEFAULT)
    caption, heads, *rows = shown(comparison)
    assert caption == "5 programs on 3 equations in 3 unknowns, α = 0.1, 50 iterations"
    assert heads[:4] == ["Program", "Status", "Final loss", "Differs in x from NumPy by hand"]
    assert [row[0] for row in rows] == [variant.title for variant in VARIANTS]
    for row, run in zip(rows, comparison.runs, strict=True):
        assert row[1:3] == ["finished", brief(run.losses[-1])]
    assert rows[0][3] == "baseline"


def test_a_run_says_how_it_ended_and_where():
    run = compare(replace(DEFAULT, learning_rate=1.0, iterations=3000)).runs[0]
    assert row_of(run, "status") == [f"diverged at k = {run.last_point}"]
    assert row_of(run, "last x") == ["  ".join(map(brief, run.iterates[-1]))]
    assert shown(run)[0] == "Run of NumPy by hand"


def test_theory_tells_the_rates_that_have_names():
    theory = Theory(DEFAULT.system)
    assert row_of(theory, "largest stable learning rate") == [brief(theory.critical_learning_rate)]
    assert row_of(theory, "curvatures λ") == ["  ".join(map(brief, theory.curvatures))]


@pytest.mark.parametrize("system", LARGE.values(), ids=LARGE.keys())
def test_the_table_of_a_large_system_is_small(system):
    experiment = Experiment(system, iterations=3)
    comparison = compare(experiment)
    for value in (experiment, comparison, comparison.runs[0], Theory(system)):
        html = value._repr_html_()
        assert len(html) < LARGEST
        assert max(len(line) for _, *row in shown(value)[1:] for line in row) < 1000
    assert f"{system.m} equation" in shown(experiment)[0]
    assert ("…" in row_of(experiment, "A")[0], brief(system.A[-1, -1])) == (
        True,
        row_of(experiment, "A")[0].split()[-1],
    )


def test_many_programs_make_a_table_of_bounded_size():
    programs = [Fake(counting, f"{i}" + "x" * 1000) for i in range(300)]
    assert len(compare(replace(DEFAULT, iterations=1), programs)._repr_html_()) < 100_000


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: pitfall.key)
def test_every_pitfall_is_told_with_its_exception(pitfall):
    run = pitfall.run(DEFAULT)
    assert shown(run)[0] == f"Run of {pitfall.title}"
    if run.exception:
        assert row_of(run, "exception")[0].startswith(type(run.exception).__name__)
    assert shown(compare(DEFAULT, [pitfall]))[-1][0] == pitfall.title


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(LinearSystem([[2]], [1])),
        Experiment(LinearSystem(np.zeros((2, 3)), [1, 0]), dtype="float32"),
        Experiment(LinearSystem(1e12 * np.eye(2), [1, 1]), [-1e12, 0], dtype="float32"),
    ],
)
def test_no_experiment_is_too_odd_for_a_table(experiment):
    comparison = compare(experiment)
    for value in (experiment, comparison, comparison.runs[0], Theory(experiment.system)):
        assert len(shown(value)) > 2
        assert "nan" not in value._repr_html_().lower()


def test_names_and_messages_of_strangers_are_shown_as_text():
    points = np.arange(1), np.zeros((1, 3)), np.zeros(1)
    error, warned = ValueError(HOSTILE), (HOSTILE, HOSTILE)
    run = Run(HOSTILE, *points, status="raised", seconds=0.0, exception=error, warnings=warned)
    comparison = compare(DEFAULT, [Fake(counting, HOSTILE)])
    for value in (run, comparison):
        assert HOSTILE in " ".join(cell for row in shown(value) for cell in row)


def test_no_table_has_a_script_a_link_or_a_colour_of_its_own():
    comparison = compare(DEFAULT)
    for value in (DEFAULT, comparison, comparison.runs[0], Theory(DEFAULT.system)):
        tree = parsed(value._repr_html_())
        tags = {element.tag for element in tree.iter()}
        assert tags <= {"body", "table", "caption", "thead", "tbody", "tr", "th", "td"}
        assert {name for element in tree.iter() for name in element.attrib} <= {"style", "scope"}
        for style in styles(tree):
            assert "color: inherit" in style
            assert "url" not in style
            assert not {"#", "black", "white"} & set(style.replace(";", " ").split())
            assert "background" not in style or "background: none" in style


def styles(tree: ElementTree.Element) -> list[str]:
    return [element.get("style") for element in tree.iter() if element.get("style")]
