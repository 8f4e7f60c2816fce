"""Other optimizers and schedules, in the fifth variant's own loop; each is one file.

What a file changes is the line that makes the optimizer, and what that needs: L-BFGS a closure, a
schedule its own step.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from lsedash.problem import Array
from lsedash.programs.program import Program, Steps

PACKAGE = "lsedash.programs.optimizers"


@dataclass(frozen=True)
class WithMomentum:
    """A program that takes a momentum, with one.

    Attributes:
        variant: `sgd_momentum` or `sgd_nesterov`.
        momentum: beta, from 0 to below 1.
    """

    variant: Program
    momentum: float

    @property
    def key(self) -> str:
        """The variant's."""
        return self.variant.key

    def __call__(
        self, A: Array, b: Array, x0: Array, learning_rate: float, iterations: int
    ) -> Steps:
        """Descend like a `Program`."""
        descend: Callable[..., Steps] = partial(self.variant.program, momentum=self.momentum)
        return descend(A, b, x0, learning_rate, iterations)


OPTIMIZERS = tuple(
    Program(key, title, lesson, package=PACKAGE)
    for key, title, lesson in (
        ("sgd_momentum", "Momentum", "Former steps go on, each by a share of β."),
        ("sgd_nesterov", "Nesterov", "Momentum that counts the newest gradient once more."),
        ("adagrad", "Adagrad", "Every entry of x has a rate of its own, and it only falls."),
        ("rmsprop", "RMSprop", "Every entry's step is over the recent size of its gradient."),
        ("adam", "Adam", "Momentum, over the recent size of the gradient."),
        (
            "lbfgs",
            "L-BFGS",
            "One quasi-Newton step each: it learns the curvature from former steps.",
        ),
        ("step_decay", "StepLR", "The rate is halved again and again."),
        ("exponential_decay", "ExponentialLR", "The rate falls by 2 % with each iteration."),
        ("cosine_decay", "CosineAnnealingLR", "The rate falls to 0 along a cosine."),
    )
)
