"""A very long run keeps within a small memory."""

import subprocess
import sys
from pathlib import Path

import lsedash
from helpers.memory import PEAK

PROGRAM = f"""{PEAK}
from lsedash import VARIANTS, Experiment, LinearSystem, compare

system = LinearSystem([[1, 2, 0], [0, 1, 0], [0, 0, 1]], [1, 2, 3])
compare(Experiment(system, None, 0.1, 1000), VARIANTS[:1])
before = peak()
run, = compare(Experiment(system, None, 0.1, 1_000_000), VARIANTS[:1], max_points=10_001).runs
print(run.status, run.last_point, len(run.points), peak() - before)
"""


def test_a_million_iterations_add_less_than_60_megabytes():
    root = Path(lsedash.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=root, capture_output=True, text=True, check=True
    )
    status, last_point, points, megabytes = done.stdout.split()
    assert (status, last_point) == ("finished", "1000000")
    assert 5_000 < int(points) <= 10_001
    assert float(megabytes) < 60
