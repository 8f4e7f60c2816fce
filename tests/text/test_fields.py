"""The table of fields: complete, exact, and the same in a link, in the sidebar and as an option."""

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given

from helpers.strategies import experiments
from lsedash import Experiment, LinearSystem
from lsedash.commands.main import main
from lsedash.text.fields import ALL_VARIANTS, DEFAULT, FIELDS, PARAMETERS
from lsedash.text.link import query_string, read_link, write_link
from lsedash.ui.state.draft import draft_of, read_draft

LEFT_OUT = " The link's A and b were left out."

# Each is a wrong text for one field; the other fields are those of the worked example, 3 x 3.
BAD = {
    "A": [
        "",
        "abc",
        "1 2 0; abc 1 0; 0 0 1",
        "1 2 0; 0 1; 0 0 1",
        "1 2; 0 1 0; 0 0 1",
        "1 2 0; 0 nan 0; 0 0 1",
        "1 2 0; 0 1 0; 0 0 -inf",
        "1 2 1e400; 0 1 0; 0 0 1",
        "1/0 2 0; 0 1 0; 0 0 1",
        "1 2 0; 0 1 0; 0 0 ١",
        "1 2 0; 0 1 0",
        "1 2; 3 4",
        "1 2 0; 0 " + "1" * 101 + " 0; 0 0 1",
        "1 __import__('os') 0; 0 1 0; 0 0 1",
    ],
    "b": [
        "",
        "one 2 3",
        "1 2",
        "1 2 3 4",
        "1 nan 3",
        "1 2 inf",
        "1e400 2 3",
        "1 1e308/1e-308 3",
        "1 2/0 3",
        "1 2 1'000",
    ],
    "x0": [
        "",
        "0 0 zero",
        "0 0",
        "0 0 0 0",
        "0 NaN 0",
        "-1e999 0 0",
        "0 0/0 0",
        "0 0 0x10",
        "½ 0 0",
    ],
    "lr": [
        "",
        "   ",
        "fast",
        "none",
        "-0.1",
        "0",
        "-0",
        "-1/3",
        "1/0",
        "nan",
        "inf",
        "1e400",
        "1e-400",
        "0,1",
        "0.1 0.2",
        "1" * 101,
        "0.1" + " very" * 20,
        "１２",
    ],
    "iterations": [
        "",
        "many",
        "none",
        "-1",
        "2.5",
        "1/3",
        "1e-3",
        "nan",
        "-inf",
        "1e400",
        "5,0",
        "1_000",
        "5 0",
    ],
    "tolerance": ["x", "-1e-9", "nan", "inf", "1e400", "0,001", "1/0", "no ne", "--1"],
    "dtype": ["", "float16", "double", "Float64", "64"],
}
TEXTS = [(key, text) for key, texts in BAD.items() for text in texts]


def cells(key, text):
    """The text as the sidebar holds it: a grid for A, a list for b and x0."""
    if key == "A":
        return [row.split() for row in text.split(";")]
    return text.split() if key in ("b", "x0") else text


def option(key):
    return {"A": "-A", "b": "-b", "lr": "--learning-rate"}.get(key, f"--{key}")


def said_by_link(key, text):
    (problem,) = read_link({key: text}).problems
    assert problem.endswith(LEFT_OUT) == (key in ("A", "b"))
    return problem.removesuffix(LEFT_OUT)


def said_by_sidebar(key, text):
    draft = replace(draft_of(DEFAULT), **{FIELDS[key].name: cells(key, text)})
    _, faults = read_draft(draft, DEFAULT)
    (fault,) = faults.values()
    return str(fault)


def said_by_command(capsys, key, text):
    assert main(["run", option(key), text]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err.removeprefix("lsedash: ").removesuffix("\n")


@pytest.mark.parametrize(("key", "text"), TEXTS)
def test_a_bad_text_gets_the_same_sentence_in_a_link_a_field_and_an_option(capsys, key, text):
    sentence = said_by_link(key, text)
    assert said_by_sidebar(key, text) == sentence
    assert said_by_command(capsys, key, text) == sentence
    assert sentence.endswith(".")
    assert sentence.startswith((FIELDS[key].subject, "b has 3 entries but A has 2 rows"))


@pytest.mark.parametrize("text", ["", " , ", "torch", "torch_module,numpy", "x" * 60])
def test_unknown_variants_get_the_same_sentence_in_a_link_and_an_option(capsys, text):
    (problem,) = read_link({"variants": text}).problems
    assert said_by_command(capsys, "variants", text) == problem
    assert problem.endswith(f"; there are {', '.join(ALL_VARIANTS)}.")


GOOD = [
    (
        "A",
        "2 0 0; 0 1/4 0; 0 0 1e-3",
        LinearSystem([[2, 0, 0], [0, 0.25, 0], [0, 0, 1e-3]], [1, 2, 3]),
    ),
    ("b", "-1 1/4 .5", LinearSystem(DEFAULT.system.A, [-1, 0.25, 0.5])),
    ("x0", "-1 0 2e1", [-1, 0, 20]),
    ("lr", " 1/4 ", 0.25),
    ("iterations", "1e1", 10),
    ("iterations", "0", 0),
    ("tolerance", "0", 0),
    ("tolerance", "", None),
    ("tolerance", " None ", None),
    ("tolerance", "none", None),
    ("dtype", " float32", "float32"),
]


@pytest.mark.parametrize(("key", "text", "value"), GOOD)
def test_a_good_text_means_the_same_in_a_link_a_field_and_an_option(capsys, key, text, value):
    attribute = "system" if key in ("A", "b") else FIELDS[key].attribute
    expected = replace(DEFAULT, **{attribute: value})
    opened = read_link({key: text})
    assert (opened.experiment, opened.problems) == (expected, ())
    draft = replace(draft_of(DEFAULT), **{FIELDS[key].name: cells(key, text)})
    assert read_draft(draft, DEFAULT) == (expected, {})
    assert main(["run", "--json", "--variants", "numpy_by_hand", option(key), text]) == 0
    link = json.loads(capsys.readouterr().out)["experiment"]["link"]
    assert link == "?" + query_string(write_link(expected, ["numpy_by_hand"]))


def test_an_option_takes_back_the_tolerance_of_a_link(capsys):
    given = ["run", "--link", "?tolerance=1e-3", "--tolerance", "none", "--json"]
    assert main(given) == 0
    assert json.loads(capsys.readouterr().out)["experiment"]["tolerance"] is None


def test_an_x0_that_does_not_fit_the_system_in_place_of_a_refused_one_is_no_second_fault():
    link = {"A": "1 x; 3 4", "b": "1 2", "x0": "1 2"}
    assert len(read_link(link).problems) == 1
    draft = replace(draft_of(DEFAULT), A=[["1", "x"], ["3", "4"]], b=["1", "2"], x0=["1", "2"])
    assert list(read_draft(draft, DEFAULT)[1]) == ["A"]


def test_every_part_of_an_experiment_is_a_field():
    parts = {part.name for part in fields(Experiment)} - {"system"}
    parts |= {f"system.{part.name}" for part in fields(LinearSystem)}
    assert {field.attribute for field in PARAMETERS} == parts


@given(experiments())
def test_what_a_field_writes_reads_back_to_the_bit(experiment):
    read = {field.name: field.read(field.write(field.value(experiment))) for field in PARAMETERS}
    system = LinearSystem(read.pop("A"), read.pop("b"))
    assert Experiment(system, **read) == experiment
