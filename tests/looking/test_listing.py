"""The text of the programs: their lines, the phase of each, their sections."""

import ast
from itertools import pairwise

import pytest

from helpers.listings import behind_docstring, programs
from lsedash import VARIANTS
from lsedash.looking.listing import PHASES, code, listing, sections

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


def loop_of(source):
    return next(node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.For))


def statements(source):
    """The statements inside the loop, the number of the line and the text of each."""
    lines = source.splitlines()
    inside = [node for node in ast.walk(loop_of(source)) if isinstance(node, ast.stmt)]
    return {node.lineno: lines[node.lineno - 1].strip() for node in inside[1:]}


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


def stores(variant):
    """Whether the program leaves its gradient in x.grad."""
    return "backward()" in variant.source


@variants
def test_every_statement_of_the_loop_has_the_phase_that_it_is_for(variant):
    lines = listing(variant.source)
    for number, text in statements(variant.source).items():
        purposes = {phase for start, phase in PURPOSES.items() if text.startswith(start)}
        # a statement that no variant has had so far may be of any phase
        assert lines[number - 1].phase in (purposes or PHASES), text


@variants
def test_every_variant_has_its_phases_in_order_and_clears_what_backward_stores(variant):
    loop = loop_of(variant.source)
    inside = listing(variant.source)[loop.lineno : loop.end_lineno]
    phases = list(dict.fromkeys(line.phase for line in inside if line.phase))
    assert phases == [phase for phase in PHASES if phase != "clear" or stores(variant)]


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
    assert set(names) - set(found) == (set() if stores(variant) else {"clear"})
    assert [line.text.strip().startswith("yield") for line in found["hand out"]] == [True]
    for name, purpose in [(name, "" if name == "hand out" else name) for name in names[1:]]:
        texts = [line.text.strip() for line in found.get(name, ())]
        code_only = [text for text in texts if not text.startswith("#")]
        told = {p for text in code_only for start, p in PURPOSES.items() if text.startswith(start)}
        assert told == ({purpose} if name in found else set())
