"""Comparisons that workers compute."""

import pickle
from functools import partial

import numpy as np
import pytest

from lsedash import VARIANTS, LinearSystem, compare
from lsedash.computing.shared import service
from lsedash.running.runner import stream
from lsedash.text.fields import DEFAULT


@pytest.fixture(scope="module")
def comparison():
    """The comparison of the worked example, from a worker."""
    job = service().ask("comparison", partial(stream, DEFAULT, tuple(VARIANTS)), "visitor")
    assert job.wait(90)
    return job.result()


def test_a_comparison_is_the_same_as_one_that_runs_here(comparison):
    for key, run in compare(DEFAULT).items():
        np.testing.assert_array_equal(comparison[key].iterates, run.iterates)
        np.testing.assert_array_equal(comparison[key].losses, run.losses)
        assert comparison[key].status == run.status
    assert comparison.experiment == DEFAULT


def test_arrays_that_are_read_only_stay_so_on_their_way(comparison):
    experiment = comparison.experiment
    system = pickle.loads(pickle.dumps(LinearSystem([[1.0]], [2.0])))
    for array in (experiment.system.A, experiment.system.b, experiment.x0, system.A, system.b):
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0
