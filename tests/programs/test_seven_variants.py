"""Further programs, each one file and one entry, are everywhere where the others are."""

import csv
from io import StringIO
from itertools import pairwise

import pytest

from helpers.seven_variants import (
    FURTHER,
    OPTIMIZER,
    PITFALL,
    TESTS,
    copy_with_further_programs,
    python,
    visited,
)
from lsedash import VARIANTS
from lsedash.programs.variants import NUMPY

KEYS = [*VARIANTS.keys, *FURTHER]
TITLES = [*(variant.title for variant in VARIANTS), *(title for title, *_ in FURTHER.values())]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seven")
    copy_with_further_programs(folder)
    return folder


@pytest.fixture(scope="module")
def seen(copy):
    """Every page, the command line and the exports, as they are with seven variants."""
    return visited(copy)


def names(chart):
    """The programs in the legend of a chart."""
    return [name for name in chart if name in TITLES]


def heads(table):
    """The programs at the heads of a table's rows, without their markers."""
    return [row[0][1:] for row in table[1:]]


def ladders(seen):
    return seen["why"]["rounding"]["tables"]["Differences to NumPy by hand"]


def test_the_first_page_runs_all_seven(seen):
    page = seen["first page"]
    runs = page["stage"]["runs"]
    assert [run["key"] for run in runs] == KEYS
    assert [run["title"] for run in runs] == TITLES
    assert heads(page["results"]["The programs' results"]) == TITLES
    assert page["stage"]["verdict"]["text"].startswith("seven programs agree with the prediction")
    assert "seven programs, one path" in page["words"]
    assert page["chosen_by_link"] == list(FURTHER)


def test_all_seven_can_be_told_apart_where_their_curves_coincide(seen):
    runs = seen["first page"]["stage"]["runs"]
    for name in ("colour", "dash", "symbol"):
        assert len({run[name] for run in runs}) == 7
    widths = [run["width"] for run in runs]
    assert all(wide > narrow >= 1 for wide, narrow in pairwise(widths))


def test_all_seven_race_and_are_swept(seen):
    rates = seen["rates"]
    assert rates["race"]["options"] == [*TITLES, "All seven"]
    assert rates["sweep"]["options"] == TITLES
    losses, _factors, reached, _heat = rates["sweep"]["charts"]
    assert names(losses) == names(reached) == TITLES
    assert "from Optimizer's" in rates["optimizers"]["words"]


def test_the_page_why_holds_all_seven_against_the_prediction_and_against_numpy(seen):
    why = seen["why"]
    assert [names(chart) for chart in why["prediction"]["charts"]] == [TITLES, TITLES]
    differences = why["prediction"]["tables"]["Prediction and measurement in numbers"]
    assert heads(differences) == TITLES
    assert heads(ladders(seen)) == [title for title in TITLES if title != NUMPY.title]
    assert why["rounding"]["words"].startswith("**The seven are not the same")
    assert all(part["charts"] for part in why.values())


def test_a_variant_of_which_nothing_is_known_has_the_rungs_there_are(seen):
    *_, functional = ladders(seen)
    assert functional[2:5] == ["-"] * 3
    assert functional[1].startswith("k = ")


def test_the_page_code_shows_all_seven_and_each_of_the_further_ones_in_full(seen):
    side_by_side = seen["code"]["all"]
    assert side_by_side["options"] == ["All seven", *TITLES]
    assert 'aria-label="The seven programs"' in side_by_side["html"]
    assert side_by_side["html"].count("data:image/svg+xml") == 7
    for key, (title, lesson, _source) in FURTHER.items():
        page = seen["code"][key]
        assert lesson in page["Loss"]["words"]
        assert names(page["Loss"]["charts"][0]) == [title]
        assert "made or changed by this line" in page["X-ray"]["html"]
        assert "iter 10 -- loss: 1.306e+00" in page["Take home"]["code"][0]
    assert "einsum" in seen["code"]["numpy_einsum"]["Loss"]["listing"]
    assert "NumPy records no graph" in seen["code"]["numpy_einsum"]["Graph"]["words"]


def test_every_page_opens_and_speaks_of_seven(seen):
    for page in seen["every page"].values():
        assert "seven programs, one path" in page["words"]
        assert "five" not in page["words"].lower()
    assert "The program is NumPy by hand" in seen["every page"]["Pitfalls"]["words"]


def test_a_further_optimizer_is_offered_and_runs(seen):
    _, title, lesson = OPTIMIZER
    page = seen["rates"]["optimizers"]
    assert title in page["options"]
    assert title in page["charts"][0]
    *_, row = page["tables"]["The optimizers in numbers"]
    assert row[:2] == [title, lesson]


def test_a_further_pitfall_runs_beside_what_is_predicted_of_it(seen):
    _, _, symptom, predicted = PITFALL
    page = seen["further pitfall"]
    assert f"**{symptom}** The program is NumPy by hand" in page["words"]
    assert predicted in page["words"]
    assert ["right", "wrong", "predicted"] == [name for name in page["charts"][0] if name]


def test_the_command_line_runs_all_seven(seen):
    command = seen["command"]
    head, *_ = command["text"].splitlines()
    assert head.split() == [*KEYS, "predicted"]
    assert all(f"{key} " in command["text"].split("\n\n")[1] for key in KEYS)
    assert command["chosen"].split()[:3] == [*FURTHER, "predicted"]
    assert len(command["sweep"].splitlines()) == 1 + 2


def test_the_exports_have_all_seven(seen):
    command, (head, *rows) = seen["command"], csv.reader(StringIO(seen["library"]["losses_csv"]))
    exported = dict.fromkeys(row[0] for row in csv.reader(StringIO(command["csv"])))
    assert list(exported) == ["variant", *KEYS]
    assert [run["variant"] for run in command["json"]["runs"]] == KEYS
    assert command["json"]["verification"]["verified"]
    assert head == ["k", *KEYS, "predicted"]
    assert len(rows) == 51


@pytest.mark.parametrize("key", FURTHER)
def test_the_further_ones_can_be_taken_home_and_print_what_the_page_says(seen, key):
    home = seen["taken home"][key]
    *losses, _solution = home["script"].splitlines()
    assert losses == home["announced"]
    cells = ["".join(cell["source"]) for cell in home["notebook"]["cells"]]
    assert any(cell.startswith("def descend") for cell in cells)


def test_links_and_remarks_speak_of_seven(seen):
    link, chosen, everything = seen["library"]["link"]
    assert link == {"variants": ",".join(FURTHER)}
    assert chosen == list(FURTHER)
    assert everything == seen["library"]["keys"] == KEYS
    assert any("in all seven programs" in text for text in seen["library"]["remarks"])


def test_the_tests_of_all_variants_find_the_further_ones_by_themselves(copy):
    tests, settings = TESTS / "programs" / "test_variants.py", TESTS.parent / "pyproject.toml"
    options = ("-v", "-p", "no:cacheprovider", "-c", str(settings), "-k", " or ".join(FURTHER))
    lines = python(copy, "-m", "pytest", *options, str(tests)).splitlines()
    for key in FURTHER:
        assert sum("PASSED" in line and key in line for line in lines) >= 15
