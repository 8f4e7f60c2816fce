"""A comparison that is computed elsewhere comes with its verdict and its differences."""

import pickle

import numpy as np
import pytest

from helpers.comparisons import compared
from lsedash import PITFALLS, VARIANTS, Experiment, LinearSystem, Theory
from lsedash.checking.verification import verify
from lsedash.checking.verified import stream_verified
from lsedash.presets import PRESETS


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_the_verdict_is_that_of_the_runs(preset):
    *_, last = stream_verified(preset.experiment, VARIANTS)
    checked = pickle.loads(pickle.dumps(last.snapshot()))
    expected = verify(compared(preset.experiment), Theory(preset.experiment.system))
    assert checked.verdict.differences == expected.differences
    assert checked.verdict.bound == expected.bound
    first = checked.comparison.runs[0]
    for run in checked.comparison.runs:
        apart = np.abs(run.iterates - first.iterates).max(axis=1)
        assert np.array_equal(checked.comparison.disagreement()[run.key], apart)


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: pitfall.key)
def test_a_program_that_raises_or_stands_still_has_a_verdict_too(pitfall):
    *_, last = stream_verified(Experiment(LinearSystem([[2.0]], [4.0]), None, 0.3, 5), [pitfall])
    assert set(last.snapshot().verdict.differences) == {pitfall.key}
