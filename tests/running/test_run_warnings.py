"""Warnings and disagreement: what a comparison keeps of its runs."""

import threading
import warnings

import pytest

from helpers.programs import NUMPY, Fake, counting
from helpers.runs import COUNTING, ONE, START, WORKED, breaking, numbers_up_to
from lsedash import Experiment, compare, stream

# --- warnings


def warning_of(*messages):
    def program(*arguments):
        for pair in counting(*arguments):
            for message in messages:
                warnings.warn(message, UserWarning, stacklevel=1)
            yield pair

    return program


def test_warnings_are_kept_once_each_and_not_passed_on():
    with warnings.catch_warnings(record=True) as passed_on:
        warnings.simplefilter("always")
        comparison = compare(
            Experiment(ONE, [0], 0.1, 500), [Fake(warning_of("one", "two")), *NUMPY]
        )
    assert comparison["fake"].warnings == ("UserWarning: one", "UserWarning: two")
    assert comparison[NUMPY[0].key].warnings == ()
    assert passed_on == []


def test_the_filters_for_warnings_are_left_as_they_were():
    before = list(warnings.filters)
    compare(Experiment(ONE, [0], 0.1, 5), [Fake(warning_of("one"))])
    assert warnings.filters == before


def test_an_overflow_is_a_warning_of_the_run():
    run = compare(Experiment(WORKED, None, 0.5, 5000), NUMPY).runs[0]
    assert run.status == "diverged"
    assert any("overflow" in warning for warning in run.warnings)


def test_two_comparisons_at_once_each_keep_their_own_warnings():
    together = threading.Barrier(2)
    kept = {}

    def listen(name):
        together.wait()
        *_, last = stream(Experiment(ONE, [0], 0.1, 3000), [Fake(warning_of(name))])
        kept[name] = last.snapshot()["fake"].warnings

    before = list(warnings.filters)
    threads = [threading.Thread(target=listen, args=(name,)) for name in ("ours", "theirs")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept == {"ours": ("UserWarning: ours",), "theirs": ("UserWarning: theirs",)}
    assert warnings.filters == before


# --- disagreement


def test_disagreement_is_the_largest_difference_to_the_first_run():
    comparison = compare(Experiment(WORKED, [1, 1, 1], 0.1, 50))
    disagreement = comparison.disagreement()
    first = comparison["numpy_by_hand"].iterates
    assert list(disagreement) == list(comparison)
    assert not disagreement["numpy_by_hand"].any()
    for key, run in comparison.items():
        assert disagreement[key].tolist() == [
            max(abs(row - other)) for row, other in zip(run.iterates, first, strict=True)
        ]
        assert disagreement[key].max() < 1e-15 * 50


def test_disagreement_is_told_on_the_points_that_both_have():
    def far(*arguments):
        for x, loss in counting(*arguments):
            yield x + 0.5, loss

    short = Fake(numbers_up_to(40, breaking), "short")
    comparison = compare(
        Experiment(ONE, [0], 0.1, 100), [COUNTING, short, Fake(far)], max_points=51
    )
    assert comparison["counting"].points.tolist() == [*range(0, 101, 4)]
    assert comparison["short"].points.tolist() == [*range(40)]
    disagreement = comparison.disagreement()
    assert disagreement["short"].tolist() == [0.0] * 10  # 0, 4, ..., 36
    assert disagreement["fake"].tolist() == [0.5] * 26


def test_a_key_without_a_run_is_a_key_error():
    with pytest.raises(KeyError):
        compare(START, NUMPY)["torch_module"]
