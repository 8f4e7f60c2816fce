"""`lsedash run --data`: from a file to coefficients with names."""

import io
import json
import re
import sys

import numpy as np
import pytest

import lsedash
from helpers.known_data import HOUSES
from lsedash import InvalidInput, design, read_table
from lsedash.commands import main as cli
from lsedash.text.link import read_link, split_link

TITLES = "size,rooms,price"
ROWS = "\n".join(",".join(f"{value:g}" for value in row) for row in HOUSES.values)
HOUSES_CSV = f"{TITLES}\n{ROWS}\n"
RATE = "0.0002127659574468085"  # the course's 0.01, whose loss is 1/(2m) times the sum


@pytest.fixture
def file(tmp_path):
    def write(text, name="houses.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def printed(capsys, *argv):
    assert cli.main(["run", *argv, "--variants", "numpy_by_hand"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def as_json(capsys, *argv):
    return json.loads(printed(capsys, *argv, "--json"))


def refused(capsys, *argv):
    assert cli.main(["run", *argv]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


def coefficients(text):
    """The table at the report's end: the numbers by name."""
    lines = text.partition("coefficients of price, in the units of the data\n")[2].splitlines()
    found = [re.split(r" {2,}", line) for line in lines[1:]]
    return {name: [float(number) for number in numbers] for name, *numbers in found}


def test_the_courses_houses_end_where_the_course_ends_with_coefficients_in_dollars(capsys, file):
    options = ("--target", "price", "--features", "size", "rooms", "--standardize")
    out = printed(
        capsys, "--data", file(HOUSES_CSV), *options, "--learning-rate", RATE, "--iterations", "400"
    )
    assert "47 rows, 3 columns; commas between, decimal points; the first line holds titles." in out
    assert "A is 47 x 3, with the columns constant, size and rooms; b is price." in out
    made = design(read_table(HOUSES_CSV).table, standardize=True)
    after = made.back([334302.0639932767, 100087.11600584644, 3673.548450928264])
    least = [89597.90954279756, 139.21067401762548, -8738.01911232784]
    found = coefficients(out)
    assert list(found) == ["constant", "size", "rooms"]
    np.testing.assert_allclose(list(found.values()), np.transpose([after, least]), rtol=1e-5)


def test_json_has_names_coefficients_and_a_link_that_keeps_the_names(capsys, file):
    told = as_json(capsys, "--data", file(HOUSES_CSV), "--features", "size", "--iterations", "5")
    experiment = told["experiment"]
    assert (experiment["target"], experiment["names"]) == ("price", ["constant", "size"])
    assert told["coefficients"]["numpy_by_hand"] == told["runs"][0]["iterates"][-1]
    assert told["coefficients"]["limit"] == pytest.approx(told["theory"]["descent_limit"])
    opened = read_link(split_link(experiment["link"]))
    assert opened.meaning.names == ("constant", "size")
    again = as_json(capsys, "--link", experiment["link"])
    assert again["coefficients"] == told["coefficients"]


def test_without_a_rate_it_is_half_the_edge_and_the_report_says_so(capsys, file):
    path = file(HOUSES_CSV)
    assert "half the largest stable one" in printed(capsys, "--data", path)
    told = as_json(capsys, "--data", path)
    edge = told["theory"]["critical_learning_rate"]
    assert told["experiment"]["learning_rate"] == pytest.approx(edge / 2, rel=1e-3)
    chosen = printed(capsys, "--data", path, "--learning-rate", "1e-9")
    assert "half the largest stable one" not in chosen


def test_powers_rows_and_the_constant_are_options_too(capsys, file):
    text = "set,t,y\nI,1,1\nI,2,4.5\nII,9,9\nI,4,15\n"
    told = as_json(
        capsys, "--data", file(text), "--rows", "set=I", "--powers", "t=2", "--no-constant"
    )
    assert told["experiment"]["names"] == ["t", "t²"]
    assert told["experiment"]["A"] == [[1, 1], [2, 4], [4, 16]]
    told = as_json(capsys, "--data", file(text), "--powers", "2", "--rows", "set=I")
    assert told["experiment"]["names"] == ["constant", "t", "t²"]


def test_a_table_may_come_from_standard_input(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x;y\n1,5;2\n2,5;3\n4;9\n")))
    told = as_json(capsys, "--data", "-")
    assert told["experiment"]["A"] == [[1, 1.5], [1, 2.5], [1, 4]]


def test_a_file_that_can_be_read_in_two_ways_is_asked_about_and_every_answer_is_taken(capsys, file):
    path = file("1.234;5.100\n2.345;7.200\n3.456;9.999\n")
    message = refused(capsys, "--data", path)
    assert "can be read in two ways; choose one with " in message
    ways = re.findall(r"(--decimal \S+ --thousands \S+) \(", message)
    first = [
        as_json(capsys, "--data", path, *way.replace("''", "").split(" "))["experiment"]["A"][0]
        for way in ways
    ]
    assert first == [[1, 1.234], [1, 1234]]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--target", "cost"], "There is no column 'cost'; there are size, rooms and price."),
        (["--features", "size", "price"], "price is the target, so it cannot be a feature"),
        (["--rows", "rooms"], "--rows takes NAME=VALUE; it is 'rooms'."),
        (["--powers", "size"], "--powers: 'size' is not a number."),
        (["--powers", "size=x"], "--powers size"),
        (["-A", "1 2"], "--data brings A and b; leave out -A, -b and --link."),
        (["--x0", "1 2"], "x0 has 2 entries but A has 3 columns"),
    ],
)
def test_wrong_options_about_data_get_one_sentence(capsys, file, options, message):
    assert message in refused(capsys, "--data", file(HOUSES_CSV), *options)


def test_files_that_are_none_get_one_sentence(capsys, tmp_path, file):
    assert "cannot be read" in refused(capsys, "--data", str(tmp_path / "none.csv"))
    assert "lsedash: " in refused(capsys, "--data", file(""))
    assert "--target needs --data FILE." in refused(capsys, "--target", "price")
    assert "--features needs --data FILE." in refused(capsys, "--features", "a", "b")


def test_names_in_a_link_must_fit_and_go_with_its_A(capsys):
    link = "?A=1 2;1 3&b=1 2&names=y;1;x"
    assert "coefficients of y" in printed(capsys, "--link", link)
    assert "coefficients" not in printed(capsys, "--link", link, "-A", "1 2 3;4 5 6")
    assert "There are names for 3 columns" in refused(capsys, "--link", f"{link};z")


def test_a_name_from_a_link_is_one_line_of_the_report(capsys):
    link = "?A=1 2;1 3&b=1 2&names=y;1;two~0Alines~1B[31m"
    said = printed(capsys, "--link", link)
    assert any(line.startswith("two lines [31m ") for line in said.splitlines())
    assert "\x1b" not in said


def test_read_table_and_design_are_public():
    assert {"read_table", "design", "Reading", "Design", "How", "Table"} <= set(lsedash.__all__)
    made = lsedash.design(lsedash.read_table("x y\n1 2\n2 3\n4 9").table)
    assert made.names == ("constant", "x")
    with pytest.raises(InvalidInput):
        lsedash.read_table("no number")
