"""Other optimizers in the fifth variant's loop, and what theory says of momentum."""

import ast
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from helpers.strategies import descents
from lsedash import Experiment, LinearSystem, Theory, compare
from lsedash.looking.listing import difference
from lsedash.presets import random_system
from lsedash.programs.optimizers import OPTIMIZERS, SGD
from lsedash.text.fields import DEFAULT
from lsedash.theory.momentum import convergence_factor, losses, optimal_momentum, roots, transition

MOMENTUM, NESTEROV = OPTIMIZERS.named("sgd_momentum"), OPTIMIZERS.named("sgd_nesterov")
KINDS = [(MOMENTUM, False), (NESTEROV, True)]
every = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda optimizer: optimizer.key)
kinds = pytest.mark.parametrize(("optimizer", "nesterov"), KINDS, ids=["heavy ball", "Nesterov"])


def run_of(program, experiment):
    return compare(experiment, [program]).runs[0]


@every
def test_it_differs_from_plain_sgd_by_the_optimizer_and_what_that_needs(optimizer):
    changes = difference(SGD.source, optimizer.source)
    new = [c.line.text for c in changes if c.change == "+" and c.line.text.strip()]
    assert 1 <= len(new) <= (9 if optimizer.key == "lbfgs" else 3)
    lines = optimizer.source.splitlines()
    assert len(lines) <= 45
    assert max(map(len, lines)) <= 80
    imports = [n for n in ast.walk(ast.parse(optimizer.source)) if isinstance(n, ast.Import)]
    assert [ast.unparse(node) for node in imports] == ["import torch"]


@every
def test_it_runs_like_any_variant_and_lowers_the_loss(optimizer):
    experiment = replace(DEFAULT, learning_rate=0.05, iterations=100)
    run = run_of(optimizer, experiment)
    assert (run.status, len(run.points), run.warnings) == ("finished", 101, ())
    assert run.losses[0] == 7.0
    assert run.losses[-1] < 7.0
    np.testing.assert_allclose(run.iterates[0], DEFAULT.x0)
    residual = run.iterates @ DEFAULT.system.A.T - DEFAULT.system.b
    np.testing.assert_allclose(run.losses, 0.5 * np.sum(residual**2, axis=1), rtol=1e-12)


def by_torch(make, experiment, schedule=None):
    """The path that torch's own optimizer takes on the loss written out, in another loop."""
    A, b = (torch.tensor(array) for array in (experiment.system.A, experiment.system.b))
    x = torch.tensor(experiment.x0, requires_grad=True)
    optimizer = make([x])
    scheduler = schedule and schedule(optimizer)
    path = []
    for _ in range(experiment.iterations + 1):
        path.append(x.detach().numpy().copy())
        optimizer.zero_grad()
        (0.5 * ((A @ x - b) ** 2).sum()).backward()
        optimizer.step()
        if scheduler:
            scheduler.step()
    return np.array(path)


ALONE = {
    "sgd_momentum": (lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), None),
    "sgd_nesterov": (lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True), None),
    "adagrad": (lambda p: torch.optim.Adagrad(p, lr=0.05), None),
    "rmsprop": (lambda p: torch.optim.RMSprop(p, lr=0.05), None),
    "adam": (lambda p: torch.optim.Adam(p, lr=0.05), None),
    "step_decay": (
        lambda p: torch.optim.SGD(p, lr=0.05),
        lambda o: torch.optim.lr_scheduler.StepLR(o, 9, 0.5),
    ),
    "exponential_decay": (
        lambda p: torch.optim.SGD(p, lr=0.05),
        lambda o: torch.optim.lr_scheduler.ExponentialLR(o, 0.98),
    ),
    "cosine_decay": (
        lambda p: torch.optim.SGD(p, lr=0.05),
        lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 41),
    ),
}


@pytest.mark.parametrize("key", ALONE)
def test_it_takes_the_path_of_torch_s_optimizer(key):
    experiment = replace(DEFAULT, learning_rate=0.05, iterations=40)
    path = by_torch(*ALONE[key][:1], experiment, ALONE[key][1])
    np.testing.assert_allclose(run_of(OPTIMIZERS.named(key), experiment).iterates, path, atol=1e-13)


def test_lbfgs_solves_the_worked_example_in_a_few_steps():
    run = run_of(OPTIMIZERS.named("lbfgs"), replace(DEFAULT, learning_rate=1.0, iterations=25))
    solution = np.linalg.solve(DEFAULT.system.A, DEFAULT.system.b)
    np.testing.assert_allclose(run.iterates[-1], solution, atol=1e-5)


@kinds
@given(descents(fastest=1.2), st.floats(0, 0.99))
def test_the_predicted_losses_are_those_of_the_program(optimizer, nesterov, experiment, beta):
    run = run_of(optimizer.with_options(momentum=beta), experiment)
    about = experiment.x0, experiment.learning_rate, beta, experiment.iterations
    predicted = losses(Theory(experiment.system), *about, nesterov=nesterov)
    scale = max(run.losses.max(initial=0.0), 1e-300)
    kappa = Theory(experiment.system).condition_number
    np.testing.assert_allclose(
        predicted[run.points] / scale, run.losses / scale, atol=1e-12 * max(kappa, 100)
    )


@given(st.floats(0, 4), st.floats(0, 0.99))
def test_the_heavy_ball_s_roots_solve_their_equation(step, beta):
    for root in roots(step, beta):
        value = root**2 - (1 + beta - step) * root + beta
        assert abs(value) < 1e-6  # a double root keeps half of the digits


@given(st.floats(0, 4), st.floats(0, 0.99), st.booleans())
def test_the_roots_have_the_trace_and_determinant_of_an_iteration(step, beta, nesterov):
    turn = transition(step, beta, nesterov=nesterov)
    found = roots(step, beta, nesterov=nesterov)
    assert found.sum() == pytest.approx(np.trace(turn), abs=1e-9)
    assert found.prod() == pytest.approx(np.linalg.det(turn), abs=1e-9)


def test_without_momentum_it_is_plain_descent():
    theory = Theory(DEFAULT.system)
    for nesterov in (False, True):
        found = losses(theory, DEFAULT.x0, 0.1, 0.0, 50, nesterov=nesterov)
        np.testing.assert_allclose(found, theory.losses(DEFAULT.x0, 0.1, range(51)), rtol=1e-12)
        factor = convergence_factor(theory, 0.1, 0.0, nesterov=nesterov)
        assert factor == pytest.approx(theory.convergence_factor(0.1))


@pytest.mark.parametrize("kappa", [1.0, 2.0, 10.0, 50.0])
def test_the_optimal_beta_is_optimal(kappa):
    theory = Theory(random_system(kappa, m=5, n=4, seed=2))
    rate, beta = optimal_momentum(theory)
    best = convergence_factor(theory, rate, beta)
    assert best == pytest.approx(np.sqrt(beta), abs=1e-6)
    for other_rate in rate * np.array([0.8, 0.9, 0.97, 1.03, 1.1]):
        for other in np.clip(beta + np.array([-0.1, -0.03, 0.0, 0.03, 0.1]), 0, 0.999):
            assert convergence_factor(theory, float(other_rate), float(other)) >= best - 1e-6


def test_the_optimal_momentum_is_measured_to_be_as_fast_as_theory_says():
    experiment = Experiment(random_system(30, m=6, n=6, seed=4), None, 0.1, 400)
    theory = Theory(experiment.system)
    rate, beta = optimal_momentum(theory)
    run = run_of(MOMENTUM.with_options(momentum=beta), replace(experiment, learning_rate=rate))
    away = np.linalg.norm(run.iterates - theory.descent_limit(experiment.x0), axis=1)
    measured = (away[250] / away[100]) ** (1 / 150)
    assert measured == pytest.approx(np.sqrt(beta), abs=0.01)  # times k, for a double root
    plain = run_of(SGD, replace(experiment, learning_rate=theory.optimal_learning_rate))
    assert run.losses[-1] < 1e-6 * plain.losses[-1]


def test_a_system_without_slopes_stays():
    experiment = Experiment(LinearSystem([[0, 0]], [1]), [1, 2], 0.1, 5)
    theory = Theory(experiment.system)
    assert losses(theory, experiment.x0, 0.1, 0.9, 5).tolist() == [0.5] * 6
    assert convergence_factor(theory, 0.1, 0.9) == 0
