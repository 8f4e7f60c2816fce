"""Large systems: what is held in memory, and that nothing goes wrong where A is shared."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import lsedash
from helpers.memory import PEAK
from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare, sweep

PROGRAM = f"""{PEAK}
import numpy as np
from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare, sweep

compare(Experiment(LinearSystem([[1, 2], [3, 4]], [5, 6]), None, 0.01, 3))  # imports torch
A = np.random.default_rng(0).standard_normal((100_000, 100))
A.flags.writeable = False
before = peak()
system = LinearSystem(A, np.ones(len(A)))
experiment = Experiment(system, None, 1e-6, 2)
single = Experiment(system, None, 1e-6, 2, dtype="float32")

def sizes():  # how many more A than at first were in memory at once
    return (peak() - before) * 2**20 / A.nbytes

hash(experiment)
assert experiment == Experiment(system, None, 1e-6, 2)
sweep(experiment, [1e-6, 2e-6, 3e-6])
print("values and a sweep", sizes())
compare(experiment, VARIANTS[:1])
print("NumPy", sizes())
sweep(single, [1e-6, 2e-6])
compare(single, VARIANTS[:1])
print("float32", sizes())
compare(experiment, VARIANTS[2:3])
print("one in PyTorch", sizes())
Theory(system)
print("theory", sizes())
compare(experiment, VARIANTS)
print("all five", sizes())
"""
# Of A, in float64: a test for finite entries takes an eighth, float32 a half, each tensor one. Some
# vectors of length m come on top, a hundredth each.
MOST = {
    "values and a sweep": 0.25,
    "NumPy": 0.25,
    "float32": 0.75,
    "one in PyTorch": 1.25,
    "theory": 3.25,
    "all five": 4.5,
}


def test_a_is_held_once_for_numpy_and_once_for_each_program_in_pytorch():
    root = Path(lsedash.__file__).parent.parent
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    measured = dict(line.rsplit(" ", 1) for line in done.stdout.splitlines())
    assert measured.keys() == MOST.keys()
    for what, most in MOST.items():
        assert float(measured[what]) <= most, (what, measured)


def test_an_array_that_nobody_can_write_to_is_kept_and_every_other_one_is_copied():
    A = np.eye(3)
    frozen, view = A.copy(), A.view()
    frozen.flags.writeable = view.flags.writeable = False
    assert LinearSystem(frozen, [1, 2, 3]).A is frozen
    for given in (A, view, frozen[:2], frozen.astype("float32")):
        system = LinearSystem(given, np.ones(len(given)))
        assert not np.shares_memory(system.A, given)
        assert not system.A.flags.writeable


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_a_program_that_would_write_to_a_is_refused_and_its_own_start_is_its_own(dtype):
    experiment = Experiment(LinearSystem([[2, 0], [0, 1]], [1, 1]), [1, 1], 0.1, 3, dtype=dtype)
    before = compare(experiment)

    class Careless:
        key = "careless"

        def __call__(self, A, _b, x0, _learning_rate, _iterations):
            x0 += 1
            yield x0, 0.0
            A *= 2

    run, *others = compare(experiment, [Careless(), *VARIANTS]).runs
    assert isinstance(run.exception, ValueError)
    for ours, theirs in zip(others, before.runs, strict=True):
        assert ours.iterates.tobytes() == theirs.iterates.tobytes()


def test_a_sweep_over_more_rows_than_it_works_on_at_once_is_the_same_descent():
    rng = np.random.default_rng(2)
    m = 40_000
    experiment = Experiment(
        LinearSystem(rng.standard_normal((m, 30)), rng.standard_normal(m)), None, 0.1, 5
    )
    rates = np.array([0.5, 0.9]) * Theory(experiment.system).critical_learning_rate
    expected = Theory(experiment.system).losses
    for ours, rate in zip(sweep(experiment, rates).T, rates, strict=True):
        np.testing.assert_allclose(ours, expected(experiment.x0, rate, range(6)), rtol=1e-10)
