"""Blocks of numbers pasted into the box or into the grid."""

from dataclasses import replace

import pytest

from lsedash import InvalidInput
from lsedash.text.fields import DEFAULT
from lsedash.ui.state.draft import Ambiguous, draft_of, paste_at, pasted, read_draft

DRAFT = draft_of(DEFAULT)  # 3 x 3, b = 1 2 3, x0 = 0 0 0


def augmented(draft):
    """The rows of A | b."""
    return [" ".join([*row, b]) for row, b in zip(draft.A, draft.b, strict=True)]


@pytest.mark.parametrize("separator", [" ", "\t", ", ", " | "])
def test_a_pasted_block_is_a_beside_b_however_it_is_separated(separator):
    text = "\n".join(separator.join(row) for row in (["1", "2", "1/3"], ["4", "5e-1", "6"]))
    draft = pasted(DRAFT, text, "A | b")
    assert (draft.A, draft.b, draft.x0) == ([["1", "2"], ["4", "5e-1"]], ["1/3", "6"], ["0", "0"])
    assert read_draft(draft, DEFAULT)[1] == {}


def test_a_pasted_a_keeps_as_much_of_b_and_x0_as_fits():
    draft = pasted(replace(DRAFT, x0=["7", "8", "9"]), "1 2 3 4; 5 6 7 8", "A")
    assert draft.A == [["1", "2", "3", "4"], ["5", "6", "7", "8"]]
    assert (draft.b, draft.x0) == (["1", "2"], ["7", "8", "9", "0"])
    assert pasted(DRAFT, "1;2;3;4", "A").b == ["1", "2", "3", "0"]


@pytest.mark.parametrize("text", ["7 8 9", "7\n8\n9", "[7, 8, 9]"])
def test_a_vector_is_pasted_as_a_row_or_a_column(text):
    assert pasted(DRAFT, text, "b") == replace(DRAFT, b=["7", "8", "9"])
    assert pasted(DRAFT, text, "x0") == replace(DRAFT, x0=["7", "8", "9"])


@pytest.mark.parametrize(
    ("text", "what", "says"),
    [
        ("", "A | b", "empty"),
        ("1 2; 3", "A | b", "row 2 has 1 entry"),
        ("1 2; 3 x", "A | b", "row 2, column 2: 'x' is not a number"),
        ("1; 2", "A | b", "two columns"),
        ("1 2; 3 4", "b", "one row or one column"),
        ("1 2; 3 4", "x0", "one row or one column"),
        ("1 2", "b", "b has 2 entries but A has 3 rows"),
        ("1 2 3 4", "x0", "x0 has 4 entries but A has 3 columns"),
        (";".join(["1 2"] * 2049), "A", "2049 x 2"),
        (";".join(["1 2"] * 4097), "A | b", "4097 x 2"),
        (" ".join("1" * 65), "A", "1 x 65"),
    ],
)
def test_a_block_that_cannot_be_used_says_why(text, what, says):
    with pytest.raises(InvalidInput, match=says):
        pasted(DRAFT, text, what)


def test_a_block_pasted_inside_a_replaces_the_entries_under_it():
    draft = paste_at(DRAFT, "7\t8\n9\t-1", "A", 1, 0)
    assert augmented(draft) == ["1 2 0 1", "7 8 0 2", "9 -1 1 3"]
    assert draft.x0 == DRAFT.x0


def test_a_block_that_reaches_b_puts_its_last_column_there():
    assert augmented(paste_at(DRAFT, "7\t8", "A", 0, 2)) == ["1 2 7 8", "0 1 0 2", "0 0 1 3"]


def test_a_block_wider_than_the_grid_makes_its_last_column_b():
    draft = paste_at(replace(DRAFT, x0=["7", "8", "9"]), "4\t5\t6\n-4\t-5\t-6", "A", 0, 2)
    assert augmented(draft) == ["1 2 4 5 6", "0 1 -4 -5 -6", "0 0 1 0 3"]
    assert draft.x0 == ["7", "8", "9", "0"]


def test_b_keeps_its_place_beside_the_rows_that_a_wide_block_does_not_reach():
    draft = paste_at(DRAFT, "1\t2\t3\t4\t5", "A", 0, 0)
    assert draft.b[1:] == DRAFT.b[1:]
    assert [row[:3] for row in draft.A[1:]] == DRAFT.A[1:]


def test_a_block_longer_than_the_grid_adds_rows():
    draft = paste_at(DRAFT, "7\n8", "A", 2, 1)
    assert augmented(draft) == ["1 2 0 1", "0 1 0 2", "0 7 1 3", "0 8 0 0"]
    assert read_draft(draft, DEFAULT)[1] == {}


def test_a_whole_system_pasted_into_the_first_entry_replaces_a_smaller_one():
    one = replace(DRAFT, A=[["1"]], b=["1"], x0=["5"])
    draft = paste_at(one, "1\t2\t3\n4\t5\t6", "A", 0, 0)
    assert (augmented(draft), draft.x0) == (["1 2 3", "4 5 6"], ["5", "0"])


def test_a_column_pasted_into_b_goes_down_b():
    assert augmented(paste_at(DRAFT, "7\n8\n9", "b", 1, 0)) == [
        "1 2 0 1",
        "0 1 0 7",
        "0 0 1 8",
        "0 0 0 9",
    ]


def test_a_row_pasted_into_x0_goes_along_x0():
    assert paste_at(DRAFT, "7 8", "x0", 1, 0) == replace(DRAFT, x0=["0", "7", "8"])


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("1 2", ("b", 0, 0), "one column"),
        ("1 2 3", ("x0", 1, 0), "at most 2 numbers"),
        ("1\n2", ("x0", 0, 0), "one row"),
        ("1 2\n3 x", ("A", 0, 0), "row 2, column 2: 'x' is not a number"),
        ("1 2\n3", ("A", 0, 0), "row 2 has 1 entry"),
        ("1\t2\n\t4", ("A", 0, 0), "row 2, column 1 is empty"),
        ("\n".join("1" * 1365), ("A", 1, 0), "1366 x 3"),
        (" ".join("1" * 65), ("A", 0, 2), "3 x 66"),
    ],
)
def test_a_block_that_does_not_fit_its_place_says_why(text, place, says):
    with pytest.raises(InvalidInput, match=says):
        paste_at(DRAFT, text, *place)


def test_pasting_leaves_the_draft_it_was_given_alone():
    before = draft_of(DEFAULT)
    paste_at(DRAFT, "7 8 9 9 9", "A", 2, 1)
    pasted(DRAFT, "1 2; 3 4", "A | b")
    assert before == DRAFT


def test_as_many_rows_as_the_dashboard_takes_can_be_pasted():
    draft = pasted(DRAFT, "\n".join(["1 2"] * 4096), "A | b")
    assert (len(draft.A), len(draft.b), len(draft.x0)) == (4096, 4096, 1)
    assert read_draft(draft, DEFAULT)[1] == {}


def test_a_block_that_can_be_read_in_two_ways_is_asked_about():
    with pytest.raises(Ambiguous, match="can be read in two ways; choose one") as asked:
        pasted(DRAFT, "1,5 2,5 3,5\n4,5 5,5 6,5", "A | b")
    decimals, commas = asked.value.choices
    assert decimals.table == [["1.5", "2.5", "3.5"], ["4.5", "5.5", "6.5"]]
    assert augmented(decimals.draft) == ["1.5 2.5 3.5", "4.5 5.5 6.5"]
    assert augmented(commas.draft) == ["1 5 2 5 3 5", "4 5 5 5 6 5"]
    assert "decimal commas" in decimals.said


@pytest.mark.parametrize("field", ["A", "b", "x0"])
def test_a_decimal_comma_pasted_into_one_entry_never_becomes_two_entries(field):
    draft = paste_at(DRAFT, "0,5", field, 0, 0)
    assert replace(draft, **{field: getattr(DRAFT, field)}) == DRAFT
    assert {"A": draft.A[0], "b": draft.b, "x0": draft.x0}[field][:2] in (
        ["0.5", "2"],  # A and b
        ["0.5", "0"],
    )


def test_a_comma_that_may_stand_between_two_numbers_is_asked_about():
    with pytest.raises(Ambiguous) as asked:
        paste_at(DRAFT, "1,2", "A", 0, 0)
    rows = [augmented(choice.draft)[0] for choice in asked.value.choices]
    assert rows == ["1 2 0 1", "1.2 2 0 1"]
    assert paste_at(DRAFT, "1,2\n3,4", "A", 0, 0).A[:2] == [["1", "2", "0"], ["3", "4", "0"]]


def test_one_column_is_all_that_b_takes_so_that_nothing_is_asked():
    assert pasted(DRAFT, "1,5\n2,5\n3,5", "b").b == ["1.5", "2.5", "3.5"]


@pytest.mark.parametrize(
    "text",
    [
        "[1 2\n 3 4]",
        "x y\n1 2\n3 4",
        "| x | y |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
        "tensor([[1., 2.],\n        [3., 4.]], device='cuda:0')",
        "1\t2\t\r\n3\t4\t\r\n",
    ],
)
def test_the_paste_box_and_the_grid_read_what_a_file_may_hold(text):
    for draft in (pasted(DRAFT, text, "A"), paste_at(DRAFT, text, "A", 0, 0)):
        assert [[float(cell) for cell in row[:2]] for row in draft.A[:2]] == [[1, 2], [3, 4]]


def test_a_block_that_fits_in_no_reading_is_refused_with_the_fault_of_the_likeliest():
    with pytest.raises(InvalidInput, match="one row or one column"):
        pasted(DRAFT, "1,5 2,5 3,5\n4,5 5,5 6,5", "b")
