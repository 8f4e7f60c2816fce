"""What every pitfall promises, and the symptom that each states."""

import ast
import re
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from strategies import descents

import lsedash.pitfalls
from lsedash import Run, compare
from lsedash.inspect.listing import difference
from lsedash.link import DEFAULT
from lsedash.pitfalls import PITFALLS

BY_KEY = {pitfall.key: pitfall for pitfall in PITFALLS}
STARTED = replace(DEFAULT, x0=[4.0, -1.0, 2.0])  # a start of whole numbers other than 0
EVERY = pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: pitfall.key)


def run_right(key, experiment):
    """The run of the program that the pitfall got wrong."""
    return compare(experiment, [BY_KEY[key].variant]).runs[0]


def bits(run):
    return run.iterates.tobytes(), run.losses.tobytes()


def steepest(system):
    return np.linalg.norm(system.A, 2) ** 2


# --- the contract


def test_there_are_many_of_them_each_with_a_name_of_its_own():
    assert len(PITFALLS) >= 16
    for attribute in ("key", "title"):
        assert len({getattr(pitfall, attribute) for pitfall in PITFALLS}) == len(PITFALLS)


@EVERY
def test_it_says_all_there_is_to_say_in_sentences(pitfall):
    assert pitfall.title.strip()
    for text in (pitfall.symptom, pitfall.lesson, pitfall.fix, pitfall.bites):
        assert re.fullmatch(r"\S.+[^.]\.", text)
    assert pitfall.prediction(DEFAULT).words.endswith(".")


@EVERY
def test_its_source_is_the_text_of_the_file_that_runs(pitfall):
    file = Path(lsedash.pitfalls.__file__).with_name(f"{pitfall.key}.py")
    assert pitfall.source == file.read_text(encoding="utf-8")
    assert Path(pitfall.program.__code__.co_filename) == file


@EVERY
def test_it_is_called_like_its_variant(pitfall):
    def signature(program):
        code = program.program.__code__
        return code.co_varnames[: code.co_argcount]

    assert signature(pitfall) == signature(pitfall.variant)


@EVERY
def test_its_source_imports_what_its_variant_imports_and_fits_on_a_screen(pitfall):
    def imports(source):
        nodes = ast.walk(ast.parse(source))
        return [ast.unparse(n) for n in nodes if isinstance(n, ast.Import | ast.ImportFrom)]

    assert imports(pitfall.source) in (["import numpy as np"], ["import torch"])
    assert imports(pitfall.source) == imports(pitfall.variant.source)
    lines = pitfall.source.splitlines()
    assert len(lines) <= 45
    assert max(len(line) for line in lines) <= 80


@EVERY
def test_it_differs_from_its_variant_by_a_few_lines(pitfall):
    changed = difference(pitfall.variant.source, pitfall.source)
    code = [c for c in changed if c.line.text.strip() and not c.line.text.strip().startswith("#")]
    new, gone = (sum(c.change == change for c in code) for change in "+-")
    assert 0 < new + gone
    assert new <= 4
    assert gone <= 4


def grad_modes(steps):
    """Whether grad mode is on at each point, and whether it is when all is over."""
    modes = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            modes += [torch.is_grad_enabled() for _ in steps]
        except (RuntimeError, TypeError, ValueError):
            modes.append(torch.is_grad_enabled())
    return [*modes, torch.is_grad_enabled()]


@EVERY
def test_it_leaves_the_grad_mode_as_it_is(pitfall):
    assert set(grad_modes(pitfall(*DEFAULT.arguments()))) == {True}


@EVERY
def test_it_leaves_its_arguments_as_they_are(pitfall):
    arrays = STARTED.arguments()[:3]
    before = [array.tobytes() for array in arrays]
    grad_modes(pitfall(*arrays, 0.1, 5))
    assert [array.tobytes() for array in arrays] == before


@EVERY
def test_its_run_is_the_one_that_compare_makes(pitfall):
    run = pitfall.run(STARTED)
    assert isinstance(run, Run)
    assert run.key == pitfall.key
    assert bits(run) == bits(compare(STARTED, [pitfall]).runs[0])
    assert (run.status == "raised") == isinstance(run.exception, Exception)


@EVERY
def test_its_run_keeps_within_the_points_and_the_time_it_is_given(pitfall):
    long = replace(DEFAULT, iterations=300)
    kept, whole = pitfall.run(long, max_points=10), pitfall.run(long)
    assert len(kept.points) <= 10
    assert kept.last_point == whole.last_point
    assert kept.status == whole.status
    assert len(pitfall.run(long, deadline=0.0).points) <= 1


# --- the symptoms


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
    "never_cleared": sums_up_all_gradients,
    "cleared_too_early": is_flat,
    "backward_twice": raised(RuntimeError, "graph a second time.*freed", 1),
    "recorded_update": raised(RuntimeError, "leaf Variable that requires grad.*in-place", 1),
    "no_longer_a_leaf": has_one_update,
    "half_forgotten": takes_double_steps,
    "mean_with_half": takes_mean_steps,
    "broadcast_b": sees_every_b_in_every_row,
    "float32_by_default": is_right_to_seven_digits,
    "mixed_precision": refuses_two_types,
    "whole_numbers": raised(RuntimeError, "floating point .*require gradients", 0),
    "numpy_of_a_leaf": raised(RuntimeError, r"numpy\(\) on Tensor that requires grad", 0),
    "parameters_in_a_list": raised(ValueError, "empty parameter list", 0),
    "outer_x": is_flat,
    "parameter_replaced": is_flat,
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
