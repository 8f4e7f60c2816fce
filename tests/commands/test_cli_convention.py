"""The command line speaks the course's convention: rates, losses, tolerance, sweeps."""

import csv
import json

import pytest

from lsedash import Experiment, LinearSystem, Theory, compare
from lsedash.commands import main as cli
from lsedash.commands.options import experiment_of
from lsedash.export.tables import iterates_csv
from lsedash.text.words import brief

SYSTEM = LinearSystem([[1, 2], [3, 4], [5, 6]], [1, 2, 4])
A_AND_B = ("-A", "1 2;3 4;5 6", "-b", "1 2 4")
LINK = "?A=1 2;3 4;5 6&b=1 2 4&lr=0.01&tolerance=0.2&loss=mean"


def printed(capsys, *argv):
    assert cli.main(["run", *A_AND_B, *argv]) == 0
    return capsys.readouterr().out


def test_a_run_is_read_and_printed_in_the_convention(capsys):
    out = printed(capsys, "--loss", "half-mean", "--learning-rate", "0.03", "--iterations", "20")
    experiment, theory = Experiment(SYSTEM, None, 0.01, 20), Theory(SYSTEM)
    run = compare(experiment).runs[0]
    assert f"iter 20 -- loss:  {run.losses[20] / 3:>13.3e}"[-9:] in out
    assert f"{brief(3 * theory.critical_learning_rate, 6)}\n" in out
    assert f"{brief(theory.least_loss / 3, 6)}\n" in out
    assert "‖Ax − b‖² / (2m). Here m = 3: your 0.03 is 0.01 for ½ sum." in out
    assert "at learning rate 0.03" in out


def test_without_a_convention_nothing_is_said_of_one(capsys):
    assert printed(capsys, "--learning-rate", "0.01") == printed(
        capsys, "--learning-rate", "0.01", "--loss", "half-sum"
    )


def test_csv_and_json_have_our_numbers_and_say_so(capsys):
    options = ("--loss", "mean", "--learning-rate", "0.015", "--iterations", "5")
    experiment = Experiment(SYSTEM, None, 0.01, 5)
    assert printed(capsys, *options, "--csv") == iterates_csv(compare(experiment))
    document = json.loads(printed(capsys, *options, "--json"))
    assert document["convention"] == {
        "numbers": "half-sum",
        "spoken": "mean",
        "spoken_learning_rate": 0.015,
        "spoken_tolerance": None,
    }
    assert document["experiment"]["learning_rate"] == 0.01


@pytest.mark.parametrize(
    ("options", "rate", "tolerance", "told"),
    [
        ({}, 0.02 / 3, 0.3, "mean"),
        ({"loss": "half-mean"}, 0.02 / 3, 0.3, "half-mean"),
        ({"lr": "0.03"}, 0.02, 0.3, "mean"),
        ({"lr": "0.03", "loss": "half-mean"}, 0.01, 0.3, "half-mean"),
    ],
)
def test_a_link_and_the_options_each_speak_in_their_own_convention(options, rate, tolerance, told):
    asked = experiment_of(options, LINK)
    assert asked.experiment.learning_rate == pytest.approx(rate, rel=1e-15)
    assert asked.experiment.tolerance == pytest.approx(tolerance, rel=1e-15)
    assert asked.spoken.convention.key == told


def test_a_convention_that_does_not_exist_is_refused(capsys):
    assert cli.main(["run", "--loss", "mse"]) == 2
    assert "The loss must be one of half-sum, sum, mean, half-mean" in capsys.readouterr().err


def test_a_sweep_takes_spoken_rates_and_each_system_has_its_own_m(tmp_path):
    links = tmp_path / "links.txt"
    links.write_text("?A=1 2;3 4;5 6&b=1 2 4\n?A=1 2;3 4&b=1 2\n")
    table = tmp_path / "sweep.csv"
    options = ["--rates", "0.003:0.006:2", "--loss", "half-mean", "--jobs", "1"]
    argv = ["sweep", *options, "--systems", str(links), "--out", str(table)]
    assert cli.main(argv) == 0
    rows = list(csv.DictReader(table.read_text().splitlines()))
    rates = [(row["system"], float(row["learning_rate"])) for row in rows]
    assert rates == [("0", 0.001), ("0", 0.002), ("1", 0.0015), ("1", 0.003)]
