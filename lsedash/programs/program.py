"""What a program is: a generator in a file of its own, and what is said about it."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from lsedash.problem import Array

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
    """One program that descends, told apart by what it hands to PyTorch.

    Attributes:
        key: its name in code, links and files.
        title: its name on screen.
        lesson: what a reader should take from it, in one sentence.
        package: where its file stands.
    """

    key: str
    title: str
    lesson: str
    package: str = "lsedash.programs.variants"

    def __call__(
        self, A: Array, b: Array, x0: Array, learning_rate: float, iterations: int
    ) -> Steps:
        """Descend: yields (x, loss) for the start and then after each update.

        A (m, n), b (m,) and x0 (n,) share one dtype and are left as they are; N iterations give
        N + 1 pairs. `x` has n entries and may be live memory: copy it at once.
        """
        return self.program(A, b, x0, learning_rate, iterations)

    @property
    def program(self) -> Callable[..., Steps]:
        """The `descend` of the variant's own file; torch is imported here, if it needs it."""
        descend: Callable[..., Steps] = import_module(f"{self.package}.{self.key}").descend
        return descend

    @property
    def source(self) -> str:
        """The text of the file that runs."""
        folder = import_module(self.package).__file__ or ""
        return Path(folder).with_name(f"{self.key}.py").read_text(encoding="utf-8")
