"""The remedies that the pitfalls name, tried on their own sources."""

import warnings
from dataclasses import replace

import numpy as np
import pytest

from helpers.pitfalls import BY_KEY, STARTED, nodes_alive, run_right
from lsedash.text.fields import DEFAULT

NO_GRAD = "with torch.no_grad():\n            x -= learning_rate * x.grad"
CLEARED = f"{NO_GRAD}\n        x.grad = None"
SGD = "    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)\n"
REPLACEMENT = "    model.x = torch.nn.Parameter(torch.tensor(x0).reshape(-1, 1))\n"
COPY = "    with torch.no_grad():\n        model.x.copy_(torch.tensor(x0).reshape(-1, 1))\n"
SUM = 'torch.nn.MSELoss(reduction="sum")'
FLOAT64 = "dtype=torch.float64"
ONE_BY_ONE = """for j in range(len(x)):
            gradient = A[:, j] @ (A @ x - b)

            # update: entry j; those that follow see the new x
            x[j] -= learning_rate * gradient"""
ALL_AT_ONCE = "gradient = A.T @ (A @ x - b)\n        x -= learning_rate * gradient"
STRETCHED = "    A[:, 0] *= 10  # its unit is ten times smaller\n"
UNIT_LENGTHS = "    A /= torch.linalg.vector_norm(A, dim=0)\n"

REMEDIES = [
    ("minus_gradient", [("x = -learning_rate * gradient", "x -= learning_rate * gradient")]),
    ("sign_reversed", [("x += learning_rate", "x -= learning_rate")]),
    ("entry_by_entry", [(ONE_BY_ONE, ALL_AT_ONCE)]),
    ("never_cleared", [(NO_GRAD, CLEARED)]),
    ("cleared_too_early", [("        optimizer.zero_grad()\n", ""), ("step()", "step(); CLEAR")]),
    (
        "cleared_too_early",
        [("        optimizer.zero_grad()\n", ""), ("loss.backward()", "CLEAR; loss.backward()")],
    ),
    ("backward_twice", [("        loss.backward()\n        loss", "        loss")]),
    ("recorded_update", [("x -= learning_rate * x.grad", NO_GRAD)]),
    ("no_longer_a_leaf", [("x = x - learning_rate * x.grad", NO_GRAD)]),
    ("half_forgotten", [("loss = squared", "loss = 0.5 * squared")]),
    ("mean_with_half", [("torch.nn.MSELoss()", SUM)]),
    ("features_not_scaled", [(STRETCHED, f"{STRETCHED}    A[:, 0] /= 10\n")]),
    ("broadcast_b", [("torch.tensor(b)  # (m,)", "torch.tensor(b).reshape(-1, 1)")]),
    ("float32_by_default", [(f"tensor({v})", f"tensor({v}, {FLOAT64})") for v in ("A", "b", "x0")]),
    ("mixed_precision", [("x0.tolist()", "x0.tolist(), dtype=A.dtype")]),
    ("whole_numbers", [("int(entry)", "float(entry)"), ("(x0)", f"(x0, {FLOAT64})")]),
    ("whole_numbers", [("tensor(x0)", f"tensor(x0, {FLOAT64})")]),
    ("numpy_of_a_leaf", [("x.numpy()", "x.detach().numpy()")]),
    ("numpy_of_a_leaf", [("x.numpy()", "x.detach().numpy().copy()")]),
    ("init_misspelled", [("def _init_(", "def __init__(")]),
    (
        "parameters_in_a_list",
        [("[torch.nn.Parameter(x0)]", "torch.nn.ParameterList([torch.nn.Parameter(x0)])")],
    ),
    ("outer_x", [("x -= learning_rate", "model.x -= learning_rate")]),
    ("outer_x", [("x.clone()", "x")]),
    ("parameter_replaced", [(REPLACEMENT, COPY)]),
    ("parameter_replaced", [(SGD + REPLACEMENT, REPLACEMENT + SGD)]),
    (
        "scheduler_first",
        [("        scheduler.step()\n", ""), ("step()", "step(); scheduler.step()")],
    ),
    ("history_without_copy", [("append((x, loss))", "append((x.detach().clone(), loss))")]),
    ("graphs_kept", [("losses.append(loss)", "losses.append(loss.item())")]),
    ("graphs_kept", [("losses.append(loss)", "losses.append(loss.detach())")]),
]


def remedied(key, replacements):
    """The program with the remedy applied to its text."""
    source = BY_KEY[key].source
    for former, latter in replacements:
        assert source.count(former) == 1
        source = source.replace(former, latter.replace("CLEAR", "optimizer.zero_grad()"))
    place = {"__name__": "remedied"}
    exec(compile(source, key, "exec"), place)
    return place["descend"]


def walk(program, experiment):
    points = []
    for x, loss in program(*experiment.arguments()):
        array = x if isinstance(x, np.ndarray) else x.detach().numpy()
        points.append((array.reshape(-1).copy(), loss.item()))
    return np.array([x for x, _ in points]), np.array([loss for _, loss in points])


def test_every_pitfall_has_a_remedy_that_is_tried():
    assert {key for key, _ in REMEDIES} == set(BY_KEY)


@pytest.mark.parametrize(("key", "replacements"), REMEDIES)
def test_the_remedy_gives_the_right_program(key, replacements):
    iterates, losses = walk(remedied(key, replacements), STARTED)
    right = run_right(key, STARTED)
    np.testing.assert_allclose(iterates, right.iterates, atol=1e-13)
    np.testing.assert_allclose(losses, right.losses, rtol=1e-12)


def test_a_graph_that_is_retained_can_be_walked_twice_and_gives_twice_the_gradient():
    twice = (
        "        loss.backward()\n        loss",
        "        loss.backward(retain_graph=True)\n        loss",
    )
    iterates, losses = walk(remedied("backward_twice", [twice]), STARTED)
    right = run_right("backward_twice", replace(STARTED, learning_rate=0.2))
    np.testing.assert_allclose(iterates, right.iterates, atol=1e-13)
    np.testing.assert_allclose(losses, right.losses, rtol=1e-12)


@pytest.mark.parametrize(("key", "factor"), [("half_forgotten", 0.5), ("mean_with_half", 3)])
def test_another_learning_rate_is_a_remedy_too(key, factor):
    run = BY_KEY[key].run(replace(STARTED, learning_rate=factor * STARTED.learning_rate))
    np.testing.assert_allclose(run.iterates, run_right(key, STARTED).iterates, atol=1e-13)


def test_columns_divided_by_their_lengths_may_be_in_any_units():
    in_other_units = remedied("features_not_scaled", [(STRETCHED, STRETCHED + UNIT_LENGTHS)])
    in_the_same = remedied("features_not_scaled", [(STRETCHED, UNIT_LENGTHS)])
    for measured, expected in zip(
        walk(in_other_units, STARTED), walk(in_the_same, STARTED), strict=True
    ):
        np.testing.assert_allclose(measured, expected, atol=1e-13)


def test_broadcasting_is_found_by_treating_the_warning_as_an_error():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(UserWarning, match="target size"):
            next(BY_KEY["broadcast_b"](*DEFAULT.arguments()))


def test_a_detached_array_shares_the_memory_of_x_unless_it_is_copied():
    shared = remedied("numpy_of_a_leaf", [("x.numpy()", "x.detach().numpy()")])
    copied = remedied("numpy_of_a_leaf", [("x.numpy()", "x.detach().numpy().copy()")])
    kept = [x for x, _ in shared(*STARTED.arguments())]
    assert all((x == kept[-1]).all() for x in kept)
    kept = [x.reshape(-1) for x, _ in copied(*STARTED.arguments())]
    np.testing.assert_allclose(kept, run_right("numpy_of_a_leaf", STARTED).iterates, atol=1e-13)


def test_losses_that_are_numbers_keep_no_graph():
    program = remedied("graphs_kept", [("losses.append(loss)", "losses.append(loss.detach())")])
    assert nodes_alive(program, "losses") == [0] * 51
