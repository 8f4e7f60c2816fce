"""Trace a running program and describe its state after one of its lines."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

from lsedash.looking.listing import FUNCTIONS
from lsedash.looking.objects import Object, describe_all, flat


@dataclass(frozen=True, eq=False)
class Frame:
    """A running function: its name, its current line, its local objects."""

    function: str
    line: int
    objects: tuple[Object, ...]


@dataclass(frozen=True, eq=False)
class XRay:
    """The state of a program after a line.

    Attributes:
        frames: the running functions, the innermost first; empty if the line was not reached.
        changed: the names of the objects in the innermost frame that the line made or changed.
        recording: whether autograd records at this moment; False inside `no_grad()`.
        raised: the exception that the line raised, "" if none; the state is then that after it.
    """

    frames: tuple[Frame, ...]
    changed: frozenset[str] = frozenset()
    recording: bool = True
    raised: str = ""

    def __getitem__(self, name: str) -> Object:
        """The object with a name, such as "x" or "model.x", in the innermost frame that has it."""
        for frame in self.frames:
            for item in flat(frame.objects):
                if item.name == name:
                    return item
        raise KeyError(name)


class Tracer:
    """Traces the functions of one file until a line has been executed.

    Attributes:
        result: the state after the line, once it has been executed.
        describing: whether the tracer itself is at work; stays True if it fails.
    """

    def __init__(self, file: str, *, line: int, loop: int, iteration: int, current: int) -> None:
        self.file, self.line, self.loop = file, line, loop
        self.iteration, self.current = iteration, current
        self.at_line: FrameType | None = None  # the frame that is executing the line
        self.before: tuple[Object, ...] = ()  # its objects before the line
        self.describing = self.done = False
        self.result = XRay(())

    def watch(self, steps: Iterator[Any]) -> None:
        """Run the program until the line has been executed, or to its end.

        The program goes on to its next yield: an exception from the tracer inside
        `with no_grad()` would leave autograd switched off.
        """
        former = sys.gettrace()
        try:
            sys.settrace(self.enter)
            while not self.done and next(steps, None) is not None:
                pass
        finally:
            sys.settrace(former)
            self.at_line = None

    def enter(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        """Python calls this at every function call."""
        ours = frame.f_code.co_filename == self.file and frame.f_code.co_name in FUNCTIONS
        return self.follow if ours and not self.done else None

    def follow(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Python calls this before each line of the file, and at returns, yields and exceptions."""
        if self.done:
            return None
        before_line = event == "line" and frame.f_lineno == self.line
        if frame is self.at_line:
            if before_line:
                return self.follow  # a comprehension comes back to its own line
            raised = argument if event == "exception" else None
            self.result = self.untraced(_state, frame, self.line, self.before, raised)
            self.done = True
            return None
        if event == "line" and frame.f_lineno == self.loop and frame.f_code.co_name == "descend":
            self.current += 1
        if before_line and self.current >= self.iteration:
            self.at_line, self.before = frame, self.untraced(_locals, frame)
        return self.follow

    def untraced(self, describe: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function of ours without tracing it."""
        tracer = sys.gettrace()
        self.describing = True
        sys.settrace(None)
        try:
            description = describe(*arguments)
        finally:
            sys.settrace(tracer)
        self.describing = False
        return description


def _locals(frame: FrameType) -> tuple[Object, ...]:
    named = frame.f_locals.items()
    return describe_all({name: value for name, value in named if not name.startswith("__")})


def _state(frame: FrameType, line: int, before: tuple[Object, ...], raised: Any) -> XRay:
    """The state of the frame and of those frames of the same file that called it."""
    frames, caller = [Frame(frame.f_code.co_name, line, _locals(frame))], frame.f_back
    while caller is not None:
        if caller.f_code.co_filename == frame.f_code.co_filename:
            frames.append(Frame(caller.f_code.co_name, caller.f_lineno, _locals(caller)))
        caller = caller.f_back
    facts = {item.name: item.facts() for item in flat(before)}
    changed = (i.name for i in flat(frames[0].objects) if facts.get(i.name) != i.facts())
    torch = sys.modules.get("torch")
    return XRay(
        tuple(frames),
        changed=frozenset(changed),
        recording=torch is None or torch.is_grad_enabled(),
        raised=f"{raised[0].__name__}: {raised[1]}" if raised else "",
    )
