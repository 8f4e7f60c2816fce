"""Other optimizers and schedules, in the loop of the variant Optimizer; each is one file.

A file changes the line that makes the optimizer, and what the optimizer needs: a closure for
L-BFGS, a step of its own for a schedule. To add an optimizer, add one file and one line below.
"""

from lsedash.programs.catalogue import Catalogue
from lsedash.programs.program import Program
from lsedash.programs.variants import VARIANTS

SGD = VARIANTS.named("torch_optimizer")  # the program with which the others are compared


def _optimizer(key: str, title: str, lesson: str) -> Program:
    return Program(key, title, lesson, __name__, SGD)


OPTIMIZERS = Catalogue(
    _optimizer("sgd_momentum", "Momentum", "Each step repeats the fraction β of the last step."),
    _optimizer("sgd_nesterov", "Nesterov", "Momentum that counts the newest gradient once more."),
    _optimizer("adagrad", "Adagrad", "Every entry of x has its own rate, which only falls."),
    _optimizer("rmsprop", "RMSprop", "Each entry's gradient is divided by its recent size."),
    _optimizer("adam", "Adam", "Momentum, divided by the recent size of the gradient."),
    _optimizer(
        "lbfgs",
        "L-BFGS",
        "Each iteration is a quasi-Newton step, which learns the curvature from former steps.",
    ),
    _optimizer("step_decay", "StepLR", "The rate is halved again and again."),
    _optimizer("exponential_decay", "ExponentialLR", "The rate falls by 2 % with each iteration."),
    _optimizer("cosine_decay", "CosineAnnealingLR", "The rate falls to 0 along a cosine."),
)
