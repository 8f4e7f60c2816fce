"""Every pitfall has the symptom that it states."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from helpers.pitfalls import BY_KEY, EVERY, STARTED, bits, run_right, unscaled
from helpers.strategies import descents
from lsedash.text.fields import DEFAULT


def gradients(system, x):
    """A^T A x - A^T b at each point, and the size of what is added up for it."""
    size = np.linalg.norm(system.A, 2)
    terms = size**2 * np.linalg.norm(x, axis=1) + size * np.linalg.norm(system.b)
    return x @ (system.A.T @ system.A) - system.A.T @ system.b, terms


def assert_steps(run, experiment, step, *, former=1.0, rounding=1e-12):
    """Each point is the former one minus learning rate times step, up to the terms' rounding.

    Args:
        step: (gradients, sizes) -> what is subtracted at each point, and its size.
        former: what becomes of the former point.
    """
    x, rate = run.iterates.astype(float), experiment.learning_rate
    steps, sizes = step(*gradients(experiment.system, x))
    off = x[1:] - former * x[:-1] + rate * steps[:-1]
    terms = np.linalg.norm(x, axis=1) + rate * sizes
    assert (np.linalg.norm(off, axis=1) <= rounding * terms[:-1]).all()


def assert_losses(run, system, loss, *, rounding=1e-12):
    """Each loss is the loss of that point's A x, up to the rounding of A x - b."""
    x = run.iterates.astype(float)
    size = np.linalg.norm(system.A, 2) * np.linalg.norm(x, axis=1) + np.linalg.norm(system.b)
    expected = np.array([loss(Ax) for Ax in x @ system.A.T])
    off = np.abs(np.sqrt(run.losses) - np.sqrt(expected))
    assert (off <= rounding * system.m * size).all()


def half_square(system):
    return lambda Ax: 0.5 * np.sum((Ax - system.b) ** 2)


def raised(kind, pattern, points):
    def check(run, experiment):
        late = experiment.iterations < points
        assert len(run.points) == (experiment.iterations + 1 if late else points)
        assert run.status == ("finished" if late else "raised")
        if not late:
            assert type(run.exception) is kind
            assert re.search(pattern, str(run.exception))

    return check


def forgets_where_it_was(run, experiment):
    assert_steps(run, experiment, lambda g, size: (g, size), former=0.0)
    assert_losses(run, experiment.system, half_square(experiment.system))


def climbs(run, experiment):
    assert_steps(run, experiment, lambda g, size: (-g, size))
    assert_losses(run, experiment.system, half_square(experiment.system))


def sees_entries_that_have_moved(run, experiment):
    """(I + alpha L) times a step is the right program's step, L below the diagonal of A^T A."""
    system, rate = experiment.system, experiment.learning_rate
    below = rate * np.tril(system.A.T @ system.A, -1)
    x, (g, sizes) = run.iterates, gradients(system, run.iterates)
    moved = np.diff(x, axis=0)
    off = moved + moved @ below.T + rate * g[:-1]
    terms = np.linalg.norm(x, axis=1) + rate * sizes
    reach = np.maximum(terms[1:], terms[:-1]) * (1 + np.linalg.norm(below))
    assert (np.linalg.norm(off, axis=1) <= 1e-12 * reach).all()
    assert_losses(run, system, half_square(system))


def descends_on_a_longer_column(run, experiment):
    other = replace(experiment, system=unscaled(experiment.system))
    assert_steps(run, other, lambda g, size: (g, size))
    assert_losses(run, other.system, half_square(other.system))


def is_one_rate_ahead(run, experiment):
    rates = 0.98 ** np.arange(1, len(run.points) + 1)
    assert_steps(run, experiment, lambda g, size: (rates[:, None] * g, rates * size))
    assert_losses(run, experiment.system, half_square(experiment.system))
    assert len(run.warnings) == min(experiment.iterations, 1)
    for warning in run.warnings:
        assert re.search(r"lr_scheduler\.step.* before .*optimizer\.step", warning)


def sums_up_all_gradients(run, experiment):
    assert_steps(run, experiment, lambda g, size: (np.cumsum(g, axis=0), np.cumsum(size)))
    assert_losses(run, experiment.system, half_square(experiment.system))


def is_flat(run, experiment):
    points = experiment.iterations + 1
    assert (run.status, run.exception, run.warnings) == ("finished", None, ())
    assert run.iterates.tobytes() == np.tile(experiment.x0, (points, 1)).tobytes()
    assert run.losses.tobytes() == np.tile(run.losses[:1], points).tobytes()
    assert_losses(run, experiment.system, half_square(experiment.system))


def has_one_update(run, experiment):
    raised(TypeError, "float.*NoneType", 2)(run, experiment)
    assert_steps(run, experiment, lambda g, size: (g, size))
    if experiment.iterations >= 2:
        assert len(run.warnings) == 1
        assert re.search(r"\.grad .* not a leaf", run.warnings[0])


def takes_double_steps(run, experiment):
    assert_steps(run, experiment, lambda g, size: (2 * g, 2 * size))
    assert_losses(run, experiment.system, lambda Ax: np.sum((Ax - experiment.system.b) ** 2))


def takes_mean_steps(run, experiment):
    m = experiment.system.m
    assert_steps(run, experiment, lambda g, size: (g / m, size / m))
    assert_losses(run, experiment.system, lambda Ax: 0.5 * np.mean((Ax - experiment.system.b) ** 2))


def sees_every_b_in_every_row(run, experiment):
    system, m = experiment.system, experiment.system.m
    to_the_mean = m * system.A.T @ (system.b - system.b.mean())
    assert_steps(run, experiment, lambda g, size: (m * g + to_the_mean, 2 * m * size))
    assert_losses(run, system, lambda Ax: 0.5 * np.sum(np.subtract.outer(Ax, system.b) ** 2))
    assert len(run.warnings) == 1
    assert re.search(r"target size .* different to the input size", run.warnings[0])


def is_right_to_seven_digits(run, experiment):
    assert run.iterates.dtype == np.float32
    assert (run.exception, run.warnings) == (None, ())
    assert_steps(run, experiment, lambda g, size: (g, size), rounding=1e-5)
    assert_losses(run, experiment.system, half_square(experiment.system), rounding=1e-5)


def refuses_two_types(run, experiment):
    raised(RuntimeError, "same dtype.*double.*float", 0)(run, experiment)
    agreed = replace(experiment, dtype="float32")
    run = BY_KEY["mixed_precision"].run(agreed)
    assert run.exception is None
    assert bits(run) == bits(run_right("mixed_precision", agreed))


def is_one_point_with_falling_losses(run, experiment):
    further = run_right(run.key, replace(experiment, iterations=experiment.iterations + 1))
    points = experiment.iterations + 1
    assert run.iterates.tobytes() == np.tile(further.iterates[-1], (points, 1)).tobytes()
    assert run.losses.tobytes() == further.losses[:-1].tobytes()


def has_the_right_numbers(run, experiment):
    assert bits(run) == bits(run_right(run.key, experiment))


SYMPTOMS = {
    "minus_gradient": forgets_where_it_was,
    "sign_reversed": climbs,
    "entry_by_entry": sees_entries_that_have_moved,
    "never_cleared": sums_up_all_gradients,
    "cleared_too_early": is_flat,
    "backward_twice": raised(RuntimeError, "graph a second time.*freed", 1),
    "recorded_update": raised(RuntimeError, "leaf Variable that requires grad.*in-place", 1),
    "no_longer_a_leaf": has_one_update,
    "half_forgotten": takes_double_steps,
    "mean_with_half": takes_mean_steps,
    "features_not_scaled": descends_on_a_longer_column,
    "broadcast_b": sees_every_b_in_every_row,
    "float32_by_default": is_right_to_seven_digits,
    "mixed_precision": refuses_two_types,
    "whole_numbers": raised(RuntimeError, "floating point .*require gradients", 0),
    "numpy_of_a_leaf": raised(RuntimeError, r"numpy\(\) on Tensor that requires grad", 0),
    "init_misspelled": raised(TypeError, "takes 1 positional argument but 3 were given", 0),
    "parameters_in_a_list": raised(ValueError, "empty parameter list", 0),
    "outer_x": is_flat,
    "parameter_replaced": is_flat,
    "scheduler_first": is_one_rate_ahead,
    "history_without_copy": is_one_point_with_falling_losses,
    "graphs_kept": has_the_right_numbers,
}


def assert_symptom(pitfall, experiment):
    SYMPTOMS[pitfall.key](pitfall.run(experiment), experiment)


def test_every_symptom_is_tested():
    assert set(SYMPTOMS) == set(BY_KEY)


@EVERY
@pytest.mark.parametrize("experiment", [DEFAULT, STARTED], ids=["worked example", "other start"])
def test_its_symptom_is_seen_on_the_worked_example(pitfall, experiment):
    assert_symptom(pitfall, experiment)


@EVERY
@given(descents(iterations=30))
def test_its_symptom_is_seen_on_any_system(pitfall, experiment):
    assert_symptom(pitfall, experiment)
