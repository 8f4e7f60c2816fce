"""An experiment: its defaults, what it refuses, when two are equal."""

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from lsedash import Experiment, InvalidInput, InvalidSystem, LinearSystem

SYSTEM = LinearSystem([[1, 2, 0], [0, 1, 0]], [1, 2])


def test_the_defaults_are_those_of_the_worked_example():
    experiment = Experiment(SYSTEM)
    assert experiment.x0.tolist() == [0, 0, 0]
    assert experiment.learning_rate == 0.1
    assert experiment.iterations == 50
    assert experiment.tolerance is None
    assert experiment.dtype == "float64"


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        (
            {"x0": [1, 2]},
            "x0",
            "x0 has 2 entries but A has 3 columns; give x0 one entry per column of A.",
        ),
        (
            {"x0": [1, 2, np.nan]},
            "x0",
            "x0, entry 3: nan is not finite; give an ordinary number.",
        ),
        ({"x0": [[1, 2, 3]]}, "x0", "x0 must be a list of numbers; its shape is (1, 3)."),
        ({"learning_rate": -0.1}, "lr", "The learning rate must be positive; it is -0.1."),
        ({"learning_rate": 0}, "lr", "The learning rate must be positive; it is 0."),
        ({"learning_rate": np.inf}, "lr", "The learning rate must be positive; it is inf."),
        ({"learning_rate": np.nan}, "lr", "The learning rate must be positive; it is nan."),
        ({"learning_rate": True}, "lr", "The learning rate must be positive; it is True."),
        ({"learning_rate": "0.1"}, "lr", "The learning rate must be positive; it is 0.1."),
        (
            {"iterations": -1},
            "iterations",
            "The number of iterations must be a whole number, 0 or more; it is -1.",
        ),
        (
            {"iterations": 1.5},
            "iterations",
            "The number of iterations must be a whole number, 0 or more; it is 1.5.",
        ),
        (
            {"iterations": True},
            "iterations",
            "The number of iterations must be a whole number, 0 or more; it is True.",
        ),
        (
            {"tolerance": -1e-9},
            "tolerance",
            "The tolerance must be 0 or more, or left out; it is -1e-09.",
        ),
        (
            {"tolerance": np.nan},
            "tolerance",
            "The tolerance must be 0 or more, or left out; it is nan.",
        ),
        (
            {"dtype": "float16"},
            "dtype",
            "The dtype must be float64 or float32; it is 'float16'.",
        ),
    ],
)
def test_a_value_out_of_its_range_is_refused_in_one_sentence(change, field, message):
    with pytest.raises(InvalidInput) as caught:
        Experiment(SYSTEM, **change)
    assert str(caught.value) == message
    assert caught.value.field == field
    assert isinstance(caught.value, InvalidSystem) == (field == "x0")


@pytest.mark.parametrize(
    "change",
    [
        {"iterations": 0},
        {"iterations": np.int64(7)},
        {"tolerance": 0},
        {"tolerance": np.float32(0.5)},
        {"learning_rate": 2},
        {"learning_rate": np.float64(0.5)},
        {"dtype": "float32"},
    ],
)
def test_a_value_in_its_range_is_taken(change):
    (name, value), *_ = change.items()
    assert getattr(Experiment(SYSTEM, **change), name) == value


def test_the_start_is_a_copy_that_cannot_be_written():
    x0 = np.ones(3)
    experiment = Experiment(SYSTEM, x0)
    x0[:] = 7
    assert experiment.x0.tolist() == [1, 1, 1]
    with pytest.raises(ValueError, match="read-only"):
        experiment.x0[0] = 2
    with pytest.raises(FrozenInstanceError):
        experiment.iterations = 3


def test_experiments_are_equal_when_all_their_values_are():
    experiment = Experiment(SYSTEM, [1, 2, 3], 0.1, 50, 1e-9, "float32")
    again = Experiment(LinearSystem(SYSTEM.A, SYSTEM.b), (1.0, 2.0, 3.0), 0.1, 50, 1e-9, "float32")
    assert experiment == again
    assert hash(experiment) == hash(again)
    changes = [
        {"system": LinearSystem([[1, 2, 0], [0, 1, 0]], [1, 3])},
        {"x0": np.zeros(3)},
        {"learning_rate": 0.2},
        {"iterations": 51},
        {"tolerance": None},
        {"dtype": "float64"},
    ]
    assert all(replace(experiment, **change) != experiment for change in changes)
    assert experiment != "an experiment"
