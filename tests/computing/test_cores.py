"""How many workers a server has: what whoever runs it says, or what the machine gives it."""

import os

import pytest

from lsedash.commands import main as cli
from lsedash.computing import shared
from lsedash.computing.cores import cores
from lsedash.computing.shared import WORKERS, number_of_workers
from lsedash.ui import server


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine with 32 cores and these files of control groups; the folder where they are."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(32)))

    def make(groups, files):
        for path, text in {"proc/self/cgroup": groups, **files}.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="ascii")
        return tmp_path

    return make


SECOND = "sys/fs/cgroup"
FIRST = "sys/fs/cgroup/cpu"


def first(folder, quota):
    return {f"{folder}/cpu.cfs_quota_us": f"{quota}\n", f"{folder}/cpu.cfs_period_us": "100000\n"}


@pytest.mark.parametrize(
    ("groups", "files", "number"),
    [
        ("0::/\n", {f"{SECOND}/cpu.max": "200000 100000\n"}, 2),
        ("0::/\n", {f"{SECOND}/cpu.max": "150000 100000\n"}, 2),
        ("0::/\n", {f"{SECOND}/cpu.max": "10000 100000\n"}, 1),
        ("0::/\n", {f"{SECOND}/cpu.max": "max 100000\n"}, 32),
        ("0::/\n", {f"{SECOND}/cpu.max": "12800000 100000\n"}, 32),
        ("0::/a/b\n", {f"{SECOND}/a/b/cpu.max": "max 1\n", f"{SECOND}/a/cpu.max": "3 1\n"}, 3),
        ("5:cpuset:/\n4:cpu,cpuacct:/\n0::/\n", first(FIRST, 400000), 4),
        ("4:cpu,cpuacct:/docker/7\n", first(f"{FIRST}/docker/7", 500000), 5),
        ("4:cpu,cpuacct:/docker/7\n", first(FIRST, 600000), 6),  # mounted as it is seen inside
        ("4:cpu,cpuacct:/\n", first(FIRST, -1), 32),
        ("0::/\n", {}, 32),
    ],
)
def test_a_container_s_limit_counts_and_not_the_machine_s_cores(machine, groups, files, number):
    assert cores(machine(groups, files)) == number


def test_where_nothing_tells_of_limits_all_cores_count(machine, tmp_path):
    machine("0::/\n", {})
    assert cores(tmp_path / "nowhere") == 32


def test_a_server_has_a_worker_for_each_core_but_no_more_than_16_unless_it_is_told(monkeypatch):
    monkeypatch.setattr(shared, "cores", lambda: 64)
    monkeypatch.delenv(WORKERS)
    assert number_of_workers() == 16
    monkeypatch.setenv(WORKERS, "64")
    assert number_of_workers() == 64
    monkeypatch.setattr(shared, "cores", lambda: 3)
    monkeypatch.setenv(WORKERS, "")
    assert number_of_workers() == 3


@pytest.mark.parametrize("text", ["two", "-1", "0", "1.5", "257", "٣", "9" * 5000])
def test_a_number_of_workers_that_is_none_is_refused_in_a_sentence(monkeypatch, capsys, text):
    monkeypatch.setenv(WORKERS, text)
    assert cli.main(["--no-browser"]) == 2
    with pytest.raises(SystemExit) as ended:
        server.routes()
    assert ended.value.code == 2
    sentence = f"{WORKERS} must be a whole number from 1 to 256; it is {text!r}."
    assert capsys.readouterr().err == f"lsedash: {sentence}\n" * 2
