"""Are the variants the same, to the last bit? The ladders that find out why not."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from helpers.floors import DTYPES
from helpers.programs import Fake, counting
from helpers.strategies import descents
from lsedash import VARIANTS, Experiment, compare
from lsedash.checking import ladder
from lsedash.checking.bits import MOST_POINTS, Difference
from lsedash.checking.ladder import PROGRAMS, Ladder, ladders, stream_ladders
from lsedash.presets import random_system
from lsedash.programs.variants import NUMPY
from lsedash.text.fields import DEFAULT

WITH_AN_OWN_OPERATION = ["torch_autograd", "torch_optimizer"]
WITH_PYTORCH_S_PRODUCTS = [*WITH_AN_OWN_OPERATION, "torch_mse_loss", "torch_module"]


# --- the ladders


def known(found):
    """The ladders of the variants whose products are known."""
    return [one for one in found if one.variant.key in WITH_PYTORCH_S_PRODUCTS]


@pytest.fixture(scope="module")
def worked():
    return ladders(DEFAULT)


def test_every_variant_but_numpy_has_a_ladder(worked):
    assert [one.variant for one in worked] == [one for one in VARIANTS if one != NUMPY]
    for one in worked:
        own = one.variant.key in WITH_AN_OWN_OPERATION
        products = one.variant.key in WITH_PYTORCH_S_PRODUCTS
        assert len(one.rungs) == (1 + own) * (1 + products)


@pytest.mark.parametrize("dtype", DTYPES)
def test_all_is_explained_on_the_worked_example(dtype):
    for one in known(ladders(replace(DEFAULT, dtype=dtype))):
        assert one.explained
        assert one.rungs[-1].difference == Difference(None, None, 0, 0.0, 0.0, 51)
        assert one.cause != "remainder"


@pytest.mark.parametrize("dtype", DTYPES)
def test_their_own_operation_is_all_that_sets_them_apart_on_the_worked_example(dtype):
    for one in ladders(replace(DEFAULT, dtype=dtype)):
        if one.variant.key in WITH_AN_OWN_OPERATION:
            assert one.rungs[1].difference.equal
            assert one.cause in ("own operation", "same")


def test_each_rung_holds_another_pair_of_a_variant_and_numpy(worked):
    keys = {program.key: program for program in PROGRAMS}
    for one in worked:
        pairs = [(rung.program_key, rung.reference_key) for rung in one.rungs]
        assert pairs[0] == (one.variant.key, NUMPY.key)
        assert len(set(pairs)) == len(pairs)
        for rung in one.rungs:
            program, reference = keys[rung.program_key], keys[rung.reference_key]
            assert program is one.variant or program.variant is one.variant
            assert reference.variant is NUMPY


def test_the_last_rung_multiplies_as_the_variant_does(worked):
    sources = {program.key: program.source for program in PROGRAMS}
    for one in known(worked):
        product = "torch.bmm" if one.variant.key == "torch_autograd" else "torch.matmul"
        assert product in one.variant.source
        assert product in sources[one.rungs[-1].program_key]
        assert product in sources[one.rungs[-1].reference_key]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(8, 8), (17, 9), (9, 17), (64, 64)], ids=str)
def test_nothing_new_is_left_on_a_larger_system(shape, dtype):
    system = random_system(10, m=shape[0], n=shape[1])
    for one in ladders(Experiment(system, None, 0.5, 50, dtype=dtype)):
        assert one.rungs[-1].difference.largest <= one.rungs[0].difference.largest


@given(descents())
@settings(max_examples=25)
def test_what_is_left_is_not_more_than_there_was(experiment):
    for dtype in DTYPES:
        for one in ladders(replace(experiment, dtype=dtype)):
            assert one.rungs[-1].difference.largest <= one.rungs[0].difference.largest


@given(descents(iterations=20))
@settings(max_examples=10)
def test_the_first_rung_is_what_the_programs_disagree_by(experiment):
    comparison = compare(experiment)
    disagreement = comparison.disagreement()
    losses = comparison["numpy_by_hand"].losses
    for one in ladders(experiment):
        apart = disagreement[one.variant.key]
        assert one.rungs[0].difference.largest == apart.max(initial=0)
        assert one.rungs[0].difference.compared == len(apart)
        assert one.equal == (not apart.any())
        assert one.losses.equal == (comparison[one.variant.key].losses == losses).all()


SAME, APART = (Difference(first, None, 0, 0.0, 0.0, 9) for first in (None, 4))


@pytest.mark.parametrize(
    ("equal", "cause"),
    [
        ((1, 1, 1, 1), "same"),
        ((1, 0, 0, 0), "same"),
        ((0, 1, 0, 1), "own operation"),
        ((0, 0, 1, 1), "order of sums"),
        ((0, 0, 0, 1), "both"),
        ((0, 0, 0, 0), "remainder"),
        ((0, 1, 0, 0), "remainder"),
    ],
)
def test_the_cause_is_what_has_to_be_made_alike(worked, equal, cause):
    autograd = worked[0]
    rungs = [
        replace(one, difference=SAME if same else APART)
        for one, same in zip(autograd.rungs, equal, strict=True)
    ]
    found = Ladder(autograd.variant, tuple(rungs), SAME)
    assert found.cause == cause
    assert found.equal == bool(equal[0])
    assert found.explained == bool(equal[-1])


@pytest.mark.parametrize(
    ("equal", "cause"),
    [((1, 1), "same"), ((0, 1), "order of sums"), ((0, 0), "remainder")],
)
def test_without_an_operation_of_its_own_the_order_of_sums_is_left(worked, equal, cause):
    rungs = [
        replace(one, difference=SAME if same else APART)
        for one, same in zip(worked[1].rungs, equal, strict=True)
    ]
    assert Ladder(worked[1].variant, tuple(rungs), SAME).cause == cause


# --- as they are made


def test_stopping_to_listen_leaves_what_was_run():
    reports = stream_ladders(DEFAULT)
    for report in reports:
        if report.done >= 3:
            break
    reports.close()
    found = report.snapshot()
    assert len(found) == len(VARIANTS) - 1
    compared = {rung.difference.compared for one in found for rung in one.rungs}
    assert compared == {report.done}


def test_the_deadline_ends_it_with_what_there_is():
    *_, last = stream_ladders(DEFAULT, deadline=0.0)
    assert last.finished
    assert last.done < last.total
    assert all(one.losses.compared == last.done for one in last.snapshot())
    assert ladders(DEFAULT, deadline=0.0)[0].losses.compared < 51


def test_an_experiment_with_a_tolerance_is_compared_as_far_as_it_goes():
    experiment = replace(DEFAULT, tolerance=0.5)
    last_point = compare(experiment).runs[0].last_point
    assert last_point < 50
    assert ladders(experiment)[1].rungs[0].difference.compared == last_point + 1


@pytest.mark.parametrize(("iterations", "compared"), [(20_000, 20_001), (20_001, 10_002)])
def test_up_to_20_001_points_none_is_left_out(monkeypatch, iterations, compared):
    cheap = [Fake(counting, program.key) for program in PROGRAMS]
    monkeypatch.setattr(ladder, "PROGRAMS", cheap)
    found = ladders(replace(DEFAULT, iterations=iterations))
    assert MOST_POINTS == 20_001
    assert {one.losses.compared for one in found} == {compared}
    assert {one.cause for one in found} == {"same"}
