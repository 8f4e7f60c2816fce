"""Sweeps that are interrupted, and workers that are killed."""

import json
import signal
import subprocess
import sys

from lsedash import Experiment
from lsedash.presets import PRESETS, random_system
from lsedash.text.link import query_string, write_link


def test_an_interrupted_sweep_ends_soon_and_keeps_what_was_finished(tmp_path):
    """Ctrl-C as soon as the first result is there, as the bar tells."""
    links = tmp_path / "links.txt"
    link = query_string(write_link(Experiment(random_system(3, m=64, n=64, seed=1))))
    links.write_text(f"?{link}\n" * 40, encoding="utf-8")
    out = tmp_path / "a.csv"
    given = ["--rates", "0.01:0.3:64", "--iterations", "20000", "--jobs", "2", "--out", str(out)]
    command = [sys.executable, "-m", "lsedash", "sweep", "--systems", str(links), *given]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    seen = ""
    while " 1/40 " not in seen:
        seen += running.stderr.read(1)
    running.send_signal(signal.SIGINT)
    running.communicate()
    assert running.returncode == 130
    assert not out.exists()
    assert 1 <= len(list((tmp_path / "a.csv.kept").glob("*.npy"))) < 40


CLUSTER = """
import json, os, signal, sys
from pathlib import Path
import numpy as np
from distributed import LocalCluster
from lsedash.presets import PRESETS
from lsedash.commands.sweep import executor_of
from lsedash.running import jobs
from lsedash.running.jobs import run_task, run_tasks, tasks_of

if __name__ == "__main__":
    experiments = [preset.experiment for preset in PRESETS]
    tasks = tasks_of(experiments, np.linspace(0.01, 0.3, 128))
    options = dict(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None)
    with LocalCluster(**options) as cluster, executor_of(
        scheduler=cluster.scheduler_address
    ) as executor:
        found, victim = {}, next(iter(cluster.workers.values())).pid
        for number, rows in run_tasks(tasks, executor, Path(sys.argv[1])):
            if not found:
                os.kill(victim, signal.SIGKILL)
            found[number] = rows
    alone = [run_task(task) for task in tasks]
    same = all(np.array_equal(found[i], alone[i], equal_nan=True) for i in range(len(tasks)))
    print(json.dumps([len(tasks), len(found), same]))
"""


def test_nothing_is_lost_when_a_worker_of_a_cluster_is_killed_midway(tmp_path):
    program = tmp_path / "cluster.py"
    program.write_text(CLUSTER, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, program, tmp_path / "kept"], capture_output=True, text=True, check=True
    )
    asked, found, same = json.loads(done.stdout.splitlines()[-1])
    assert asked == found == 2 * len(PRESETS)
    assert same
