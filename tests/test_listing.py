"""The text of the programs: their lines, the phase of each, what is new from one to the next."""

import ast
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsedash import VARIANTS
from lsedash.inspect.listing import (
    PHASES,
    code,
    difference,
    line_of,
    listing,
    new_lines,
    sections,
)
from lsedash.pitfalls import PITFALLS

PROGRAMS = [*VARIANTS, *PITFALLS]
programs = pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.key)
variants = pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.key)

# What a statement of the loop is for, told by how it begins.
PURPOSES = {
    "residual =": "forward",
    "prediction =": "forward",
    "loss =": "loss",
    "yield": "",
    "loss.backward()": "backward",
    "gradient =": "backward",
    "with torch.no_grad()": "update",
    "x -=": "update",
    "model.x -=": "update",
    "optimizer.step()": "update",
    "x.grad = None": "clear",
    "model.x.grad = None": "clear",
    "optimizer.zero_grad()": "clear",
}

PLAIN = '"""About it."""\n\n{}\n'
texts = st.lists(st.sampled_from(["a = 1", "b = 2", "c = 3", ""]), max_size=12)


def behind_docstring(source):
    """The lines behind a docstring of one line and the empty one that follows it."""
    first, empty, *rest = source.splitlines()
    assert first.startswith('"""')
    assert first.endswith('"""')
    assert empty == ""
    return rest


def loop_of(source):
    return next(node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.For))


def statements(source):
    """The statements inside the loop, the number of the line and the text of each."""
    lines = source.splitlines()
    inside = [node for node in ast.walk(loop_of(source)) if isinstance(node, ast.stmt)]
    return {node.lineno: lines[node.lineno - 1].strip() for node in inside[1:]}


def both_sides(changes):
    """The texts that a comparison was made of."""
    former = [c.line.text for c in changes if c.change in " -"]
    latter = [c.line.text for c in changes if c.change in " +"]
    return former, latter


# --- lines


@programs
def test_the_lines_are_those_of_the_source(program):
    lines = listing(program.source)
    assert "".join(f"{line.text}\n" for line in lines) == program.source
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


@programs
def test_the_code_begins_behind_the_docstring(program):
    lines = code(program.source)
    assert [line.text for line in lines] == behind_docstring(program.source)
    assert [line.number for line in lines] == list(range(3, len(lines) + 3))


def test_a_docstring_of_several_lines_is_left_out_as_a_whole():
    lines = code('"""One.\n\nimport two\n"""\n\n\nimport three\n')
    assert [(line.number, line.text) for line in lines] == [(7, "import three")]


def test_a_program_without_a_docstring_is_all_code():
    assert [line.text for line in code("import one\nimport two\n")] == ["import one", "import two"]


# --- phases


@variants
def test_every_statement_of_the_loop_has_the_phase_that_it_is_for(variant):
    lines = listing(variant.source)
    for number, text in statements(variant.source).items():
        purposes = {phase for start, phase in PURPOSES.items() if text.startswith(start)}
        assert {lines[number - 1].phase} == purposes, text


@variants
def test_every_variant_has_the_five_phases_in_order_but_numpy_clears_nothing(variant):
    loop = loop_of(variant.source)
    inside = listing(variant.source)[loop.lineno : loop.end_lineno]
    phases = list(dict.fromkeys(line.phase for line in inside if line.phase))
    assert phases == list(PHASES[:4] if variant.key == "numpy_by_hand" else PHASES)


@variants
def test_what_is_done_once_has_no_phase_but_for_the_method_forward(variant):
    methods = [
        node
        for node in ast.walk(ast.parse(variant.source))
        if isinstance(node, ast.FunctionDef) and node.name == "forward"
    ]
    forward = {n for node in methods for n in range(node.lineno, node.end_lineno + 1)}
    for line in listing(variant.source)[: loop_of(variant.source).lineno]:
        assert line.phase == ("forward" if line.number in forward else "")


@pytest.mark.parametrize("key", ["torch_module", "torch_optimizer"])
def test_the_method_of_a_module_is_forward(key):
    (variant,) = [variant for variant in VARIANTS if variant.key == key]
    found = {line.text.strip(): line.phase for line in listing(variant.source)}
    assert found["def forward(self):"] == "forward"
    assert found["return torch.matmul(self.A, self.x)"] == "forward"
    assert found["self.A = A"] == ""


@programs
def test_neither_an_empty_line_nor_a_yield_has_a_phase(program):
    inside = listing(program.source)[loop_of(program.source).lineno :]
    idle = [line for line in inside if not line.text or line.text.strip().startswith("yield")]
    assert len(idle) >= 4
    assert {line.phase for line in idle} == {""}


@variants
def test_a_comment_has_the_phase_of_what_it_stands_above(variant):
    loop = loop_of(variant.source)
    inside = listing(variant.source)[loop.lineno : loop.end_lineno]
    pairs = [(a, b) for a, b in pairwise(inside) if a.text.strip().startswith("#")]
    assert len(pairs) >= 4
    assert [a.phase for a, _ in pairs] == [b.phase for _, b in pairs]


# --- sections


@variants
def test_the_sections_hold_each_line_once_but_the_loops_head_and_empty_lines_in_it(variant):
    held = [line for lines in sections(variant.source).values() for line in lines]
    head = loop_of(variant.source).lineno
    left_out = [line for line in code(variant.source) if line not in held]
    assert len({line.number for line in held}) == len(held)
    assert [line.number for line in left_out if line.text] == [head]
    assert min(line.number for line in left_out) == head


@variants
def test_the_sections_stand_in_the_order_of_the_program_and_hold_what_they_say(variant):
    found = sections(variant.source)
    names = ["once", "forward", "loss", "hand out", "backward", "update", "clear"]
    assert list(found) == [name for name in names if name in found]
    assert set(names) - set(found) == ({"clear"} if variant.key == "numpy_by_hand" else set())
    assert [line.text.strip().startswith("yield") for line in found["hand out"]] == [True]
    for name, purpose in [(name, "" if name == "hand out" else name) for name in names[1:]]:
        texts = [line.text.strip() for line in found.get(name, ())]
        code_only = [text for text in texts if not text.startswith("#")]
        told = {p for text in code_only for start, p in PURPOSES.items() if text.startswith(start)}
        assert told == ({purpose} if name in found else set())


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
    module, optimizer = (variant.source for variant in VARIANTS[3:5])
    texts = optimizer.splitlines()
    assert {texts[number - 1].strip() for number in new_lines(module, optimizer)} == {
        "# it learns what to update from model.parameters()",
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
    source = VARIANTS[1].source
    number = line_of(source, "loss.backward()")
    assert source.splitlines()[number - 1] == "        loss.backward()"


@pytest.mark.parametrize(("text", "count"), [("no such text", 0), ("import", 2)])
def test_a_text_on_no_line_or_on_several_finds_none(text, count):
    with pytest.raises(ValueError, match=f"'{text}' is on {count} lines"):
        line_of("import one\nimport two\n", text)
