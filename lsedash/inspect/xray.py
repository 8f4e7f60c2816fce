"""What a running program holds after one of its lines: the generator itself, traced.

Only the iteration that is looked at is traced; before and after it the program runs as always.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from types import CodeType, FrameType
from typing import Any, Protocol

from lsedash.experiment import Experiment
from lsedash.inspect.graph import Graph, graph_of
from lsedash.inspect.objects import Object, describe_all, flat
from lsedash.runner import Program, recorded_warnings

FUNCTIONS = ("descend", "__init__", "forward")


class Readable(Program, Protocol):
    """A program whose text is known: a `Variant` or a `Pitfall`."""

    @property
    def source(self) -> str: ...

    @property
    def program(self) -> Any: ...


@dataclass(frozen=True, eq=False)
class Frame:
    """A function that is running: its name, the line it is at, its local objects."""

    function: str
    line: int
    objects: tuple[Object, ...]


@dataclass(frozen=True, eq=False)
class XRay:
    """The state after a line.

    Attributes:
        frames: the running functions, the innermost first; empty if the line was not reached.
        changed: the names of the objects in the innermost frame that the line made or changed.
        recording: whether autograd records at this moment: False inside `no_grad()`.
        raised: what the line raised, if it did; the state is then the one it left.
    """

    frames: tuple[Frame, ...]
    changed: frozenset[str] = frozenset()
    recording: bool = True
    raised: str = ""

    def __getitem__(self, name: str) -> Object:
        """The object of that name, "x" or "model.x", in the innermost frame that has it."""
        for frame in self.frames:
            for found in flat(frame.objects):
                if found.name == name:
                    return found
        raise KeyError(name)


def lines_to_choose(program: Readable) -> tuple[int, ...]:
    """The numbers of the lines that are executed inside the program's functions, ascending."""
    lines = {line for code in _functions(_compiled(program)) for line in _lines(code)}
    return tuple(sorted(lines))


def is_repeated(program: Readable, line: int) -> bool:
    """Whether a line is executed in each iteration rather than once."""
    return any(first <= line <= last for first, last in _loop_and_forward(program))


def xray(program: Readable, experiment: Experiment, iteration: int, line: int) -> XRay:
    """The objects after a line of an iteration (0 to N); the iteration counts only in the loop."""
    loop = _loop(program)
    in_loop = is_repeated(program, line)
    # A program that hands out nothing inside its loop runs through it in one go.
    skipped = iteration if in_loop and _yields(loop) else 0
    tracer = _Tracer(
        program.program.__code__.co_filename,
        line=line,
        loop=loop.lineno,
        wanted=iteration if in_loop else -1,
        current=skipped - 1,
    )
    steps = iter(program(*experiment.arguments()))
    with recorded_warnings():
        try:
            for _ in islice(steps, skipped):
                pass
            tracer.watch(steps)
        except Exception as exception:  # a pitfall's
            if tracer.looking:
                raise  # ours
            if not tracer.begun:
                return XRay((), raised=f"{type(exception).__name__}: {exception}")
    steps.close()  # type: ignore[attr-defined]
    return tracer.found


def graph_at(program: Readable, experiment: Experiment, iteration: int) -> Graph:
    """The graph of the loss at an iteration (0 to N), with the gradients of its way back.

    Raises:
        ValueError: the program has no graph: it does not use autograd, does not come that far, or
            hands out its losses too late.
    """
    steps = iter(program(*experiment.arguments()))
    with recorded_warnings():
        try:
            _, loss = next(islice(steps, iteration, None))
        except Exception as exception:
            raise ValueError(f"{program.key} does not reach iteration {iteration}") from exception
        if getattr(loss, "grad_fn", None) is None:
            raise ValueError(f"the loss of {program.key} has no graph")
        try:
            graph = graph_of(loss, _names(steps))
        except RuntimeError as freed:
            raise ValueError(f"the graph of {program.key} has been freed") from freed
        with suppress(Exception):  # a pitfall's; the graph is what it was
            next(steps, None)  # walks the graph back
    graph.release()
    steps.close()  # type: ignore[attr-defined]
    return graph


def _names(steps: Any) -> dict[int, str]:
    """The suspended program's names for its tensors, by address; the shortest one wins."""
    objects = flat(describe_all(steps.gi_frame.f_locals)) if steps.gi_frame else ()
    found = [(o.memory, o.name) for o in objects if o.memory]
    return dict(sorted(found, key=lambda pair: -len(pair[1])))


class _Tracer:
    """Follows the functions of one file until the state after a line has been seen."""

    def __init__(self, file: str, *, line: int, loop: int, wanted: int, current: int) -> None:
        self.file, self.line, self.loop = file, line, loop
        self.wanted, self.current = wanted, current
        self.waiting: FrameType | None = None  # has begun the line
        self.before: tuple[Object, ...] = ()  # in that frame
        self.begun = False  # the look, which is the last thing done
        self.looking = False
        self.found = XRay(())

    def watch(self, steps: Iterator[Any]) -> None:
        """Let the program run until the line is behind it, or to its end."""
        former = sys.gettrace()
        try:
            sys.settrace(self.enter)
            while not self.begun and next(steps, None) is not None:
                pass
        finally:
            sys.settrace(former)

    def enter(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        """Called at every call anywhere."""
        ours = frame.f_code.co_filename == self.file and frame.f_code.co_name in FUNCTIONS
        return self.follow if ours and not self.begun else None

    def follow(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Called before each line of ours, and at returns, yields and exceptions."""
        if self.begun:
            return None
        if frame is self.waiting:
            self.begun = True
            raised = argument if event == "exception" else None
            self.found = self.look(_state, frame, self.line, self.before, raised)
            return None
        if event == "line":
            if frame.f_lineno == self.loop and frame.f_code.co_name == "descend":
                self.current += 1
            if frame.f_lineno == self.line and self.current >= self.wanted:
                self.waiting, self.before = frame, self.look(_locals, frame)
        return self.follow

    def look(self, at: Callable[..., Any], *arguments: Any) -> Any:
        """What `at` returns, itself not traced."""
        tracer = sys.gettrace()
        self.looking = True  # and stays so if it fails
        sys.settrace(None)
        try:
            seen = at(*arguments)
        finally:
            sys.settrace(tracer)
        self.looking = False
        return seen


def _locals(frame: FrameType) -> tuple[Object, ...]:
    named = frame.f_locals.items()
    return describe_all({name: value for name, value in named if not name.startswith("__")})


def _state(frame: FrameType, line: int, before: tuple[Object, ...], raised: Any) -> XRay:
    """The frame and those of the same file that called it."""
    frames, at = [Frame(frame.f_code.co_name, line, _locals(frame))], frame.f_back
    while at is not None:
        if at.f_code.co_filename == frame.f_code.co_filename:
            frames.append(Frame(at.f_code.co_name, at.f_lineno, _locals(at)))
        at = at.f_back
    former = {found.name: found.facts() for found in flat(before)}
    changed = (f.name for f in flat(frames[0].objects) if former.get(f.name) != f.facts())
    torch = sys.modules.get("torch")
    return XRay(
        tuple(frames),
        changed=frozenset(changed),
        recording=torch is None or torch.is_grad_enabled(),
        raised=f"{raised[0].__name__}: {raised[1]}" if raised else "",
    )


def _compiled(program: Readable) -> CodeType:
    return compile(program.source, program.key, "exec")


def _functions(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_name in FUNCTIONS:
                yield constant
            yield from _functions(constant)


def _lines(code: CodeType) -> Iterator[int]:
    """The lines of a function's body."""
    for _, _, line in code.co_lines():
        if line is not None and line > code.co_firstlineno:
            yield line


def _loop(program: Readable) -> ast.For:
    """The program's loop over the iterations."""
    nodes = ast.walk(ast.parse(program.source))
    return next(node for node in nodes if isinstance(node, ast.For))


def _yields(loop: ast.For) -> bool:
    return any(isinstance(node, ast.Yield) for node in ast.walk(loop))


def _loop_and_forward(program: Readable) -> Iterator[tuple[int, int]]:
    loop = _loop(program)
    yield loop.lineno, loop.end_lineno or loop.lineno
    for node in ast.walk(ast.parse(program.source)):
        if isinstance(node, ast.FunctionDef) and node.name == "forward":
            yield node.lineno, node.end_lineno or node.lineno
