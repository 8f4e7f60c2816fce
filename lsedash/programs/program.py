"""The type of a program: a generator in its own file, and the texts about it."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from lsedash.experiment import Experiment
from lsedash.problem import Array

if TYPE_CHECKING:
    from lsedash.running.run import Run

Steps = Generator[tuple[Any, Any], None, None]  # (x, loss), each an array or a tensor


# The phases of an iteration, as the comments in a variant name them.
PHASES = ("forward", "loss", "backward", "update", "clear")


class Runnable(Protocol):
    """What the runner needs of a program; `Program` has it."""

    @property
    def key(self) -> str: ...

    def __call__(
        self, A: Array, b: Array, x0: Array, learning_rate: float, iterations: int
    ) -> Steps: ...


@dataclass(frozen=True)
class Program:
    """One program that descends: a variant, an optimizer, a pitfall or a replacement.

    Attributes:
        key: its name in code, links and files.
        title: its name on screen.
        lesson: what a reader should learn from it, in one or two sentences.
        package: the package that holds its file.
        original: the right program from which it differs by a few lines; None for a variant.
        options: further arguments of its `descend`, by name.
        symptom: of a pitfall: what one sees when it runs.
        fix: of a pitfall: what to do instead.
        bites: of a pitfall: where it occurs in practice.
        twin: of a pitfall: a right program with the same path, if there is one.
        at_once: whether it yields its points only at its end, and cannot be stopped before.
    """

    key: str
    title: str
    lesson: str
    package: str = "lsedash.programs.variants"
    original: "Program | None" = None
    options: tuple[tuple[str, float], ...] = ()
    symptom: str = ""
    fix: str = ""
    bites: str = ""
    twin: "Program | None" = None
    at_once: bool = False

    def __call__(
        self, A: Array, b: Array, x0: Array, learning_rate: float, iterations: int
    ) -> Steps:
        """Descend: yields (x, loss) for the start and then after each update.

        A (m, n), b (m,) and x0 (n,) have one dtype and are not changed: all programs of a
        comparison get the same A and b, which are read-only. N iterations give N + 1 pairs. `x`
        has n entries. Copy it at once, because the next step may change it. A pitfall yields wrong
        values or raises.
        """
        return self.program(A, b, x0, learning_rate, iterations, **dict(self.options))

    def run(
        self,
        experiment: Experiment,
        *,
        max_points: int | None = None,
        deadline: float | None = None,
    ) -> "Run":
        """Run it on the experiment; an exception is recorded in the run.

        Args:
            max_points, deadline: as in `compare`, with the same defaults.
        """
        from lsedash.running import runner  # a higher floor; only this method needs it

        most = runner.DEFAULT_MAX_POINTS if max_points is None else max_points
        return runner.compare(experiment, [self], most, deadline).runs[0]

    @property
    def program(self) -> Callable[..., Steps]:
        """The `descend` of the program's file; this imports torch if the file does."""
        descend: Callable[..., Steps] = import_module(f"{self.package}.{self.key}").descend
        return descend

    @property
    def source(self) -> str:
        """The text of the file that runs."""
        folder = import_module(self.package).__file__ or ""
        return Path(folder).with_name(f"{self.key}.py").read_text(encoding="utf-8")

    @property
    def variant(self) -> "Program":
        """The right program from which it differs by a few lines; a variant returns itself."""
        return self.original or self

    def with_options(self, **options: float) -> "Program":
        """The same program, with these further arguments for its `descend`."""
        return replace(self, options=tuple(options.items()))
