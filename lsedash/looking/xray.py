"""The objects of a running program after one of its lines, and the graph of one of its losses.

Before the chosen iteration the program runs untraced, some points in a turn, so that other
computations can run between the turns and this one can be stopped.
"""

from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial
from itertools import islice
from typing import Any, Protocol

from lsedash.experiment import Experiment
from lsedash.looking.graph import Graph, graph_of
from lsedash.looking.listing import is_repeated, loop_of, yields_in_loop
from lsedash.looking.objects import describe_all, flat
from lsedash.looking.tracer import Tracer, XRay
from lsedash.programs.program import Runnable
from lsedash.running.recorder import recorded_warnings
from lsedash.running.run import Progress

TURN = 256  # points


class Readable(Runnable, Protocol):
    """A program with its source; `Program` is one."""

    @property
    def source(self) -> str: ...

    @property
    def program(self) -> Any: ...


def xray(program: Readable, experiment: Experiment, iteration: int, line: int) -> XRay:
    """The state after a line in an iteration.

    Args:
        iteration: 0 to N; ignored for a line outside the loop.
        line: the line's number.
    """
    *_, last = stream_xray(program, experiment, iteration, line)
    result: XRay = last.snapshot()
    return result


def stream_xray(
    program: Readable, experiment: Experiment, iteration: int, line: int
) -> Iterator[Progress]:
    """Like `xray`, but reports its progress; the last report's snapshot is the `XRay`.

    A program without a yield inside its loop is traced from its start.
    """
    in_loop = is_repeated(program.source, line)
    skipped = iteration if in_loop and yields_in_loop(program.source) else 0
    tracer = Tracer(
        program.program.__code__.co_filename,
        line=line,
        loop=loop_of(program.source).lineno,
        iteration=iteration if in_loop else -1,
        current=skipped - 1,
    )
    with closing(program(*experiment.arguments())) as steps:
        try:
            yield from _skip(steps, skipped)
            with recorded_warnings():
                tracer.watch(steps)
        except Exception as exception:  # a pitfall may raise anything
            if tracer.describing:
                raise  # an error of ours
            if not tracer.result.frames:
                tracer.result = XRay((), raised=f"{type(exception).__name__}: {exception}")
    yield Progress(skipped + 1, skipped + 1, True, lambda: tracer.result)


class NoGraph(ValueError):
    """The loss has no graph to show; the message says why."""


def graph_at(program: Readable, experiment: Experiment, iteration: int) -> Graph:
    """The graph of the loss at an iteration (0 to N), with gradients.

    Raises:
        NoGraph: the program does not use autograd, does not reach the iteration, or yields the loss
            after its graph was freed.
    """
    *_, last = stream_graph(program, experiment, iteration)
    graph: Graph = last.snapshot()
    return graph


def stream_graph(program: Readable, experiment: Experiment, iteration: int) -> Iterator[Progress]:
    """Like `graph_at`, but reports its progress; the last snapshot returns the graph or raises."""
    with closing(program(*experiment.arguments())) as steps:
        try:
            yield from _skip(steps, iteration)
            with recorded_warnings():
                _, loss = next(steps)
        except Exception:  # a pitfall may raise anything; StopIteration if there is no such point
            snapshot = partial(
                _raise, NoGraph(f"The program does not reach iteration {iteration}.")
            )
        else:  # any exception but NoGraph is an error of ours
            try:
                with recorded_warnings():
                    snapshot = partial(_return, _graph(steps, loss))
            except NoGraph as fault:
                snapshot = partial(_raise, fault)
    yield Progress(iteration + 1, iteration + 1, True, snapshot)


def _return(graph: Graph) -> Graph:
    return graph


def _raise(fault: NoGraph) -> Graph:
    raise fault


def _skip(steps: Iterator[Any], count: int) -> Iterator[Progress]:
    """Run the program untraced over its next `count` points."""
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
        raise NoGraph(
            "The program freed the graph of this loss before it yielded the loss."
        ) from None
    with suppress(Exception):  # a pitfall may raise; the graph stays as it was
        next(steps, None)  # runs backward()
    graph.release()
    return graph


def _names(steps: Any) -> dict[int, str]:
    """The shortest name of each tensor in the suspended program, by `memory_of`."""
    objects = flat(describe_all(steps.gi_frame.f_locals)) if steps.gi_frame else ()
    names = [(o.memory, o.name) for o in objects if o.memory]
    return dict(sorted(names, key=lambda pair: -len(pair[1])))  # later, shorter names win
