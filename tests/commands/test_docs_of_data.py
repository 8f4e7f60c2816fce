"""`docs/data.md`: its file, its command and its program give the least-squares coefficients."""

import re
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from lsedash.commands import main as cli

DOCS = Path(__file__).parents[2] / "docs"
DATA = (DOCS / "data.md").read_text(encoding="utf-8")


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = re.findall(r"^    ([\w.,]+)$", DATA, re.MULTILINE)
    Path("houses.csv").write_text("\n".join(lines), encoding="utf-8")
    return np.loadtxt(StringIO("\n".join(lines[1:])), delimiter=",")


def best(file):
    """The constant, and what one unit of size and of rooms adds."""
    return np.linalg.lstsq(np.column_stack([np.ones(len(file)), file[:, :2]]), file[:, 2])[0]


def test_the_command_runs_and_names_the_columns(file, capsys):
    (command,) = re.findall(r"^    lsedash (run .*)$", DATA, re.MULTILINE)
    assert cli.main(command.split()) == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in ("price", "size", "rooms"))
    assert len(file) == 5


def test_the_program_prints_the_coefficients_in_the_units_of_the_file(file, capsys):
    (program,) = re.findall(r"```python\n(.*?)```", DATA, re.DOTALL)
    exec(program, {})
    printed = np.array(re.findall(r"-?\d+\.\d+(?:e[+-]\d+)?", capsys.readouterr().out), float)
    np.testing.assert_allclose(printed, best(file), rtol=1e-3)


@pytest.mark.parametrize("name", ["data.md", "class.md"])
def test_the_readme_points_to_the_text(name):
    assert f"docs/{name}" in (DOCS.parent / "README.md").read_text(encoding="utf-8")
