"""What a pitfall is: a variant with a mistake in it, and what is to be said of it."""

from collections.abc import Callable
from dataclasses import dataclass

from lsedash.experiment import Experiment
from lsedash.problem import Array
from lsedash.programs.program import Program, Steps
from lsedash.running.run import Run
from lsedash.running.runner import DEFAULT_MAX_POINTS, compare
from lsedash.theory.pitfalls import Prediction

PACKAGE = "lsedash.programs.pitfalls"


@dataclass(frozen=True)
class Pitfall:
    """A variant with a mistake in it.

    Attributes:
        key: its name in code and links; the name of its file.
        title: its name on screen.
        variant: the right program, from which it differs by the lines that are wrong.
        symptom: what is seen when it runs.
        lesson: what to take from it.
        fix: what to do instead.
        bites: where it is met in practice.
        prediction: experiment -> what linear algebra says of the wrong program.
        twin: a right program that does the same, if there is one.
        measured: (program, experiment) -> a sentence about what else can be measured.
        at_once: whether it hands out its points only at its end, and cannot be stopped before.
    """

    key: str
    title: str
    variant: Program
    symptom: str
    lesson: str
    fix: str
    bites: str
    prediction: Callable[[Experiment], Prediction]
    twin: Program | None = None
    measured: Callable[[Callable[..., Steps], Experiment], str] | None = None
    at_once: bool = False

    def __call__(
        self, A: Array, b: Array, x0: Array, learning_rate: float, iterations: int
    ) -> Steps:
        """Go wrong: yields (x, loss) like a `Program`, or raises."""
        return self.program(A, b, x0, learning_rate, iterations)

    @property
    def program(self) -> Callable[..., Steps]:
        """The `descend` of the pitfall's own file."""
        return self._file.program

    @property
    def source(self) -> str:
        """The text of the file that runs."""
        return self._file.source

    @property
    def _file(self) -> Program:
        return Program(self.key, self.title, self.lesson, package=PACKAGE)

    def run(
        self,
        experiment: Experiment,
        *,
        max_points: int = DEFAULT_MAX_POINTS,
        deadline: float | None = None,
    ) -> Run:
        """Its run on the experiment; what it raises is in the run.

        Args:
            max_points, deadline: as of `compare`.
        """
        return compare(experiment, [self], max_points, deadline).runs[0]
