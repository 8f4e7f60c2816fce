"""The ten remarks: each is seen in the objects it points at."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from helpers.xray_programs import (
    AUTOGRAD,
    MSE_LOSS,
    NUMPY,
    OPTIMIZER,
    TALL,
    WORKED,
    gradient_at,
    pitfall,
)
from lsedash import compare
from lsedash.explaining.remarks import PROGRAMS, REMARKS
from lsedash.looking.listing import lines_to_choose
from lsedash.looking.xray import graph_at, xray

experiments = pytest.mark.parametrize("experiment", [WORKED, TALL], ids=["worked", "4 x 3"])


def shown(number, experiment):
    """What a remark points at, at its iteration or the last one there is."""
    (remark,) = [remark for remark in REMARKS if remark.number == number]
    k = min(remark.iteration, experiment.iterations)
    return xray(PROGRAMS[remark.program], experiment, k, remark.line), k


def test_there_are_ten_remarks():
    assert [remark.number for remark in REMARKS] == list(range(1, 11))
    assert len({remark.title for remark in REMARKS}) == 10
    assert all(remark.text.endswith(".") for remark in REMARKS)


@experiments
@pytest.mark.parametrize("remark", REMARKS, ids=lambda remark: str(remark.number))
def test_each_remark_points_at_a_line_that_is_reached_and_at_objects_that_are_there(
    remark, experiment
):
    program = PROGRAMS[remark.program]
    assert remark.code in program.source.splitlines()[remark.line - 1]
    assert remark.line in lines_to_choose(program.source)
    state, _ = shown(remark.number, experiment)
    assert state.raised == ""
    assert {state[name].name for name in remark.look} == set(remark.look)


@experiments
def test_remark_1_numpys_loss_is_a_numpy_number_and_computes_like_a_float(experiment):
    loss = shown(1, experiment)[0]["loss"]
    residual = experiment.system.A @ experiment.x0 - experiment.system.b
    assert loss.type == "numpy.float64"
    assert loss.value == pytest.approx(0.5 * sum(float(r) ** 2 for r in residual), rel=1e-14)


@experiments
def test_remark_2_pytorchs_loss_is_a_tensor_without_dimensions(experiment):
    loss = shown(2, experiment)[0]["loss"]
    assert (loss.type, loss.shape, loss.value.ndim) == ("torch.Tensor", (), 0)


@experiments
def test_remark_3_residual_and_loss_are_results_of_the_graph(experiment):
    state, _ = shown(3, experiment)
    assert (state["residual"].grad_fn, state["loss"].grad_fn) == ("SubBackward0", "MulBackward0")
    assert (state["x"].is_leaf, state["x"].grad_fn, state["x"].grad) == (True, None, None)
    nodes = graph_at(AUTOGRAD, experiment, 0).nodes
    assert [(node.name, node.leaf) for node in nodes if node.leaf] == [("AccumulateGrad", "x")]
    assert nodes[0].name == state["loss"].grad_fn


@experiments
def test_remark_4_x_grad_is_the_gradient_of_the_loss_in_the_shape_of_x(experiment):
    x = shown(4, experiment)[0]["x"]
    assert x.grad.shape == x.shape == (1, 3, 1)
    expected = gradient_at(experiment, experiment.x0)
    np.testing.assert_allclose(x.grad.ravel(), expected, rtol=1e-13, atol=1e-14)


@experiments
def test_remark_5_the_update_is_not_recorded_and_leaves_a_leaf(experiment):
    state, _ = shown(5, experiment)
    x = state["x"]
    assert (state.recording, x.is_leaf, x.grad_fn, x.requires_grad) == (False, True, None, True)
    step = experiment.learning_rate * gradient_at(experiment, experiment.x0)
    np.testing.assert_allclose(x.value.ravel(), experiment.x0 - step, rtol=1e-13, atol=1e-14)


@experiments
def test_remark_6_the_gradient_is_still_there_after_the_step(experiment):
    state, k = shown(6, experiment)
    iterates = compare(experiment, [OPTIMIZER])[OPTIMIZER.key].iterates
    x = state["model.x"]
    assert x.value.ravel().tolist() == iterates[k + 1].tolist()
    expected = gradient_at(experiment, iterates[k])
    np.testing.assert_allclose(x.grad.ravel(), expected, rtol=1e-12, atol=1e-14)


@experiments
def test_remark_7_the_sum_with_the_half_equals_the_loss_of_the_baseline(experiment):
    state, k = shown(7, experiment)
    baseline = compare(experiment, [NUMPY])[NUMPY.key].losses[k]
    assert "reduction = 'sum'" in state["squared_error"].value
    assert state["loss"].value == pytest.approx(baseline, rel=1e-14)
    residual = experiment.system.A @ experiment.x0 - experiment.system.b
    mean = torch.nn.MSELoss()(torch.tensor(residual), torch.zeros(len(residual)).double())
    assert mean.item() * len(residual) / 2 == pytest.approx(baseline, rel=1e-14)


@experiments
def test_remark_8_x_is_the_same_in_all_programs_to_rounding(experiment):
    state, k = shown(8, experiment)
    assert k == experiment.iterations
    for run in compare(experiment).values():
        np.testing.assert_allclose(
            state["x"].value.ravel(), run.iterates[k], rtol=1e-13, atol=1e-15
        )
    assert state["x"].dtype == "torch.float64"


@experiments
def test_remark_9_the_optimizer_holds_the_models_x_itself(experiment):
    state, _ = shown(9, experiment)
    held, x = state["optimizer.param_groups[0]['params'][0]"], state["model.x"]
    assert [part.name for part in state["optimizer.param_groups[0]"].parts] == [held.name]
    assert held.memory == x.memory != 0
    assert (held.type, held.shape, held.dtype) == ("torch.nn.Parameter", (3, 1), "torch.float64")


@experiments
def test_remark_10_a_list_of_parameters_is_not_registered(experiment):
    state, _ = shown(10, experiment)
    assert "0 registered parameters" in state["model"].value
    assert state["model.x"].type == "list"
    assert pitfall("parameters_in_a_list").run(experiment).exception is not None


def test_a_remark_whose_iteration_lies_behind_the_end_is_seen_at_the_end():
    state, k = shown(8, replace(WORKED, iterations=7))
    run = compare(replace(WORKED, iterations=7), [MSE_LOSS])[MSE_LOSS.key]
    assert k == 7
    assert state["x"].value.ravel().tolist() == run.iterates[-1].tolist()
