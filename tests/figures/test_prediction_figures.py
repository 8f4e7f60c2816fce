"""Prediction against measurement and the floors as drawn: dots and lines are where they ought."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.floors import exact_deviations, exact_losses, exact_path
from lsedash import VARIANTS, Theory, compare
from lsedash.checking.floors import floors
from lsedash.checking.verification import FEW, reasons, verify
from lsedash.figures.prediction import compared_figure, deviation_figure
from lsedash.figures.rounding import floor_figure
from lsedash.presets import PRESETS
from lsedash.text.fields import DEFAULT

SINGLE = replace(DEFAULT, dtype="float32")
FIT = next(p.experiment for p in PRESETS if p.title == "Straight-line fit")


@pytest.mark.parametrize("experiment", [DEFAULT, FIT])
def test_dots_are_the_losses_of_exact_arithmetic(experiment):
    comparison, theory = compare(experiment), Theory(experiment.system)
    *curves, dots = compared_figure(comparison, theory).data
    assert dots.name == "predicted"
    np.testing.assert_allclose(dots.y, exact_losses(experiment)[np.array(dots.x, int)], rtol=1e-9)
    for curve, run in zip(curves, comparison.runs, strict=True):
        assert curve.name == VARIANTS[run.key].title
        np.testing.assert_array_equal(curve.y, run.losses)


def test_each_deviation_is_the_one_to_exact_arithmetic_at_its_point():
    comparison, theory = compare(SINGLE), Theory(SINGLE.system)
    verdict = verify(comparison, theory)
    figure = deviation_figure(comparison, verdict)
    for curve, run in zip(figure.data, comparison.runs, strict=True):
        expected = exact_deviations(run, SINGLE)
        np.testing.assert_allclose(verdict.along[run.key], expected, rtol=1e-6, atol=1e-15)
        seen = expected > 1e-15  # the axis is logarithmic
        np.testing.assert_allclose(np.array(curve.y)[seen], expected[seen], rtol=1e-6)
    (line,) = figure.layout.shapes
    bound = 8 * 2.0**-23 * SINGLE.iterations  # more than kappa
    assert (line.y0, line.y1) == (pytest.approx(bound), pytest.approx(bound))


def test_dots_of_the_floors_are_the_distances_of_exact_arithmetic():
    experiment = replace(DEFAULT, learning_rate=0.3, iterations=400)
    found = floors(experiment)
    figure = floor_figure(found)
    limit = np.linalg.solve(experiment.system.A, experiment.system.b)
    distances = np.linalg.norm((exact_path(experiment) - limit).astype(float), axis=1)
    *_, dots = figure.data
    assert dots.name == "exact arithmetic"
    np.testing.assert_allclose(dots.y, distances[np.array(dots.x, int)], rtol=1e-6, atol=1e-15)
    for one in found:
        (run,) = compare(replace(experiment, dtype=one.dtype), VARIANTS[:1]).runs
        (curve,) = [trace for trace in figure.data if trace.name == one.dtype]
        apart = np.linalg.norm(run.iterates.astype(float) - limit, axis=1)
        places = np.searchsorted(run.points, np.array(curve.x, int))
        np.testing.assert_allclose(curve.y, apart[places], rtol=1e-6, atol=1e-15)


def test_many_roundings_are_a_reason_and_few_are_none():
    for iterations in (FEW, FEW + 1):
        experiment = replace(SINGLE, iterations=iterations)
        comparison, theory = compare(experiment), Theory(experiment.system)
        said = reasons(comparison, theory, verify(comparison, theory))
        many = [text for text in said if text.startswith(f"Many roundings: each of the {FEW + 1} ")]
        assert len(many) == (iterations > FEW)


def test_more_than_a_few_roundings_always_have_a_reason():
    theory = Theory(DEFAULT.system)
    comparison = compare(replace(DEFAULT, iterations=3))
    close = verify(comparison, theory)
    above = replace(close, differences=dict.fromkeys(close.differences, 20 * 2.0**-52))
    assert reasons(comparison, theory, above)
    assert not reasons(comparison, theory, replace(close, differences={}))
