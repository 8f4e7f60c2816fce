"""The command line, in process: what it prints."""

import json
import re
from pathlib import Path

import pytest

from lsedash import Experiment, LinearSystem, compare
from lsedash.commands import main as cli
from lsedash.export.tables import iterates_csv
from lsedash.text.fields import DEFAULT

GOLDEN = Path(__file__).parents[1] / "golden" / "article.json"


def printed(capsys, *argv: str) -> str:
    assert cli.main(["run", *argv]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def as_json(text: str) -> dict:
    return json.loads(text, parse_constant=lambda literal: pytest.fail(f"{literal} is not JSON"))


def loss_lines(text: str) -> dict[int, list[str]]:
    lines = re.findall(r"^iter +(\d+) -- loss: +(.*)$", text, re.MULTILINE)
    return {int(k): cells.split() for k, cells in lines}


def test_the_article_s_numbers_are_printed(capsys):
    cases = json.loads(GOLDEN.read_text(encoding="utf-8"))["cases"]
    case = next(c for c in cases if c["system"] == "worked example" and c["learning_rate"] == 0.1)
    options = ("--learning-rate", "0.1", "--iterations", "50", "--variants")
    lines = loss_lines(printed(capsys, *options, ",".join(case["variants"])))
    assert list(lines) == [0, 10, 20, 30, 40, 50]
    for k in (0, 10, 20, 30, 40):
        article = [f"{run['loss'][str(k)]:.3e}" for run in case["variants"].values()]
        assert lines[k] == [*article, article[0]]


def test_the_summary_says_what_theory_says(capsys):
    out = printed(capsys)
    facts = dict(re.split(r" {2,}", line, maxsplit=1) for line in out.split("\n\n")[1].splitlines())
    assert facts["rank"] == "3 (A is 3 x 3)"
    assert facts["condition number kappa(A)"] == "5.82843"  # (1 + sqrt 2)^2
    assert facts["largest stable learning rate"] == "0.343146"  # 2 / (1 + sqrt 2)^2
    assert facts["fastest in the long run"] == "0.333333"
    assert facts["best for 50 iterations"] == "0.327394"
    assert facts["convergence factor"].startswith("0.982843 ")  # 1 - 0.1 (sqrt 2 - 1)^2
    assert facts["regime"].startswith("Monotone")
    assert facts["torch_optimizer"] == "ran all iterations"
    assert facts["verified"].startswith("yes")


def test_the_last_point_is_always_printed(capsys):
    assert list(loss_lines(printed(capsys, "--iterations", "7", "--every", "3"))) == [0, 3, 6, 7]
    assert list(loss_lines(printed(capsys, "--iterations", "0"))) == [0]


def test_every_point_is_kept_however_many_there_are(capsys):
    out = printed(capsys, "--iterations", "20001", "--every", "7001", "--variants", "numpy_by_hand")
    assert list(loss_lines(out)) == [0, 7001, 14002, 20001]


def test_endings_are_told(capsys):
    assert "reached the tolerance at iteration 1" in printed(
        capsys, "-A", "1", "-b", "1", "--learning-rate", "1", "--tolerance", "1e-30"
    )
    assert "diverged: no longer finite after iteration 51" in printed(
        capsys, "-A", "50 0; 0 1", "-b", "-1 2", "--learning-rate", "0.4", "--iterations", "400"
    )
    assert "diverged: the loss of the start is already beyond float64" in printed(
        capsys, "-A", "1e200", "-b", "0", "--x0", "1e200"
    )
    assert "The tolerance 0.1 is below the smallest possible loss, 0.5; no run reaches it." in (
        printed(capsys, "-A", "1; 0", "-b", "1 1", "--tolerance", "0.1")
    )


def test_json_is_strict_and_is_the_comparison(capsys):
    argv = ["-A", "1 2; 3 4", "-b", "-1 1/3", "--x0", "-.5 2", "--learning-rate", "0.02"]
    read = as_json(printed(capsys, *argv, "--dtype", "float32", "--json"))
    experiment = Experiment(
        LinearSystem([[1, 2], [3, 4]], [-1, 1 / 3]), [-0.5, 2], 0.02, 50, dtype="float32"
    )
    expected = compare(experiment)
    assert [run["variant"] for run in read["runs"]] == list(expected)
    for run in read["runs"]:
        assert run["losses"] == expected[run["variant"]].losses.tolist()
        assert run["iterates"] == expected[run["variant"]].iterates.tolist()


def test_json_of_what_overflows_is_still_strict(capsys):
    told = as_json(printed(capsys, "-A", "1e300", "-b", "1", "--json"))
    assert {run["status"] for run in told["runs"]} == {"diverged"}


def test_csv_is_that_of_the_comparison(capsys):
    out = printed(capsys, "--csv", "--iterations", "12")
    assert out == iterates_csv(compare(Experiment(DEFAULT.system, None, 0.1, 12)))


def test_variants_are_chosen_and_keep_their_order(capsys):
    out = printed(capsys, "--variants", "torch_module, numpy_by_hand", "--iterations", "1")
    assert out.splitlines()[0].split() == ["numpy_by_hand", "torch_module", "predicted"]


@pytest.mark.parametrize("b", ["-1 2", "-1,2", "-1;2", "-1/1 2", "-.1e1 2", "[-1, 2]", "−1 2"])
@pytest.mark.parametrize("joined", [True, False])
def test_a_value_may_begin_with_a_minus(capsys, b, joined):
    argv = [f"-b={b}"] if joined else ["-b", b]
    read = as_json(printed(capsys, "-A", "1 0; 0 1", *argv, "--iterations", "1", "--json"))
    assert read["experiment"]["b"] == [-1, 2]


def test_a_link_to_a_pitfall_brings_its_experiment(capsys):
    link = "https://example.org/pitfalls?lr=0.2&show=never_cleared"
    read = as_json(printed(capsys, "--link", link, "--json"))
    assert read["experiment"]["learning_rate"] == 0.2


def test_a_link_opens_and_options_go_before_it(capsys):
    link = "https://example.org/why?A=2%200;0%201&b=-1%202&lr=0.2&variants=torch_module&x0=1%201"
    read = as_json(printed(capsys, "--link", link, "--learning-rate", "0.3", "--json"))
    assert read["experiment"]["A"] == [[2, 0], [0, 1]]
    assert read["experiment"]["x0"] == [1, 1]
    assert read["experiment"]["learning_rate"] == 0.3
    assert [run["variant"] for run in read["runs"]] == ["torch_module"]
    again = as_json(printed(capsys, "--link", read["experiment"]["link"], "--json"))
    assert again["experiment"] == read["experiment"]
