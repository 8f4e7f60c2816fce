"""The five programs, in the article's order; a sixth is one file and one line below."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from lsedash.problem import Array

Steps = Generator[tuple[Any, Any], None, None]  # (x, loss), each an array or a tensor


@dataclass(frozen=True)
class Variant:
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
    package: str = "lsedash.variants"

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


VARIANTS = (
    Variant("numpy_by_hand", "NumPy by hand", "You write the gradient as a formula."),
    Variant("torch_autograd", "Autograd", "Autograd finds the gradient for you."),
    Variant("torch_mse_loss", "MSELoss", "A loss object replaces your formula."),
    Variant("torch_module", "Module", "A model owns x as its parameter."),
    Variant("torch_optimizer", "Optimizer", "The optimizer takes the step for you."),
)
