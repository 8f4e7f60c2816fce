"""What a running program holds after one of its lines: the generator itself, traced.

Only the iteration that is looked at is traced; before it the program runs as always, a few points a
turn, so that others can run meanwhile and that it can be given up.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from types import FrameType
from typing import Any, Protocol

from lsedash.experiment import Experiment
from lsedash.looking.graph import Graph, graph_of
from lsedash.looking.listing import FUNCTIONS, is_repeated, loop_of, yields_in_loop
from lsedash.looking.objects import Object, describe_all, flat
from lsedash.programs.program import Runnable
from lsedash.running.recorder import recorded_warnings
from lsedash.running.run import Progress

TURN = 256  # points


class Readable(Runnable, Protocol):
    """A program whose text is known: a `Program` or a `Pitfall`."""

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


def xray(program: Readable, experiment: Experiment, iteration: int, line: int) -> XRay:
    """The objects after a line of an iteration (0 to N); the iteration counts only in the loop."""
    *_, last = stream_xray(program, experiment, iteration, line)
    seen: XRay = last.snapshot()
    return seen


def stream_xray(
    program: Readable, experiment: Experiment, iteration: int, line: int
) -> Iterator[Progress]:
    """Like `xray`, reporting on the way; the last report's snapshot is the `XRay`.

    A program that hands out nothing inside its loop runs through it in one go.
    """
    in_loop = is_repeated(program.source, line)
    skipped = iteration if in_loop and yields_in_loop(program.source) else 0
    tracer = _Tracer(
        program.program.__code__.co_filename,
        line=line,
        loop=loop_of(program.source).lineno,
        wanted=iteration if in_loop else -1,
        current=skipped - 1,
    )
    with closing(program(*experiment.arguments())) as steps:
        try:
            yield from _walk(steps, skipped)
            with recorded_warnings():
                tracer.watch(steps)
        except Exception as exception:  # a pitfall may raise anything
            if tracer.looking:
                raise  # ours
            if not tracer.found.frames:
                tracer.found = XRay((), raised=f"{type(exception).__name__}: {exception}")
    yield Progress(skipped + 1, skipped + 1, True, lambda: tracer.found)


class NoGraph(ValueError):
    """There is no graph to be seen; the message says why."""


def graph_at(program: Readable, experiment: Experiment, iteration: int) -> Graph:
    """The graph of the loss at an iteration (0 to N), with the gradients of its way back.

    Raises:
        NoGraph: there is none: the program does not use autograd, does not come that far, or
            hands out its losses too late. The message says which.
    """
    *_, last = stream_graph(program, experiment, iteration)
    seen: Graph = last.snapshot()
    return seen


def stream_graph(program: Readable, experiment: Experiment, iteration: int) -> Iterator[Progress]:
    """Like `graph_at`, reporting on the way; the last report's snapshot is, or raises, the same."""
    with closing(program(*experiment.arguments())) as steps:
        try:
            yield from _walk(steps, iteration)
            with recorded_warnings():
                _, loss = next(steps)
        except Exception:  # a pitfall may raise anything, also the end of an iteration too many
            made = partial(_raised, NoGraph(f"The program does not reach iteration {iteration}."))
        else:  # what is raised here, but for NoGraph, is a fault of ours
            try:
                with recorded_warnings():
                    made = partial(_returned, _graph(steps, loss))
            except NoGraph as fault:
                made = partial(_raised, fault)
    yield Progress(iteration + 1, iteration + 1, True, made)


def _returned(graph: Graph) -> Graph:
    return graph


def _raised(fault: NoGraph) -> Graph:
    raise fault


def _walk(steps: Iterator[Any], count: int) -> Iterator[Progress]:
    """Let the program run untraced to its next point but `count`."""
    for done in range(0, count, TURN):
        with recorded_warnings():
            for _ in islice(steps, min(TURN, count - done)):
                pass
        yield Progress(min(done + TURN, count), count + 1, False, lambda: None)


def _graph(steps: Iterator[Any], loss: Any) -> Graph:
    if getattr(loss, "grad_fn", None) is None:
        raise NoGraph("The loss of this program has no graph.")
    try:
        graph = graph_of(loss, _names(steps))
    except RuntimeError:
        raise NoGraph("The graph of this loss has been freed before it is handed out.") from None
    with suppress(Exception):  # a pitfall's; the graph is what it was
        next(steps, None)  # walks the graph back
    graph.release()
    return graph


def _names(steps: Any) -> dict[int, str]:
    """The suspended program's names for its tensors, by `memory_of`; the shortest one wins."""
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
        self.looking = self.seen = False
        self.found = XRay(())

    def watch(self, steps: Iterator[Any]) -> None:
        """Let the program run until the line is behind it, or to its end.

        It is left at the point it hands out next: raised out of a `with no_grad()` by the tracer,
        it would leave autograd off.
        """
        former = sys.gettrace()
        try:
            sys.settrace(self.enter)
            while not self.seen and next(steps, None) is not None:
                pass
        finally:
            sys.settrace(former)
            self.waiting = None

    def enter(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        """Called at every call anywhere."""
        ours = frame.f_code.co_filename == self.file and frame.f_code.co_name in FUNCTIONS
        return self.follow if ours and not self.seen else None

    def follow(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Called before each line of ours, and at returns, yields and exceptions."""
        if self.seen:
            return None
        at_line = event == "line" and frame.f_lineno == self.line
        if frame is self.waiting:
            if at_line:
                return self.follow  # a comprehension in it comes back to its line
            raised = argument if event == "exception" else None
            self.found = self.look(_state, frame, self.line, self.before, raised)
            self.seen = True
            return None
        if event == "line" and frame.f_lineno == self.loop and frame.f_code.co_name == "descend":
            self.current += 1
        if at_line and self.current >= self.wanted:
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
