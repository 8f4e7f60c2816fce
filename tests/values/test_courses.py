"""Descents as courses and questions print them, with the source's own rate and convention."""

import numpy as np
import pytest

from lsedash import VARIANTS, Theory, compare
from lsedash.text.convention import spoken_in
from lsedash.text.link import read_link

NUMPY = [VARIANTS.named("numpy_by_hand")]
DEGREES = [35.7, 55.9, 58.2, 81.9, 56.3, 48.9, 33.9, 21.8, 48.4, 60.4, 68.4]
THERMOMETER = {
    "A": ";".join(f"{t} 1" for t in DEGREES),
    "b": "0.5 14 15 28 11 8 3 -4 6 13 21",
    "x0": "1 0",
    "loss": "mean",
}
TENTH = THERMOMETER | {"A": ";".join(f"{t / 10} 1" for t in DEGREES)}
TWO_HOUSES = {"A": "1 1;2 1", "b": "300 500", "loss": "half-mean"}
THREE_HOUSES = {
    "A": "2104 5 1 45 1;1416 3 2 40 1;852 2 1 35 1",
    "b": "460 232 178",
    "loss": "half-mean",
}
AGES = [20, 43, 63, 26, 53, 31, 58, 46, 58, 70, 46, 53, 60, 20, 63, 43, 26, 19, 31, 23]
AGES_AND_PRESSURES = {
    "A": ";".join(f"{age} 1" for age in AGES),
    "b": "120 128 141 126 134 128 136 132 140 144 128 136 146 124 143 130 124 121 126 123",
    "loss": "mean",
}
FOUR_POINTS = {"A": "1 1;2 1;3 1;4 1", "b": "0 -1 -2 -3", "x0": "0.3 -0.3", "loss": "sum"}


def ran(link, rate, iterations):
    """The last x, and the loss there as the source speaks."""
    opened = read_link(link | {"lr": rate, "iterations": str(iterations)})
    assert opened.problems == ()
    with np.errstate(over="ignore", invalid="ignore"):
        (run,) = compare(opened.experiment, NUMPY).runs
    spoken = spoken_in(link["loss"], opened.experiment.system.m)
    return run, spoken.loss(run.losses[-1])


@pytest.mark.parametrize(
    ("link", "rate", "iterations", "x", "loss"),
    [
        pytest.param(TENTH, "1e-2", 5000, "5.3671 -17.3012", "2.927647", id="thermometer"),
        pytest.param(THERMOMETER, "1e-4", 100, "0.2327 -0.0438", "29.022", id="thermometer-raw"),
        pytest.param(TWO_HOUSES, "0.01", 10_000, "199.9929 100.0116", "6.745e-06", id="two-houses"),
        pytest.param(
            THREE_HOUSES, "5e-7", 1000, "0.20 0.00 -0.01 -0.07 -0.00", "686.70", id="three-houses"
        ),
        pytest.param(FOUR_POINTS, "0.01", 1000, "-0.9999969 0.9999909", "5.59e-11", id="tutorial"),
    ],
)
def test_the_course_cases_end_where_their_sources_print(link, rate, iterations, x, loss):
    run, told = ran(link, rate, iterations)
    for printed, value in zip(x.split(), run.iterates[-1], strict=True):
        assert abs(float(printed) - value) <= 0.5000001 * unit_of(printed)
    assert told == pytest.approx(float(loss), abs=0.5000001 * unit_of(loss))


def unit_of(text):
    """The place value of the last printed digit."""
    mantissa, _, exponent = text.partition("e")
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))


def test_a_question_about_a_rate_that_is_just_too_large_for_the_mean_is_reproduced():
    run, _ = ran(AGES_AND_PRESSURES, "0.0005", 1000)
    assert run.iterates[-1] == pytest.approx([-5.980170468e35, -1.222568478e34], rel=1e-6)


@pytest.mark.parametrize(
    ("link", "rate", "converges"),
    [
        (THREE_HOUSES, "5e-7", True),
        (THREE_HOUSES | {"loss": "half-sum"}, "5e-7", False),
        (TWO_HOUSES, "0.8", False),
        (TWO_HOUSES, "0.01", True),
        (THERMOMETER, "1e-2", False),
        (TENTH, "1e-2", True),
        (FOUR_POINTS | {"A": "1 1;2 1;3 1;4 1;35 1", "b": "0 -1 -2 -3 -34"}, "0.01", False),
    ],
)
def test_the_courses_rate_diverges_only_where_it_does_in_the_course(link, rate, converges):
    experiment = read_link(link | {"lr": rate}).experiment
    assert Theory(experiment.system).converges(experiment.learning_rate) == converges
