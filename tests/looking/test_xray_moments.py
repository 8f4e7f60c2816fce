"""The state behind a line is the one after that line, seen from where the line stands."""

import pytest

from helpers.xray_programs import (
    AUTOGRAD,
    TALL,
    behind,
    last_line,
    names,
    torch_variants,
    variants,
    with_model,
    x_of,
)
from lsedash import compare
from lsedash.looking.listing import line_of
from lsedash.looking.xray import xray


@variants
def test_the_loss_is_not_there_before_its_line_but_after_it(variant):
    before = xray(variant, TALL, 0, last_line(variant, "forward"))
    after = xray(variant, TALL, 0, last_line(variant, "loss"))
    assert "loss" not in names(before)
    assert "loss" in names(after)


@variants
def test_before_the_loss_line_of_a_later_iteration_the_loss_is_the_former_one(variant):
    run = compare(TALL, [variant])[variant.key]
    before = xray(variant, TALL, 3, last_line(variant, "forward"))
    after = xray(variant, TALL, 3, last_line(variant, "loss"))
    assert [before["loss"].value, after["loss"].value] == run.losses[2:4].tolist()


@torch_variants
@pytest.mark.parametrize("k", [0, 1, 5])
def test_the_gradient_comes_with_backward_stays_at_the_update_and_goes_when_cleared(variant, k):
    phases = ["loss", "backward", "update", "clear"]
    grads = [x_of(xray(variant, TALL, k, last_line(variant, phase))).grad for phase in phases]
    assert [grad is not None for grad in grads] == [False, True, True, False]
    assert grads[1].tolist() == grads[2].tolist()


@with_model
def test_a_line_of_forward_is_seen_from_inside_and_then_from_where_it_is_called(variant):
    inner, outer = behind(variant, TALL, 2, "return torch.matmul").frames
    assert (inner.function, outer.function) == ("forward", "descend")
    assert outer.line == line_of(variant.source, "prediction = model()")
    assert {found.name for found in inner.objects} == {"self"}
    assert {found.name for found in outer.objects} >= {"A", "b", "model"}


@with_model
def test_a_line_of_init_is_seen_from_inside_and_then_from_where_it_is_called(variant):
    inner, outer = behind(variant, TALL, 2, "self.x = torch.nn.Parameter").frames
    assert (inner.function, outer.function) == ("__init__", "descend")
    assert outer.line == line_of(variant.source, "model = LinearModel")
    assert {found.name for found in inner.objects} == {"self", "A", "x0"}
    assert "model" not in {found.name for found in outer.objects}


@with_model
def test_before_x_is_registered_the_module_has_no_parameter(variant):
    values = [
        behind(variant, TALL, 0, text)["self"].value.split(" registered")[0]
        for text in ("super().__init__()", "self.A = A", "self.x = torch.nn.Parameter")
    ]
    assert values == ["a module with 0", "a module with 0", "a module with 1"]


@with_model
def test_a_name_is_looked_for_in_the_innermost_function_first(variant):
    state = behind(variant, TALL, 0, "self.A = A")
    assert state["x0"].shape == (3, 1)  # the outer one is still NumPy's
    assert state["learning_rate"].value == "0.1"
    with pytest.raises(KeyError, match="no such name"):
        state["no such name"]


def test_what_a_line_rebinds_is_seen_rebound():
    before, after = (
        behind(AUTOGRAD, TALL, 0, text)["b"] for text in ("A = torch.tensor", "b = torch.tensor")
    )
    assert (before.type, before.shape) == ("numpy.ndarray", (4,))
    assert (after.type, after.shape) == ("torch.Tensor", (1, 4, 1))
