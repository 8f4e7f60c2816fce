"""A sweep that is cut short: nothing runs on, what was finished is kept, one sentence says so."""

import resource
import signal
import subprocess
import sys

import numpy as np
import psutil
import pytest

from lsedash import Experiment
from lsedash.commands.main import main
from lsedash.presets import random_system
from lsedash.running.jobs import RATES_OF_A_TASK
from lsedash.text.link import query_string, write_link

SYSTEMS = 6
LONG = ["--iterations", "6000"]
SHORT = ["--iterations", "10"]
LONGEST_END = 30  # seconds


@pytest.fixture
def sweep(tmp_path):
    """The arguments of a sweep over some systems, a task for each, without `--out`."""
    links = tmp_path / "links.txt"
    systems = [random_system(3, m=24, n=24, seed=seed) for seed in range(SYSTEMS)]
    lines = [f"?{query_string(write_link(Experiment(system)))}" for system in systems]
    links.write_text("\n".join(lines), encoding="utf-8")
    rates = ["--rates", f"0.01:0.3:{RATES_OF_A_TASK}", "--jobs", "2"]
    return ["sweep", "--systems", str(links), *rates]


def command(*arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "lsedash", *arguments], stderr=subprocess.PIPE, text=True, **options
    )


@pytest.mark.parametrize(
    "ended_by", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=["TERM", "HUP", "KILL"]
)
def test_the_workers_end_with_their_parent_and_the_sweep_goes_on_byte_for_byte(
    sweep, tmp_path, ended_by
):
    out, whole = tmp_path / "a.csv", tmp_path / "whole.csv"
    running = command(*sweep, *LONG, "--out", str(out))
    seen = ""
    while f" 1/{SYSTEMS} " not in seen:
        seen += running.stderr.read(1)
    workers = psutil.Process(running.pid).children(recursive=True)
    running.send_signal(ended_by)
    assert running.wait() == -ended_by
    running.stderr.close()  # not read to its end: a worker that lived on would hold it open
    assert len(workers) >= 2
    _, living = psutil.wait_procs(workers, timeout=LONGEST_END)
    for worker in living:
        worker.kill()
    assert living == []
    assert not out.exists()
    if ended_by == signal.SIGKILL:
        assert main([*sweep, *LONG, "--out", str(out)]) == 0
        assert main([*sweep, *LONG, "--out", str(whole)]) == 0
        assert out.read_bytes() == whole.read_bytes()
        assert not (tmp_path / "a.csv.kept").exists()


def limited(size):
    """Let a process write no file beyond so many bytes, as on a disk that is full."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def sentence_of(running):
    """The last line of what a command says, once it has ended with status 1."""
    said = running.communicate()[1]
    assert running.returncode == 1
    assert "Traceback" not in said
    return said.splitlines()[-1]


def test_a_full_disk_is_said_in_one_sentence_and_damaged_results_are_run_again(sweep, tmp_path):
    out, whole, folder = tmp_path / "a.csv", tmp_path / "whole.csv", tmp_path / "a.csv.kept"
    full = command(*sweep, *SHORT, "--out", str(out), preexec_fn=limited(6000))
    said = sentence_of(full)
    assert said.startswith(f"lsedash: {out} cannot be written: File too large.")
    assert f"The results of 6 of 6 tasks are kept in {folder}; run it again" in said
    assert not out.exists()
    damaged, other, *_ = sorted(folder.iterdir())
    np.save(damaged, np.full((3, 2), "text"))
    other.write_bytes(sorted(folder.iterdir())[3].read_bytes())
    assert main([*sweep, *SHORT, "--out", str(out)]) == 0
    assert main([*sweep, *SHORT, "--out", str(whole)]) == 0
    assert out.read_bytes() == whole.read_bytes()
    assert not folder.exists()


def test_a_disk_that_was_full_before_is_said_in_one_sentence(sweep, tmp_path):
    full = command(*sweep, *SHORT, "--out", str(tmp_path / "a.csv"), preexec_fn=limited(1000))
    said = sentence_of(full)
    assert "cannot be written: File too large. Nothing is kept." in said
    assert [file for file in tmp_path.rglob("*") if file.suffix in (".part", ".npy")] == []


def test_a_folder_where_the_table_is_to_be_is_said_before_anything_runs(sweep, tmp_path, capsys):
    (tmp_path / "a.csv").mkdir()
    assert main([*sweep, *SHORT, "--out", str(tmp_path / "a.csv")]) == 1
    said = capsys.readouterr().err
    assert "a.csv is a folder; give the name of a file. Nothing was run." in said
    assert said.count("\n") == 1
    assert not (tmp_path / "a.csv.kept").exists()


def test_a_folder_that_cannot_be_made_is_said_in_one_sentence(sweep, tmp_path, capsys):
    (tmp_path / "a.csv.kept").touch()
    for folder in (tmp_path, "/proc"):  # a file has its name; a folder that takes nothing
        assert main([*sweep, *SHORT, "--out", f"{folder}/a.csv"]) == 1
        said = capsys.readouterr().err.splitlines()[-1]
        assert said.startswith(f"lsedash: The folder {folder}/a.csv.kept cannot be made: ")
        assert said.endswith("Nothing is kept.")
