"""The text of a program: its lines, their phases, and the difference to another program."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from types import CodeType
from typing import Literal

from lsedash.programs.program import PHASES

FUNCTIONS = ("descend", "__init__", "forward")

Change = Literal[" ", "-", "+"]


@dataclass(frozen=True)
class Line:
    """One line of a program.

    Attributes:
        number: from 1.
        text: without the line end.
        phase: one of `PHASES`; "" outside the loop and for the yield.
    """

    number: int
    text: str
    phase: str = ""


@dataclass(frozen=True)
class Changed:
    """One line of a comparison: in both programs (" "), only the first (-) or the second (+)."""

    change: Change
    line: Line


@cache
def listing(source: str) -> tuple[Line, ...]:
    """The lines of a program.

    A comment that starts with the name of a phase begins that phase; a yield or an empty line ends
    it. The method `forward` belongs to the phase "forward".
    """
    texts = source.splitlines()
    forward = _forward_method(source)
    lines, phase = [], ""
    for number, text in enumerate(texts, 1):
        words = text.strip().removeprefix("# ").replace(":", " ").split()
        if text.strip().startswith("#") and words and words[0] in PHASES:
            phase = words[0]
        elif not words or words[0] == "yield":
            phase = ""
        lines.append(Line(number, text, "forward" if number in forward else phase))
    return tuple(lines)


@cache
def _forward_method(source: str) -> set[int]:
    """The line numbers of the module's method `forward`, if there is one."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return {
        number
        for node in nodes
        if node.name == "forward" and node.end_lineno
        for number in range(node.lineno, node.end_lineno + 1)
    }


def code(source: str) -> tuple[Line, ...]:
    """The lines after the program's docstring."""
    first = ast.parse(source).body[0]
    end = (first.end_lineno or 0) if isinstance(first, ast.Expr) else 0
    lines = [line for line in listing(source) if line.number > end]
    while lines and not lines[0].text:
        lines.pop(0)
    return tuple(lines)


def difference(former: str, latter: str) -> tuple[Changed, ...]:
    """The lines of two programs after their docstrings, each marked as in both, old or new."""
    old, new = code(former), code(latter)
    matcher = SequenceMatcher(
        None, [line.text for line in old], [line.text for line in new], autojunk=False
    )
    result: list[Changed] = []
    for tag, i, j, k, end in matcher.get_opcodes():
        if tag == "equal":
            result += [Changed(" ", line) for line in new[k:end]]
        else:
            result += [Changed("-", line) for line in old[i:j]]
            result += [Changed("+", line) for line in new[k:end]]
    return tuple(result)


def new_lines(former: str, latter: str) -> set[int]:
    """The numbers of the lines that only the second program has."""
    return {c.line.number for c in difference(former, latter) if c.change == "+"}


def sections(source: str) -> dict[str, tuple[Line, ...]]:
    """The lines of each section, with the comments above them.

    The sections are "once" (everything before the loop), the phases, and "hand out" (the yield).
    """
    lines = code(source)
    loop = next(i for i, line in enumerate(lines) if line.text.strip().startswith("for _ in range"))
    result: dict[str, list[Line]] = {"once": list(lines[:loop])}
    for line in lines[loop:]:
        name = line.phase or ("hand out" if line.text.strip().startswith("yield") else "")
        if name:
            result.setdefault(name, []).append(line)
    return {name: tuple(section) for name, section in result.items()}


@cache
def lines_to_choose(source: str) -> tuple[int, ...]:
    """The numbers of the executable lines in the program's functions, ascending."""
    functions = _functions(compile(source, "program", "exec"))
    return tuple(sorted({line for code in functions for line in _body_lines(code)}))


def _functions(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_name in FUNCTIONS:
                yield constant
            yield from _functions(constant)


def _body_lines(code: CodeType) -> Iterator[int]:
    for _, _, line in code.co_lines():
        if line is not None and line > code.co_firstlineno:
            yield line


@cache
def loop_of(source: str) -> ast.For:
    """The program's loop over the iterations."""
    return next(node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.For))


def yields_in_loop(source: str) -> bool:
    """Whether the program yields its points inside its loop, not all of them at its end."""
    return any(isinstance(node, ast.Yield) for node in ast.walk(loop_of(source)))


def is_repeated(source: str, line: int) -> bool:
    """Whether a line is executed in each iteration rather than once."""
    loop = loop_of(source)
    in_loop = loop.lineno <= line <= (loop.end_lineno or loop.lineno)
    return in_loop or line in _forward_method(source)


def first_of_loop(source: str) -> int:
    """The number of the first executable line in the loop."""
    first = loop_of(source).body[0].lineno
    return next(line for line in lines_to_choose(source) if line >= first)


def line_of(source: str, text: str) -> int:
    """The number of the only line that contains a text.

    Raises:
        ValueError: no line or several lines contain it.
    """
    numbers = [line.number for line in listing(source) if text in line.text]
    if len(numbers) != 1:
        raise ValueError(f"{text!r} is on {len(numbers)} lines.")
    return numbers[0]
