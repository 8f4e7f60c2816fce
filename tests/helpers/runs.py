"""Systems and programs for the runner."""

from helpers.programs import Fake, counting
from lsedash import Experiment, LinearSystem

WORKED = LinearSystem([[1, 2, 0], [0, 1, 0], [0, 0, 1]], [1, 2, 3])
ONE = LinearSystem([[1]], [0])
START = Experiment(ONE, [8], 0.5, 10)  # x halves at each step
COUNTING = Fake(counting, "counting")


def numbers_up_to(end, then):
    """A program that counts and, at point `end`, does something else."""

    def program(*arguments):
        for point, (x, loss) in enumerate(counting(*arguments)):
            if point == end:
                yield from then(x, loss)
                return
            yield x, loss

    return program


def breaking(_x, _loss):
    raise ArithmeticError("broken")
    yield
