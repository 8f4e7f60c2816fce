"""The text of the programs: what is new from one to the next, and lines found by their text."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.listings import behind_docstring, programs
from lsedash import VARIANTS
from lsedash.looking.listing import difference, line_of, new_lines
from lsedash.programs.pitfalls import PITFALLS

PLAIN = '"""About it."""\n\n{}\n'
texts = st.lists(st.sampled_from(["a = 1", "b = 2", "c = 3", ""]), max_size=12)


def both_sides(changes):
    """The texts that a comparison was made of."""
    former = [c.line.text for c in changes if c.change in " -"]
    latter = [c.line.text for c in changes if c.change in " +"]
    return former, latter


# --- differences


@pytest.mark.parametrize(
    ("former", "latter"),
    [*permutations(VARIANTS, 2), *((pitfall.variant, pitfall) for pitfall in PITFALLS)],
    ids=lambda program: program.key,
)
def test_a_difference_gives_back_both_programs(former, latter):
    changes = difference(former.source, latter.source)
    assert both_sides(changes) == (
        behind_docstring(former.source),
        behind_docstring(latter.source),
    )
    assert any(change.change == " " for change in changes)


@given(texts, texts)
def test_a_difference_gives_back_any_two_texts(former, latter):
    old, new = (PLAIN.format("\n".join(["import one", *lines])) for lines in (former, latter))
    assert both_sides(difference(old, new)) == (old.splitlines()[2:], new.splitlines()[2:])


@programs
def test_equal_programs_differ_in_nothing(program):
    renamed = program.source.replace('"""', '"""Another name. ', 1)
    changes = difference(renamed, program.source)
    assert {change.change for change in changes} == {" "}
    assert [change.line.text for change in changes] == behind_docstring(program.source)
    assert new_lines(renamed, program.source) == set()


@pytest.mark.parametrize(("former", "latter"), [*pairwise(VARIANTS)], ids=lambda v: v.key)
def test_the_lines_of_a_difference_have_the_numbers_of_their_own_program(former, latter):
    for change in difference(former.source, latter.source):
        source = former.source if change.change == "-" else latter.source
        assert source.splitlines()[change.line.number - 1] == change.line.text


def test_the_new_lines_of_the_optimizer_are_its_own():
    module, optimizer = (VARIANTS[key].source for key in ("torch_module", "torch_optimizer"))
    texts = optimizer.splitlines()
    assert {texts[number - 1].strip() for number in new_lines(module, optimizer)} == {
        "# the optimizer updates what model.parameters() lists",
        "optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)",
        "optimizer.step()",
        "optimizer.zero_grad()",
    }


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: pitfall.key)
def test_a_pitfall_is_its_variant_but_for_a_few_lines(pitfall):
    changes = difference(pitfall.variant.source, pitfall.source)
    changed = [change.line.text for change in changes if change.change != " "]
    assert 1 <= len([text for text in changed if text]) <= 8


# --- finding a line


def test_a_line_is_found_by_a_text_that_it_alone_contains():
    source = VARIANTS["torch_autograd"].source
    number = line_of(source, "loss.backward()")
    assert source.splitlines()[number - 1] == "        loss.backward()"


@pytest.mark.parametrize(("text", "count"), [("no such text", 0), ("import", 2)])
def test_a_text_on_no_line_or_on_several_finds_none(text, count):
    with pytest.raises(ValueError, match=f"'{text}' is on {count} lines"):
        line_of("import one\nimport two\n", text)
