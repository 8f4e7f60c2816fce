"""The command line, mostly in process: what it refuses, how it ends."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lsedash.commands import main as cli

CONSOLE_SCRIPT = Path(sys.executable).with_name("lsedash")


def refused(capsys, *argv: str) -> str:
    assert cli.main(["run", *argv]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


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
        (
            ["--iterations", "-3"],
            "The number of iterations must be a whole number, 0 or more; it is -3.",
        ),
        (
            ["--iterations", "1.5"],
            "The number of iterations must be a whole number, 0 or more; it is 1.5.",
        ),
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
    "argv",
    [
        ["run", "--speed", "1"],
        ["run", "--learn", "0.1"],  # no abbreviations
        ["run", "-A"],
        ["run", "--json", "--csv"],
        ["run", "extra"],
        ["sweep", "--out", "a.csv"],
        ["walk"],
        ["--port", "x"],
    ],
)
def test_wrong_options_and_commands_get_one_sentence_too(capsys, argv):
    assert cli.main(argv) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("lsedash: ")


def test_ctrl_c_is_quiet(capsys, monkeypatch):
    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("lsedash.commands.run.compare", interrupted)
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
        "import sys\n"
        "from lsedash.commands.main import main\n"
        "assert main(['run', '--help']) == 0\n"
        "print([m for m in ('torch', 'streamlit', 'plotly', 'pandas') if m in sys.modules])\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.startswith("Usage: lsedash run")
    assert ended.stdout.splitlines()[-1] == "[]"
