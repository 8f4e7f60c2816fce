"""What is behind a line of a pitfall, and behind a line that is never reached."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.xray_programs import AUTOGRAD, TALL, X0, behind, gradient_at, names, pitfall
from lsedash import compare


def test_a_line_that_raises_tells_what_and_shows_the_state_it_left():
    state = behind(pitfall("parameters_in_a_list"), TALL, 0, "optimizer = torch")
    assert state.raised == "ValueError: optimizer got an empty parameter list"
    assert "optimizer" not in names(state)
    assert "model" in names(state)


def test_a_line_that_raises_later_tells_it_at_its_iteration_only():
    program = pitfall("no_longer_a_leaf")
    first, second = (behind(program, TALL, k, "x = x - learning_rate") for k in (0, 1))
    assert first.raised == ""
    assert second.raised.startswith("TypeError: ")
    assert second["x"].grad_fn == "SubBackward0"


@pytest.mark.parametrize(
    ("key", "k", "text"),
    [
        ("parameters_in_a_list", 0, "prediction = model()"),
        ("parameters_in_a_list", 3, "optimizer.step()"),
        ("parameters_in_a_list", 0, "return torch.matmul"),
        ("recorded_update", 1, "loss.backward()"),
        ("no_longer_a_leaf", 3, "yield x"),
    ],
)
def test_a_line_that_is_never_reached_shows_nothing_but_what_was_raised(key, k, text):
    state, exception = behind(pitfall(key), TALL, k, text), pitfall(key).run(TALL).exception
    assert state.frames == ()
    assert state.raised == f"{type(exception).__name__}: {exception}"


def test_an_iteration_past_the_last_is_not_reached():
    state = behind(AUTOGRAD, TALL, TALL.iterations + 1, "loss.backward()")
    assert (state.frames, state.raised) == ((), "")


def test_a_program_that_hands_out_nothing_inside_its_loop_is_seen_at_any_iteration():
    experiment = replace(TALL, iterations=12)
    run = compare(experiment, [AUTOGRAD])[AUTOGRAD.key]
    state = behind(pitfall("history_without_copy"), experiment, 7, "history.append")
    assert state["x"].value.ravel().tolist() == run.iterates[7].tolist()
    assert state["loss"].value.item() == run.losses[7]
    assert (state["_"].value, state["history"].value) == ("7", "a list of 8")


def test_a_line_behind_the_loop_is_seen_with_the_last_point():
    run = compare(replace(TALL, iterations=6), [AUTOGRAD])[AUTOGRAD.key]
    state = behind(pitfall("history_without_copy"), TALL, 0, "yield from history")
    assert state["x"].value.ravel().tolist() == run.iterates[6].tolist()


def test_a_parameter_in_a_list_is_not_registered_but_seen_in_its_list():
    state = behind(pitfall("parameters_in_a_list"), TALL, 0, "model = LinearModel")
    assert state["model"].value == "a module with 0 registered parameters"
    assert state["model.x"].value == "a list of 1"
    assert state["model.x[0]"].type == "torch.nn.Parameter"
    assert state["model.x[0]"].value.ravel().tolist() == X0.tolist()


def test_a_gradient_that_is_never_cleared_is_seen_to_add_up():
    program = pitfall("never_cleared")
    run = program.run(TALL)
    for k in (0, 1, 4):
        grad = behind(program, TALL, k, "loss.backward()")["x"].grad
        total = sum(gradient_at(TALL, x) for x in run.iterates[: k + 1])
        np.testing.assert_allclose(grad.ravel(), total, rtol=1e-12, atol=1e-13)
