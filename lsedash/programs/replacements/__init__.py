"""Programs that differ from one of the five by how they round, and by nothing else.

If x differs between two programs in its last bits, one of these says which operation did it: it
does the same sum by another operation. A further one is one file and one entry below.
"""

from collections.abc import Callable
from dataclasses import dataclass

from lsedash.problem import Array
from lsedash.programs.program import Program, Steps
from lsedash.programs.variants import VARIANTS

PACKAGE = "lsedash.programs.replacements"
MOST_POINTS = 20_001  # of a run: up to so many, none is left out


@dataclass(frozen=True)
class Replacement:
    """A variant with one operation replaced by another that is the same but for rounding.

    Attributes:
        key: its name in code; the name of its file.
        title: its name on screen.
        variant: the program from which it departs.
        operation: what is replaced, as written there.
        instead: what stands in its place, as written here.
        why: why the two round differently.
    """

    key: str
    title: str
    variant: Program
    operation: str
    instead: str
    why: str

    def __call__(
        self, A: Array, b: Array, x0: Array, learning_rate: float, iterations: int
    ) -> Steps:
        """Descend: yields (x, loss) like a `Program`."""
        return self.program(A, b, x0, learning_rate, iterations)

    @property
    def program(self) -> Callable[..., Steps]:
        """The `descend` of the replacement's own file."""
        return self._file.program

    @property
    def source(self) -> str:
        """The text of the file that runs."""
        return self._file.source

    @property
    def _file(self) -> Program:
        return Program(self.key, self.title, self.why, package=PACKAGE)


_BY_KEY = {variant.key: variant for variant in VARIANTS}
_NUMPY = _BY_KEY["numpy_by_hand"]
_AUTOGRAD = _BY_KEY["torch_autograd"]
_OPTIMIZER = _BY_KEY["torch_optimizer"]

REPLACEMENTS = (
    Replacement(
        key="autograd_sum_of_squares",
        title="Autograd of a sum of squares",
        variant=_AUTOGRAD,
        operation="0.5 * torch.linalg.vector_norm(residual) ** 2",
        instead="0.5 * (residual**2).sum()",
        why="The gradient of the squared norm comes as ‖r‖ · (r / ‖r‖), which is rounded twice. "
        "That of the sum of squares is r, which is exact.",
    ),
    Replacement(
        key="optimizer_plain_update",
        title="Optimizer, its step written out",
        variant=_OPTIMIZER,
        operation="optimizer.step()",
        instead="model.x -= learning_rate * model.x.grad",
        why="SGD multiplies and subtracts in one operation, which a processor may round only once. "
        "Written out, the product is rounded before it is subtracted.",
    ),
    Replacement(
        key="numpy_matmul",
        title="NumPy with PyTorch's matmul",
        variant=_NUMPY,
        operation="A @ x",
        instead="torch.matmul(A, column)",
        why="NumPy and PyTorch multiply matrices by different code. Each adds up the terms of a "
        "row in an order of its own, and every order rounds differently.",
    ),
    Replacement(
        key="numpy_bmm",
        title="NumPy with PyTorch's bmm",
        variant=_NUMPY,
        operation="A @ x",
        instead="torch.bmm(A, column)",
        why="A batch of matrices is multiplied by other code again than one matrix. It adds up the "
        "terms of a row in an order of its own, and every order rounds differently.",
    ),
)
