"""What a program is: a generator in a file of its own, and what is said about it."""

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


class Runnable(Protocol):
    """What the runner asks of a program; `Program` is one."""

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
        lesson: what a reader should take from it, in one or two sentences.
        package: where its file stands.
        original: the variant of which it is a copy but for a few lines; None for a variant.
        options: what its `descend` takes beside the five arguments, by name.
        symptom: of a pitfall: what is seen when it runs.
        fix: of a pitfall: what to do instead.
        bites: of a pitfall: where it is met in practice.
        twin: of a pitfall: a right program that does the same, if there is one.
        at_once: whether it hands out its points only at its end, and cannot be stopped before.
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

        A (m, n), b (m,) and x0 (n,) share one dtype and are left as they are; N iterations give
        N + 1 pairs. `x` has n entries and may be live memory: copy it at once. A pitfall goes
        wrong, or raises.
        """
        return self.program(A, b, x0, learning_rate, iterations, **dict(self.options))

    def run(
        self,
        experiment: Experiment,
        *,
        max_points: int | None = None,
        deadline: float | None = None,
    ) -> "Run":
        """Run it on the experiment; what it raises is in the run.

        Args:
            max_points, deadline: as of `compare`, whose defaults they have.
        """
        from lsedash.running import runner  # it stands above, and only who runs a program needs it

        most = runner.DEFAULT_MAX_POINTS if max_points is None else max_points
        return runner.compare(experiment, [self], most, deadline).runs[0]

    @property
    def program(self) -> Callable[..., Steps]:
        """The `descend` of the program's own file; torch is imported here, if it needs it."""
        descend: Callable[..., Steps] = import_module(f"{self.package}.{self.key}").descend
        return descend

    @property
    def source(self) -> str:
        """The text of the file that runs."""
        folder = import_module(self.package).__file__ or ""
        return Path(folder).with_name(f"{self.key}.py").read_text(encoding="utf-8")

    @property
    def variant(self) -> "Program":
        """The variant of which it is a copy but for a few lines; a variant's is itself."""
        return self.original or self

    def with_options(self, **options: float) -> "Program":
        """The same program, its `descend` called with these beside the five arguments."""
        return replace(self, options=tuple(options.items()))
