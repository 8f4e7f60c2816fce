"""The command line, mostly in process: what it prints, what it refuses, how it ends."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lsedash import VARIANTS, Experiment, LinearSystem, cli, compare
from lsedash.export import iterates_csv
from lsedash.link import DEFAULT

GOLDEN = Path(__file__).with_name("golden") / "article.json"
CONSOLE_SCRIPT = Path(sys.executable).with_name("lsedash")


def printed(capsys, *argv: str) -> str:
    assert cli.main(["run", *argv]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(capsys, *argv: str) -> str:
    assert cli.main(["run", *argv]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


def as_json(text: str) -> dict:
    return json.loads(text, parse_constant=lambda literal: pytest.fail(f"{literal} is not JSON"))


def loss_lines(text: str) -> dict[int, list[str]]:
    lines = re.findall(r"^iter +(\d+) -- loss: +(.*)$", text, re.MULTILINE)
    return {int(k): cells.split() for k, cells in lines}


def test_the_article_s_numbers_are_printed(capsys):
    cases = json.loads(GOLDEN.read_text(encoding="utf-8"))["cases"]
    case = next(c for c in cases if c["system"] == "worked example" and c["learning_rate"] == 0.1)
    lines = loss_lines(printed(capsys, "--learning-rate", "0.1", "--iterations", "50"))
    assert list(lines) == [0, 10, 20, 30, 40, 50]
    for k in (0, 10, 20, 30, 40):
        article = [f"{case['variants'][v.key]['loss'][str(k)]:.3e}" for v in VARIANTS]
        assert lines[k] == [*article, article[0]]


def test_the_summary_says_what_theory_says(capsys):
    out = printed(capsys)
    facts = dict(re.split(r" {2,}", line, maxsplit=1) for line in out.split("\n\n")[1].splitlines())
    assert facts["rank"] == "3 (A is 3 x 3)"
    assert facts["condition number kappa(A)"] == "5.82843"  # (1 + sqrt 2)^2
    assert facts["largest stable learning rate"] == "0.343146"  # 2 / (1 + sqrt 2)^2
    assert facts["fastest fixed learning rate"] == "0.333333"
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


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["-A", "1 2; abc 4"], "A, row 2, column 1: 'abc' is not a number."),
        (["-A", "1 2; 3"], "A, row 2 has 1 entry but row 1 has 2; "),
        (["-A", ""], "A is empty; "),
        (["-A", "1 2; 3 4"], "b has 3 entries but A has 2 rows; "),
        (["-b", "1 nan 3"], "b, entry 2: 'nan' is not a number."),
        (["-b", "1 1e400 3"], "b, entry 2: '1e400' is too large."),
        (["--x0", "1 2"], "x0 has 2 entries but A has 3 columns; "),
        (["--learning-rate", "-0.1"], "The learning rate must be positive; it is -0.1."),
        (["--learning-rate", "fast"], "The learning rate: 'fast' is not a number."),
        (["--iterations", "-3"], "Iterations must be a whole number, 0 or more; it is -3."),
        (["--iterations", "1.5"], "Iterations must be a whole number, 0 or more; it is 1.5."),
        (["--tolerance", "-1"], "The tolerance must be 0 or more"),
        (["--dtype", "float16"], "The dtype must be float64 or float32; it is 'float16'."),
        (["--variants", "torch"], "There is no variant 'torch'; there are numpy_by_hand, "),
        (["--every", "0"], "--every must be a whole number, 1 or more; it is 0."),
        (["--link", "?A=1&b=x"], "b, entry 1: 'x' is not a number."),
        (["--link", "?A=1&b=1&alpha=2"], "The link has an unknown part, 'alpha'."),
    ],
)
def test_wrong_input_gets_one_sentence(capsys, argv, message):
    err = refused(capsys, *argv)
    assert err.startswith(f"lsedash: {message}")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "argv", [["run", "--speed", "1"], ["run", "-A"], ["walk"], ["--port", "x"]]
)
def test_argparse_s_own_refusals_are_2_as_well(argv):
    with pytest.raises(SystemExit) as ended:
        cli.main(argv)
    assert ended.value.code == 2


def test_ctrl_c_is_quiet(capsys, monkeypatch):
    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "compare", interrupted)
    assert cli.main(["run"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_closed_pipe_is_quiet():
    reader, writer = os.pipe()
    os.close(reader)
    try:
        command = [CONSOLE_SCRIPT, "run", "--variants", "numpy_by_hand"]
        ended = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writer)
    assert (ended.returncode, ended.stderr) == (141, b"")


def test_the_installed_command_and_the_module_are_the_same():
    commands = [[CONSOLE_SCRIPT, "--version"], [sys.executable, "-m", "lsedash", "--version"]]
    said = [subprocess.run(c, capture_output=True, text=True, check=True).stdout for c in commands]
    assert re.fullmatch(r"lsedash \d+\.\d+\.\d+\n", said[0])
    assert said[0] == said[1]


def test_help_needs_neither_torch_nor_streamlit():
    code = (
        "import contextlib, sys\n"
        "from lsedash.cli import main\n"
        "with contextlib.suppress(SystemExit):\n"
        "    main(['run', '--help'])\n"
        "print([m for m in ('torch', 'streamlit', 'plotly', 'pandas') if m in sys.modules])\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.startswith("usage: lsedash run")
    assert ended.stdout.splitlines()[-1] == "[]"


def test_a_wheel_s_doorway_goes_before_a_stray_app_beside_the_package(tmp_path):
    package = tmp_path / "lsedash"
    assert cli.doorway(package) is None
    (tmp_path / "app.py").touch()
    assert cli.doorway(package) == tmp_path / "app.py"
    (package / "doorway").mkdir(parents=True)
    (package / "doorway" / "app.py").touch()
    assert cli.doorway(package) == package / "doorway" / "app.py"


@pytest.mark.parametrize(
    ("argv", "flags"),
    [
        ([], []),
        (["--port", "8600"], ["--server.port=8600"]),
        (["--no-browser"], ["--server.headless=true"]),
    ],
)
def test_without_a_command_it_becomes_streamlit(monkeypatch, argv, flags):
    become = []
    monkeypatch.setattr(cli.os, "execve", lambda *call: become.append(call))
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    cli.main(argv)
    ((program, command, environment),) = become
    assert program == command[0] == sys.executable
    assert command[command.index("run") + 1] == str(cli.doorway())
    assert [part for part in command if "showEmail" not in part][6:] == flags
    assert environment["OMP_NUM_THREADS"] == "4"
    assert environment["MKL_NUM_THREADS"] == environment["OPENBLAS_NUM_THREADS"] == "1"


def test_nothing_to_serve_is_said(capsys, monkeypatch):
    monkeypatch.setattr(cli, "doorway", lambda: None)
    assert cli.main([]) == 1
    assert capsys.readouterr().err == "lsedash: app.py is missing; install lsedash again.\n"
