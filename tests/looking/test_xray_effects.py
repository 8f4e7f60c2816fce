"""A look behind a line changes nothing for anybody else, and stops when asked to."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import torch

from helpers.xray_programs import (
    AUTOGRAD,
    NUMPY,
    OPTIMIZER,
    TALL,
    WORKED,
    behind,
    pitfall,
    torch_variants,
    variants,
)
from lsedash import VARIANTS, compare
from lsedash.explaining.remarks import PROGRAMS
from lsedash.looking.listing import first_of_loop, is_repeated, line_of, lines_to_choose, listing
from lsedash.looking.xray import stream_xray, xray

# --- what a look leaves behind


@variants
def test_a_run_after_a_look_is_the_same_as_before_it(variant):
    before = compare(TALL, [variant])[variant.key]
    for line in lines_to_choose(variant.source):
        xray(variant, TALL, 2, line)
    after = compare(TALL, [variant])[variant.key]
    assert after.iterates.tobytes() == before.iterates.tobytes()
    assert after.losses.tobytes() == before.losses.tobytes()
    assert (after.status, after.warnings) == (before.status, ())


@torch_variants
def test_the_grad_mode_after_a_look_is_the_one_before_it(variant):
    for line in lines_to_choose(variant.source):
        xray(variant, TALL, 1, line)
        assert torch.is_grad_enabled(), line


@pytest.mark.parametrize("key", ["recorded_update", "parameters_in_a_list", "numpy_of_a_leaf"])
def test_a_look_at_what_raises_leaves_neither_a_tracer_nor_another_grad_mode(key):
    program, former = pitfall(key), sys.gettrace()
    assert [xray(program, TALL, 0, n).raised for n in lines_to_choose(program.source)][-1]
    assert sys.gettrace() is former
    assert torch.is_grad_enabled()


@pytest.mark.parametrize("program", [NUMPY, OPTIMIZER, pitfall("parameters_in_a_list")])
def test_a_tracer_that_was_set_before_is_set_again(program):
    def tracer(_frame, _event, _argument):
        return None

    former = sys.gettrace()
    sys.settrace(tracer)
    try:
        for line in lines_to_choose(program.source):
            xray(program, TALL, 1, line)
        found = sys.gettrace()
    finally:
        sys.settrace(former)
    assert found is tracer


def test_nothing_is_traced_after_a_look_nor_between_the_iterations_before_it():
    former, tracers = sys.gettrace(), []

    class Watched:
        key, source, program = NUMPY.key, NUMPY.source, NUMPY.program

        def __call__(self, *arguments):
            for pair in NUMPY(*arguments):
                tracers.append(sys.gettrace())
                yield pair

    state = behind(Watched(), TALL, 3, "yield x")
    assert tracers[:3] == [former] * 3
    assert tracers[3] is not former
    assert state["_"].value == "3"
    assert sys.gettrace() is former


# --- others go on


def test_a_look_far_into_a_program_lets_others_run_meanwhile():
    """Each report is a moment at which nothing of ours is locked: a whole comparison fits in."""
    far = replace(WORKED, iterations=2000)
    moments = 0
    for progress in stream_xray(AUTOGRAD, far, 2000, line_of(AUTOGRAD.source, "yield x")):
        with ThreadPoolExecutor(1) as other:
            (run,) = other.submit(compare, WORKED, VARIANTS[:1]).result(timeout=30).runs
        assert run.status == "finished"
        moments += not progress.finished
    assert moments >= 5


def test_a_look_can_be_given_up_halfway():
    far = replace(WORKED, iterations=2000)
    reports = stream_xray(AUTOGRAD, far, 2000, line_of(AUTOGRAD.source, "yield x"))
    assert next(reports).snapshot() is None
    reports.close()
    assert sys.gettrace() is None


@pytest.mark.parametrize("program", PROGRAMS, ids=PROGRAMS.keys)
def test_the_line_looked_behind_first_does_something_in_the_loop(program):
    line = first_of_loop(program.source)
    assert listing(program.source)[line - 1].phase == "forward"
    assert is_repeated(program.source, line)
