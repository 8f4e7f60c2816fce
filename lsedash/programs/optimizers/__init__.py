"""Other optimizers and schedules, in the loop of the variant Optimizer; each is one file.

What a file changes is the line that makes the optimizer, and what that needs: L-BFGS a closure, a
schedule its own step. A further one is one file and one line below.
"""

from lsedash.programs.catalogue import Catalogue
from lsedash.programs.program import Program
from lsedash.programs.variants import VARIANTS

SGD = VARIANTS.named("torch_optimizer")  # the program that the others are held against


def _optimizer(key: str, title: str, lesson: str) -> Program:
    return Program(key, title, lesson, __name__, SGD)


OPTIMIZERS = Catalogue(
    _optimizer("sgd_momentum", "Momentum", "Former steps go on, each by a share of β."),
    _optimizer("sgd_nesterov", "Nesterov", "Momentum that counts the newest gradient once more."),
    _optimizer("adagrad", "Adagrad", "Every entry of x has a rate of its own, and it only falls."),
    _optimizer("rmsprop", "RMSprop", "Every entry's step is over the recent size of its gradient."),
    _optimizer("adam", "Adam", "Momentum, over the recent size of the gradient."),
    _optimizer(
        "lbfgs",
        "L-BFGS",
        "One quasi-Newton step each: it learns the curvature from former steps.",
    ),
    _optimizer("step_decay", "StepLR", "The rate is halved again and again."),
    _optimizer("exponential_decay", "ExponentialLR", "The rate falls by 2 % with each iteration."),
    _optimizer("cosine_decay", "CosineAnnealingLR", "The rate falls to 0 along a cosine."),
)
