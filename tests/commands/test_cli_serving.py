"""The command line serves the dashboard if no command is given."""

import sys

import pytest

from lsedash.commands import main as cli
from lsedash.commands import serve


def test_a_wheel_s_doorway_goes_before_a_stray_app_beside_the_package(tmp_path):
    package = tmp_path / "lsedash"
    assert serve.doorway(package) is None
    (tmp_path / "app.py").touch()
    assert serve.doorway(package) == tmp_path / "app.py"
    (package / "doorway").mkdir(parents=True)
    (package / "doorway" / "app.py").touch()
    assert serve.doorway(package) == package / "doorway" / "app.py"


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
    monkeypatch.setattr(serve.os, "execve", lambda *call: become.append(call))
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    cli.main(argv)
    ((program, command, environment),) = become
    assert program == command[0] == sys.executable
    assert command[command.index("run") + 1] == str(serve.doorway())
    assert [part for part in command if "showEmail" not in part][6:] == flags
    assert environment["OMP_NUM_THREADS"] == "4"
    assert environment["MKL_NUM_THREADS"] == environment["OPENBLAS_NUM_THREADS"] == "1"


def test_nothing_to_serve_is_said(capsys, monkeypatch):
    monkeypatch.setattr(serve, "doorway", lambda: None)
    assert cli.main([]) == 1
    assert capsys.readouterr().err == "lsedash: app.py is missing; install lsedash again.\n"
