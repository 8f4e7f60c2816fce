"""Numbers that one sentence compares have as many digits as tell them apart."""

import re
from dataclasses import replace

import numpy as np
import pytest

from lsedash import VARIANTS, Experiment, LinearSystem, Theory, compare
from lsedash.checking.verification import Verdict
from lsedash.commands.report import summary_lines
from lsedash.explaining.diagnosis import describe_rate
from lsedash.tables.runs_table import stamp
from lsedash.text.fields import DEFAULT
from lsedash.theory.pitfalls import predict
from lsedash.theory.prediction import edge_words

THEORY = Theory(DEFAULT.system)
NUMBER = r"(?<![\w.])\d+(?:\.\d+)?(?:e-?\d+)?"


def compared(sentence):
    return [float(number) for number in re.findall(NUMBER, sentence)]


@pytest.mark.parametrize("size", [1.0, 1e4, 1e-9])
def test_a_rate_just_above_the_edge_does_not_look_like_the_edge(size):
    theory = Theory(LinearSystem(size * DEFAULT.system.A, DEFAULT.system.b))
    rate = theory.critical_learning_rate * (1 + 1e-8)
    above, edge = compared(describe_rate(theory, rate))
    assert above > edge


def test_an_edge_that_moved_does_not_look_like_the_rate_above_it():
    edge, rate = compared(edge_words("the edge", 0.34314575, 0.34314576))
    assert rate > edge
    half = replace(DEFAULT, learning_rate=THEORY.critical_learning_rate / 2 * (1 + 1e-7))
    moved, above = compared(predict("half_forgotten", half).words.split("λₘₐₓ = ")[1])
    assert above > moved


def test_a_tolerance_just_below_the_smallest_loss_does_not_look_like_it():
    system = LinearSystem([[1, 0], [0, 1], [1, 1]], [1, 2, 0])
    theory = Theory(system)
    experiment = Experiment(system, None, 0.1, 5, theory.least_loss * (1 - 1e-7))
    *_, hint = summary_lines(compare(experiment, VARIANTS[:1]), theory)
    tolerance, least = compared(hint)
    assert tolerance < least


def test_a_departure_just_above_the_bound_does_not_look_like_the_bound():
    comparison = compare(DEFAULT, VARIANTS[:1])
    verdict = Verdict({"numpy_by_hand": 1.0001e-14}, 1e-14, {"numpy_by_hand": np.zeros(51)})
    worst, bound = compared(stamp(comparison, THEORY, verdict))
    assert worst > bound
