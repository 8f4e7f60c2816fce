"""What is typed and pasted into the fields, and the experiment it amounts to."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from helpers.strategies import experiments
from lsedash import Experiment, LinearSystem
from lsedash.text.fields import DEFAULT
from lsedash.ui.state.draft import draft_of, read_draft
from lsedash.ui.state.limits import LARGEST_ENTRY, MOST_ITERATIONS, SMALLEST_ENTRY

DRAFT = draft_of(DEFAULT)  # 3 x 3, b = 1 2 3, x0 = 0 0 0


def accepted(experiment):
    """Whether the dashboard's limits allow it."""
    entries = np.concatenate(
        [experiment.system.A.ravel(), experiment.system.b, experiment.x0, [0.0]]
    )
    sizes = np.abs(experiment.system.A)
    return (
        np.abs(entries).max() <= LARGEST_ENTRY
        and not ((sizes > 0) & (sizes < SMALLEST_ENTRY)).any()
        and experiment.iterations <= MOST_ITERATIONS
    )


def with_entry(row, column, text):
    """The worked example with another text at one entry of A, counted from 1."""
    A = [list(cells) for cells in DRAFT.A]
    A[row - 1][column - 1] = text
    return replace(DRAFT, A=A)


def only_fault(draft, last=DEFAULT):
    """The one thing that is wrong with a draft."""
    _, faults = read_draft(draft, last)
    (field,) = faults
    return field, faults[field]


@given(experiments())
def test_an_experiment_written_into_the_fields_is_read_back_to_the_bit(experiment):
    read, faults = read_draft(draft_of(experiment), DEFAULT)
    assert (read == experiment and not faults) == accepted(experiment)


@given(experiments())
def test_what_is_read_is_always_within_the_limits(experiment):
    read, faults = read_draft(draft_of(experiment), DEFAULT)
    assert accepted(read)
    assert bool(faults) != accepted(experiment)


@pytest.mark.parametrize(
    ("text", "value"), [(".01", 0.01), ("1e-3", 1e-3), ("-2.5e4", -2.5e4), ("1/3", 1 / 3)]
)
def test_an_entry_is_read_as_people_write_numbers(text, value):
    experiment, faults = read_draft(with_entry(1, 2, text), DEFAULT)
    assert experiment.system.A[0, 1] == value
    assert not faults


def test_a_bad_entry_keeps_the_last_system_while_the_other_fields_count():
    last = Experiment(LinearSystem([[7, 0, 0], [0, 7, 0]], [1, 1]), [1, 2, 3], 0.5, 5)
    draft = replace(with_entry(2, 3, "x"), learning_rate="0.25", iterations="7", tolerance="1e-9")
    experiment, faults = read_draft(draft, last)
    assert list(faults) == ["A"]
    assert experiment == Experiment(last.system, np.zeros(3), 0.25, 7, 1e-9)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"b": ["1", "", "3"]}, "b"),
        ({"x0": ["0", "0", "nan"]}, "x0"),
        ({"learning_rate": "-0.1"}, "lr"),
        ({"learning_rate": "fast"}, "lr"),
        ({"iterations": "2.5"}, "iterations"),
        ({"iterations": "-1"}, "iterations"),
        ({"iterations": str(MOST_ITERATIONS + 1)}, "iterations"),
        ({"tolerance": "-1"}, "tolerance"),
        ({"dtype": "float16"}, "dtype"),
    ],
)
def test_a_bad_field_is_named_and_keeps_its_last_value(changes, field):
    last = replace(DEFAULT, x0=[1, 2, 3], learning_rate=0.5, iterations=9, tolerance=1e-3)
    experiment, faults = read_draft(replace(draft_of(last), **changes), last)
    assert experiment == last
    assert list(faults) == [field] == [faults[field].field]


def test_every_bad_field_is_reported_at_once():
    draft = replace(
        with_entry(1, 1, "?"), x0=["?", "0", "0"], learning_rate="", iterations="", tolerance="?"
    )
    experiment, faults = read_draft(draft, DEFAULT)
    assert experiment == DEFAULT
    assert list(faults) == ["A", "x0", "lr", "iterations", "tolerance"]


def test_a_new_number_of_unknowns_starts_from_its_own_start():
    draft = replace(DRAFT, A=[["1", "2"]], b=["3"], x0=["4", "5"])
    experiment, faults = read_draft(draft, DEFAULT)
    assert experiment.system == LinearSystem([[1, 2]], [3])
    assert experiment.x0.tolist() == [4, 5]
    assert not faults


@pytest.mark.parametrize("text", ["", "  ", "none", "None"])
def test_an_empty_tolerance_is_none(text):
    last = replace(DEFAULT, tolerance=1e-3)
    assert read_draft(replace(DRAFT, tolerance=text), last) == (DEFAULT, {})


def test_a_message_names_row_and_column():
    field, fault = only_fault(with_entry(2, 1, "abc"))
    assert (field, fault.row, fault.column) == ("A", 2, 1)
    assert "row 2, column 1" in str(fault)
    assert "'abc'" in str(fault)


def test_a_number_beyond_the_largest_entry_is_refused_where_it_stands():
    field, fault = only_fault(with_entry(3, 2, "-1.1e15"))
    assert (field, fault.row, fault.column) == ("A", 3, 2)
    assert "row 3, column 2" in str(fault)
    field, fault = only_fault(replace(DRAFT, b=["1", "2e15", "3"]))
    assert (field, fault.row, fault.column) == ("b", 2, None)
    field, fault = only_fault(replace(DRAFT, x0=["0", "0", "1e16"]))
    assert (field, fault.row, fault.column) == ("x0", 3, None)


def test_the_largest_entry_and_the_most_iterations_are_still_taken():
    draft = replace(with_entry(1, 1, "1e15"), iterations="200000")
    experiment, faults = read_draft(draft, DEFAULT)
    assert not faults
    assert (experiment.system.A[0, 0], experiment.iterations) == (1e15, 200_000)


@pytest.mark.parametrize(("m", "n"), [(4097, 1), (1, 65), (65, 64), (2049, 2)])
def test_a_65th_column_or_a_4097th_entry_is_refused(m, n):
    too_large = Experiment(LinearSystem(np.ones((m, n)), np.ones(m)))
    field, fault = only_fault(draft_of(too_large))
    assert field == "A"
    assert f"{m} x {n}" in str(fault)
    assert "at most 64 columns and 4096 entries" in str(fault)


@pytest.mark.parametrize(("m", "n"), [(4096, 1), (64, 64), (97, 2), (1365, 3)])
def test_4096_entries_in_up_to_64_columns_are_taken(m, n):
    largest = Experiment(LinearSystem(np.ones((m, n)), np.ones(m)), None, DEFAULT.learning_rate)
    assert read_draft(draft_of(largest), DEFAULT) == (largest, {})
